"""From a record's cells to claims: each cell that says something, as written and as read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sexton.dates import read_date
from sexton.names import fold, read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.records import COLUMNS, Record

READER = "sexton-1"
NAME_PARTS = ("surname", "given", "patronymic")
# What a source says of a person; the rest of a row says where the row is from.
PROPERTIES = tuple(c for c in COLUMNS if c not in {"id", "source", "language"})
KEPT_EXTRA = ("resistance_group",)
REMEMBERED = 1 << 16


class Reading(NamedTuple):
    """A cell read: the value as read, the days it can mean, and what qualifies it."""

    read: str = ""
    first_day: date | None = None
    last_day: date | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()


class Said(NamedTuple):
    """What a record says: a property, the value as written, and its reading."""

    property: str
    value: str
    reading: Reading


def said_by(record: Record, is_named: bool) -> Iterator[Said]:
    """All that a record says of its person, one thing for each value that it writes."""
    fields = record.fields
    for column in PROPERTIES:
        written = fields.get(column, "")
        if written:
            reader = READERS.get(column)
            for reading in reader(written) if reader else (_NOTHING,):
                yield Said(column, written, reading)
    if is_named and "surname" not in fields and "name" in fields:
        yield from _parts_of(fields["name"])
    for column in KEPT_EXTRA:
        if record.extra.get(column):
            yield Said(column, record.extra[column], _NOTHING)


_NOTHING = Reading()


@lru_cache(REMEMBERED)
def _date(written: str) -> tuple[Reading, ...]:
    reading = read_date(written)
    if reading is None:
        return (_NOTHING,)
    return tuple(
        Reading(span.edtf, _day(span.first), _day(span.last)) for span in reading.spans[:1]
    ) or (_NOTHING,)


def _day(day: date | None) -> date | None:
    """A day, unless it stands for an open end."""
    return None if day is None or day in (date.min, date.max) else day


@lru_cache(REMEMBERED)
def _folded(written: str) -> tuple[Reading, ...]:
    return (Reading(fold(written)),)


def _numbers(written: str) -> tuple[Reading, ...]:
    """Each number of the cell, and the camp that the cell writes with it."""
    found = tuple(
        Reading(number.digits, qualifiers=(("camp", number.camp),) if number.camp else ())
        for number in read_numbers(written)
    )
    return found or (_NOTHING,)


@lru_cache(REMEMBERED)
def _camp(written: str) -> tuple[Reading, ...]:
    reading = read_camp(written)
    return (Reading(reading.camps[0].camp_id if reading and reading.camps else ""),)


@lru_cache(REMEMBERED)
def _parts_of(name: str) -> tuple[Said, ...]:
    """The parts that are read in a whole name, by its likeliest reading."""
    forms = read_person_name(name).forms
    parts = ((part, getattr(forms[0], part)) for part in NAME_PARTS) if forms else ()
    return tuple(Said(part, name, Reading(fold(text))) for part, text in parts if text)


READERS: dict[str, Callable[[str], tuple[Reading, ...]]] = {
    "surname": _folded,
    "given": _folded,
    "patronymic": _folded,
    "birth_date": _date,
    "death_date": _date,
    "prisoner_number": _numbers,
    "camp": _camp,
}
