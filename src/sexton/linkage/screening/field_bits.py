"""Compiled: what two persons' dates and places say, in bits, as screening weighs them."""

from __future__ import annotations

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
    NUMBER,
    PLACE,
    UNIT,
)
from sexton.linkage.screening.weights import Weights

Int32 = NDArray[np.int32]
Bits32 = NDArray[np.float32]

SWAPPED, CAPTIVE = 10, 11
"""The last columns of the records asked for: the day of birth with day and month exchanged, and
whether the record is a prisoner's. ``DIED`` is there the number of the place where he lies."""

FIRST_YEAR, QUARTERS = 1900, 400
"""The year with which quarters of years are counted, and how many are."""


@njit(nogil=True, cache=True)
def _calendar_day(days: Int32, day: int) -> int:
    """yyyymmdd of a day; its own number for days far off."""
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
def birth_bits(own: Int32, other: Int32, days: Int32, w: Weights) -> float:
    """As :func:`sexton.evidence.dates.compare_births`."""
    a1, a2, b1, b2 = own[BIRTH_FIRST], own[BIRTH_LAST], other[BIRTH_FIRST], other[BIRTH_LAST]
    if a1 == 0 or b1 == 0:
        return 0.0
    full = a1 == a2 and b1 == b2
    if a1 <= b2 and b1 <= a2:
        if full:
            return w.birth_same
        span = a2 - a1 + b2 - b1 + 1
        return w.birth_may - np.log2(min(span / w.birth_days, 1.0))
    p, q = _calendar_day(days, a1), _calendar_day(days, b1)
    if not full:
        return w.birth_near if abs(p // 10000 - q // 10000) <= 1 else w.birth_differs_coarse
    if own[SWAPPED] == b1:
        return w.birth_swapped
    if _parts_shared(p, q) == 2:
        return w.birth_part
    return w.birth_year if p // 10000 == q // 10000 else w.birth_differs


@njit(nogil=True, cache=True)
def death_bits(own: Int32, other: Int32, days: Int32, w: Weights) -> float:
    """As :func:`sexton.evidence.dates.compare_deaths`, with nothing counted."""
    a1, a2, b1, b2 = own[DEATH_FIRST], own[DEATH_LAST], other[DEATH_FIRST], other[DEATH_LAST]
    if a1 == 0 or b1 == 0:
        return 0.0
    full = a1 == a2 and b1 == b2
    gap = max(b1 - a2, a1 - b2)
    if gap <= 0:
        if full:
            return w.death_same
        span = a2 - a1 + b2 - b1 + 1
        return w.death_may - np.log2(min(span / w.death_days, 1.0))
    if gap <= 3:
        return w.death_late
    if not full:
        return w.death_differs_coarse
    two = _parts_shared(_calendar_day(days, a1), _calendar_day(days, b1)) == 2
    return w.death_part if two else w.death_differs


@njit(nogil=True, cache=True)
def period_bits(own: Int32, other: Int32, days: Int32, quarters: Bits32) -> float:
    """As :func:`sexton.evidence.dates.compare_with_deaths_of_list`."""
    day = other[DEATH_FIRST]
    if own[DEATH_FIRST] != 0 or day == 0 or day != other[DEATH_LAST]:
        return 0.0
    date = _calendar_day(days, day)
    quarter = (date // 10000 - FIRST_YEAR) * 4 + (date // 100 % 100 - 1) // 3
    return quarters[quarter] if 0 <= quarter < QUARTERS else 0.0


@njit(nogil=True, cache=True)
def fate_bits(own: Int32, other: Int32, died: Int32, died_bits: float, w: Weights) -> float:
    """What it says where the other died, and whether he was a prisoner. ``died``: the place of the
    graves that each place of death is."""
    bits = 0.0
    if own[DIED] >= 0 and other[BURIAL] < 0:
        place = died[other[DIED]]
        if place != -1:
            bits += died_bits if place == own[DIED] else w.died_elsewhere
    if own[CAPTIVE] == 1:
        bits += w.captive if other[NUMBER] >= 0 or other[CAMP] >= 0 else w.silent
    return bits


@njit(nogil=True, cache=True)
def where_bits(own: Int32, other: Int32, place_bits: float, camp_bits: float, w: Weights) -> float:
    """What places of birth and burial and camps say."""
    bits = 0.0
    if own[PLACE] >= 0 and own[PLACE] == other[PLACE]:
        bits += place_bits
    elif own[UNIT] != -1 and other[UNIT] >= 0:
        bits += w.unit_same if own[UNIT] == other[UNIT] else w.place_differs
    if own[BURIAL] != -1 and other[BURIAL] >= 0:
        bits += w.burial_same if own[BURIAL] == other[BURIAL] else w.burial_differs
    if own[CAMP] != -1 and other[CAMP] >= 0:
        bits += camp_bits if own[CAMP] == other[CAMP] else w.camp_differs
    return bits
