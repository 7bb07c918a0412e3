"""``sexton refresh``: make again what is computed from the register and is behind it."""

from __future__ import annotations

import json

import click

from sexton.cli import downloads
from sexton.cli.common import fail, shown_progress
from sexton.cli.register_import import not_written


@click.command()
@click.option("--whole", is_flag=True, help="Make all of it anew, not only what is behind.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def refresh(whole: bool, as_json: bool) -> None:
    """Bring search keys, findings, figures and files for download up to the register.

    Imports do this by themselves. It is needed after other programs have changed the register; what
    is up to date is left as it is.

    \b
    Example: sexton refresh
    """
    from sexton.web.setup import prepare

    prepare()
    from django.db import DatabaseError

    from sexton.web.register import services

    try:
        with shown_progress(as_json) as progress:
            done = services.refresh(progress, whole=whole)
            done["dumped"] = int(downloads.catch_up(progress, whole=whole))
    except DatabaseError as error:
        fail(not_written(error))
    if as_json:
        click.echo(json.dumps(done))
        return
    audited = "the register was audited" if done["audited"] else "the findings are up to date"
    files = "files for download were made" if done["dumped"] else "no files for download were made"
    click.echo(f"Search keys were made of {done['indexed']:,} records; {audited}; {files}.")
