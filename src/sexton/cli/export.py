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
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files of --register or --dump; it is made where there is none.",
)
@click.option(
    "--site",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="The whole site as files, its search included, into FOLDER.",
)
@click.option(
    "--languages", default="en,fr,nl,de,ru", show_default=True, help="Those of the copied site."
)
@click.option("--living", default="", help="Address of the living site, which the copy names.")
@click.option("--url", default="", help="Address at which the copy will stand, if it is known.")
@click.option("--zip", "zipped", is_flag=True, help="Also pack the copied site into FOLDER.zip.")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="How many copy at once; else two at most."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(
    register: bool,
    dump: bool,
    out: Path | None,
    site: Path | None,
    languages: str,
    living: str,
    url: str,
    zipped: bool,
    processes: int | None,
    as_json: bool,
) -> None:
    """Write the register as files: those taken in, tables of all that is public, or the whole site.

    --register writes the files that were taken in, each row as it came; batches that were taken
    back are not in it. --dump writes persons, records, names, claims, sites, graves and the rest,
    with a description of each column and checksums. --site writes every public page, with search,
    for any web server or a USB stick; a copy that broke off goes on, one that is there is brought
    up to date. The same register gives the same bytes. Leaves with 1 when there is nothing to write
    or links lead to nothing, with 2 when the folder cannot be written.

    \b
    Examples: sexton export --register -o register-files
              sexton export --dump -o dump
              sexton export --site copy --languages en,ru --living https://graves.example/
    """
    if [register, dump, bool(site)].count(True) != 1 or (out is None and not site):
        fail("Say which: --register -o FOLDER, --dump -o FOLDER, or --site FOLDER.")
    if site:
        from sexton.cli.site_copy import copy_site

        copy_site(site, languages, living, url, processes, zipped, as_json)
    elif out:
        _write_tables(out, dump, as_json)


def _write_tables(out: Path, dump: bool, as_json: bool) -> None:
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
