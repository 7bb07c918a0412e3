"""Dates, places, camps and numbers of a list's distinct cells as columns of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.dates import read_age, read_date, read_life_range
from sexton.evidence import PersonReading, camp_key, place_key
from sexton.linkage.archive.cells import Cells, CodedCells
from sexton.linkage.archive.parallel import for_all
from sexton.linkage.coding import Categories, Ids, numbers_of, span_of, unit_of
from sexton.linkage.columns import Numbers, Persons
from sexton.linkage.model import Progress
from sexton.names import PersonName
from sexton.numbers import read_camp, read_numbers
from sexton.places import PlaceReading, load_gazetteer, read_place
from sexton.places.kept import kept
from sexton.records import Record
from sexton.records.reading import read_person

Int32 = NDArray[np.int32]

_NOBODY = PersonName("", ())
_DIGIT = re.compile(r"\d")
# The cells that dates are told by.
_DATED = frozenset(("name", "surname", "given", "patronymic", "birth_date", "death_date"))


def _dates(cells: Sequence[str]) -> list[tuple[int, int]]:
    return [span_of(read_date(cell)) for cell in cells]


def _places(cells: Sequence[str]) -> list[tuple[str, str, str]]:
    """The ids of place and province that each cell most probably means, and all that was read."""
    gazetteer = load_gazetteer("ussr")
    return [_place(read_place(cell, gazetteer)) for cell in cells]


def _place(place: PlaceReading | None) -> tuple[str, str, str]:
    person = PersonReading("", _NOBODY, birth_place=place)
    return (place_key(place) if place else "", unit_of(person), kept(place))


def _camps(cells: Sequence[str]) -> list[str]:
    return [camp_key(read_camp(cell)) for cell in cells]


def _numbers(cells: Sequence[str]) -> list[list[int]]:
    return [
        numbers_of(PersonReading("", _NOBODY, numbers=tuple(read_numbers(cell)))) for cell in cells
    ]


def _take(column: CodedCells, values: Sequence[int], missing: int) -> Int32:
    """The value of each row's cell; ``missing`` for rows with an empty one."""
    return np.array([*values, missing], dtype=np.int32)[column.codes]


class Facts(NamedTuple):
    """What the rows say beside names; ``stated`` counts those that state a place of birth or a
    camp, known or not; ``places`` are the readings of the distinct places of birth."""

    persons: Persons
    numbers: Numbers
    stated: dict[str, int]
    places: list[str]


def code_facts(cells: Cells, categories: Categories, progress: Progress | None) -> Facts:
    """What the rows say beside names, in the order of the list."""
    # Once, before the processes part.
    load_gazetteer("ussr").prepare()
    place = cells.coded("birth_place")
    places = for_all(_places, list(place.texts), "reading places", progress)
    burial, camp = cells.coded("burial_place"), cells.coded("camp")
    died = cells.coded("death_place")
    camps = for_all(_camps, list(camp.texts), "reading camps", progress)
    numbers, any_number = _coded_numbers(cells.coded("prisoner_number"), progress)
    birth_first, birth_last, death_first, death_last = _coded_dates(cells, progress)
    persons = Persons(
        birth_first,
        birth_last,
        death_first,
        death_last,
        _take(place, _all(categories.place, (found for found, _, _ in places)), -1),
        _take(place, _all(categories.unit, (unit for _, unit, _ in places)), -1),
        _take(burial, _all(categories.burial, (text.strip() for text in burial.texts)), -1),
        _take(camp, _all(categories.camp, camps), -1),
        any_number,
        _take(died, _all(categories.died, (text.strip() for text in died.texts)), -1),
    )
    stated = {"birth_place": _stated(place), "camp": _stated(camp)}
    return Facts(persons, numbers, stated, [read for _, _, read in places])


def _stated(column: CodedCells) -> int:
    """How many rows have a cell that is not blank."""
    blank = [number for number, text in enumerate(column.texts) if not text.strip()]
    return int(np.count_nonzero(column.codes >= 0) - np.isin(column.codes, blank).sum())


def _coded_dates(cells: Cells, progress: Progress | None) -> list[Int32]:
    """First and last day of birth, then of death."""
    birth, death = cells.coded("birth_date"), cells.coded("death_date")
    born = for_all(_dates, list(birth.texts), "reading dates", progress)
    died = for_all(_dates, list(death.texts), "reading dates", progress)
    days = [
        _take(column, [span[end] for span in spans], 0)
        for column, spans in ((birth, born), (death, died))
        for end in (0, 1)
    ]
    rows = _told_elsewhere(cells, days[0], days[2])
    read = for_all(_DateReader(cells), [str(row) for row in rows], "reading dates", progress)
    for row, found in zip(rows, read, strict=True):
        for column, day in zip(days, found, strict=True):
            column[row] = day
    return days


def _told_elsewhere(cells: Cells, born: Int32, died: Int32) -> list[int]:
    """Rows whose dates do not stand each in its cell: an age for a birth, a life in one cell."""
    birth, name = cells.coded("birth_date"), cells.coded("name")
    unread = np.unique(birth.codes[(born == 0) & (birth.codes >= 0)]).tolist()
    lives = [n for n in unread if read_age(birth.texts[n]) or read_life_range(birth.texts[n])]
    with_digits = [n for n, text in enumerate(name.texts) if _DIGIT.search(text)]
    odd = np.isin(birth.codes, lives)
    odd |= (born == 0) & (died == 0) & np.isin(name.codes, with_digits)
    found: list[int] = np.flatnonzero(odd).tolist()
    return found


class _DateReader:
    """Reads the dates of rows given by their numbers as texts; goes to another process."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def __call__(self, rows: Sequence[str]) -> list[tuple[int, int, int, int]]:
        found = []
        for row in map(int, rows):
            fields = self._cells.fields(row, _DATED)
            person = read_person(Record("", fields, {}, "", row))
            found.append((*span_of(person.birth), *span_of(person.death)))
        return found


def _all(ids: Ids, texts: Iterable[str]) -> list[int]:
    return [ids.number(text) for text in texts]


def _coded_numbers(column: CodedCells, progress: Progress | None) -> tuple[Numbers, Int32]:
    """All prisoner numbers of all rows; and for each row 0 if it has one, else -1."""
    values = for_all(_numbers, list(column.texts), "reading prisoner numbers", progress)
    rows: list[Int32] = [np.zeros(0, dtype=np.int32)]
    found: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    for place in range(max(map(len, values), default=0)):
        table = np.array(
            [*(each[place] if place < len(each) else -1 for each in values), -1], dtype=np.int64
        )[column.codes]
        have = np.flatnonzero(table >= 0)
        rows.append(have.astype(np.int32))
        found.append(table[have])
    any_number = np.full(len(column.codes), -1, dtype=np.int32)
    any_number[np.concatenate(rows)] = 0
    return Numbers(np.concatenate(rows), np.concatenate(found)), any_number
