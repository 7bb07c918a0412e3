"""JSON Lines: one object per line; its keys are the columns, in the order they first appear."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.encoding import find_encoding, lines
from sexton.records.model import Problem
from sexton.records.source import UNWRITTEN, Limits, Row, Source, check_width, unreadable

# Numbers keep the digits they are written with, however many.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)

_NO_OBJECT = (
    Message(N_("The line is not a JSON object.")),
    Message(N_("Write one object {…} for each person, each on a line of its own.")),
)
_TOO_LONG = (
    Message(N_("The line is too long to be a row of a person list.")),
    Message(N_("Write one object {…} for each person, each on a line of its own.")),
)


def read_json_lines(path: Path, limits: Limits, encoding: str | None = None) -> Source:
    """The table of a JSON Lines file."""
    found = find_encoding(path, encoding)
    rows: list[tuple[int, dict[str, str]] | Problem] = []
    columns: dict[str, None] = {}
    for number, line in enumerate(lines(path, found, limits.line), 1):
        if not line.isspace():
            row = _row(path, number, line, limits)
            rows.append(row)
            if not isinstance(row, Problem):
                columns.update(dict.fromkeys(row[1]))
                check_width(path, len(columns), limits)
    _check_some(path, rows)
    return Source(tuple(columns), _aligned(tuple(columns), rows))


def _row(
    path: Path, number: int, line: str, limits: Limits
) -> tuple[int, dict[str, str]] | Problem:
    if len(line) > limits.line:
        return Problem(str(path), number, None, *_TOO_LONG)
    try:
        value = _DECODER.decode(line.strip())
        if isinstance(value, dict):
            return number, {key: _written(cell) for key, cell in value.items()}
    except (ValueError, RecursionError):
        pass
    unwritten = "\0" in line
    return Problem(str(path), number, None, *(UNWRITTEN if unwritten else _NO_OBJECT))


def _written(value: object) -> str:
    """A JSON value as a cell: text as it is, a list of plain values joined by "; "."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return "; ".join(map(_written, value))
    return json.dumps(value, ensure_ascii=False)


def _check_some(path: Path, rows: list[tuple[int, dict[str, str]] | Problem]) -> None:
    if not rows:
        raise unreadable(
            path,
            Message(N_("The file is empty.")),
            Message(N_("Export the list again, with one JSON object for each person.")),
        )
    # A first line that is none is a JSON array, or not JSON at all.
    if isinstance(rows[0], Problem):
        reason = Message(N_("The file does not begin with a line that is a JSON object."))
        raise unreadable(path, reason, _NO_OBJECT[1])


def _aligned(
    columns: tuple[str, ...], rows: list[tuple[int, dict[str, str]] | Problem]
) -> Iterator[Row | Problem]:
    for row in rows:
        if isinstance(row, Problem):
            yield row
        else:
            yield row[0], [row[1].get(column, "") for column in columns]
