"""A list of readings as columns: names, places, camps and numbers become numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sexton.dates import DateReading
from sexton.evidence import PersonReading, camp_key, place_key
from sexton.linkage.columns import (
    BIRTH_FIRST,
    PERSON,
    SURNAME,
    Columns,
    NameRows,
    Numbers,
    Persons,
    sort_columns,
)
from sexton.linkage.screening.forms import Form, plain_form, surname_forms
from sexton.linkage.vocabularies import KINDS, Apart, NameCoder, Vocabularies, is_population
from sexton.names.channel import Kind
from sexton.names.given_names import canonical_given
from sexton.names.patronymics import given_of_patronymic
from sexton.names.whole import MAX_FORMS

LEAST_DIGITS = 3
# Longer runs of digits are no prisoner numbers and do not fit an integer.
_MOST_DIGITS = 17


@dataclass
class Ids:
    """Texts numbered in the order of their appearance; "" is -1."""

    texts: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """The number of a text, given to it when it is first seen."""
        if not text:
            return -1
        known = self._numbers.setdefault(text, len(self.texts))
        if known == len(self.texts):
            self.texts.append(text)
        return known


@dataclass
class Categories:
    """The ids that persons share: places, provinces, places of burial, camps, and the places of
    death as they are written."""

    place: Ids = field(default_factory=Ids)
    unit: Ids = field(default_factory=Ids)
    burial: Ids = field(default_factory=Ids)
    camp: Ids = field(default_factory=Ids)
    died: Ids = field(default_factory=Ids)


@dataclass(frozen=True)
class CodedList:
    """A list ready to be screened: columns, vocabularies, and what its numbers stand for."""

    columns: Columns
    vocabularies: Vocabularies
    categories: Categories

    def __post_init__(self) -> None:
        """Tell men apart in a list too short to tell otherwise how common names are."""
        told = any(names.apart is not None for names in self.vocabularies)
        if not told and not is_population([self.vocabularies.surname]):
            counted = (
                replace(names, apart=_apart(self.columns, place, self.vocabularies))
                for place, names in enumerate(self.vocabularies, SURNAME)
            )
            object.__setattr__(self, "vocabularies", Vocabularies(*counted))


def _apart(columns: Columns, kind: int, vocabularies: Vocabularies) -> Apart:
    """What stands beside the names of one kind (a column of the rows): days of birth and the other
    names, in numbers that are the same in every list."""
    rows = columns.rows
    numbers, born = rows[:, kind], columns.persons[rows[:, PERSON], BIRTH_FIRST]
    beside = [np.where(born > 0, born, 0).astype(np.int64)]
    for other, names in enumerate(vocabularies, SURNAME):
        if other != kind:
            texts = [*names.names, *names.initials, ""]
            values = np.array([crc32(_sort_of(names.kind, text).encode()) for text in texts])
            beside.append(values[rows[:, other]])
    named = (numbers >= 0) & (numbers < len(vocabularies[kind - SURNAME].names))
    parts = []
    for column, values in enumerate(beside):
        stated = named & (values != 0)
        sort = np.full(int(stated.sum()), column)
        parts.append(np.unique(np.stack([numbers[stated], sort, values[stated]]), axis=1))
    return Apart(*np.concatenate(parts, axis=1).astype(np.int64))


def _sort_of(kind: Kind, name: str) -> str:
    """What the spellings of one name have in common: the given name that is meant, or a letter.

    Two names may have it in common as well: then fewer men are told apart than there are.
    """
    given = name if kind == "given" else given_of_patronymic(name) if kind == "patronymic" else None
    meant = canonical_given(given) if given else ()
    return min(meant, default=name[:1])


def span_of(reading: DateReading | None) -> tuple[int, int]:
    """The first and last day as ordinals; 0, 0 where nothing can be read."""
    if reading is None or reading.first is None or reading.last is None:
        return 0, 0
    return reading.first.toordinal(), reading.last.toordinal()


def unit_of(person: PersonReading) -> str:
    """The province or republic of birth that is most probably meant, else ""."""
    place = person.birth_place
    best = place.matches[0] if place and place.matches else None
    if best is not None and best.probability >= 0.5 and best.unit:
        return best.unit
    written = [part.unit for part in place.parts if part.unit] if place else []
    return written[-1] if written else ""


def numbers_of(person: PersonReading) -> list[int]:
    """The prisoner numbers long enough to tell men apart."""
    found = {
        int(number.digits)
        for number in person.numbers
        if LEAST_DIGITS <= len(number.digits) <= _MOST_DIGITS
    }
    return sorted(found)


def swapped_day(first: int, last: int) -> int:
    """The ordinal of a full day with day and month changed places; 0 where that is no other day."""
    if first <= 0 or first != last:
        return 0
    day = date.fromordinal(first)
    try:
        swapped = day.replace(month=day.day, day=day.month).toordinal()
    except ValueError:
        return 0
    return swapped if swapped != first else 0


def archive_forms(person: PersonReading) -> list[Form]:
    """The names under which an archive's person is found: as read, and a surname's other forms."""
    found: dict[tuple[str, str, str], Form] = {}
    for reading in person.name.forms[:MAX_FORMS]:
        form = plain_form(reading)
        for each in (form, *surname_forms(form)):
            if any(each[:3]):
                found.setdefault(each[:3], each)
    return [*found.values()]


class Coder:
    """Codes persons one after the other."""

    def __init__(self) -> None:
        """No person yet."""
        self.names = NameCoder()
        self.categories = Categories()
        self._persons: list[tuple[int, ...]] = []
        self._first_rows: list[tuple[int, int, int, int]] = []
        self._more_rows: list[tuple[int, int, int, int]] = []
        self._numbers: list[tuple[int, int]] = []

    def add(self, person: PersonReading) -> None:
        """Code one more person."""
        position = len(self._persons)
        numbers = numbers_of(person)
        self._numbers += [(position, number) for number in numbers]
        codes = self.categories
        place = place_key(person.birth_place) if person.birth_place else ""
        self._persons.append(
            (
                *span_of(person.birth),
                *span_of(person.death),
                codes.place.number(place),
                codes.unit.number(unit_of(person)),
                codes.burial.number(person.burial_place),
                codes.camp.number(camp_key(person.camp)),
                0 if numbers else -1,
                codes.died.number(person.death_place.written.strip() if person.death_place else ""),
            )
        )
        rows = [(position, *self.names.parts(*form[:3])) for form in archive_forms(person)]
        self._first_rows.append(rows[0] if rows else (position, -1, -1, -1))
        self._more_rows += rows[1:]

    def coded(self) -> CodedList:
        """All that was added."""
        rows = [part.astype(np.int32) for part in _columns(self._first_rows + self._more_rows, 4)]
        names = NameRows(
            rows[0],
            rows[1],
            self.names.settled("given", rows[2]),
            self.names.settled("patronymic", rows[3]),
        )
        persons = Persons(*(part.astype(np.int32) for part in _columns(self._persons, 10)))
        count_bearers(names, len(self._persons), self.names)
        vocabularies = self.names.vocabularies()
        person, value = _columns(self._numbers, 2)
        columns = sort_columns(
            persons,
            names,
            Numbers(person.astype(np.int32), value),
            vocabularies.surname.size,
            vocabularies.given.size,
        )
        return CodedList(columns, vocabularies, self.categories)


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> list[NDArray[np.int64]]:
    table = np.array(rows, dtype=np.int64).reshape(-1, width)
    return [table[:, column] for column in range(width)]


def count_bearers(rows: NameRows, persons: int, coder: NameCoder) -> None:
    """Count how many of the ``persons`` bear each name: once each, in how many rows it may stand.

    The first ``persons`` rows are the first of each, in order.
    """
    for kind in KINDS:
        known = coder.names[kind]
        numbers: NDArray[np.int32] = getattr(rows, kind)
        more, person = numbers[persons:], rows.person[persons:]
        pairs = np.unique((person.astype(np.int64) << 32 | more)[more != numbers[person]])
        bearers = np.concatenate([numbers[:persons], (pairs & 0xFFFFFFFF).astype(np.int32)])
        # Initials are numbered behind the names; -1, in the pairs too, is no name.
        named = bearers[(bearers >= 0) & (bearers < len(known.names))]
        known.counts = np.bincount(named, minlength=len(known.names)).tolist()


def code_people(people: Iterable[PersonReading]) -> CodedList:
    """The columns of readings."""
    coder = Coder()
    for person in people:
        coder.add(person)
    return coder.coded()
