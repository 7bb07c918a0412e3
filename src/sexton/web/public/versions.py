"""The versions of one person side by side: a column for each source, a row for each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sexton.dates import read_date
from sexton.names import fold
from sexton.web.register.models import Record

SHOWN = (
    "name",
    "other_names",
    "sex",
    "birth_date",
    "birth_place",
    "death_date",
    "death_place",
    "prisoner_number",
    "camp",
    "rank",
    "unit",
    "nationality",
    "role",
    "resistance_group",
    "remarks",
)
# Remarks are the reader's own notes on a page: that two of them differ says nothing.
NOT_COMPARED = frozenset({"remarks", "other_names", "role"})
CODED = {"sex": "sex", "role": "role"}
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One source's text for one field ("" where it says nothing)."""

    record: Record
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """A field in all versions; ``differs`` when the sources write different things."""

    field: str
    code_table: str
    cells: Sequence[Cell]
    differs: bool


def side_by_side(records: Sequence[Record]) -> list[Row]:
    """The fields that at least one of ``records`` fills, in the order of a life."""
    rows = [_row(field, records) for field in SHOWN]
    return [row for row in rows if any(cell.text for cell in row.cells)]


def _row(field: str, records: Sequence[Record]) -> Row:
    cells = [Cell(r, text_of(r, field), r.fields.get("language", "")) for r in records]
    normal = _NORMALISERS.get(field, _plain)
    said = {normal(cell.text) for cell in cells if cell.text}
    return Row(field, CODED.get(field, ""), cells, len(said) > 1 and field not in NOT_COMPARED)


def text_of(record: Record, field: str) -> str:
    """The verbatim text of a field, the columns beyond the contract's among them."""
    if field == "name":
        return record.name
    return str(record.fields.get(field) or record.extra.get(field) or "")


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", fold(text)).strip()


def _words(text: str) -> str:
    """Names turned round (surname first or last) are the same words."""
    return " ".join(sorted(_plain(text).split()))


def _days(text: str) -> str:
    """Dates are the same when they mean the same days, however they are written."""
    reading = read_date(text)
    if reading is None or reading.first is None:
        return _plain(text)
    return f"{reading.first}/{reading.last}"


_NORMALISERS: dict[str, Callable[[str], str]] = {
    "name": _words,
    "birth_date": _days,
    "death_date": _days,
}
