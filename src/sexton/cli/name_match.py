"""``sexton names match``: find, for written names, the names of a list that they may stand for."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from sexton.cli.common import NOTHING_FOUND, check_out, input_file, save_table
from sexton.cli.name_compare import KINDS, language_option
from sexton.cli.name_files import STDIN, lines_of_stdin, read_names
from sexton.messages import translate

if TYPE_CHECKING:
    from rich.console import Console

    from sexton.names.index import NameIndex

COLUMNS = ("query", "name", "rank", "weight")
# So many queries are searched at a time where nobody waits for the first answer.
BLOCK = 512
# Names that are this much (bits) likelier by chance are not worth showing.
LEAST_BITS = -6.0


class Found(NamedTuple):
    """A name of the list that a query may stand for."""

    name: str
    rank: int
    bits: float
    count: int


Answer = tuple[str, list[Found]]


@click.command()
@click.argument("queries", nargs=-1)
@click.option(
    "--in",
    "vocabulary",
    type=input_file(),
    help="The list to search: .txt with a name a line, or a CSV, XLSX, JSON Lines, Parquet table.",
)
@click.option(
    "--column", help="The column of the list that holds the names; the kind's if not given."
)
@click.option("--from", "source", type=input_file(), help="A file with the queries; - reads stdin.")
@click.option("--from-column", help="The column of that file; the kind's if not given.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write query, name, rank, weight (bits) to .csv, .jsonl, .parquet or .xlsx.",
)
@click.option("--top", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option(
    "--kind", type=click.Choice(KINDS), default="surname", show_default=True, help="Kind of name."
)
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print an object a line for each query.")
def match(
    queries: tuple[str, ...],
    vocabulary: Path | None,
    column: str | None,
    source: Path | None,
    from_column: str | None,
    output: Path | None,
    top: int,
    kind: str,
    language: str,
    as_json: bool,
) -> None:
    """For each written name, find the names of a list that it may stand for, best first.

    QUERIES are names when the list is given with --in; - or nothing reads them from standard input,
    one a line, and answers each at once. Without --in they are two files: the names to look up and
    the list. Any alphabet. Exit code 1 when nothing is found.

    \b
    Examples: sexton names match Schatunow Soemkov --in archive.csv --column surname --top 3
              sexton names match stones.txt archive.txt -o found.csv --top 10
              cat stones.txt | sexton names match --in archive.txt --json
    """
    if vocabulary is None:
        if len(queries) != 2 or source is not None:
            raise click.UsageError("Name the list with --in FILE, or give two files.")
        (source, vocabulary), queries = map(Path, queries), ()
    if output is not None:
        check_out(output)
    asked = _queries(queries, source, from_column, kind)
    index, counts = _index(vocabulary, column, kind)
    patient = output is not None or (source is not None and str(source) != STDIN)
    answers = _answers(index, counts, asked, top, BLOCK if patient else 1)
    told = _tell(answers, output, as_json, language, kind)
    if not told:
        click.echo("Nothing found.", err=True)
        sys.exit(NOTHING_FOUND)


def _queries(
    queries: tuple[str, ...], source: Path | None, column: str | None, kind: str
) -> Iterator[str]:
    """The names to look up, from the command line, a file or standard input."""
    if source is not None:
        if queries:
            raise click.UsageError("Give names or --from FILE, not both.")
        return read_names(source, column, kind)
    if queries in ((), (STDIN,)):
        return lines_of_stdin()
    return iter(queries)


def _index(path: Path, column: str | None, kind: str) -> tuple[NameIndex, list[int]]:
    from sexton.names.index import NameIndex

    counted = Counter(read_names(path, column, kind))
    names, counts = list(counted), list(counted.values())
    return NameIndex(names, counts, kind=kind), counts  # type: ignore[arg-type]


def _answers(
    index: NameIndex, counts: list[int], queries: Iterator[str], top: int, block: int
) -> Iterator[Answer]:
    while asked := list(islice(queries, block)):
        found: list[list[Found]] = [[] for _ in asked]
        for number, position, bits in zip(*index.search_many(asked, top, LEAST_BITS), strict=True):
            matches = found[int(number)]
            name, count = index.names[int(position)], counts[int(position)]
            matches.append(Found(name, len(matches) + 1, float(bits), count))
        yield from zip(asked, found, strict=True)


def _tell(
    answers: Iterable[Answer], output: Path | None, as_json: bool, language: str, kind: str
) -> bool:
    """Write or print the answers; whether anything was found."""
    if output is not None:
        return _write(answers, output)
    tell = _json_teller(language, kind) if as_json else _terminal_teller(language, kind)
    found = False
    for query, matches in answers:
        tell(query, matches)
        found = found or bool(matches)
    return found


def _write(answers: Iterable[Answer], output: Path) -> bool:
    written = 0

    def rows() -> Iterator[tuple[str, str, int, float]]:
        nonlocal written
        for query, matches in answers:
            for found in matches:
                written += 1
                yield query, found.name, found.rank, round(found.bits, 4)

    save_table(rows(), COLUMNS, output)
    return written > 0


_Teller = Callable[[str, list[Found]], None]


def _why(query: str, name: str, kind: str, language: str) -> list[str]:
    from sexton.names.channel import load_model
    from sexton.names.explanation import explain_comparison

    comparison = load_model(kind).compare(query, name)  # type: ignore[arg-type]
    return [translate(m, language) for m in explain_comparison(comparison, kind)]  # type: ignore[arg-type]


def _json_teller(language: str, kind: str) -> _Teller:
    def tell(query: str, matches: list[Found]) -> None:
        told = [
            {
                "name": found.name,
                "rank": found.rank,
                "weight": round(found.bits, 4),
                "count": found.count,
                "sentences": _why(query, found.name, kind, language),
            }
            for found in matches
        ]
        click.echo(json.dumps({"query": query, "matches": told}, ensure_ascii=False))

    return tell


def _terminal_teller(language: str, kind: str) -> _Teller:
    from rich.console import Console

    console = Console(highlight=False)

    def tell(query: str, matches: list[Found]) -> None:
        console.print(query, style="bold", markup=False)
        if matches:
            _print_matches(console, query, matches, kind, language)
        else:
            console.print("    –", markup=False)

    return tell


def _print_matches(
    console: Console, query: str, matches: list[Found], kind: str, language: str
) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(justify="right", no_wrap=True, width=4)
    table.add_column(overflow="fold", min_width=12)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    for found in matches:
        why = _why(query, found.name, kind, language)[0]
        table.add_row(str(found.rank), Text(found.name), f"{found.bits:+.1f}", Text(why))
    console.print(table)
