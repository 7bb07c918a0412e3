"""Compiled: what day and place of death say of the many persons that a nameless grave may mean."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.linkage.columns import BURIAL, DEATH_FIRST, DEATH_LAST, DIED

Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]

LATE = 3
"""A death may have been registered so many days late, here or there."""

SAME_DAY, LATE_DAY, MAY_DAY, OTHER_DAY = range(4)
DIED_HERE, DIED_ELSEWHERE, LIES_HERE, LIES_ELSEWHERE = range(4, 8)


@njit(nogil=True, cache=True)
def day_and_place_bits(
    found: Int32,
    persons: Int32,
    died: Int32,
    buried: Int32,
    first: int,
    last: int,
    place: int,
    weights: Floats,
) -> Floats:
    """Bits of each person ``found``, a row of ``persons`` (a table of the columns of Persons).

    ``died`` and ``buried`` give the number of the place for each place of death and of burial that
    the list has (-1 for none: the last entry). The grave's day lies from ``first`` to ``last`` (0:
    not stated), its place is ``place`` (below 0: not known). ``weights`` are bits by what agrees.
    """
    bits = np.zeros(len(found))
    for at in range(len(found)):
        row = persons[found[at]]
        if first > 0 and row[DEATH_FIRST] > 0:
            begin, end = row[DEATH_FIRST], row[DEATH_LAST]
            gap = max(begin - last, first - end)
            if gap > 0:
                bits[at] = weights[LATE_DAY if gap <= LATE else OTHER_DAY]
            else:
                bits[at] = weights[SAME_DAY if begin == end and first == last else MAY_DAY]
        if place < 0:
            continue
        if row[BURIAL] >= 0:
            bits[at] += weights[LIES_HERE if buried[row[BURIAL]] == place else LIES_ELSEWHERE]
        elif died[row[DIED]] == place:
            bits[at] += weights[DIED_HERE]
        elif died[row[DIED]] != -1:
            bits[at] += weights[DIED_ELSEWHERE]
    return bits
