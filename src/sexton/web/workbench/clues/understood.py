"""What is understood of the value of a clue, told beside the field before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from sexton.dates import read_age, read_date
from sexton.names import read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.records import COLUMNS
from sexton.records.reading import READ
from sexton.web.public import readings
from sexton.web.public.readings import NAME_PARTS
from sexton.web.register import labels
from sexton.web.register.models import Record

FIELDS = tuple(column for column in COLUMNS if column not in {"id", "source", "language"})
"""What a clue can say something of: the columns of a person list that speak of the man."""
NAMES = frozenset({"name", "other_names"})


@dataclass(frozen=True, slots=True)
class Understood:
    """A value read: ``lines`` for each meaning; whether it could be ``read`` at all (what needs no
    reading always can), and whether such a field is ``compared`` with candidates."""

    lines: tuple[str, ...]
    read: bool
    compared: bool


def understand(field: str, value: str) -> Understood:
    """What the pure libraries read in a value of a field of the person list."""
    asked = _CAN_BE_READ.get(field)
    lines = tuple(_names(value)) if field in NAMES else _lines(field, value)
    return Understood(lines, asked is None or asked(value), field in READ)


def _lines(field: str, value: str) -> tuple[str, ...]:
    """What is read; the first meaning of a date with its sign, alike in every language."""
    lines = readings.understood(Record(), field, value)
    reading = read_date(value) if field.endswith("_date") else None
    if reading is None or not reading.edtf:
        return lines
    return (f"{lines[0]} ({reading.edtf})", *lines[1:])


def _names(value: str) -> Iterator[str]:
    for form in read_person_name(value).forms[:3]:
        parts = ((part, getattr(form, part)) for part in NAME_PARTS)
        told = [f"{labels.label(part, 'field')}: {text}" for part, text in parts if text]
        if told:
            yield "; ".join(told)


def _is_birth(value: str) -> bool:
    """Ages stand where dates of birth are asked for, and are read with the date of death."""
    return _is_date(value) or read_age(value) is not None


def _is_date(value: str) -> bool:
    reading = read_date(value)
    return reading is not None and bool(reading.spans)


def _is_camp(value: str) -> bool:
    reading = read_camp(value)
    return reading is not None and bool(reading.camps)


_CAN_BE_READ: dict[str, Callable[[str], bool]] = {
    "birth_date": _is_birth,
    "death_date": _is_date,
    "prisoner_number": lambda value: bool(read_numbers(value)),
    "camp": _is_camp,
    "name": lambda value: bool(read_person_name(value).forms),
}


def not_understood(field: str) -> str:
    """What to do about a value that cannot be read."""
    texts = {
        "birth_date": gettext("This cannot be read as a date: write 1903-05-21, 1903-05 or 1903."),
        "death_date": gettext("This cannot be read as a date: write 1943-05-02, 1943-05 or 1943."),
        "prisoner_number": gettext("No number is read in this: write its digits."),
        "camp": gettext("No camp is read in this: write it as “VI K” or “Stalag 326”."),
        "name": gettext("No name is read in this."),
    }
    keep = gettext("If it is written just so, tick “Keep it as it is written”.")
    return f"{texts[field]} {keep}"
