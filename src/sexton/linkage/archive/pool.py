"""An archive as a pool to link with: its lists mapped into memory, its records read when asked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Shares
from sexton.linkage.archive.cells import Cells, CodedCells
from sexton.linkage.archive.segment import count_stated, open_cells, open_places, open_segment
from sexton.linkage.beginnings import Beginnings, beginnings, beginnings_of
from sexton.linkage.coding import CodedList
from sexton.linkage.columns import (
    BIRTH_FIRST,
    BIRTH_LAST,
    BURIAL,
    CAMP,
    DEATH_FIRST,
    DIED,
    NUMBER,
    PLACE,
)
from sexton.linkage.pools import Screener, screener_of
from sexton.linkage.shares import (
    NO,
    WITH_BIRTH_DAY,
    WITH_NUMBER,
    YES,
    Counts,
    Within,
    beside,
    counts_of,
    counts_within,
    shares_of,
)
from sexton.places import load_gazetteer
from sexton.records import Record
from sexton.records.reading import READ, read_person

_NAMES = frozenset(("name", "surname", "given", "patronymic", "other_names"))
_BIRTHS = frozenset(("birth_date", "birth_place"))
_NOBODY = np.zeros(0, dtype=np.int64)


class ArchivePool:
    """The persons of the lists of an archive, one list behind the other."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Maps the built lists. Raises DamagedArchive."""
        self._folders = folders
        self._cells = [open_cells(folder) for folder in folders]
        self._places = [*map(open_places, folders, self._cells)]
        self.coded: list[CodedList] = [open_segment(folder) for folder in folders]
        self._starts = [0, *accumulate(cells.rows for cells in self._cells)]
        self._known: dict[int, PersonReading] = {}
        self._wanted = READ

    def __len__(self) -> int:
        return self._starts[-1]

    def _place(self, position: int) -> tuple[int, int]:
        """The list of a position, and the row in it."""
        which = bisect_right(self._starts, position) - 1
        return which, position - self._starts[which]

    def folder_of(self, position: int) -> Path:
        """The folder of the list in which a position stands."""
        return self._folders[self._place(position)[0]]

    def row_of(self, folder: str, row: int) -> Record | None:
        """What the record ``row`` (from 1) of the list in a ``folder`` (its name) says; None where
        there is no such list or row."""
        for known, cells in zip(self._folders, self._cells, strict=True):
            if known.name == folder and 0 < row <= cells.rows:
                return _record(cells.fields(row - 1), row - 1, cells.extra)
        return None

    def texts_of(self, column: str, most: int) -> list[str]:
        """The first ``most`` distinct texts of a column in which texts recur."""
        found: dict[str, None] = {}
        for cells in self._cells:
            kept = cells.columns.get(column)
            if isinstance(kept, CodedCells):
                texts = kept.texts
                found |= dict.fromkeys(texts[i] for i in range(min(most, len(texts))))
        return [*found][:most]

    def record(self, position: int, wanted: Container[str] | None = None) -> Record:
        """What the record at a position says, as it was written; only the ``wanted`` columns.

        Its ``file`` is "" and its ``row`` counts the records of the list, from 1.
        """
        which, row = self._place(position)
        cells = self._cells[which]
        return _record(cells.fields(row, wanted), row, cells.extra)

    def person(self, position: int) -> PersonReading:
        """The reading of the record at a position."""
        known = self._known.get(position)
        if known is None:
            known = self._known[position] = read_person(self.record(position, self._wanted))
        return known

    def read(self, positions: Iterable[int]) -> None:
        """Read many records, which takes less time than one by one."""
        new = {position for position in positions if position not in self._known}
        gazetteer = load_gazetteer("ussr")
        for which, rows in self._rows(new).items():
            if "birth_place" in self._wanted:
                self._places[which].recall(rows, gazetteer)
            start = self._starts[which]
            for row, record in self._records(which, rows, self._wanted):
                self._known[start + row] = read_person(record, gazetteer)

    def records(
        self, positions: Iterable[int], wanted: Container[str] | None = None
    ) -> dict[int, Record]:
        """:meth:`record` of many positions, ascending, which takes less time than one by one."""
        return {
            self._starts[which] + row: record
            for which, rows in self._rows(positions).items()
            for row, record in self._records(which, rows, wanted)
        }

    def _records(
        self, which: int, rows: Sequence[int], wanted: Container[str] | None
    ) -> Iterator[tuple[int, Record]]:
        """Some rows of a list, each with what it says."""
        cells = self._cells[which]
        for row, fields in zip(rows, cells.fields_of(rows, wanted), strict=True):
            yield row, _record(fields, row, cells.extra)

    def _rows(self, positions: Iterable[int]) -> dict[int, list[int]]:
        """Positions, ascending, as rows of each list."""
        rows: dict[int, list[int]] = defaultdict(list)
        for position in sorted(set(positions)):
            which, row = self._place(position)
            rows[which].append(row)
        return rows

    def nameless(self, *, born: bool) -> ArchivePool:
        """The same persons, read without what graves that name nobody cannot be compared with; with
        their births where those are ``born``."""
        same = copy(self)
        same._known, same._wanted = {}, READ - _NAMES - (frozenset() if born else _BIRTHS)
        return same

    def beginnings(self, positions: Iterable[int]) -> dict[int, Beginnings]:
        """How the names of some persons begin; of those without parts, what is read of the name."""
        found: dict[int, Beginnings] = {}
        for which, rows in self._rows(positions).items():
            start, cells = self._starts[which], self._cells[which]
            begin = map(beginnings, *(cells.cells_of(rows, part) for part in ("surname", "given")))
            found.update(zip([start + row for row in rows], begin, strict=True))
        unparted = [position for position, begin in found.items() if not begin.surname]
        for position, record in self.records(unparted, _NAMES | {"id"}).items():
            if "surname" not in record.fields:
                found[position] = beginnings_of(read_person(record))
        return found

    def id_of(self, position: int) -> str:
        """The id of the record at a position."""
        which, row = self._place(position)
        return self._cells[which].columns["id"].at(row)

    def ids_of(self, positions: NDArray[np.int64]) -> list[str]:
        """:meth:`id_of` of many positions."""
        found = np.empty(len(positions), dtype=object)
        lists = np.searchsorted(self._starts, positions, side="right") - 1
        for which in np.unique(lists).tolist():
            mine = lists == which
            rows = positions[mine] - self._starts[which]
            found[mine] = self._cells[which].columns["id"].at_all(rows)
        return cast(list[str], found.tolist())

    def shares(self, left: Sequence[PersonReading]) -> Shares:
        """Counted in the archive and in ``left``."""
        shares = shares_of(len(self) + len(left), self._counts + counts_of(left))
        within = counts_within(left)
        places = {person.burial_place for person in left if person.burial_place}
        for cells, coded in zip(self._cells, self.coded, strict=True):
            add_buried(within, places, cells, coded)
        return beside(replace(shares, within=within), left, self._counts)

    def afresh(self) -> ArchivePool:
        """The same persons, of whom nobody is read yet: what is read of them goes with it."""
        same = copy(self)
        same._known = {}
        return same

    def forget(self) -> None:
        """Read anew whoever is asked for next, for the sake of memory."""
        self._known.clear()

    def own_shares(self) -> Shares:
        """Counted in the archive, for its records beside each other."""
        within: Within = defaultdict(Counter)
        for cells, coded in zip(self._cells, self.coded, strict=True):
            add_buried(within, {*coded.categories.burial.texts}, cells, coded)
        return replace(shares_of(len(self), self._counts), within=within)

    def place_of(self, which: int) -> int:
        """The position of the first record of a list."""
        return self._starts[which]

    @property
    def folders(self) -> Sequence[Path]:
        """Those of its lists, which are named after what is in them."""
        return self._folders

    def screener(self) -> Screener:
        """Of the lists as they are mapped."""
        return screener_of(self.coded)

    @cached_property
    def _counts(self) -> Counts:
        total = Counts(Counter(), Counter(), Counter(), Counter())
        for folder, coded in zip(self._folders, self.coded, strict=True):
            total += counts_of_list(coded, count_stated(folder))
        return total


