"""Compiled: for each record of a list, the persons of an archive that it is most like.

The weights are rough where the exact ones need words (places, camps); the shortlist is weighed
again by :mod:`sexton.evidence`. Threads may run :func:`screen` side by side, each with a scratch of
its own.
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
    DIED,
    FIRST_DAY,
    GIVEN,
    NUMBER,
    PLACE,
    SURNAME,
    UNIT,
    Lookup,
    Lookups,
)
from sexton.linkage.screening.field_bits import CAPTIVE, SWAPPED, Own, calendar_day
from sexton.linkage.screening.forms import Forms
from sexton.linkage.screening.looking import look_at
from sexton.linkage.screening.weights import Weights

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
Bits32 = NDArray[np.float32]

_DAY_BITS = 20
# Names of given name and patronymic that are tried together, each so many.
_TRIED = 12
# Routes other than by surname lead to no more rows than this; one that would tells too little.
_MOST_ROWS = 20_000
_MOST_NUMBERS = 4_096
# Surnames that say less (bits) lead to nobody by themselves; they come best first.
_LEAST_SURNAME = 1.0


class Asked(NamedTuple):
    """The records that are asked for. ``facts`` is a table (records, 12): the columns of
    :class:`sexton.linkage.columns.Persons`, the day of birth with day and month exchanged (0 where
    that is no other day), and whether he was a prisoner. ``place_bits``, ``camp_bits`` and
    ``died_bits`` are what agreement on them says; ``died`` has the number of the grave's place for
    each place of death of the archive, ``quarters`` the bits of each quarter of a year. Record
    ``i`` has the prisoner numbers ``numbers[number_starts[i]:number_starts[i + 1]]``.
    """

    facts: Int32
    place_bits: Bits32
    camp_bits: Bits32
    died_bits: Bits32
    died: Int32
    quarters: Bits32
    number_starts: Int64
    numbers: Int64


class JoinedArrays(NamedTuple):
    """A vocabulary join without its exact bits; see :class:`join.Joined`."""

    starts: Int64
    names: Int32
    part: Bits32
    missing: float


class Scratch(NamedTuple):
    """What one thread writes to. ``surname``, ``given``, ``patronymic``: bits of each name of the
    vocabulary (and 0 at the end, for those who have none); ``seen``: the stamp of the form that a
    row was last looked at for; ``days``: year, month and day of each day from ``FIRST_DAY`` on."""

    surname: Bits32
    given: Bits32
    patronymic: Bits32
    seen: Int32
    days: Int32
    found: Int32
    hit_rows: Int32
    hit_bits: Floats


class Archive(NamedTuple):
    """The persons that are looked through; see :class:`sexton.linkage.columns.Columns`."""

    persons: Int32
    rows: Int32
    starts: Int64
    lookups: Lookups
    given_names: int
    record: Int32


class Shortlist(NamedTuple):
    """The rows worth weighing of each record, ``(records, most)``, in no order; -1 where there are
    fewer. ``rest``: the sum of 2^(bits + prior) over all rows looked at that are not in it."""

    rows: Int32
    bits: Floats
    rest: Floats


def make_scratch(sizes: tuple[int, int, int], rows: int, days: Int32) -> Scratch:
    """Scratch for vocabularies of ``sizes`` and an archive of ``rows`` name rows."""
    surname, given, patronymic = (np.zeros(size + 1, dtype=np.float32) for size in sizes)
    return Scratch(
        surname,
        given,
        patronymic,
        np.full(rows, -1, dtype=np.int32),
        days,
        np.empty(_MOST_ROWS, dtype=np.int32),
        np.empty(_MOST_NUMBERS, dtype=np.int32),
        np.empty(_MOST_NUMBERS),
    )


@njit(nogil=True, cache=True)
def lower_bound(keys: Int64, key: int) -> int:
    """The first place whose key is not below ``key``."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@njit(nogil=True, cache=True)
def _add_hits(
    keys: Int64, rows: Int32, key: int, bits: float, hit_rows: Int32, hit_bits: Floats, found: int
) -> int:
    place = lower_bound(keys, key)
    while place < len(keys) and keys[place] == key and found < len(hit_rows):
        hit_rows[found] = rows[place]
        hit_bits[found] = bits
        found += 1
        place += 1
    return found


@njit(nogil=True, cache=True)
def number_hits(
    number: int, keys: Int64, rows: Int32, same: float, near: float,
    hit_rows: Int32, hit_bits: Floats, found: int,
) -> int:  # fmt: skip
    """Rows with the number itself, one digit changed, or two neighbours exchanged."""
    found = _add_hits(keys, rows, number, same, hit_rows, hit_bits, found)
    scale = 1
    while scale <= number:
        digit = number // scale % 10
        for other in range(10):
            if other != digit:
                changed = number + (other - digit) * scale
                found = _add_hits(keys, rows, changed, near, hit_rows, hit_bits, found)
        above = number // (scale * 10) % 10
        if scale * 10 <= number and above != digit:
            changed = number + (above - digit) * scale + (digit - above) * scale * 10
            found = _add_hits(keys, rows, changed, near, hit_rows, hit_bits, found)
        scale *= 10
    return found


