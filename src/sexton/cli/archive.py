"""``sexton archive``: lists of any size, indexed once, then linked and searched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sexton.cli.changes import relink_from, relink_options
from sexton.cli.common import (
    MAPPING_HELP,
    NOTHING_FOUND,
    fail,
    input_file,
    show_problems,
    shown_progress,
)

if TYPE_CHECKING:
    from sexton.linkage.archive import Archive

DEFAULT_NAME = "main"
# Letters of a digest that tell lists apart.
SHOWN_DIGEST = 8


@click.group()
def archive() -> None:
    """Keep archives: person lists of any size, indexed once.

    They lie in SEXTON_HOME (./sexton-data by default), beside the register and apart from it.

    \b
    Example: sexton archive add cards.parquet --to stalags
             sexton link graves.csv archive:stalags -o candidates.csv
    """


@archive.command("add")
@click.argument("list_", metavar="LIST", type=input_file())
@click.option(
    "--to", "name", default=DEFAULT_NAME, show_default=True, help="The name of the archive."
)
@click.option("--mapping", help=MAPPING_HELP)
@relink_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def add(list_: Path, name: str, mapping: str | None, as_json: bool, **options: Any) -> None:
    """Add the person list LIST to an archive, which is made when it is not there.

    Rows that cannot be read are reported, the others go on. A list that the archive has already
    changes nothing; when ids of it are there already, nothing is added. What was interrupted goes
    on when the command is given again.

    With --relink, GRAVES are then linked with the whole archive, their new answer is compared with
    LINKS, the last one, and it is told what changed through LIST and mainly why.

    \b
    Example: sexton archive add cards.parquet --to stalags
             sexton archive add new.csv --to stalags --relink graves.csv \\
               --since links.csv -o links-2.csv --changes changes.csv
    """
    from sexton.linkage.archive import Archive, ArchiveError, DamagedArchive
    from sexton.records import UnreadableFile, load_mapping

    relink = relink_from(options)
    try:
        profile = load_mapping(mapping) if mapping else None
        with shown_progress(as_json) as progress:
            done = Archive.named(_home(), name).add(list_, profile, progress)
    except (UnreadableFile, ArchiveError, DamagedArchive) as error:
        fail(str(error))
    except OSError as error:
        fail(
            f"{error.filename or list_}: {error.strerror or error}. "
            "Nothing was added; what is built goes on when the command is given again."
        )
    show_problems(done.problems)
    entry = done.entry
    if as_json:
        told = {"archive": name, "file": entry.file, "records": entry.records}
        click.echo(json.dumps({**told, "problems": entry.problems, "new": done.new}))
    elif done.new:
        click.echo(f"{entry.records:,} records of {entry.file} are in the archive {name}.")
    else:
        click.echo(f"{entry.file} is in the archive {name} already; nothing was changed.")
    if relink:
        relink.run(Archive.named(_home(), name), entry, as_json)


@archive.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the archives as JSON.")
def list_(as_json: bool) -> None:
    """Show the archives and the lists in them; exit code 1 when there are none.

    \b
    Example: sexton archive list
    """
    from sexton.linkage.archive import DamagedArchive, list_archives

    try:
        kept = {archive.folder.name: archive for archive in list_archives(_home())}
        found = {name: archive.lists() for name, archive in kept.items()}
        unfinished = {name: archive.unfinished() for name, archive in kept.items()}
    except DamagedArchive as error:
        fail(str(error))
    if not found:
        fail("There are no archives yet: sexton archive add LIST makes one.", NOTHING_FOUND)
    if as_json:
        told = {name: [vars(entry) for entry in lists] for name, lists in found.items()}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, lists in found.items():
        click.echo(f"{name}: {sum(entry.records for entry in lists):,} records")
        for entry in lists:
            click.echo(f"  {entry.file}: {entry.records:,} records ({entry.digest[:SHOWN_DIGEST]})")
        for part in unfinished[name]:
            click.echo(f"  {part.file or part.folder.name}: not finished, {part.size:,} bytes")


@archive.command("rebuild")
@click.argument("name")
def rebuild(name: str) -> None:
    """Build the archive NAME again of the records that it holds, after an update of Sexton.

    The files that were added are not needed. What was interrupted goes on when the command is
    given again; an archive that is up to date is left as it is.

    \b
    Example: sexton archive rebuild stalags
    """
    from sexton.linkage.archive import ArchiveError, DamagedArchive

    try:
        with shown_progress() as progress:
            lists = open_archive(name).rebuild(progress)
    except (ArchiveError, DamagedArchive) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or name}: {error.strerror or error}")
    records = sum(entry.records for entry in lists)
    click.echo(f"The archive {name} is up to date: {records:,} records.")


@archive.command("remove")
@click.argument("name")
@click.argument("file", required=False)
@click.option("--unfinished", is_flag=True, help="Remove what interrupted additions have left.")
def remove(name: str, file: str | None, unfinished: bool) -> None:
    """Take the list FILE out of the archive NAME.

    FILE is its file name, or the letters behind it in `sexton archive list`, if several lists have
    one file name.

    \b
    Example: sexton archive remove stalags cards.parquet
             sexton archive remove stalags 3f2ab1c0
             sexton archive remove stalags --unfinished
    """
    from sexton.linkage.archive import ArchiveError, DamagedArchive

    if unfinished == (file is not None):
        fail("Name the FILE to remove, or give --unfinished.")
    try:
        told = _remove_list(name, file) if file else _remove_unfinished(name)
    except (ArchiveError, DamagedArchive) as error:
        fail(str(error))
    click.echo(told)


def _remove_list(name: str, file: str) -> str:
    kept = open_archive(name)
    entries = kept.find(file)
    if not entries:
        fail(f"The archive {name} has no list {file}.", NOTHING_FOUND)
    if len(entries) > 1:
        which = ", ".join(f"{e.digest[:SHOWN_DIGEST]} ({e.records:,} records)" for e in entries)
        fail(f"The archive {name} has {len(entries)} lists {file}. Say which: {which}.")
    kept.remove(entries[0])
    return f"{entries[0].file} is no longer in the archive {name}."


def _remove_unfinished(name: str) -> str:
    from sexton.linkage.archive import Archive

    left = Archive.named(_home(), name).discard_unfinished()
    return f"{len(left)} unfinished lists were removed from the archive {name}."


def open_archive(name: str) -> Archive:
    """The archive of a name; leaves with exit code 2 when there is none."""
    from sexton.linkage.archive import Archive, ArchiveError, list_archives

    try:
        kept = Archive.named(_home(), name)
    except ArchiveError as error:
        fail(str(error))
    if not kept.exists:
        known = ", ".join(other.folder.name for other in list_archives(_home())) or "none"
        fail(f"There is no archive {name}. There are: {known}.")
    return kept


def _home() -> Path:
    from sexton.web.home import home

    return home()
