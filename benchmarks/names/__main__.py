"""``python -m benchmarks.names``: every method on every test set, into results.md beside this."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.names.measures import Run
from benchmarks.names.queries import TEST_SETS, Query
from benchmarks.names.report import HEADER, Row, as_markdown, best_rows, cells, conditions
from benchmarks.names.romanise import romanised
from benchmarks.names.vocabulary import SIZE, load_vocabulary

RESULTS = Path(__file__).parent / "results.md"
console = Console(width=140)


def main() -> None:
    """Measure what is asked for, print the tables and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="names in the vocabulary")
    parser.add_argument("--without", nargs="*", default=[], choices=["channel", "keys", "matrix"])
    parser.add_argument("-o", "--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    began = perf_counter()
    sets = {title: make() for title, make in TEST_SETS.items()}
    queries = list(dict.fromkeys(query for members in sets.values() for query in members))
    names, counts = load_vocabulary((query.truth for query in queries), asked.size)
    console.print(f"{len(queries)} queries, {len(names):,} names")
    runs = list(_runs(queries, names, counts, set(asked.without)))
    tables = _tables(sets, queries, runs)
    for title, (n, rows) in tables.items():
        console.print(_rich_table(f"{title} (n = {n})", rows))
    remarks = conditions(len(names), perf_counter() - began)
    console.print(remarks)
    asked.out.write_text(as_markdown(tables, remarks), encoding="utf-8")
    console.print(f"Written to {asked.out}")


def _runs(
    queries: list[Query], names: list[str], counts: list[int], without: set[str]
) -> Iterator[Run]:
    """Run each family of methods; its packages are loaded only when it runs."""
    texts = [query.text for query in queries]
    place = {name: position for position, name in enumerate(names)}
    truths = np.array([place[query.truth] for query in queries])
    latin = romanised(names)
    with console.status("") as status:

        def progress(method: str) -> None:
            console.print(f"[dim]{method}[/dim]")
            status.update(method)

        if "channel" not in without:
            from benchmarks.names.channel_method import METHOD, channel_run

            progress(METHOD)
            yield channel_run(names, counts, texts, truths)
        if "keys" not in without:
            from benchmarks.names.key_peers import key_runs

            yield from key_runs(latin, texts, truths, progress)
        if "matrix" not in without:
            from benchmarks.names.matrix_peers import matrix_runs

            yield from matrix_runs(latin, texts, truths, progress)


def _tables(
    sets: dict[str, list[Query]], queries: list[Query], runs: list[Run]
) -> dict[str, tuple[int, list[Row]]]:
    place = {query: position for position, query in enumerate(queries)}
    tables = {}
    for title, members in sets.items():
        positions = np.array([place[query] for query in members])
        tables[title] = (len(members), best_rows(runs, positions))
    return tables


def _rich_table(title: str, rows: list[Row]) -> Table:
    table = Table(*HEADER, title=title)
    for row in rows:
        table.add_row(*cells(row))
    return table


if __name__ == "__main__":
    main()
