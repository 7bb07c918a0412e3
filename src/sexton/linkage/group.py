"""A group of graves and the men who may lie there: what "one body, one man" says of all of them.

Pure. The odds are of a body being a man against its being none of the men; the marginals are those
of :mod:`sexton.linkage.posterior`. What is given (somebody decided it, or only supposes it)
conditions them: a pair that is given as one takes the body and the man out of the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.grave_pools import ENOUGH, GravePool, pools_of
from sexton.linkage.marginals import connect
from sexton.linkage.model import CERTAINTY_LIMIT
from sexton.linkage.posterior import Claims, Edge, joint
from sexton.linkage.ranking import Chances, Pairs

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TAKEN, FULL, APART, OUTSIDE = "taken", "full", "apart", "outside"
"""Why a pair cannot be given as one: the man lies elsewhere by what is given, the grave holds no
more, the same pair is given as two men, or there is no such pair."""
# Which pairs belong together: from the likeliest ones down to these.
_TIES = (0.3, 0.1, 0.05, 0.02)
MOST_TOLD = 20
"""A statement on more men than this says nothing that a reader can hold."""


class Impossible(Exception):
    """What is given contradicts itself at ``edge``; ``why`` is one of the words above."""

    def __init__(self, edge: Edge, why: str) -> None:
        super().__init__(f"{edge}: {why}")
        self.edge, self.why = edge, why


@dataclass(frozen=True, slots=True)
class Group:
    """``odds[i, j]``: those of man ``j`` for a body of grave ``i`` against "none of these" (0: it
    cannot be he). ``bodies[i]`` is how many dead the grave holds."""

    odds: Floats
    bodies: Ints


@dataclass(frozen=True, slots=True)
class Given:
    """Pairs (grave, man) that are taken as one man, and as two."""

    same: frozenset[Edge] = frozenset()
    different: frozenset[Edge] = frozenset()

    def beside(self, other: Given) -> Given:
        """Both together."""
        return Given(self.same | other.same, self.different | other.different)


NOTHING = Given()


class Marginals(NamedTuple):
    """``probability[i, j]``: that man ``j`` lies in grave ``i``; ``none[i]``: how many of its dead
    are none of the men; ``absent[j]``: that the man is not among these bodies. Rows with ``none``
    add up to the bodies, columns with ``absent`` to 1. ``is_exact``: no sum had to be passed on by
    messages, which may be some hundredths off."""

    probability: Floats
    none: Floats
    absent: Floats
    is_exact: bool


class Shift(NamedTuple):
    """How a probability changes; ``man`` None for "none of these"."""

    grave: int
    man: int | None
    before: float
    after: float


class Together(NamedTuple):
    """What holds of several graves and men at once, with the probability ``least`` or more.

    As many men as bodies: these lie there, in some order. More men: each of the bodies is one of
    them. Fewer men: each of them is one of the bodies.
    """

    graves: tuple[int, ...]
    men: tuple[int, ...]
    bodies: int
    least: float


def check(group: Group, given: Given) -> None:
    """Raises Impossible where what is given contradicts itself."""
    room = group.bodies.copy()
    taken: set[int] = set()
    graves, men = group.odds.shape
    for edge in sorted(given.same | given.different):
        if not (0 <= edge[0] < graves and 0 <= edge[1] < men):
            raise Impossible(edge, OUTSIDE)
    for edge in sorted(given.same):
        grave, man = edge
        if edge in given.different:
            raise Impossible(edge, APART)
        if man in taken:
            raise Impossible(edge, TAKEN)
        if room[grave] < 1:
            raise Impossible(edge, FULL)
        taken.add(man)
        room[grave] -= 1


def marginals(group: Group, given: Given = NOTHING) -> Marginals:
    """The probabilities of all pairs under one body, one man. Raises Impossible."""
    check(group, given)
    odds, room = group.odds.copy(), group.bodies.copy()
    for grave, man in given.different:
        odds[grave, man] = 0.0
    for grave, man in given.same:
        odds[:, man] = 0.0
        room[grave] -= 1
    odds[room < 1] = 0.0
    left, right = np.nonzero(odds)
    found, is_exact = np.zeros(odds.shape), True
    if len(left):
        told = joint(Claims(left, right, odds[left, right]), room)
        found[left, right], is_exact = CERTAINTY_LIMIT * told.probability, told.is_exact
    for edge in given.same:
        found[edge] = 1.0
    none, absent = group.bodies - found.sum(axis=1), 1.0 - found.sum(axis=0)
    return Marginals(found, none, absent, is_exact)


def pools(group: Group, found: Marginals) -> list[GravePool]:
    """For each grave the fewest men who hold nine tenths of its dead."""
    graves, men = group.odds.shape
    left, right = (axis.ravel() for axis in np.indices((graves, men)))
    held = enumerate(group.bodies.tolist())
    return _pools(held, left, right, found.probability.ravel(), found.none)


def pool_of_all(group: Group, found: Marginals) -> GravePool:
    """The fewest men who hold nine tenths of the dead of the whole group."""
    right = np.arange(group.odds.shape[1])
    expected, none = found.probability.sum(axis=0), np.array([found.none.sum()])
    whole = [(0, int(group.bodies.sum()))]
    return _pools(whole, np.zeros_like(right), right, expected, none)[0]


def _pools(
    graves: Iterable[tuple[int, int]], left: Ints, right: Ints, probability: Floats, none: Floats
) -> list[GravePool]:
    pairs = Pairs(left, right, np.zeros(len(left)))
    every = np.ones(len(left), dtype=np.bool_)
    return list(pools_of(graves, pairs, Chances(probability, every, none)))


def shifts(before: Marginals, after: Marginals, least: float = 0.01) -> list[Shift]:
    """What changed by ``least`` or more, the largest change first."""
    pairs = np.argwhere(np.abs(after.probability - before.probability) >= least)
    found = [
        Shift(g, m, float(before.probability[g, m]), float(after.probability[g, m]))
        for g, m in pairs.tolist()
    ]
    found += [
        Shift(grave, None, float(before.none[grave]), float(after.none[grave]))
        for grave in np.flatnonzero(np.abs(after.none - before.none) >= least).tolist()
    ]
    return sorted(found, key=lambda one: (-abs(one.after - one.before), one.grave))


def statements(group: Group, found: Marginals) -> list[Together]:
    """What can be said of several graves at once with nine tenths or more, the surest first.

    No statement repeats the graves of one that stands before it. ``least`` is a bound that holds
    whatever depends on what: that one of several goes wrong is at most as probable as the sum.
    """
    told: list[Together] = []
    for tie in _TIES:
        for graves, men in _tied(found.probability, tie):
            if any(set(graves) & set(one.graves) for one in told):
                continue
            one = _together(group, found, graves, men)
            if one is not None and len(one.graves) + len(one.men) > 2:
                told.append(one)
    return sorted(told, key=lambda one: (-one.least, one.graves))


def _tied(probability: Floats, least: float) -> Iterator[tuple[list[int], list[int]]]:
    """Graves and men who are connected by pairs of that probability."""
    left, right = np.nonzero(probability >= least)
    label = connect(left, right, *probability.shape)
    for part in np.unique(label):
        mine = label == part
        yield np.unique(left[mine]).tolist(), np.unique(right[mine]).tolist()


def _together(
    group: Group, found: Marginals, graves: list[int], men: list[int]
) -> Together | None:  # fmt: skip
    inside = float(found.probability[np.ix_(graves, men)].sum())
    bodies = int(group.bodies[graves].sum())
    if len(men) > MOST_TOLD or bodies == 1:
        return None
    least = 1.0 - (min(bodies, len(men)) - inside)
    if least < ENOUGH:
        return None
    return Together(tuple(graves), tuple(men), bodies, least)
