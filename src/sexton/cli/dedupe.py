"""``sexton dedupe``: the records of one man within a list or an archive."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
    from sexton.linkage import LinkOptions, PairLink, Progress
    from sexton.linkage.dedupe import ClusterRow
    from sexton.linkage.model import ApartRow

COLUMNS = (
    "id",
    "cluster_id",
    "probability",
    "weakest_a",
    "weakest_b",
    "weakest_probability",
)
PAIR_COLUMNS = ("a", "b", "probability", "weight", "evidence")
APART_COLUMNS = ("a", "b", "probability", "reason", "between_a", "between_b", "why")
ARCHIVE = "archive:"

Told = dict[str, int]


class Outs(NamedTuple):
    """The files that are written."""

    clusters: Path
    pairs: Path | None
    apart: Path | None


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
    help="Write the pairs within clusters, with their evidence, to this file too.",
)
@click.option(
    "--apart",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write likely pairs that are in no cluster together to this file too, and why.",
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
    apart: Path | None,
    mapping: str | None,
    rules_file: Path | None,
    as_json: bool,
) -> None:
    """Find the records of one man within LIST.

    LIST is a person list, or archive:NAME (see `sexton archive add`). Writes id, cluster_id (the id
    of the cluster's first record) and probability; of clusters of several records also the weakest
    link: the pair without which the cluster would fall into two. What an interrupted run over an
    archive has done is kept: give the command again.

    \b
    Example: sexton dedupe entries.csv -o clusters.csv --mapping belgium
             sexton dedupe archive:stalags -o clusters.parquet --apart apart.csv
    """
    from sexton.linkage import LinkOptions

    outs = Outs(out, pairs, apart)
    for path in filter(None, outs):
        check_out(path)
    options = LinkOptions(rules=rules_from(rules_file))
    with shown_progress(as_json) as progress:
        if list_.startswith(ARCHIVE):
            if mapping:
                fail("An archive was mapped when it was built: leave --mapping out.")
            told = _dedupe_archive(list_.removeprefix(ARCHIVE), options, outs, progress)
        else:
            told = _dedupe_list(Path(list_), mapping, options, outs, progress)
    _report(told, out, as_json)


def _dedupe_list(
    path: Path,
    mapping: str | None,
    options: LinkOptions,
    outs: Outs,
    progress: Progress,
) -> Told:
    from sexton.linkage import dedupe as dedupe_list
    from sexton.linkage.dedupe import cluster_rows
    from sexton.records.reading import read_people

    people = read_people(load_list(path, mapping, progress).records, progress)
    result = dedupe_list(people, options, progress)
    _save(outs, cluster_rows(result), result.links, result.apart)
    sizes = Counter(member.cluster_id for member in result.members)
    return {
        "records": len(people),
        "clusters": len(sizes),
        "of_several_records": sum(size > 1 for size in sizes.values()),
        "pairs_weighed": result.pairs,
    }


def _dedupe_archive(name: str, options: LinkOptions, outs: Outs, progress: Progress) -> Told:
    from sexton.cli.archive import open_archive
    from sexton.linkage.archive import ArchiveError, DamagedArchive
    from sexton.linkage.archive.deduping import KEPT, dedupe_archive

    archive = open_archive(name)
    try:
        with dedupe_archive(archive.pool(), options, progress, archive.folder / KEPT) as found:
            _save(outs, found.rows, found.links, found.apart)
    except (ArchiveError, DamagedArchive) as error:
        fail(str(error))
    return {
        "records": found.records,
        "clusters": found.clusters,
        "of_several_records": found.of_several,
        "pairs_weighed": found.pairs,
        **found.searched._asdict(),
    }


def _save(
    outs: Outs, rows: Iterable[ClusterRow], links: Iterable[PairLink], apart: Iterable[ApartRow]
) -> None:
    save_table(map(_cluster, rows), COLUMNS, outs.clusters)
    if outs.pairs:
        save_table(map(_pair, links), PAIR_COLUMNS, outs.pairs)
    if outs.apart:
        told = ({**row._asdict(), "probability": round(row.probability, 6)} for row in apart)
        save_table(told, APART_COLUMNS, outs.apart)


def _cluster(row: ClusterRow) -> dict[str, object]:
    return {
        **row._asdict(),
        "probability": round(row.probability, 6),
        "weakest_probability": _rounded(row.weakest_probability),
    }


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 6)


def _pair(link: PairLink) -> dict[str, object]:
    return {
        "a": link.a,
        "b": link.b,
        "probability": round(link.probability, 6),
        "weight": round(link.weight, 3),
        "evidence": json.dumps([e.as_dict() for e in link.evidence], ensure_ascii=False),
    }


def _report(told: Told, out: Path, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(
        f"Records: {told['records']:,}. Persons: {told['clusters']:,}, "
        f"{told['of_several_records']:,} with several records."
    )
    if "looked" in told:
        click.echo(
            f"Rows looked at: {told['looked']:,}; passed over, since they share one thing alone "
            f"with a record: {told['passed_over']:,}. Likely pairs left out for want of room: "
            f"{told['crowded_out']:,}."
        )
    click.echo(f"Written to {out}")
