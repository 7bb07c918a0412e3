"""``sexton link``: for each person of one list, who of another he may be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from sexton.cli.common import (
    COVERAGE_HELP,
    MAPPING_HELP,
    check_out,
    coverage_option,
    fail,
    input_file,
    load_list,
    rules_from,
    save_columns,
    save_table,
    show_problems,
    shown_progress,
)
from sexton.cli.grave_pools import POOL_COLUMNS, count_pools, pool_row, pools_said

if TYPE_CHECKING:
    from sexton.evidence import PersonReading
    from sexton.linkage import Candidate, LinkOptions, Progress
    from sexton.linkage.archive import ArchiveLinks, ArchivePool, Row
    from sexton.linkage.model import Pool


class Told(NamedTuple):
    """What the summary says, and the pools of unnamed and common graves."""

    counts: dict[str, int]
    pools: Sequence[Pool]


ARCHIVE = "archive:"
# A larger file is indexed in a temporary folder instead of being held in memory.
LARGE_FILE = 20_000_000


@click.command()
@click.argument("left", type=input_file())
@click.argument("right")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the answer goes: .csv, .parquet, .jsonl or .xlsx.",
)
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="Candidates for each person of LEFT.",
)
@click.option("--mapping-left", help=MAPPING_HELP)
@click.option("--mapping-right", help=MAPPING_HELP)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What holds RIGHT: this machine, or Apache Spark (for more than one).",
)
@click.option(
    "--rules", "rules_file", type=input_file(), help="A TOML file that changes some weights."
)
@coverage_option(COVERAGE_HELP)
@click.option(
    "--one-to-one/--no-one-to-one",
    default=True,
    show_default=True,
    help="Whether a person of RIGHT can be one person of LEFT only.",
)
@click.option(
    "--pools",
    "pools_out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where it goes who may lie in each unnamed or common grave: a row for each grave.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def link(
    left: Path,
    right: str,
    out: Path,
    top: int,
    mapping_left: str | None,
    mapping_right: str | None,
    engine: str,
    rules_file: Path | None,
    coverage: float,
    one_to_one: bool,
    pools_out: Path | None,
    as_json: bool,
) -> None:
    """Rank, for each person of LEFT, who of RIGHT he may be.

    RIGHT is a person list, or archive:NAME (see `sexton archive add`). Writes left_id, right_id,
    rank, probability, weight (bits) and evidence (JSON). A row without right_id carries the
    probability of "none of these". An unnamed grave is searched by its day and place of death and
    its number; a column "bodies" of LEFT tells how many dead a common grave holds. For both,
    --pools writes the fewest men who are nine tenths of the dead.

    \b
    Example: sexton link graves.csv archive.parquet -o candidates.csv --coverage 0.6
             sexton link graves.csv archive:stalags -o candidates.csv
    """
    from sexton.linkage import LinkOptions
    from sexton.linkage.archive import read_by_all_cores

    check_out(out)
    if pools_out:
        check_out(pools_out)
    options = LinkOptions(coverage, top, one_to_one, rules=rules_from(rules_file))
    with shown_progress(as_json) as progress:
        people = read_by_all_cores(load_list(left, mapping_left, progress).records, progress)
        if engine == "spark":
            told = _link_spark(people, right, mapping_right, options, out, progress)
        elif right.startswith(ARCHIVE):
            if mapping_right:
                fail("An archive was mapped when its lists were added: leave out --mapping-right.")
            told = _link_archive(people, right.removeprefix(ARCHIVE), options, out, progress)
        elif _is_large(Path(right)):
            told = _link_large(people, Path(right), mapping_right, options, out, progress)
        else:
            told = _link_list(people, Path(right), mapping_right, options, out, progress)
    if pools_out:
        save_table([pool_row(pool) for pool in told.pools], POOL_COLUMNS, pools_out)
    _report(told.counts, out, as_json)


def _is_large(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > LARGE_FILE


def _link_list(
    people: Sequence[PersonReading],
    right: Path,
    mapping: str | None,
    options: LinkOptions,
    out: Path,
    progress: Progress,
) -> Told:
    """Link with a list that is held in memory."""
    from sexton.linkage import link as link_lists
    from sexton.linkage.archive import ArchiveLinks, Rows, read_by_all_cores

    others = read_by_all_cores(load_list(right, mapping, progress).records, progress)
    result = link_lists(people, others, options, progress)
    rows = Rows.of(map(_row, result.candidates))
    counts = result.left, result.right, result.pairs, 0
    return _saved(people, ArchiveLinks(rows, *counts, result.pools), options, out)


def _row(candidate: Candidate) -> Row:
    """A candidate as a row of the output file."""
    from sexton.evidence.as_json import as_json
    from sexton.linkage.archive import Row

    return Row(
        candidate.left_id,
        candidate.right_id or "",
        candidate.rank,
        candidate.probability,
        candidate.weight,
        as_json(candidate.evidence),
    )


def _link_archive(
    people: Sequence[PersonReading],
    name: str,
    options: LinkOptions,
    out: Path,
    progress: Progress,
) -> Told:
    """Link with an archive that was indexed before."""
    from sexton.cli.archive import open_archive
    from sexton.linkage.archive import ArchiveError, DamagedArchive

    try:
        return _linked(people, open_archive(name).pool(), options, out, progress)
    except (ArchiveError, DamagedArchive) as error:
        fail(str(error))


def _link_large(
    people: Sequence[PersonReading],
    right: Path,
    mapping: str | None,
    options: LinkOptions,
    out: Path,
    progress: Progress,
) -> Told:
    """Link with a file too large for memory: it is indexed in a temporary folder."""
    from sexton.linkage.archive import ArchiveError, archive_aside
    from sexton.records import UnreadableFile, load_mapping

    try:
        profile = load_mapping(mapping) if mapping else None
        with archive_aside(right) as archive:
            show_problems(archive.add(right, profile, progress).problems)
            return _linked(people, archive.pool(), options, out, progress)
    except (UnreadableFile, ArchiveError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or right}: {error.strerror or error}")


def _link_spark(
    people: Sequence[PersonReading],
    right: str,
    mapping: str | None,
    options: LinkOptions,
    out: Path,
    progress: Progress,
) -> Told:
    """Link with a person list, or a folder of Parquet files, that Spark holds."""
    from sexton.cli.spark_engine import spark_pool
    from sexton.linkage.spark import link_by_spark

    if right.startswith(ARCHIVE):
        fail("Spark reads files: give it the person list that the archive was made of.")
    with spark_pool(people, right, mapping, progress) as pool:
        links = link_by_spark(people, pool, options, progress)
    return _saved(people, links, options, out)


def _linked(
    people: Sequence[PersonReading],
    pool: ArchivePool,
    options: LinkOptions,
    out: Path,
    progress: Progress,
) -> Told:
    from sexton.linkage.archive import link_archive

    return _saved(people, link_archive(people, pool, options, progress), options, out)


def _saved(
    people: Sequence[PersonReading], links: ArchiveLinks, options: LinkOptions, out: Path
) -> Told:
    """Write the answer; what the summary says of it."""
    from sexton.records.collection import without_collection

    rows = links.rows
    with without_collection():
        # What numpy computed is no number to JSON. In the file, too, the bits of the evidence add
        # up to the weight to 1e-9.
        probability = [round(float(each), 6) for each in rows.probability]
        weight = [round(float(each), 12) for each in rows.weight]
        save_columns({**rows.columns, "probability": probability, "weight": weight}, out)
        none = [p for right, p in zip(rows.right_id, probability, strict=True) if not right]
        _warn(people, links.right, none, options)
    found = zip(rows.right_id, rows.rank, probability, strict=True)
    first = [chance for right, rank, chance in found if right and rank == 1]
    counts = {
        "left": links.left,
        "right": links.right,
        "pairs": links.pairs,
        "unnamed": sum(person.unnamed for person in people),
        "with_candidate_first": len(first),
        "probability_above_95": sum(chance >= 0.95 for chance in first),
    }
    return Told(counts | count_pools(links.pools), links.pools)


def _warn(
    people: Sequence[PersonReading], right: int, none: Sequence[float], options: LinkOptions
) -> None:
    """Say on standard error in what the lists lie outside what was calibrated; ``none`` has the
    probability of "none of these" of each of the ``people``."""
    from sexton.linkage.calibrated import doubts_of_coverage, outside_calibration

    both = zip(people, none, strict=True)
    stated = [chance for person, chance in both if not person.unnamed]
    for said in (
        *outside_calibration(people, right),
        *doubts_of_coverage(stated, options.coverage, options.rules_used),
    ):
        click.echo(f"Probabilities may be off. {said}", err=True)


def _report(told: dict[str, int], out: Path, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({**told, "out": str(out)}))
        return
    left, unnamed = told["left"], told["unnamed"]
    click.echo(f"{left:,} × {told['right']:,} persons; {told['pairs']:,} pairs weighed.")
    likely = told["probability_above_95"]
    first = told["with_candidate_first"]
    click.echo(f"A candidate is first for {first:,}, for {likely:,} with 0.95 or more.")
    if unnamed:
        click.echo(f"{unnamed:,} persons of {left:,} have no name.")
    if told["pools"]:
        click.echo(pools_said(told))
    click.echo(f"Written to {out}")
