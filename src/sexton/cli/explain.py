"""``sexton explain``: the evidence for and against two records being one man."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import (
    MAPPING_HELP,
    NOTHING_FOUND,
    coverage_option,
    fail,
    input_file,
    load_list,
    rules_from,
)

if TYPE_CHECKING:
    from sexton.evidence import Evidence, PersonReading


@click.command()
@click.argument("left_id")
@click.argument("right_id")
@click.option(
    "--left", type=input_file(), help="The list of LEFT_ID; the Belgian register if not given."
)
@click.option(
    "--right", type=input_file(), help="The list of RIGHT_ID; the same list if not given."
)
@click.option("--mapping-left", help=MAPPING_HELP)
@click.option("--mapping-right", help=MAPPING_HELP)
@click.option(
    "--rules", "rules_file", type=input_file(), help="A TOML file that changes some weights."
)
@coverage_option()
@click.option("--json", "as_json", is_flag=True, help="Print the evidence as JSON.")
def explain(
    left_id: str,
    right_id: str,
    left: Path | None,
    right: Path | None,
    mapping_left: str | None,
    mapping_right: str | None,
    rules_file: Path | None,
    coverage: float,
    as_json: bool,
) -> None:
    """Show the evidence for and against LEFT_ID and RIGHT_ID being one man.

    \b
    Examples: sexton explain fr-methode-203 fr-methode-179
              sexton explain G17 A4711 --left graves.csv --right archive.parquet
    """
    from sexton.evidence import compare_people
    from sexton.linkage import count_shares
    from sexton.linkage.posterior import prior_bits
    from sexton.records import pack_path
    from sexton.records.reading import read_people

    if left is None:
        left, mapping_left = pack_path("belgium") / "entries.csv", mapping_left or "belgium"
    lefts = read_people(load_list(left, mapping_left).records)
    rights = lefts if right is None else read_people(load_list(right, mapping_right).records)
    one, two = _find(lefts, left_id, left), _find(rights, right_id, right or left)
    shares = count_shares(lefts) if right is None else count_shares(lefts, rights)
    evidence = compare_people(one, two, shares, rules_from(rules_file), with_paths=True)
    prior = prior_bits(coverage, len(rights))
    (_print_json if as_json else _print_table)(evidence, prior, left_id, right_id)


def _find(people: list[PersonReading], wanted: str, path: Path) -> PersonReading:
    found = next((person for person in people if person.id == wanted), None)
    return found or fail(f"{path}: no record has the id {wanted}.", NOTHING_FOUND)


def _print_json(evidence: Evidence, prior: float, left_id: str, right_id: str) -> None:
    fields = [item.as_dict() for item in evidence.fields]
    click.echo(
        json.dumps(
            {
                "left_id": left_id,
                "right_id": right_id,
                "weight": evidence.bits,
                "prior": prior,
                "evidence": fields,
            },
            ensure_ascii=False,
        )
    )


def _print_table(evidence: Evidence, prior: float, left_id: str, right_id: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sexton.evidence.names import explain_spelling
    from sexton.linkage.dedupe import probability

    table = Table(title=f"{left_id}  ·  {right_id}")
    table.add_column("field")
    table.add_column("bits", justify="right")
    table.add_column("why", overflow="fold")
    for item in evidence.fields:
        why = [str(item.message), *(f"– {sentence}" for sentence in explain_spelling(item))]
        table.add_row(item.field.replace("_", " "), f"{item.bits:+.1f}", Text("\n".join(why)))
    table.add_section()
    table.add_row("evidence", f"{evidence.bits:+.1f}", "The match weight: the sum of the fields.")
    table.add_row(
        "prior", f"{prior:+.1f}", "Before any evidence: coverage, and one among so many records."
    )
    total = evidence.bits + prior
    table.add_row(
        "together",
        f"{total:+.1f}",
        f"For this pair by itself: probability {probability(total):.3f}.",
    )
    Console().print(table)
