"""``sexton dedupe``: the records of one man within a list."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

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

COLUMNS = ("id", "cluster_id", "probability")
PAIR_COLUMNS = ("a", "b", "probability", "weight", "evidence")


@click.command()
@click.argument("list_", metavar="LIST", type=input_file())
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
@click.option("--mapping", help=MAPPING_HELP)
@click.option(
    "--rules", "rules_file", type=input_file(), help="A TOML file that changes some weights."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def dedupe(
    list_: Path,
    out: Path,
    pairs: Path | None,
    mapping: str | None,
    rules_file: Path | None,
    as_json: bool,
) -> None:
    """Find the records of one man within LIST.

    Writes id, cluster_id (the id of the cluster's first record) and probability.

    \b
    Example: sexton dedupe entries.csv -o clusters.csv --mapping belgium
    """
    from sexton.linkage import LinkOptions
    from sexton.linkage import dedupe as dedupe_list
    from sexton.records.reading import read_people

    for path in filter(None, (out, pairs)):
        check_out(path)
    options = LinkOptions(rules=rules_from(rules_file))
    with shown_progress(as_json) as progress:
        people = read_people(load_list(list_, mapping, progress).records, progress)
        result = dedupe_list(people, options, progress)
    save_table(
        (
            {"id": m.id, "cluster_id": m.cluster_id, "probability": round(m.probability, 6)}
            for m in result.members
        ),
        COLUMNS,
        out,
    )
    if pairs:
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
            pairs,
        )
    sizes = Counter(member.cluster_id for member in result.members)
    groups = sum(size > 1 for size in sizes.values())
    if as_json:
        click.echo(
            json.dumps(
                {
                    "records": len(people),
                    "clusters": len(sizes),
                    "of_several_records": groups,
                    "pairs_weighed": result.pairs,
                }
            )
        )
        return
    click.echo(
        f"Records: {len(people):,}. Persons: {len(sizes):,}, {groups:,} with several records."
    )
    click.echo(f"Written to {out}")
