"""``sexton dedupe``: the records of one man within a list or an archive."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import (
    MAPPING_HELP,
    check_out,
    fail,
    input_file,
    load_list,
    rules_from,
    save_table,
    shown_progress,
)

if TYPE_CHECKING:
    from sexton.linkage import DedupeResult, LinkOptions, Progress
    from sexton.linkage.dedupe import ClusterRow

COLUMNS = (
    "id",
    "cluster_id",
    "probability",
    "weakest_a",
    "weakest_b",
    "weakest_probability",
)
PAIR_COLUMNS = ("a", "b", "probability", "weight", "evidence")
ARCHIVE = "archive:"

Told = dict[str, int]


@click.command()
@click.argument("list_", metavar="LIST")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the clusters go: .csv, .parquet, .jsonl or .xlsx.",
)
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the pairs within clusters, with their evidence, to this file too; not of archives.",
)
@click.option("--mapping", help=MAPPING_HELP)
@click.option(
    "--rules", "rules_file", type=input_file(), help="A TOML file that changes some weights."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def dedupe(
    list_: str,
    out: Path,
    pairs: Path | None,
    mapping: str | None,
    rules_file: Path | None,
    as_json: bool,
) -> None:
    """Find the records of one man within LIST.

    LIST is a person list, or archive:NAME (see `sexton archive add`). Writes id, cluster_id (the id
    of the cluster's first record) and probability; of clusters of several records also the weakest
    link: the pair without which the cluster would fall into two.

    \b
    Example: sexton dedupe entries.csv -o clusters.csv --mapping belgium
             sexton dedupe archive:stalags -o clusters.parquet
    """
    from sexton.linkage import LinkOptions

    for path in filter(None, (out, pairs)):
        check_out(path)
    options = LinkOptions(rules=rules_from(rules_file))
    with shown_progress(as_json) as progress:
        if list_.startswith(ARCHIVE):
            if mapping or pairs:
                fail("Of an archive neither --mapping nor --pairs is used: leave them out.")
            told = _dedupe_archive(list_.removeprefix(ARCHIVE), options, out, progress)
        else:
            told = _dedupe_list(Path(list_), mapping, options, (out, pairs), progress)
    _report(told, out, as_json)


def _dedupe_list(
    path: Path,
    mapping: str | None,
    options: LinkOptions,
    outs: tuple[Path, Path | None],
    progress: Progress,
) -> Told:
    from sexton.linkage import dedupe as dedupe_list
    from sexton.linkage.dedupe import cluster_rows
    from sexton.records.reading import read_people

    people = read_people(load_list(path, mapping, progress).records, progress)
    result = dedupe_list(people, options, progress)
    out, pairs = outs
    _save_rows(cluster_rows(result), out)
    if pairs:
        _save_pairs(result, pairs)
    sizes = Counter(member.cluster_id for member in result.members)
    return {
        "records": len(people),
        "clusters": len(sizes),
        "of_several_records": sum(size > 1 for size in sizes.values()),
        "pairs_weighed": result.pairs,
    }


def _dedupe_archive(name: str, options: LinkOptions, out: Path, progress: Progress) -> Told:
    from sexton.cli.archive import open_archive
    from sexton.linkage.archive import ArchiveError, DamagedArchive
    from sexton.linkage.archive.deduping import dedupe_archive

    try:
        found = dedupe_archive(open_archive(name).pool(), options, progress)
        _save_rows(found.rows, out)
    except (ArchiveError, DamagedArchive) as error:
        fail(str(error))
    return {
        "records": found.records,
        "clusters": found.clusters,
        "of_several_records": found.of_several,
        "pairs_weighed": found.pairs,
    }


def _save_rows(rows: Iterable[ClusterRow], out: Path) -> None:
    save_table(
        (
            {
                **row._asdict(),
                "probability": round(row.probability, 6),
                "weakest_probability": _rounded(row.weakest_probability),
            }
            for row in rows
        ),
        COLUMNS,
        out,
    )


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 6)


def _save_pairs(result: DedupeResult, out: Path) -> None:
    save_table(
        (
            {
                "a": p.a,
                "b": p.b,
                "probability": round(p.probability, 6),
                "weight": round(p.weight, 3),
                "evidence": json.dumps([e.as_dict() for e in p.evidence], ensure_ascii=False),
            }
            for p in result.links
        ),
        PAIR_COLUMNS,
        out,
    )


def _report(told: Told, out: Path, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(
        f"Records: {told['records']:,}. Persons: {told['clusters']:,}, "
        f"{told['of_several_records']:,} with several records."
    )
    click.echo(f"Written to {out}")
