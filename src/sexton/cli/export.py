"""``sexton export``: what the register holds, as files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sexton.cli.common import NOTHING_FOUND, fail, shown_progress


@click.command("export")
@click.option("--register", is_flag=True, help="The files that the register was made from.")
@click.option("--dump", is_flag=True, help="All that is public, as CSV and JSON Lines.")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files; it is made where there is none.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(register: bool, dump: bool, out: Path, as_json: bool) -> None:
    """Write the register as files: those taken in, or tables of all that is public.

    With --register each file that was taken in, each row as it came; batches that were taken back
    are not in it. With --dump persons, records, names, claims, sites, graves and the rest, with a
    description of each column and checksums; the same register gives the same bytes. Leaves with 1
    when the register holds no file, with 2 when the folder cannot be written.

    \b
    Example: sexton export --register -o register-files
             sexton export --dump -o dump
    """
    if register == dump:
        fail("Say which: --register for the files taken in, or --dump for tables of all.")
    from sexton.web.setup import prepare

    prepare()
    written = _dumped(out, as_json) if dump else _sheets(out)
    if not written:
        fail("The register holds no file. Take one in with sexton import.", NOTHING_FOUND)
    if as_json:
        told = [{"file": str(path), "rows": rows} for path, rows in written]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for path, rows in written:
        click.echo(f"{path}: {rows:,} rows")


def _sheets(out: Path) -> list[tuple[Path, int]]:
    """The files that were taken in, with their numbers of rows."""
    from sexton.records import UnwritableFile
    from sexton.web.register.exports import write_sheets

    try:
        return write_sheets(out)
    except (OSError, UnwritableFile) as error:
        fail(str(error))


def _dumped(out: Path, quiet: bool) -> list[tuple[Path, int]]:
    """The tables of the dump, with their numbers of rows."""
    from sexton.web.public.dumps.writing import RegisterChanging, write_dump

    try:
        with shown_progress(quiet) as progress:
            manifest = write_dump(out, progress)
    except (OSError, RegisterChanging) as error:
        fail(str(error))
    tables = [file for file in manifest["files"] if file["table"]]
    return [(out / file["name"], file["rows"]) for file in tables]
