"""``sexton link``: for each person of one list, who of another he may be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import (
    MAPPING_HELP,
    check_out,
    input_file,
    load_list,
    rules_from,
    save_table,
    shown_progress,
)

if TYPE_CHECKING:
    from sexton.linkage import Candidate, LinkResult

COLUMNS = ("left_id", "right_id", "rank", "probability", "weight", "evidence")


def as_row(candidate: Candidate) -> dict[str, object]:
    """A candidate as a row of the output file."""
    evidence = [item.as_dict() for item in candidate.evidence]
    return {
        "left_id": candidate.left_id,
        "right_id": candidate.right_id or "",
        "rank": candidate.rank,
        "probability": round(candidate.probability, 6),
        "weight": round(candidate.weight, 3),
        "evidence": json.dumps(evidence, ensure_ascii=False),
    }


@click.command()
@click.argument("left", type=input_file())
@click.argument("right", type=input_file())
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
@click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True)
@click.option(
    "--rules", "rules_file", type=input_file(), help="A TOML file that changes some weights."
)
@click.option(
    "--coverage",
    default=0.8,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="The chance that a man of LEFT is in RIGHT at all.",
)
@click.option(
    "--one-to-one/--no-one-to-one",
    default=True,
    show_default=True,
    help="Whether a person of RIGHT can be one person of LEFT only.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def link(
    left: Path,
    right: Path,
    out: Path,
    top: int,
    mapping_left: str | None,
    mapping_right: str | None,
    engine: str,
    rules_file: Path | None,
    coverage: float,
    one_to_one: bool,
    as_json: bool,
) -> None:
    """Rank, for each person of LEFT, who of RIGHT he may be.

    Writes left_id, right_id, rank, probability, weight (bits) and evidence (JSON). A row without
    right_id carries the probability of "none of these".

    \b
    Example: sexton link graves.csv archive.parquet -o candidates.csv --coverage 0.6
    """
    from sexton.linkage import LinkOptions
    from sexton.linkage import link as link_lists
    from sexton.records.reading import read_people

    check_out(out)
    options = LinkOptions(coverage, top, one_to_one, rules=rules_from(rules_file))
    with shown_progress(as_json) as progress:
        people = [
            read_people(load_list(path, mapping, progress).records, progress)
            for path, mapping in ((left, mapping_left), (right, mapping_right))
        ]
        result = link_lists(*people, options, progress)
        save_table((as_row(c) for c in result.candidates), COLUMNS, out)
    _report(result, out, as_json)


def _report(result: LinkResult, out: Path, as_json: bool) -> None:
    best = [c for c in result.candidates if c.rank == 1 and c.right_id]
    likely = sum(c.probability >= 0.95 for c in best)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "left": result.left,
                    "right": result.right,
                    "pairs": result.pairs,
                    "unnamed": result.unnamed,
                    "with_candidate_first": len(best),
                    "probability_above_95": likely,
                    "out": str(out),
                }
            )
        )
        return
    click.echo(f"{result.left:,} × {result.right:,} persons; {result.pairs:,} pairs weighed.")
    click.echo(f"A candidate is first for {len(best):,}, for {likely:,} with 0.95 or more.")
    if result.unnamed:
        click.echo(f"{result.unnamed:,} persons of {result.left:,} have no name and no candidates.")
    click.echo(f"Written to {out}")
