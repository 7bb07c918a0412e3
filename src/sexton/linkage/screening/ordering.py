"""Compiled: pairs put in order, query by query, the likeliest first."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@njit(nogil=True, cache=True)
def likeliest_first(query: Ints, part: Floats, places: Ints, queries: int) -> tuple[Ints, Ints]:
    """The order of pairs by ``query``, by ``part`` from high to low, and by ``places``.

    Arrays of one length, and how many queries there are: their pairs are
    ``order[starts[q]:starts[q + 1]]``. Queries are many and their pairs few, so that each query is
    sorted by itself, five times as fast as all pairs together.
    """
    starts = np.zeros(queries + 1, dtype=np.int64)
    for number in query:
        starts[number + 1] += 1
    starts = np.cumsum(starts)
    order = np.empty(len(query), dtype=np.int64)
    free = starts[:-1].copy()
    for pair, number in enumerate(query):
        order[free[number]] = pair
        free[number] += 1
    for number in range(queries):
        _sort(order[starts[number] : starts[number + 1]], part, places)
    return order, starts


@njit(nogil=True, cache=True)
def _sort(run: Ints, part: Floats, places: Ints) -> None:
    """Shell's sort, in place: runs are short, but not all of them."""
    gap = len(run) // 2
    while gap > 0:
        for end in range(gap, len(run)):
            pair = run[end]
            at = end
            while at >= gap and _is_before(pair, run[at - gap], part, places):
                run[at] = run[at - gap]
                at -= gap
            run[at] = pair
        gap //= 2


@njit(nogil=True, cache=True)
def _is_before(one: int, other: int, part: Floats, places: Ints) -> bool:
    if part[one] != part[other]:
        return bool(part[one] > part[other])
    return bool(places[one] < places[other])
