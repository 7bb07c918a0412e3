"""``sexton search``: find a person in a list by any spelling in any script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import MAPPING_HELP, NOTHING_FOUND, fail, input_file, load_list

if TYPE_CHECKING:
    from sexton.linkage import Candidate
    from sexton.records import Record

    Found = tuple[list[Candidate], dict[str, Record]]


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--list",
    "list_",
    type=input_file(),
    help="The list to search; the Belgian register if not given.",
)
@click.option("--archive", "archive", metavar="NAME", help="The archive to search instead.")
@click.option("--mapping", help=MAPPING_HELP)
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def search(
    words: tuple[str, ...],
    list_: Path | None,
    archive: str | None,
    mapping: str | None,
    top: int,
    as_json: bool,
) -> None:
    """Find a person by name – any spelling, any script – with a year or a prisoner number if known.

    \b
    Examples: sexton search Schatunov 1903
              sexton search "Чатунов Афанасий"
              sexton search --archive stalags Tretiakoff 1911
    """
    text = " ".join(words)
    if archive is None:
        found, records = _in_list(text, list_, mapping, top)
    elif list_ is not None or mapping is not None:
        fail("--archive names what is searched: leave out --list and --mapping.")
    else:
        found, records = _in_archive(text, archive, top)
    if as_json:
        click.echo(json.dumps([_as_dict(c) for c in found], ensure_ascii=False))
    else:
        _print(found, records)
    if not found:
        raise SystemExit(NOTHING_FOUND)


def _in_list(text: str, list_: Path | None, mapping: str | None, top: int) -> Found:
    from sexton.linkage import search_list
    from sexton.records import pack_path
    from sexton.records.reading import read_people

    if list_ is None:
        list_, mapping = pack_path("belgium") / "entries.csv", mapping or "belgium"
    records = load_list(list_, mapping).records
    found = search_list(text, read_people(records), top)
    return found, {record.id: record for record in records}


def _in_archive(text: str, name: str, top: int) -> Found:
    from sexton.cli.archive import open_archive
    from sexton.linkage.archive import ArchiveError, ArchiveSearch, DamagedArchive

    try:
        hits = ArchiveSearch(open_archive(name).pool()).search(text, top)
    except (ArchiveError, DamagedArchive) as error:
        fail(str(error))
    return [hit.candidate for hit in hits], {hit.record.id: hit.record for hit in hits}


def _as_dict(candidate: Candidate) -> dict[str, object]:
    evidence = [item.as_dict() for item in candidate.evidence]
    return {"id": candidate.right_id, "weight": round(candidate.weight, 3), "evidence": evidence}


def _print(found: list[Candidate], records: dict[str, Record]) -> None:
    if not found:
        click.echo("Nothing found. Try the surname alone, or another spelling.")
    for candidate in found:
        fields = records[candidate.right_id or ""].fields
        told = [fields.get(n, "") for n in ("name", "birth_date", "death_date", "burial_place")]
        click.echo(f"{candidate.right_id}  {' · '.join(part for part in told if part)}")
        for item in candidate.evidence:
            click.echo(f"    {item.bits:+5.1f}  {item.message}")
