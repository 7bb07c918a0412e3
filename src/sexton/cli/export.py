"""``sexton export``: what the register holds, as files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sexton.cli.common import NOTHING_FOUND, fail


@click.command("export")
@click.option(
    "--register", is_flag=True, required=True, help="The files that the register was made from."
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files; it is made where there is none.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(register: bool, out: Path, as_json: bool) -> None:
    """Write the files that were taken into the register, each row as it came in.

    Batches that were taken back are not in it. Leaves with 1 when the register holds no file,
    with 2 when the folder cannot be written.

    \b
    Example: sexton export --register -o register-files
    """
    from sexton.records import UnwritableFile
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.register.exports import write_sheets

    try:
        written = write_sheets(out)
    except (OSError, UnwritableFile) as error:
        fail(str(error))
    if not written:
        fail("The register holds no file. Take one in with sexton import.", NOTHING_FOUND)
    if as_json:
        told = [{"file": str(path), "rows": rows} for path, rows in written]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for path, rows in written:
        click.echo(f"{path}: {rows:,} rows")