@njit(nogil=True, cache=True)
def _fill(table: Bits32, query: int, joined: JoinedArrays) -> None:
    """The bits of every name for one query; 0 for all when nothing is asked."""
    if query < 0:
        table[:] = 0.0
        return
    table[:] = joined.missing
    for place in range(joined.starts[query], joined.starts[query + 1]):
        table[joined.names[place]] = joined.part[place]
    table[-1] = 0.0


@njit(nogil=True, cache=True)
def refill(table: Bits32, before: int, query: int, joined: JoinedArrays) -> None:
    """:func:`_fill` where the table holds the bits of the query ``before`` (-2: of none)."""
    if before == query:
        return
    if before < 0 or query < 0:
        _fill(table, query, joined)
        return
    for place in range(joined.starts[before], joined.starts[before + 1]):
        table[joined.names[place]] = joined.missing
    for place in range(joined.starts[query], joined.starts[query + 1]):
        table[joined.names[place]] = joined.part[place]


@njit(nogil=True, cache=True)
def _gather(keys: Int64, rows: Int32, first: int, last: int, found: Int32, size: int) -> int:
    """Put the rows with keys from ``first`` to ``last`` into ``found`` behind ``size`` others; none
    of them where they are too many to tell anything."""
    begin = lower_bound(keys, first)
    end = begin
    while end < len(keys) and keys[end] <= last and size + end - begin < len(found):
        found[size + end - begin] = rows[end]
        end += 1
    full = size + end - begin == len(found)
    return size if full else size + end - begin


@njit(nogil=True, cache=True)
def _gather_days(own: Int32, lookups: Lookups, found: Int32) -> int:
    """Rows of those born on the day of birth, day and month perhaps exchanged, or buried there."""
    size = 0
    day = own[BIRTH_FIRST]
    if day > 0 and day == own[BIRTH_LAST]:
        size = _gather(lookups.birth.keys, lookups.birth.rows, day, day, found, size)
    day = own[SWAPPED]
    if day > 0:
        size = _gather(lookups.birth.keys, lookups.birth.rows, day, day, found, size)
    if own[BURIAL] >= 0:
        there = own[BURIAL]
        size = _gather(lookups.burial.keys, lookups.burial.rows, there, there, found, size)
    return size


@njit(nogil=True, cache=True)
def _gather_deaths(
    own: Int32, keys: Int64, lookup_rows: Int32, rows: Int32, surname: Bits32, given: Bits32,
    found: Int32, size: int,
) -> int:  # fmt: skip
    """Rows of those who died on the day of death, if some part of the name agrees: many did."""
    day = own[DEATH_FIRST]
    if day <= 0 or day != own[DEATH_LAST]:
        return size
    end = _gather(keys, lookup_rows, day, day, found, size)
    for place in range(size, end):
        row = found[place]
        if given[rows[row, GIVEN]] > 0 or surname[rows[row, SURNAME]] > 0:
            found[size] = row
            size += 1
    return size


@njit(nogil=True, cache=True)
def _gather_names(
    query: tuple[int, int, int], first: int, last: int, given: JoinedArrays,
    patronymic: JoinedArrays, lookup: Lookup, given_names: int, found: Int32, size: int,
) -> int:  # fmt: skip
    """Rows whose given name and patronymic agree and whose birth is within a year."""
    if query[1] < 0 or query[2] < 0 or first <= 0:
        return size
    first = max(first - 366 - FIRST_DAY, 1)
    last = max(last + 366 - FIRST_DAY, 1)
    p_from, p_to = patronymic.starts[query[2]], patronymic.starts[query[2] + 1]
    g_from, g_to = given.starts[query[1]], given.starts[query[1] + 1]
    for p in range(p_from, min(p_to, p_from + _TRIED)):
        if patronymic.part[p] <= 1:
            break
        for g in range(g_from, min(g_to, g_from + _TRIED)):
            if given.part[g] <= 1:
                break
            base = np.int64(patronymic.names[p]) * given_names + given.names[g]
            base <<= _DAY_BITS
            size = _gather(lookup.keys, lookup.rows, base | first, base | last, found, size)
    return size


