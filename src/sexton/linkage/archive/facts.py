"""Dates, places, camps and numbers of a list's distinct cells as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sexton.dates import read_date
from sexton.evidence import PersonReading, camp_key, place_key
from sexton.linkage.archive.cells import Cells, CodedCells
from sexton.linkage.archive.parallel import for_all
from sexton.linkage.coding import Categories, Ids, numbers_of, span_of, unit_of
from sexton.linkage.columns import Numbers, Persons
from sexton.linkage.model import Progress
from sexton.names import PersonName
from sexton.numbers import read_camp, read_numbers
from sexton.places import PlaceReading, load_gazetteer, read_place

Int32 = NDArray[np.int32]

_NOBODY = PersonName("", ())


def _dates(cells: Sequence[str]) -> list[tuple[int, int]]:
    return [span_of(read_date(cell)) for cell in cells]


def _places(cells: Sequence[str]) -> list[tuple[str, str]]:
    """The ids of place and province that each cell most probably means."""
    gazetteer = load_gazetteer("ussr")
    return [_place(read_place(cell, gazetteer)) for cell in cells]


def _place(place: PlaceReading | None) -> tuple[str, str]:
    person = PersonReading("", _NOBODY, birth_place=place)
    return (place_key(place) if place else "", unit_of(person))


def _camps(cells: Sequence[str]) -> list[str]:
    return [camp_key(read_camp(cell)) for cell in cells]


def _numbers(cells: Sequence[str]) -> list[list[int]]:
    return [
        numbers_of(PersonReading("", _NOBODY, numbers=tuple(read_numbers(cell)))) for cell in cells
    ]


def _take(column: CodedCells, values: Sequence[int], missing: int) -> Int32:
    """The value of each row's cell; ``missing`` for rows with an empty one."""
    return np.array([*values, missing], dtype=np.int32)[column.codes]


def code_facts(
    cells: Cells, categories: Categories, progress: Progress | None
) -> tuple[Persons, Numbers]:
    """What the rows say beside names, in the order of the list."""
    birth, death = cells.coded("birth_date"), cells.coded("death_date")
    born = for_all(_dates, list(birth.texts), "reading dates", progress)
    died = for_all(_dates, list(death.texts), "reading dates", progress)
    place = cells.coded("birth_place")
    places = for_all(_places, list(place.texts), "reading places", progress)
    burial, camp = cells.coded("burial_place"), cells.coded("camp")
    camps = for_all(_camps, list(camp.texts), "reading camps", progress)
    numbers, any_number = _coded_numbers(cells.coded("prisoner_number"), progress)
    persons = Persons(
        _take(birth, [first for first, _ in born], 0),
        _take(birth, [last for _, last in born], 0),
        _take(death, [first for first, _ in died], 0),
        _take(death, [last for _, last in died], 0),
        _take(place, _all(categories.place, (found for found, _ in places)), -1),
        _take(place, _all(categories.unit, (unit for _, unit in places)), -1),
        _take(burial, _all(categories.burial, (text.strip() for text in burial.texts)), -1),
        _take(camp, _all(categories.camp, camps), -1),
        any_number,
    )
    return persons, numbers


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
