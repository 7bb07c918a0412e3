"""``sexton demo``: the main job, end to end, on the Belgian register that ships with Sexton."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import click

from sexton.cli import downloads
from sexton.cli.common import shown_progress

if TYPE_CHECKING:
    from rich.console import Console

    from sexton.linkage import DedupeResult, PairLink
    from sexton.web.register.models import Finding

PACK = "belgium"
SHOWN_LINKS = 6


@click.command()
@click.option("--serve/--no-serve", default=True, help="Serve the site when all is loaded.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(serve: bool, port: int) -> None:
    """Load the Belgian register, link its records, audit it, show what was found, serve the site.

    The register goes into SEXTON_HOME (./sexton-data by default). Running it again changes nothing
    that is there already.

    \b
    Example: sexton demo --no-serve
    """
    from rich.console import Console

    console = Console()
    started = time.perf_counter()
    _work(console)
    console.print(f"\nDone in {time.perf_counter() - started:.1f} s.", style="bold")
    if serve:
        from sexton.cli.serve import serve_site

        serve_site("127.0.0.1", port)


def _work(console: Console) -> None:
    from sexton.linkage import dedupe
    from sexton.records import load_mapping, pack_path, read_person_list
    from sexton.records.reading import read_people
    from sexton.web.setup import prepare

    folder = pack_path(PACK)
    with shown_progress() as progress:
        prepare()
        from sexton.web.register import findings, services

        counts = services.load_pack(folder, progress)
        records = read_person_list(folder / "entries.csv", load_mapping(PACK)).records
        people = read_people(records, progress)
        result = dedupe(people, progress=progress)
        services.store_clusters(result)
        services.refresh(progress)
        downloads.catch_up(progress)
    _print_counts(console, counts)
    _print_links(console, result, {p.id: (p.name.written, p.source) for p in people})
    _print_findings(console, list(findings.in_state("open")))


def _title(console: Console, text: str) -> None:
    console.print(f"\n{text}", style="bold")


def _print_counts(console: Console, counts: dict[str, int]) -> None:
    _title(console, "The register")
    told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    console.print(f"New in this run: {told}.")


def _print_links(console: Console, result: DedupeResult, names: dict[str, tuple[str, str]]) -> None:
    """How many men the records are, and the pairs whose names differ most in spelling."""
    clusters = Counter(member.cluster_id for member in result.members)
    several = sum(size > 1 for size in clusters.values())
    _title(console, "One man, several records")
    console.print(
        f"{len(result.members)} records are {len(clusters)} persons by the engine's reckoning; "
        f"{several} of them have several records. Nobody has reviewed these links yet."
    )
    for pair in _telling(result, names):
        left, right = names[pair.a][0], names[pair.b][0]
        command = f"sexton explain {pair.a} {pair.b}"
        console.print(
            f"  {left}  =  {right}   [dim]{pair.weight:+.0f} bits; {command}[/dim]",
            highlight=False,
        )


def _telling(result: DedupeResult, names: dict[str, tuple[str, str]]) -> list[PairLink]:
    """The links of the least alike spellings, one for each cluster."""
    from rapidfuzz import fuzz

    from sexton.names import fold

    cluster = {member.id: member.cluster_id for member in result.members}
    ranked = sorted(
        (pair for pair in result.links if names[pair.a][0] and names[pair.b][0]),
        key=lambda pair: fuzz.token_sort_ratio(fold(names[pair.a][0]), fold(names[pair.b][0])),
    )
    first: dict[str, PairLink] = {}
    for pair in ranked:
        first.setdefault(cluster[pair.a], pair)
    return list(first.values())[:SHOWN_LINKS]


def _print_findings(console: Console, findings: list[Finding]) -> None:
    """How many open findings there are of each kind, with an example of each."""
    from rich.table import Table

    from sexton.messages import Message

    _title(console, f"The audit: {len(findings)} open findings")
    table = Table(box=None, pad_edge=False)
    table.add_column("kind")
    table.add_column("found", justify="right")
    table.add_column("for example", overflow="fold")
    kinds = Counter(finding.kind for finding in findings)
    for kind, number in kinds.most_common():
        example = next(finding for finding in findings if finding.kind == kind)
        table.add_row(kind.replace("_", " "), str(number), str(Message(**example.message)))
    console.print(table)
