"""Comma-, semicolon-, tab- or bar-separated text, read row by row and checked row by row.

A stray quotation mark makes a CSV parser swallow the rows that follow it as one cell. So a row
that spans lines must come out with the right number of cells; otherwise its first line alone
is reported and reading begins again at the line below.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.encoding import Encoding, find_encoding, is_unwritten, lines
from sexton.records.model import Problem
from sexton.records.source import UNWRITTEN, Limits, Row, Source, check_width, unreadable

DELIMITERS = ",;\t|"
SAMPLE_LINES = 50
# Shorter than the cell at which the csv module gives up.
SAMPLE_LENGTH = 100_000
# Lines that one row may span, and lines that may be read again after stray quotes.
ROW_LINES = 1_000
READ_AGAIN = 2_000_000


class _RowTooLong(Exception):
    """A line, or a quoted cell over many lines, that is longer than the limit."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a row is not read; ``whole_row`` when all of its lines certainly belong to it."""

    reason: Message
    remedy: Message
    whole_row: bool = False

    @property
    def sentences(self) -> tuple[Message, Message]:
        return self.reason, self.remedy


class _Feed:
    """Hands lines to ``csv.reader`` and remembers those of the row at hand."""

    def __init__(self, source: Iterator[str], limit: int) -> None:
        self._source = source
        self._limit = limit
        self._waiting: deque[str] = deque()
        self.row: list[str] = []
        self.line = 0
        self.read_again = 0

    def lines(self) -> Iterator[str]:
        """The lines to come. Every line of the file passes here, hence no call for each."""
        row, limit = self.row, self._limit
        while self._waiting:
            row.append(self._waiting.popleft())
            self._check_length()
            yield row[-1]
        for line in self._source:
            row.append(line)
            if len(row) > 1 or len(line) > limit:
                self._check_length()
            yield line

    def _check_length(self) -> None:
        if len(self.row) > ROW_LINES or sum(map(len, self.row)) > self._limit:
            raise _RowTooLong

    def accept(self) -> None:
        """The row at hand is done with."""
        self.line += len(self.row)
        self.row.clear()

    def give_back(self) -> None:
        """Only the first line of the row at hand is done with; the others are read again."""
        self._waiting.extendleft(reversed(self.row[1:]))
        self.read_again += len(self.row) - 1
        self.line += 1
        self.row.clear()


def read_delimited(
    path: Path,
    limits: Limits,
    known: Collection[str],
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Source:
    """The table of a text file; ``known`` column names (folded) help to tell the delimiter."""
    found = find_encoding(path, encoding)
    if delimiter is None:
        first = islice(lines(path, found, limits.line), SAMPLE_LINES)
        delimiter = find_delimiter([line[:SAMPLE_LENGTH] for line in first], known)
    feed = _Feed(lines(path, found, limits.line), limits.line)
    header = _header(path, feed, delimiter)
    check_width(path, len(header), limits)
    return Source(
        header, _rows(path, feed, delimiter, len(header), found), _notes(found), check=False
    )


def _notes(found: Encoding) -> tuple[Message, ...]:
    if found.name.startswith("utf"):
        return ()
    text = N_("The text is not UTF-8; it was read as %(encoding)s, which looks most likely.")
    return (Message(text, {"encoding": found.name}),)


def find_delimiter(sample: list[str], known: Collection[str]) -> str:
    """The delimiter under which the header has most known names and the rows agree with it."""

    def merit(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = list(csv.reader(sample, delimiter=delimiter))
        except csv.Error:
            rows = list(csv.reader(sample[:1], delimiter=delimiter, quoting=csv.QUOTE_NONE))
        rows = [row for row in rows if row] or [[]]
        width = len(rows[0])
        hits = sum(cell.strip().casefold() in known for cell in rows[0])
        return hits, sum(len(row) == width for row in rows) if width > 1 else 0, width

    return max(DELIMITERS, key=merit)


def _header(path: Path, feed: _Feed, delimiter: str) -> tuple[str, ...]:
    try:
        for row in csv.reader(feed.lines(), delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in row) and not is_unwritten("".join(feed.row)):
                feed.accept()
                return tuple(row)
            if row:
                break
            feed.accept()
    except (csv.Error, _RowTooLong):
        pass
    if not feed.row:
        raise unreadable(
            path,
            Message(N_("The file is empty.")),
            Message(N_("Export the list again, with a first row that names the columns.")),
        )
    raise unreadable(
        path,
        Message(N_("The first row is not a row of column names.")),
        Message(N_("Check that the file is a table in text form whose first row names columns.")),
        feed.line + 1,
    )


def _rows(
    path: Path, feed: _Feed, delimiter: str, width: int, encoding: Encoding
) -> Iterator[Row | Problem]:
    while True:
        fault = yield from _sound_rows(feed, delimiter, width, encoding.clean)
        if fault is None:
            return
        yield Problem(str(path), feed.line + 1, None, *fault.sentences)
        if fault.whole_row:
            feed.accept()
        else:
            feed.give_back()
        if feed.read_again > READ_AGAIN:
            raise unreadable(path, *_QUOTES.sentences, row=feed.line + 1)


def _sound_rows(
    feed: _Feed, delimiter: str, width: int, clean: bool
) -> Generator[Row, None, _Fault | None]:
    """Rows up to the first that is faulty; returns its fault, or None at the end of the file."""
    lines_of_row = feed.row
    try:
        for row in csv.reader(feed.lines(), delimiter=delimiter, strict=True):
            if len(row) != width or not clean or "\0" in lines_of_row[0] or len(lines_of_row) > 1:
                fault = _fault(row, "".join(lines_of_row), width)
                if fault is not None:
                    return fault
                row = row[:width]
            if row:
                yield feed.line + 1, row
            feed.line += len(lines_of_row)
            lines_of_row.clear()
    except csv.Error as error:
        return _TOO_LONG if "limit" in str(error) else _QUOTES
    except _RowTooLong:
        return _TOO_LONG
    return None


def _fault(row: list[str], text: str, width: int) -> _Fault | None:
    """What is wrong with a row, if anything; ``text`` is the row as it stands in the file."""
    if not any(cell.strip() for cell in row):
        row.clear()
        return None
    if is_unwritten(text):
        return _Fault(*UNWRITTEN, whole_row=len(row) == width)
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        return _wrong_width(len(row), width)
    return None


def _wrong_width(cells: int, width: int) -> _Fault:
    return _Fault(
        Message(
            N_("The row has %(cells)d cells, the header %(width)d."),
            {"cells": cells, "width": width},
        ),
        Message(
            N_(
                "Put cells that hold the delimiter or a line break in quotation marks, "
                "and keep empty cells."
            )
        ),
    )


_QUOTES = _Fault(
    Message(N_("A quotation mark has no partner, or text follows the closing one.")),
    Message(N_("Close the quotation, and double a quotation mark that belongs to the text.")),
)
_TOO_LONG = _Fault(
    Message(N_("The row or a cell of it is too long to be a row of a person list.")),
    Message(N_("Check for a missing line break, or a quotation mark that is never closed.")),
)
