"""The persons of an archive as those who are asked for, from its columns: nothing is read.

They come in the order of the columns, by surname, so that each surname is compared with all others
once, in the batch of its bearers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import Rules, Shares
from sexton.linkage.coding import Categories, CodedList, swapped_day
from sexton.linkage.columns import (
    BIRTH_FIRST,
    BIRTH_LAST,
    BURIAL,
    CAMP,
    GIVEN,
    NUMBER,
    PATRONYMIC,
    PERSON,
    PLACE,
    SURNAME,
    UNIT,
)
from sexton.linkage.screening import kernels
from sexton.linkage.screening.asking import camp_bits, place_bits
from sexton.linkage.screening.field_bits import QUARTERS
from sexton.linkage.screening.forms import SWAPPED_BITS, Forms, Queries, is_like_surname
from sexton.linkage.vocabularies import KINDS
from sexton.names.channel import Kind
from sexton.names.given_names import is_given_name

Ints = NDArray[np.int64]
Int32 = NDArray[np.int32]

_NOWHERE, _ELSEWHERE = -1, -2
_COLUMNS: dict[Kind, int] = dict(zip(KINDS, (SURNAME, GIVEN, PATRONYMIC), strict=True))
# Columns that hold numbers of ids, which another list has others for.
_NUMBERED = {PLACE: "place", UNIT: "unit", BURIAL: "burial", CAMP: "camp"}


class OwnPersons:
    """The persons of one list of an archive, in the order of its columns."""

    def __init__(self, coded: CodedList, shares: Shares, rules: Rules) -> None:
        """``shares`` tell how common places and camps are."""
        self._coded = coded
        columns, categories = coded.columns, coded.categories
        # A text more, for those who state none: their number is -1.
        self._place_bits = place_bits([*categories.place.texts, ""], shares, rules)
        self._camp_bits = camp_bits([*categories.camp.texts, ""], shares, rules)
        person = columns.rows[:, PERSON]
        self._rows = np.argsort(person, kind="stable").astype(np.int32)
        self._row_starts = _starts(person, len(columns.persons))

    def __len__(self) -> int:
        return len(self._coded.columns.persons)

    @property
    def records(self) -> Int32:
        """The position in the list of each person."""
        return self._coded.columns.record

    @cached_property
    def _numbers(self) -> tuple[Ints, Ints]:
        """The prisoner numbers person by person, and where those of each begin."""
        lookup = self._coded.columns.lookups.number
        person = self._coded.columns.rows[lookup.rows, PERSON]
        return lookup.keys[np.argsort(person, kind="stable")], _starts(person, len(self))

    def forms(self, begin: int, end: int, queries: Queries) -> Forms:
        """The forms of the persons ``begin:end``; their names are added to ``queries``."""
        own = self._rows[self._row_starts[begin] : self._row_starts[end]]
        rows = self._coded.columns.rows[own]
        plain = [self._asked(kind, kind, rows, queries) for kind in KINDS]
        also = rows[self._exchanged(rows)]
        exchanged = (
            self._asked("given", "surname", also, queries),
            self._asked("surname", "given", also, queries),
            self._asked("patronymic", "patronymic", also, queries),
        )
        person = np.concatenate([rows[:, PERSON], also[:, PERSON]]) - begin
        order = np.argsort(person, kind="stable")
        surname, given, patronymic = (
            np.concatenate(both)[order].astype(np.int32)
            for both in zip(plain, exchanged, strict=True)
        )
        bits = np.concatenate([np.zeros(len(rows)), np.full(len(also), SWAPPED_BITS)])
        return Forms(_starts(person, end - begin), surname, given, patronymic, bits[order])

    def _texts(self, kind: Kind, numbers: Sequence[int]) -> list[str]:
        """The names, or initials, of numbers."""
        vocabulary = self._coded.vocabularies.of(kind)
        behind = len(vocabulary.names)
        return [
            vocabulary.names[n] if n < behind else vocabulary.initials[n - behind] for n in numbers
        ]

    def _asked(self, kind: Kind, as_kind: Kind, rows: Int32, queries: Queries) -> Ints:
        """The numbers, as queries ``as_kind``, of the names of a kind; -1 for none."""
        distinct, which = np.unique(rows[:, _COLUMNS[kind]], return_inverse=True)
        texts = iter(self._texts(kind, distinct[distinct >= 0].tolist()))
        numbers = [queries.number(as_kind, next(texts)) if n >= 0 else -1 for n in distinct]
        return np.array(numbers, dtype=np.int64)[which]

    def _exchanged(self, rows: Int32) -> NDArray[np.bool_]:
        """The rows whose given name and surname may have changed places."""
        named = self._are("given", rows, lambda text: not text.endswith("."))
        named &= rows[:, SURNAME] >= 0
        found: NDArray[np.bool_] = named & (
            self._are("surname", rows, is_given_name) | self._are("given", rows, is_like_surname)
        )
        return found

    def _are(self, kind: Kind, rows: Int32, test: Callable[[str], bool]) -> NDArray[np.bool_]:
        distinct, which = np.unique(rows[:, _COLUMNS[kind]], return_inverse=True)
        texts = iter(self._texts(kind, distinct[distinct >= 0].tolist()))
        passed = [number >= 0 and bool(test(next(texts))) for number in distinct.tolist()]
        return np.array(passed, dtype=np.bool_)[which]

    def asked(self, begin: int, end: int, archive: CodedList) -> kernels.Asked:
        """What the persons ``begin:end`` state, in the numbers of a list of the archive.

        Where one lies is not compared with where another died: that is left to the exact evidence.
        """
        persons = self._coded.columns.persons[begin:end]
        facts = np.full((len(persons), 12), -1, dtype=np.int32)
        facts[:, : NUMBER + 1] = persons[:, : NUMBER + 1]
        for column, name in _NUMBERED.items():
            facts[:, column] = _renumbered(name, self._coded.categories, archive.categories)[
                persons[:, column]
            ]
        facts[:, -2] = _swapped_days(persons)
        facts[:, -1] = (persons[:, NUMBER] >= 0) | (persons[:, CAMP] >= 0)
        numbers, starts = self._numbers
        return kernels.Asked(
            facts,
            self._place_bits[persons[:, PLACE]],
            self._camp_bits[persons[:, CAMP]],
            np.zeros(len(persons), dtype=np.float32),
            np.full(len(archive.categories.died.texts) + 1, _NOWHERE, dtype=np.int32),
            np.zeros(QUARTERS, dtype=np.float32),
            starts[begin : end + 1] - starts[begin],
            numbers[starts[begin] : starts[end]],
        )


def _starts(person: NDArray[np.integer], persons: int) -> Ints:
    """Where the entries of each person begin, sorted by person; and the end."""
    counts = np.bincount(person, minlength=persons)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _renumbered(name: str, own: Categories, other: Categories) -> Int32:
    """The numbers that another list has for the ids of one, and -1 (the last) for none."""
    texts = getattr(own, name).texts
    if own is other:
        return np.append(np.arange(len(texts)), -1).astype(np.int32)
    known = {text: number for number, text in enumerate(getattr(other, name).texts)}
    return np.array([*(known.get(text, _ELSEWHERE) for text in texts), -1], dtype=np.int32)


def _swapped_days(persons: Int32) -> Int32:
    """The day of birth with day and month exchanged; 0 where that is no other day."""
    full = persons[:, BIRTH_FIRST] == persons[:, BIRTH_LAST]
    days, which = np.unique(np.where(full, persons[:, BIRTH_FIRST], 0), return_inverse=True)
    found: Int32 = np.array([swapped_day(d, d) for d in days.tolist()], dtype=np.int32)[which]
    return found
