"""Names from a text file, a column of a table, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from sexton.cli.common import fail, show_problems

STDIN = "-"


def read_names(path: Path, column: str | None, kind: str) -> Iterator[str]:
    """The names of a file, in its order: the lines of a .txt file, a column of any table.

    Without ``column`` a table's column is the one called like ``kind``, or the only one. Leaves
    with exit code 2, naming file, row and column, when the file cannot be used.
    """
    if str(path) == STDIN:
        return lines_of_stdin()
    if path.suffix.lower() == ".txt" and column is None:
        return iter(_lines(path))
    return _cells(path, column, kind)


def lines_of_stdin() -> Iterator[str]:
    """The names on standard input, each as soon as its line is there."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            name = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            fail(f"standard input, line {number}: not UTF-8 text.")
        if name:
            yield name


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    return [name for number, line in enumerate(lines, 1) if (name := _decoded(path, number, line))]


def _decoded(path: Path, number: int, line: bytes) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError:
        fail(f"{path}, row {number}: not UTF-8 text. Save the file as UTF-8, or as CSV.")


def _cells(path: Path, column: str | None, kind: str) -> Iterator[str]:
    from sexton.records import Problem, UnreadableFile
    from sexton.records.personlist import open_source
    from sexton.records.source import DEFAULT_LIMITS

    problems: list[Problem] = []
    try:
        source = open_source(path, None, DEFAULT_LIMITS)
        number = _column(path, source.columns, column, kind)
        for row in source.rows:
            if isinstance(row, Problem):
                problems.append(row)
            elif name := (row[1][number] or "").strip():
                yield name
    except UnreadableFile as error:
        fail(str(error))
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    show_problems(problems)


def _column(path: Path, columns: Iterable[str], wanted: str | None, kind: str) -> int:
    """The number of the column that holds the names."""
    names = [name.strip().casefold() for name in columns]
    if wanted is None and len(names) == 1:
        return 0
    name = (wanted or kind).casefold()
    if name in names:
        return names.index(name)
    shown = ", ".join(columns)
    raise click.UsageError(
        f"{path}: there is no column “{wanted or kind}”. Its columns: {shown}. Name one of them."
    )