def _record(fields: dict[str, str], row: int, others: Sequence[str]) -> Record:
    name = fields.pop("id")
    extra = {column: fields.pop(column) for column in others if column in fields}
    return Record(name, fields, extra, "", row + 1)


def add_buried(within: Within, places: set[str], cells: Cells, coded: CodedList) -> None:
    """Count days and places of death among those of a list who are buried in ``places``."""
    texts, persons = coded.categories.burial.texts, coded.columns.persons
    numbers = [number for number, text in enumerate(texts) if text in places]
    there = np.flatnonzero(np.isin(persons[:, BURIAL], numbers)) if numbers else _NOBODY
    days = persons[there, DEATH_FIRST].tolist()
    sites = persons[there, BURIAL].tolist()
    rows = coded.columns.record[there].tolist()
    for row, site, day in zip(rows, sites, days, strict=True):
        group = f"{cells.cell(row, 'source')}\n{texts[site]}"
        if day:
            within["death", group][date.fromordinal(day).isoformat()] += 1
        if died_at := cells.cell(row, "death_place"):
            within["death_place", group][died_at] += 1


def _by_day(days: NDArray[np.int32]) -> Iterator[tuple[date, int]]:
    """The days that are stated and how many state each, ascending. Counting days, which are few,
    takes a quarter of the time of sorting records."""
    counts = np.bincount(days)
    stated = np.flatnonzero(counts[1:]) + 1
    for day, count in zip(stated.tolist(), counts[stated].tolist(), strict=True):
        yield date.fromordinal(day), count


def _years(days: NDArray[np.int32]) -> Counter[str]:
    """How many were born in each year."""
    years: Counter[str] = Counter()
    for day, count in _by_day(days):
        years[str(day.year)] += count
    return years


def counts_of_list(coded: CodedList, stated: dict[str, int]) -> Counts:
    """``stated`` counts those who state a place of birth and a camp: "" stands for the unknown."""
    categories, persons = coded.categories, coded.columns.persons

    def counted(column: int, texts: Sequence[str], stated: int = 0) -> Counter[str]:
        counts = np.bincount(persons[:, column] + 1, minlength=len(texts) + 1)[1:]
        found = Counter(dict(zip(texts, counts.tolist(), strict=True)))
        return found + Counter({"": stated - found.total()})

    numbered, born = persons[:, NUMBER] >= 0, persons[:, BIRTH_FIRST]
    captives = int((numbered | (persons[:, CAMP] >= 0)).sum())
    on_a_day = int(((born > 0) & (born == persons[:, BIRTH_LAST])).sum())
    return Counts(
        counted(BURIAL, categories.burial.texts),
        counted(CAMP, categories.camp.texts, stated["camp"]),
        counted(PLACE, categories.place.texts, stated["birth_place"]),
        Counter({day.isoformat(): count for day, count in _by_day(persons[:, DEATH_FIRST])}),
        counted(DIED, categories.died.texts),
        Counter({YES: captives, NO: len(persons) - captives}),
        _years(born),
        Counter({WITH_NUMBER: int(numbered.sum()), WITH_BIRTH_DAY: on_a_day}),
    )
