"""Two or three rows side by side, word for word: what agrees is left to the eye.

Pure: it knows no database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sexton.records import COLUMNS

# What a row says of itself, not of the man; and what another row shows anyway.
LEFT_OUT = frozenset({"id", "language", "unknown_person"})
CODED = {"sex": "sex", "role": "role"}


@dataclass(frozen=True, slots=True)
class Side:
    """A row beside others: what it is called, where its page is, its cells word for word.

    ``clues`` are (column, value, citation) that people added; ``letter`` is by which it is named
    on a drawing. ``candidate`` is "" for the man of the case himself.
    """

    letter: str
    title: str
    fields: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    key: str = ""
    candidate: str = ""
    simulated: bool = False
    clues: Sequence[tuple[str, str, str]] = ()

    @property
    def language(self) -> str:
        """The language that the row is written in, if it says so."""
        return self.fields.get("language", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says of a field ("" where nothing), with the clues to it."""

    letter: str
    title: str
    text: str
    language: str
    clues: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A field on all sides. ``code_table`` is the table of labels where cells are codes."""

    field: str
    code_table: str
    cells: Sequence[Cell]


def side_by_side(sides: Sequence[Side]) -> list[Row]:
    """The fields of which at least one side says something, in the order of the person list."""
    own = [column for column in COLUMNS if column not in LEFT_OUT]
    beyond = sorted({column for side in sides for column in side.extra} - {*own, *LEFT_OUT})
    rows = [_row(column, sides) for column in (*own, *beyond)]
    return [row for row in rows if any(cell.text or cell.clues for cell in row.cells)]


def _row(column: str, sides: Sequence[Side]) -> Row:
    return Row(column, CODED.get(column, ""), [_cell(column, side) for side in sides])


def _cell(column: str, side: Side) -> Cell:
    text = side.fields.get(column) or side.extra.get(column) or ""
    clues = [(value, citation) for named, value, citation in side.clues if named == column]
    return Cell(side.letter, side.title, text, "" if column == "source" else side.language, clues)
