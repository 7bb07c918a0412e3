"""Persons as columns of numbers, in the order of their surnames: what screening reads.

Screening goes through millions of persons for each grave. So names are numbers of vocabularies,
dates are days (proleptic ordinals), and the bearers of one surname stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

UNKNOWN = -1
"""The number of what is not stated; the day 0 for days."""

# Days are kept in 20 bits from 1 January 1800 on, in the key of given name and patronymic.
_DAY_BITS = 20
FIRST_DAY = 657_072


class Persons(NamedTuple):
    """What is known of each person: arrays of one length.

    Days are ordinals, 0 where nothing is stated. ``place`` (a settlement or district), ``unit`` (a
    province or republic), ``burial``, ``camp`` and ``died`` (the place of death as written) are
    numbers of lists of ids; ``number`` is 0 where a prisoner number is stated. -1 where nothing is.
    """

    birth_first: Int32
    birth_last: Int32
    death_first: Int32
    death_last: Int32
    place: Int32
    unit: Int32
    burial: Int32
    camp: Int32
    number: Int32
    died: Int32


# Columns of the tables of Columns, in the order of the fields of Persons and NameRows.
BIRTH_FIRST, BIRTH_LAST, DEATH_FIRST, DEATH_LAST, PLACE, UNIT, BURIAL, CAMP, NUMBER, DIED = range(
    10
)
PERSON, SURNAME, GIVEN, PATRONYMIC = range(4)


class NameRows(NamedTuple):
    """The names that each person bears, one row for each form: arrays of one length.

    ``person`` is a position in :class:`Persons`; the others are numbers of names in the
    vocabularies, -1 where the form lacks the part.
    """

    person: Int32
    surname: Int32
    given: Int32
    patronymic: Int32


class Lookup(NamedTuple):
    """Name rows by a key: ``rows[i]`` has ``keys[i]``; keys ascend."""

    keys: Int64
    rows: Int32


class Lookups(NamedTuple):
    """The other ways to a person than his surname."""

    birth: Lookup
    death: Lookup
    number: Lookup
    names: Lookup
    burial: Lookup


class Columns(NamedTuple):
    """All persons of a list, sorted.

    ``persons`` is a table (persons, 10) of the columns of :class:`Persons`, ``rows`` one (rows, 4)
    of those of :class:`NameRows`, by surname and day of birth: what is said of one stands side by
    side, for most are looked at out of order.
    The rows of surname ``s`` are ``starts[s]:starts[s + 1]``; those without one stand behind.
    Persons are in the order of their first rows; ``record[p]`` is the position of person ``p`` in
    the list that the columns were made of.
    """

    persons: Int32
    rows: Int32
    starts: Int64
    record: Int32
    lookups: Lookups


class Numbers(NamedTuple):
    """All prisoner numbers of persons: ``value`` of ``person``, arrays of one length."""

    person: Int32
    value: Int64


def name_key(given: Int64, patronymic: Int64, given_names: int, day: Int64) -> Int64:
    """One number for given name, patronymic and day of birth; sorts in the order of these."""
    days: Int64 = np.clip(day - FIRST_DAY, 0, (1 << _DAY_BITS) - 1)
    return ((patronymic * given_names + given) << _DAY_BITS) | days


def sort_columns(
    persons: Persons, rows: NameRows, numbers: Numbers, surnames: int, given_names: int
) -> Columns:
    """Put persons and rows in the order of :class:`Columns`.

    The first ``n`` rows are the first forms of the ``n`` persons, in their order; further forms
    follow. ``surnames`` and ``given_names`` are the sizes of the vocabularies.
    """
    size = len(persons.birth_first)
    # Those without a surname sort behind all others.
    keys = np.where(rows.surname < 0, surnames, rows.surname).astype(np.int64) << 32
    keys |= persons.birth_first[rows.person]
    order = np.argsort(keys, kind="stable")
    starts = np.searchsorted(keys[order], np.arange(surnames + 2, dtype=np.int64) << 32)
    record = order[order < size].astype(np.int32)
    place_of = np.empty(size, dtype=np.int32)
    place_of[record] = np.arange(size, dtype=np.int32)
    first_row = np.empty(size, dtype=np.int32)
    first_row[record] = np.flatnonzero(order < size)
    sorted_rows = _table((place_of[rows.person], *rows[1:]), order)
    sorted_persons = _table(persons, record)
    lookups = _lookups(sorted_persons, sorted_rows, numbers, first_row, given_names)
    return Columns(sorted_persons, sorted_rows, starts.astype(np.int64), record, lookups)


def _table(columns: Sequence[Int32], order: NDArray[np.integer]) -> Int32:
    """The columns side by side, in an order."""
    table = np.empty((len(order), len(columns)), dtype=np.int32)
    for place, column in enumerate(columns):
        table[:, place] = column[order]
    return table


def _lookup(keys: Int64, rows: Int32) -> Lookup:
    order = np.argsort(keys, kind="stable")
    return Lookup(keys[order], rows[order].astype(np.int32))


def _lookups(
    persons: Int32, rows: Int32, numbers: Numbers, first_row: Int32, given_names: int
) -> Lookups:
    """``first_row`` tells the row of a person as the unsorted numbers count them."""
    person = rows[:, PERSON]

    def days(first: int, last: int) -> Lookup:
        of_rows = persons[person, first]
        full = np.flatnonzero((of_rows > 0) & (of_rows == persons[person, last])).astype(np.int32)
        return _lookup(of_rows[full].astype(np.int64), full)

    both = np.flatnonzero((rows[:, GIVEN] >= 0) & (rows[:, PATRONYMIC] >= 0)).astype(np.int32)
    keys = name_key(
        rows[both, GIVEN].astype(np.int64),
        rows[both, PATRONYMIC].astype(np.int64),
        given_names,
        persons[person[both], BIRTH_FIRST].astype(np.int64),
    )
    burial = persons[person, BURIAL]
    buried = np.flatnonzero(burial >= 0).astype(np.int32)
    return Lookups(
        days(BIRTH_FIRST, BIRTH_LAST),
        days(DEATH_FIRST, DEATH_LAST),
        _lookup(numbers.value, first_row[numbers.person]),
        _lookup(keys, both),
        _lookup(burial[buried].astype(np.int64), buried),
    )
