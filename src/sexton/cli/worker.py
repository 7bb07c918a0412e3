"""``sexton worker``: do the long work that was asked for on the site."""

from __future__ import annotations

import signal

import click


@click.command()
@click.option("--once", is_flag=True, help="End when nothing is left to do.")
@click.option("--parent", type=int, hidden=True, help="End when this process does.")
def worker(once: bool, parent: int | None) -> None:
    """Do the long work that was asked for on the site, one job after the other.

    sexton serve starts a worker by itself; more of them, on this machine or (with DATABASE_URL) on
    others, share the work. Ctrl+C ends it at once: the job goes on from its last checkpoint when a
    worker is there again.

    \b
    Example: sexton worker --once
    """
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.jobs.run import die_with_parent
    from sexton.web.jobs.worker import Worker

    working = Worker()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: working.ending.set())
    if parent:
        die_with_parent(parent)
    taken = working.run(once)
    click.echo(f"Jobs taken: {taken}.")