@njit(nogil=True, cache=True)
def _screen_form(
    who: int, stamp: int, form_bits: float, query: tuple[int, int, int], hits: int, asked: Asked,
    joined: JoinedArrays, joined_given: JoinedArrays, joined_patronymic: JoinedArrays,
    archive: Archive, w: Weights, prior: float, scratch: Scratch, kept_rows: Int32,
    kept_bits: Floats,
) -> tuple[float, int]:  # fmt: skip
    """Look at all rows that one form of a record leads to: the odds of those not kept, and how
    many rows were looked at."""
    # Taken out of their tuples once: each time counts references.
    facts, died, quarters = asked.facts[who], asked.died, asked.quarters
    persons, rows, starts, lookups = archive.persons, archive.rows, archive.starts, archive.lookups
    surname, given, patronymic = scratch.surname, scratch.given, scratch.patronymic
    record, seen, days, found = archive.record, scratch.seen, scratch.days, scratch.found
    hit_rows, hit_bits, nothing = scratch.hit_rows, scratch.hit_bits, scratch.hit_bits[:0]
    name_starts, names, name_part = joined.starts, joined.names, joined.part
    own = own_facts(facts, days, asked.place_bits[who], asked.camp_bits[who], asked.died_bits[who])
    rest = look_at(
        0, hits, hit_rows, hit_bits, stamp, form_bits, own, died, quarters, persons, rows, record,
        surname, given, patronymic, seen, days, w, prior, kept_rows, kept_bits,
    )  # fmt: skip
    size = _gather_days(facts, lookups, found)
    size = _gather_deaths(
        facts, lookups.death.keys, lookups.death.rows, rows, surname, given, found, size
    )
    size = _gather_names(
        query, facts[BIRTH_FIRST], facts[BIRTH_LAST], joined_given, joined_patronymic,
        lookups.names, archive.given_names, found, size,
    )  # fmt: skip
    rest += look_at(
        0, size, found, nothing, stamp, form_bits, own, died, quarters, persons, rows, record,
        surname, given, patronymic, seen, days, w, prior, kept_rows, kept_bits,
    )  # fmt: skip
    looked = hits + size
    if query[0] < 0:
        return rest, looked
    for place in range(name_starts[query[0]], name_starts[query[0] + 1]):
        if name_part[place] < _LEAST_SURNAME:
            break
        first, last = starts[names[place]], starts[names[place] + 1]
        rest += look_at(
            first, last, found[:0], nothing, stamp, form_bits, own, died, quarters, persons, rows,
            record, surname, given, patronymic, seen, days, w, prior, kept_rows, kept_bits,
        )  # fmt: skip
        looked += last - first
    return rest, looked


@njit(nogil=True, cache=True)
def own_facts(
    facts: Int32, days: Int32, place_bits: float, camp_bits: float, died_bits: float
) -> Own:
    return Own(
        facts[BIRTH_FIRST], facts[BIRTH_LAST], calendar_day(days, facts[BIRTH_FIRST]),
        facts[SWAPPED], facts[DEATH_FIRST], facts[DEATH_LAST],
        calendar_day(days, facts[DEATH_FIRST]), facts[PLACE], facts[UNIT], facts[BURIAL],
        facts[CAMP], facts[NUMBER], facts[DIED], facts[CAPTIVE], place_bits, camp_bits, died_bits,
    )  # fmt: skip


@njit(nogil=True, cache=True)
def screen(
    first: int, last: int, epoch: int, asked: Asked, forms: Forms, surname: JoinedArrays,
    given: JoinedArrays, patronymic: JoinedArrays, archive: Archive, w: Weights, prior: float,
    scratch: Scratch, out: Shortlist,
) -> int:  # fmt: skip
    """Fill ``out`` for the records ``first:last``; how many rows were looked at.

    Rows are stamped with ``epoch`` and the number of the form, so that a scratch can be used again.
    ``prior`` (bits) are the odds, before evidence, that one given person is the man.
    """
    _fill(scratch.surname, -1, surname)
    _fill(scratch.given, -1, given)
    _fill(scratch.patronymic, -1, patronymic)
    before = (-1, -1, -1)
    total = 0
    for who in range(first, last):
        hits = 0
        for place in range(asked.number_starts[who], asked.number_starts[who + 1]):
            hits = number_hits(
                asked.numbers[place], archive.lookups.number.keys, archive.lookups.number.rows,
                w.number_same, w.number_near, scratch.hit_rows, scratch.hit_bits, hits,
            )  # fmt: skip
        for form in range(forms.starts[who], forms.starts[who + 1]):
            query = (
                int(forms.surname[form]), int(forms.given[form]), int(forms.patronymic[form])
            )  # fmt: skip
            refill(scratch.surname, before[0], query[0], surname)
            refill(scratch.given, before[1], query[1], given)
            refill(scratch.patronymic, before[2], query[2], patronymic)
            before = query
            rest, looked = _screen_form(
                who, epoch + form, forms.bits[form], query, hits, asked, surname, given, patronymic,
                archive, w, prior, scratch, out.rows[who], out.bits[who],
            )  # fmt: skip
            out.rest[who] += rest
            total += looked
    return total
