"""What the commands share: reading a list with its problems shown, progress, and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from sexton.evidence import Rules
    from sexton.linkage import Progress
    from sexton.records import PersonList, Problem
    from sexton.records.writing import Cell

Row = Mapping[str, object] | Sequence[object]

BAD_INPUT = 2
NOTHING_FOUND = 1
SHOWN_PROBLEMS = 20
TABLE_SUFFIXES = (".csv", ".parquet", ".jsonl", ".xlsx")

MAPPING_HELP = (
    "A mapping profile: a TOML file, or the name of one that ships with Sexton (belgium)."
)

COVERAGE_HELP = "The chance that a man of LEFT is in RIGHT at all."

Command = Callable[..., object]


def coverage_option(help_text: str | None = None) -> Callable[[Command], Command]:
    """The option ``--coverage``, a chance between 0 and 1."""
    return click.option(
        "--coverage",
        default=0.8,
        show_default=True,
        type=click.FloatRange(0, 1, min_open=True, max_open=True),
        help=help_text,
    )


def fail(message: str, code: int = BAD_INPUT) -> NoReturn:
    """Print ``message`` to standard error and leave with ``code``."""
    click.echo(message, err=True)
    sys.exit(code)


def input_file() -> click.Path:
    """The parameter type of a file that is read; the readers themselves say what is wrong."""
    return click.Path(path_type=Path)


def check_out(path: Path) -> None:
    """Leave with exit code 2, before any work is done, when ``path`` cannot become a table."""
    if path.suffix.lower() not in TABLE_SUFFIXES:
        fail(f"{path}: the name must end in one of {', '.join(TABLE_SUFFIXES)}.")
    if not path.parent.is_dir():
        fail(f"{path}: there is no folder {path.parent}. Make it first.")


def save_table(rows: Iterable[Row], columns: Sequence[str], path: Path) -> None:
    """Write a table, all or nothing; leave with exit code 2 when it cannot be written."""
    from sexton.records import write_table

    with _writing():
        write_table(rows, columns, path)


def save_columns(columns: Mapping[str, Sequence[Cell]], path: Path) -> None:
    """:func:`save_table` of columns of one length."""
    from sexton.records import write_columns

    with _writing():
        write_columns(columns, path)


@contextmanager
def _writing() -> Iterator[None]:
    from sexton.records import UnwritableFile

    try:
        yield
    except UnwritableFile as error:
        fail(str(error))


def rules_from(path: Path | None) -> Rules | None:
    """The rules of a file, or None for the default ones; exit code 2 when it cannot be used."""
    from sexton.evidence import RulesError, load_rules

    try:
        return load_rules(path) if path else None
    except RulesError as error:
        fail(str(error))


def load_list(path: Path, mapping: str | None, progress: Progress | None = None) -> PersonList:
    """The person list of ``path``; what cannot be read goes to standard error and the rest goes on.

    Leaves with exit code 2 when the file cannot be used at all.
    """
    from sexton.records import UnreadableFile, load_mapping, read_person_list

    try:
        profile = load_mapping(mapping) if mapping else None
        people = read_person_list(path, profile, progress)
    except UnreadableFile as error:
        fail(str(error))
    show_problems(people.problems)
    return people


def show_problems(problems: Sequence[Problem]) -> None:
    """The first problems of a list, one line each, and how many more there are."""
    for problem in problems[:SHOWN_PROBLEMS]:
        click.echo(str(problem), err=True)
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0:
        click.echo(f"… and {more} more rows that could not be read.", err=True)


@contextmanager
def shown_progress(quiet: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error, one line for each kind of work; nothing when ``quiet``."""
    if quiet:
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, int] = {}

        def update(what: str, done: int, total: int | None) -> None:
            shown = total if total is not None else max(done, 1)
            if what not in tasks:
                tasks[what] = bars.add_task(what[:1].upper() + what[1:], total=shown)
            bars.update(tasks[what], completed=done, total=shown)

        yield update
