"""Compiled: the rows of an archive that share a day, or given name and patronymic, with a person.

Where there are many, those alone are taken of which something else agrees. That is told by columns
beside the keys, in their order: the rows themselves lie far apart, and most are never touched.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.linkage.columns import FIRST_DAY
from sexton.linkage.screening.field_bits import Own
from sexton.linkage.screening.kernels import JoinedArrays, lower_bound

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bits32 = NDArray[np.float32]

FEW = 64
"""Rows that share one thing (a day of birth, say) are all weighed when they are no more."""

DAY_BITS = 20
"""Of the keys of given name, patronymic and day of birth."""
_DAYS = (1 << DAY_BITS) - 1
# Names of given name and patronymic that are tried together, each so many.
_TRIED = 12
LEAST_NAME = 1.0
"""Names that say less (bits) lead to nobody."""


@njit(nogil=True, cache=True)
def rows_of_day(
    day: int, from_row: int, keys: Int64, key_rows: Int32, names: Int32, given: Bits32,
    patronymic: Bits32, both: bool, found: Int32, size: int,
) -> tuple[int, int]:  # fmt: skip
    """Put the rows of a day, from a row of the list on, into ``found`` behind ``size`` others; of
    more than a few those alone whose given name or patronymic agrees, or ``both``. How many are
    there then, how many were passed over."""
    if day <= 0:
        return size, 0
    at, begin = lower_bound(keys, day), size
    last = at + FEW
    few = last >= len(keys) or keys[last] > day
    # Rows of a day are in the order of the list.
    while at < len(keys) and keys[at] == day and key_rows[at] < from_row:
        at += 1
    first = at
    while at < len(keys) and keys[at] == day and size < len(found):
        one, other = given[names[at, 0]] > 0, patronymic[names[at, 1]] > 0
        if few or (one and other) or (not both and (one or other)):
            found[size] = key_rows[at]
            size += 1
        at += 1
    return size, at - first - (size - begin)


@njit(nogil=True, cache=True)
def _of_rare_patronymic(
    begin: int, end: int, base: np.int64, first: int, last: int, given: Bits32, keys: Int64,
    key_rows: Int32, found: Int32, size: int,
) -> int:  # fmt: skip
    """Put those of the rows ``begin:end``, all of one patronymic, whose given name agrees and who
    were born on the days ``first`` to ``last`` into ``found``; how many are there then."""
    for at in range(begin, end):
        day = keys[at] & _DAYS
        name = (keys[at] >> DAY_BITS) - base
        if first <= day <= last and given[name] > LEAST_NAME and size < len(found):
            found[size] = key_rows[at]
            size += 1
    return size


@njit(nogil=True, cache=True)
def _of_name_and_days(
    at: int, end: int, last: int, place: int, keys: Int64, key_rows: Int32, places: Int32,
    found: Int32, size: int,
) -> tuple[int, int]:  # fmt: skip
    """Put the rows from ``at`` on whose keys go up to ``last`` into ``found``; of more than a few
    those alone who were born at ``place``. As :func:`rows_of_day`."""
    few, passed = at + FEW >= end or keys[at + FEW] > last, 0
    while at < end and keys[at] <= last and size < len(found):
        if few or (place >= 0 and places[at] == place):
            found[size] = key_rows[at]
            size += 1
        else:
            passed += 1
        at += 1
    return size, passed


@njit(nogil=True, cache=True)
def rows_of_names(
    query: tuple[int, int, int], own: Own, given: JoinedArrays, patronymic: JoinedArrays,
    given_bits: Bits32, keys: Int64, key_rows: Int32, places: Int32, starts: Int64,
    given_names: int, found: Int32, size: int,
) -> tuple[int, int]:  # fmt: skip
    """Put the rows whose given name and patronymic agree, and whose birth is within a year, into
    ``found``. As :func:`rows_of_day`."""
    passed = 0
    if query[1] < 0 or query[2] < 0 or own.birth_first <= 0:
        return size, passed
    first = max(own.birth_first - 366 - FIRST_DAY, 1)
    last = max(own.birth_last + 366 - FIRST_DAY, 1)
    p_from, p_to = patronymic.starts[query[2]], patronymic.starts[query[2] + 1]
    g_from, g_to = given.starts[query[1]], given.starts[query[1] + 1]
    for p in range(p_from, min(p_to, p_from + _TRIED)):
        if patronymic.part[p] <= LEAST_NAME:
            break
        begin, end = starts[patronymic.names[p]], starts[patronymic.names[p] + 1]
        base = np.int64(patronymic.names[p]) * given_names
        if end - begin <= FEW:
            size = _of_rare_patronymic(
                begin, end, base, first, last, given_bits, keys, key_rows, found, size
            )
            continue
        for g in range(g_from, min(g_to, g_from + _TRIED)):
            if given.part[g] <= LEAST_NAME:
                break
            key = (base + given.names[g]) << DAY_BITS
            at = begin + lower_bound(keys[begin:end], key | first)
            size, more = _of_name_and_days(
                at, end, key | last, own.place, keys, key_rows, places, found, size
            )
            passed += more
    return size, passed
