"""``sexton serve``: the register's site on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--worker/--no-worker", default=True, help="Do long work too, beside (default).")
def serve(host: str, port: int, worker: bool) -> None:
    """Serve the register's site, after bringing its database up to date.

    Other machines reach it only with --host and SEXTON_ALLOWED_HOSTS.

    \b
    Example: sexton serve --port 8080
    """
    from sexton.web.setup import prepare

    prepare()
    serve_site(host, port, worker)


def serve_site(host: str, port: int, worker: bool = True) -> None:
    """Serve until stopped. Raises click.ClickException when the address cannot be had."""
    import waitress
    from django.conf import settings
    from django.core.management import call_command

    from sexton.web.research.beginning import begin
    from sexton.web.wsgi import application

    call_command("clearsessions")
    begin()  # so that the first search is as fast as the next
    try:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=8,
            ident="sexton",
            # With SEXTON_HTTPS a proxy stands before us, and says whence and how a request came.
            clear_untrusted_proxy_headers=not settings.SECURE_PROXY_SSL_HEADER,
        )
    except OSError as error:
        message = f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port."
        raise click.ClickException(message) from error
    click.echo(f"The register is on http://{host}:{port}/ (Ctrl+C ends it).")
    with _worker_beside(worker):
        server.run()


@contextmanager
def _worker_beside(wanted: bool) -> Iterator[None]:
    """A worker in a process of its own, so that long work does not slow the pages down."""
    command = [sys.executable, "-m", "sexton", "worker", "--parent", str(os.getpid())]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL) if wanted else None
    try:
        yield
    finally:
        if process is not None:
            process.terminate()
            process.wait()
