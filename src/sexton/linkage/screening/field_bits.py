"""Compiled: what two persons' dates and places say, in bits, as screening weighs them.

All that is handed over are numbers: numba counts the references of every array that a function
gets, which takes longer than to weigh a person.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.linkage.columns import FIRST_DAY
from sexton.linkage.screening.weights import Weights

Int32 = NDArray[np.int32]

SWAPPED, CAPTIVE = 10, 11
"""The last columns of the records asked for: the day of birth with day and month exchanged, and
whether the record is a prisoner's. ``DIED`` is there the number of the place where he lies."""

FIRST_YEAR, QUARTERS = 1900, 400
"""The year with which quarters of years are counted, and how many are."""


class Own(NamedTuple):
    """The record that is asked for: the columns of :class:`sexton.linkage.columns.Persons`, with
    its days also as yyyymmdd (``*_date``); ``lies`` is the number of the place of the grave, and
    ``*_bits`` what agreement with it says."""

    birth_first: int
    birth_last: int
    birth_date: int
    swapped: int
    death_first: int
    death_last: int
    death_date: int
    place: int
    unit: int
    burial: int
    camp: int
    number: int
    lies: int
    captive: int
    place_bits: float
    camp_bits: float
    died_bits: float


@njit(nogil=True, cache=True)
def calendar_day(days: Int32, day: int) -> int:
    """yyyymmdd of a day; its own number, below 0, for days far off."""
    place = day - FIRST_DAY
    if place < 0 or place >= len(days):
        return -day
    return days[place]


@njit(nogil=True, cache=True)
def _parts_shared(p: int, q: int) -> int:
    """How many of year, month and day two days (yyyymmdd) share."""
    shared = int(p // 10000 == q // 10000)
    shared += int(p // 100 % 100 == q // 100 % 100)
    return shared + int(p % 100 == q % 100)


@njit(nogil=True, cache=True)
def birth_bits(own: Own, first: int, last: int, date: int, w: Weights) -> float:
    """As :func:`sexton.evidence.dates.compare_births`; ``first`` and ``last`` are the days on which
    the other was born, ``date`` the first as yyyymmdd."""
    if own.birth_first == 0 or first == 0:
        return 0.0
    full = own.birth_first == own.birth_last and first == last
    if own.birth_first <= last and first <= own.birth_last:
        if full:
            return w.birth_same
        span = own.birth_last - own.birth_first + last - first + 1
        return w.birth_may - np.log2(min(span / w.birth_days, 1.0))
    p, q = own.birth_date, date
    if not full:
        return w.birth_near if abs(p // 10000 - q // 10000) <= 1 else w.birth_differs_coarse
    if own.swapped == first:
        return w.birth_swapped
    if _parts_shared(p, q) == 2:
        return w.birth_part
    return w.birth_year if p // 10000 == q // 10000 else w.birth_differs


@njit(nogil=True, cache=True)
def death_bits(own: Own, first: int, last: int, date: int, w: Weights) -> float:
    """As :func:`sexton.evidence.dates.compare_deaths`, with nothing counted; as
    :func:`birth_bits`."""
    if own.death_first == 0 or first == 0:
        return 0.0
    full = own.death_first == own.death_last and first == last
    gap = max(first - own.death_last, own.death_first - last)
    if gap <= 0:
        if full:
            return w.death_same
        span = own.death_last - own.death_first + last - first + 1
        return w.death_may - np.log2(min(span / w.death_days, 1.0))
    if gap <= 3:
        return w.death_late
    if not full:
        return w.death_differs_coarse
    return w.death_part if _parts_shared(own.death_date, date) == 2 else w.death_differs


@njit(nogil=True, cache=True)
def quarter_of(own: Own, first: int, last: int, date: int) -> int:
    """The quarter of a year in which the other died, as
    :func:`sexton.evidence.dates.compare_with_deaths_of_list` has it; -1 where it says nothing."""
    if own.death_first != 0 or first == 0 or first != last:
        return -1
    quarter = (date // 10000 - FIRST_YEAR) * 4 + (date // 100 % 100 - 1) // 3
    return quarter if 0 <= quarter < QUARTERS else -1


@njit(nogil=True, cache=True)
def fate_bits(own: Own, burial: int, died: int, has_papers: bool, w: Weights) -> float:
    """What it says where the other died, and whether he was a prisoner. ``died``: the number of
    the place of the graves that his place of death is."""
    bits = 0.0
    if own.lies >= 0 and burial < 0 and died != -1:
        bits += own.died_bits if died == own.lies else w.died_elsewhere
    if own.captive == 1:
        bits += w.captive if has_papers else w.silent
    return bits


@njit(nogil=True, cache=True)
def where_bits(own: Own, place: int, unit: int, burial: int, camp: int, w: Weights) -> float:
    """What places of birth and burial and camps say."""
    bits = 0.0
    if own.place >= 0 and own.place == place:
        bits += own.place_bits
    elif own.unit != -1 and unit >= 0:
        if own.unit != unit:
            bits += w.place_differs
        else:
            # Two known villages of one province are hardly one man's.
            bits += w.other_village if own.place != -1 and place >= 0 else w.unit_same
    if own.burial != -1 and burial >= 0:
        bits += w.burial_same if own.burial == burial else w.burial_differs
    if own.camp != -1 and camp >= 0:
        bits += own.camp_bits if own.camp == camp else w.camp_differs
    return bits
