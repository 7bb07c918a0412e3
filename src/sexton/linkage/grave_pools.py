"""The pools of graves whose dead nobody names: "one of these six; together 83 %"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from sexton.linkage.ranking import Chances, Pairs

ENOUGH = 0.9
"""A pool holds the fewest answers whose probabilities reach this share of a grave's dead."""


class GravePool(NamedTuple):
    """Who lies in a grave, as far as can be said: the answers that reach ``ENOUGH`` together.

    ``left`` is the grave and ``men`` are positions in the right list, the likeliest first, one
    record of each man. ``together`` is how many of the ``bodies`` of the grave they are expected to
    be, ``none`` how many are nobody of the candidates. ``is_open``: "none of these" is needed to
    reach ``ENOUGH``; the men alone do not.
    """

    left: int
    bodies: int
    men: tuple[int, ...]
    together: float
    none: float
    is_open: bool


def pools_of(
    graves: Iterable[tuple[int, int]], pairs: Pairs, chances: Chances
) -> Iterator[GravePool]:
    """The pools of ``graves``: left records with the number of their bodies."""
    order = np.lexsort((pairs.right, -chances.probability, pairs.left))
    order = order[chances.is_fittest[order]]
    lefts = pairs.left[order]
    for left, bodies in graves:
        begin, end = np.searchsorted(lefts, (left, left + 1))
        mine = order[begin:end]
        probability = chances.probability[mine]
        none = float(chances.none[left])
        before = int(np.searchsorted(-probability, -none, side="right"))
        reached = np.cumsum(np.insert(probability, before, none))
        # The numbers are sums of many: a little less than enough is enough.
        size = int(np.searchsorted(reached, ENOUGH * bodies - 1e-9)) + 1
        is_open = before < size
        men = mine[: min(size - is_open, len(mine))]
        together = float(chances.probability[men].sum())
        right = tuple(pairs.right[men].tolist())
        yield GravePool(left, bodies, right, together, none, is_open)
