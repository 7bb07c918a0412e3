"""``sexton export``: what the register holds, as files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sexton.cli.common import NOTHING_FOUND, fail


@click.command("export")
@click.option("--register", is_flag=True, help="The files that the register was made from.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files of --register; it is made where there is none.",
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
    out: Path | None,
    site: Path | None,
    languages: str,
    living: str,
    url: str,
    zipped: bool,
    processes: int | None,
    as_json: bool,
) -> None:
    """Write the register's files out again, or the whole site as a copy that needs no server.

    --register writes the files that were taken in, each row as it came; batches that were taken
    back are not in it. --site writes every public page, with search, for any web server or a USB
    stick: the same register gives the same bytes, a copy that broke off goes on, one that is there
    is brought up to date. Leaves with 1 when there is nothing to write or links lead to nothing,
    with 2 when the folder cannot be written.

    \b
    Examples: sexton export --register -o register-files
              sexton export --site copy --languages en,ru --living https://graves.example/
    """
    if register == bool(site) or (register and out is None):
        fail("Say which: --register -o FOLDER for the files taken in, or --site FOLDER.")
    if site:
        from sexton.cli.site_copy import copy_site

        copy_site(site, languages, living, url, processes, zipped, as_json)
    elif out:
        _write_sheets(out, as_json)


def _write_sheets(out: Path, as_json: bool) -> None:
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
