"""Compiled: for each person of an archive those others of it who may be the same man.

Beside :mod:`kernels`, which screens some records with an archive, a person here is one of millions
that are asked for. Two records of an archive of millions are likely one man's only where several
things agree; so rows that share one thing with him are chosen by what else agrees, and the bearers
of a surname given up as soon as what is left to compare cannot make them likely.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.linkage.columns import (
    BIRTH_FIRST,
    BIRTH_LAST,
    BURIAL,
    CAMP,
    DEATH_FIRST,
    DEATH_LAST,
    GIVEN,
    NUMBER,
    PATRONYMIC,
    PERSON,
    PLACE,
    SURNAME,
    UNIT,
    Columns,
)
from sexton.linkage.screening.field_bits import (
    Own,
    birth_bits,
    calendar_day,
    death_bits,
    where_bits,
)
from sexton.linkage.screening.forms import Forms
from sexton.linkage.screening.kernels import (
    Asked,
    JoinedArrays,
    number_hits,
    own_facts,
    refill,
)
from sexton.linkage.screening.looking import keep
from sexton.linkage.screening.routes import DAY_BITS, LEAST_NAME, rows_of_day, rows_of_names
from sexton.linkage.screening.weights import Weights

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
Bits32 = NDArray[np.float32]

_MOST_FOUND = 4_096


class There(NamedTuple):
    """The persons of a list who are looked at: its :class:`Columns`, taken apart. ``first_rows``
    are the first row of each person; ``*_names`` given name and patronymic of each row of a lookup,
    ``(rows, 2)``, and ``names_place`` the place of birth of each of the lookup by names; in this
    the rows of patronymic ``p`` are ``patronymic_starts[p]:patronymic_starts[p + 1]``.
    """

    persons: Int32
    rows: Int32
    first_rows: Int32
    starts: Int64
    record: Int32
    birth: Int64
    birth_rows: Int32
    birth_names: Int32
    death: Int64
    death_rows: Int32
    death_names: Int32
    number: Int64
    number_rows: Int32
    names: Int64
    names_rows: Int32
    names_place: Int32
    patronymic_starts: Int64
    given_names: int


class Scratch(NamedTuple):
    """What one thread writes to: bits of each name of the vocabularies (and 0 at the end, for those
    who have none), and rows that were found, with the bits of their numbers."""

    surname: Bits32
    given: Bits32
    patronymic: Bits32
    found: Int32
    hit_rows: Int32
    hit_bits: Floats


class Shortlist(NamedTuple):
    """The likeliest rows of each person, ``(persons, most)``, in no order; -1 where there are
    fewer. ``counts`` of each person: rows that were looked at, rows that share one thing with him
    and were passed over, likely ones that the list has no room for."""

    rows: Int32
    bits: Floats
    counts: Int64


def persons_there(columns: Columns, sizes: tuple[int, int]) -> There:
    """The columns of a list whose vocabularies have so many given names and patronymics."""
    rows, lookups = columns.rows, columns.lookups
    given, patronymics = sizes
    names = slice(GIVEN, PATRONYMIC + 1)
    first = (np.arange(patronymics + 1, dtype=np.int64) * given) << DAY_BITS
    return There(
        columns.persons,
        rows,
        _first_rows(rows[:, PERSON], len(columns.persons)),
        columns.starts,
        columns.record,
        *lookups.birth,
        np.ascontiguousarray(rows[lookups.birth.rows, names]),
        *lookups.death,
        np.ascontiguousarray(rows[lookups.death.rows, names]),
        *lookups.number,
        *lookups.names,
        columns.persons[rows[lookups.names.rows, PERSON], PLACE],
        np.searchsorted(lookups.names.keys, first).astype(np.int64),
        given,
    )


def _first_rows(person: Int32, persons: int) -> Int32:
    """The first row of each of so many persons: one with several names may have others before."""
    first = np.empty(persons, dtype=np.int32)
    # Of rows of one person that which is set last stays.
    first[person[::-1]] = np.arange(len(person), dtype=np.int32)[::-1]
    return first


def make_scratch(sizes: tuple[int, int, int]) -> Scratch:
    """Scratch for vocabularies of ``sizes``."""
    surname, given, patronymic = (np.zeros(size + 1, dtype=np.float32) for size in sizes)
    return Scratch(
        surname,
        given,
        patronymic,
        np.empty(_MOST_FOUND, dtype=np.int32),
        np.empty(_MOST_FOUND, dtype=np.int32),
        np.empty(_MOST_FOUND),
    )


@njit(nogil=True, cache=True)
def _most_of_birth(own: Own, w: Weights) -> float:
    """What a birth can say at the most."""
    if own.birth_first == 0:
        return 0.0
    if own.birth_first == own.birth_last:
        return w.birth_same
    chance = (own.birth_last - own.birth_first + 2) / w.birth_days
    return float(w.birth_may - np.log2(min(chance, 1.0)))


@njit(nogil=True, cache=True)
def _most_of_rest(own: Own, w: Weights) -> float:
    """What all but names, number and birth can say at the most."""
    most = 0.0
    if own.death_first != 0:
        most += w.death_same
    if own.place >= 0 or own.unit >= 0:
        most += max(own.place_bits, w.unit_same)
    if own.burial >= 0:
        most += w.burial_same
    if own.camp >= 0:
        most += own.camp_bits
    if own.captive == 1:
        most += max(w.captive, w.silent)
    return most


@njit(nogil=True, cache=True)
def _papers_bits(own: Own, number: int, camp: int, w: Weights) -> float:
    """What it says whether the other was a prisoner, and that both have numbers."""
    bits = 0.0
    if own.captive == 1:
        bits += w.captive if number >= 0 or camp >= 0 else w.silent
    if own.number == 0 and number == 0:
        bits += w.number_differs
    return bits


@njit(nogil=True, cache=True)
def _look(
    first: int, last: int, listed: Int32, hit_bits: Floats, who: int, behind: int, base: float,
    own: Own, persons: Int32, rows: Int32, record: Int32, surname: Bits32, given: Bits32,
    patronymic: Bits32, days: Int32, w: Weights, least: float, kept_rows: Int32,
    kept_bits: Floats,
) -> int:  # fmt: skip
    """Weigh rows, but those of person ``who`` and of nobody before ``behind``, and keep the best;
    how many likely ones were not kept.

    The rows are ``listed[first:last]``, or, where nothing is listed, ``first:last`` themselves, all
    of one surname that ``base`` counts already. ``hit_bits``, where there are any, are what the
    prisoner number of each says. Rows below ``least`` are left out, most of them by their names.
    """
    most, crowded = _most_of_rest(own, w), 0
    most_by_names = most + _most_of_birth(own, w)
    for at in range(first, last):
        row = listed[at] if len(listed) else at
        man = rows[row, PERSON]
        if man < behind or man == who:
            continue
        bits = base + given[rows[row, GIVEN]] + patronymic[rows[row, PATRONYMIC]]
        if len(listed):
            bits += surname[rows[row, SURNAME]]
        if len(hit_bits):
            # That there are two numbers is said of every row that has one.
            bits += hit_bits[at] - w.number_differs
        if bits + most_by_names < least:
            continue
        begin, end = persons[man, BIRTH_FIRST], persons[man, BIRTH_LAST]
        bits += birth_bits(own, begin, end, calendar_day(days, begin), w)
        if bits + most < least:
            continue
        begin, end = persons[man, DEATH_FIRST], persons[man, DEATH_LAST]
        bits += death_bits(own, begin, end, calendar_day(days, begin), w)
        camp = persons[man, CAMP]
        bits += where_bits(
            own, persons[man, PLACE], persons[man, UNIT], persons[man, BURIAL], camp, w
        )
        bits += _papers_bits(own, persons[man, NUMBER], camp, w)
        if bits < least:
            continue
        if bits >= kept_bits[0]:
            crowded += int(keep(bits, row, rows, record, kept_rows, kept_bits) > -np.inf)
        else:
            crowded += 1
    return crowded


@njit(nogil=True, cache=True)
def _gather(
    query: tuple[int, int, int], from_row: int, own: Own, given: JoinedArrays,
    patronymic: JoinedArrays, there: There, scratch: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """Rows that other things than surname and number lead to, and how many were passed over."""
    found, given_bits, patronymic_bits = scratch.found, scratch.given, scratch.patronymic
    size, passed = 0, 0
    if own.birth_first == own.birth_last:
        for day in (own.birth_first, own.swapped):
            size, more = rows_of_day(
                day, from_row, there.birth, there.birth_rows, there.birth_names, given_bits,
                patronymic_bits, False, found, size,
            )  # fmt: skip
            passed += more
    if own.death_first == own.death_last:
        size, more = rows_of_day(
            own.death_first, from_row, there.death, there.death_rows, there.death_names,
            given_bits, patronymic_bits, True, found, size,
        )  # fmt: skip
        passed += more
    size, more = rows_of_names(
        query, own, given, patronymic, given_bits, there.names, there.names_rows,
        there.names_place, there.patronymic_starts, there.given_names, found, size,
    )  # fmt: skip
    return size, passed + more


@njit(nogil=True, cache=True)
def _look_for(
    who: int, form_bits: float, query: tuple[int, int, int], name: int, hits: int, own: Own,
    joined: JoinedArrays, joined_given: JoinedArrays, joined_patronymic: JoinedArrays,
    there: There, days: Int32, w: Weights, least: float, scratch: Scratch, kept_rows: Int32,
    kept_bits: Floats, counts: Int64,
) -> None:  # fmt: skip
    """Look at all rows that one form of a person leads to. ``name`` is the number that his surname
    has in the list, where its other bearers ask for him: they are left to those behind him, and
    rarer spellings to their own bearers; else -1."""
    # Taken out of their tuples once: each time counts references.
    persons, rows, starts, record = there.persons, there.rows, there.starts, there.record
    surname, given, patronymic = scratch.surname, scratch.given, scratch.patronymic
    found, nothing = scratch.found, scratch.hit_bits[:0]
    names, part = joined.names, joined.part
    crowded = _look(
        0, hits, scratch.hit_rows, scratch.hit_bits, who, 0, form_bits, own, persons, rows, record,
        surname, given, patronymic, days, w, least, kept_rows, kept_bits,
    )  # fmt: skip
    # Of two who share a day the first in the list asks.
    from_row = int(there.first_rows[who]) if who >= 0 else 0
    size, passed = _gather(query, from_row, own, joined_given, joined_patronymic, there, scratch)
    crowded += _look(
        0, size, found, nothing, who, 0, form_bits, own, persons, rows, record, surname, given,
        patronymic, days, w, least, kept_rows, kept_bits,
    )  # fmt: skip
    looked = hits + size
    if query[0] >= 0:
        bearers = starts[name + 1] - starts[name] if name >= 0 else 0
        for place in range(joined.starts[query[0]], joined.starts[query[0] + 1]):
            if part[place] < LEAST_NAME:
                break
            other = names[place]
            first, last = starts[other], starts[other + 1]
            if last - first < bearers:
                continue
            crowded += _look(
                first, last, found[:0], nothing, who, who if other == name else 0,
                form_bits + part[place], own, persons, rows, record, surname, given, patronymic,
                days, w, least, kept_rows, kept_bits,
            )  # fmt: skip
            looked += last - first
    counts[0] += looked
    counts[1] += passed
    counts[2] += crowded


@njit(nogil=True, cache=True)
def look_beside(
    first: int, last: int, begin: int, asked: Asked, forms: Forms, own_names: Int32,
    surname: JoinedArrays, given: JoinedArrays, patronymic: JoinedArrays, there: There,
    days: Int32, w: Weights, least: float, scratch: Scratch, out: Shortlist,
) -> None:  # fmt: skip
    """Fill ``out`` for the persons ``first:last`` of a batch, whose first is person ``begin`` of
    the list that is looked through; ``begin`` is below -10^9 where they are of another list.

    ``own_names``: for each surname that is asked for its number in the list, -1 for none.
    ``least``: pairs with fewer bits are left out.
    """
    before = (-2, -2, -2)
    for who in range(first, last):
        hits = 0
        for place in range(asked.number_starts[who], asked.number_starts[who + 1]):
            hits = number_hits(
                asked.numbers[place], there.number, there.number_rows, w.number_same,
                w.number_near, scratch.hit_rows, scratch.hit_bits, hits,
            )  # fmt: skip
        own = own_facts(
            asked.facts[who], days, asked.place_bits[who], asked.camp_bits[who],
            asked.died_bits[who],
        )  # fmt: skip
        for form in range(forms.starts[who], forms.starts[who + 1]):
            query = (
                int(forms.surname[form]), int(forms.given[form]), int(forms.patronymic[form])
            )  # fmt: skip
            refill(scratch.surname, before[0], query[0], surname)
            refill(scratch.given, before[1], query[1], given)
            refill(scratch.patronymic, before[2], query[2], patronymic)
            before = query
            # Nobody asks for names in another order but who bears them.
            is_own = begin >= 0 and forms.bits[form] == 0 and query[0] >= 0
            _look_for(
                begin + who, forms.bits[form], query, own_names[query[0]] if is_own else -1, hits,
                own, surname, given, patronymic, there, days, w, least, scratch, out.rows[who],
                out.bits[who], out.counts[who],
            )  # fmt: skip
