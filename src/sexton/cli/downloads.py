"""The files for download, brought up to the register after it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sexton.linkage import Progress


def catch_up(progress: Progress | None, *, whole: bool = False) -> bool:
    """Make the files of the dump that the site serves; says so where they cannot be written."""
    from sexton.web.public.dumps import stored
    from sexton.web.public.dumps.writing import RegisterChanging

    try:
        return stored.catch_up(progress, whole=whole)
    except (OSError, RegisterChanging) as error:
        click.echo(f"The files for download could not be made: {error}", err=True)
        click.echo("The register is as asked. Make them later with `sexton refresh`.", err=True)
        return False
