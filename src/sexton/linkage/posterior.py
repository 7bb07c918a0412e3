"""From match weights to probabilities: "none of these" is an answer, and one body is one man.

A left record's odds for a candidate are coverage / (1 - coverage) / N times 2^bits, N being the
size of the right list; "none of these" has the odds 1. Under one-to-one every right record goes to
one left record at most, and a left record takes as many as it holds bodies; the marginals of that
joint distribution are summed exactly wherever that is possible, and elsewhere belief propagation
(Williams & Lau 2014, "Approximate evaluation of marginal association probabilities with belief
propagation") connects the groups that are summed exactly.
"""

from __future__ import annotations

from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage import marginals

Edge = tuple[int, int]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WEAK_ODDS = 1e-4
"""Edges below these odds do not tie groups together."""
MAX_ODDS = 2.0**60
MOST_STATES = 1 << 16
"""A group is summed exactly while no more ways in which graves can be taken are open at a time."""
# In a group too large to be summed, edges above this probability are summed with their neighbours.
_CORE = 0.02


class Claims(NamedTuple):
    """Who claims whom: arrays of one length. Each pair (left, right) stands there once."""

    left: Ints
    right: Ints
    odds: Floats

    def some(self, which: NDArray[np.bool_]) -> Claims:
        """Those of them that are marked."""
        return Claims(self.left[which], self.right[which], self.odds[which])


class Joint(NamedTuple):
    """Marginal probabilities, claim by claim; and whether all of them were summed exactly, but for
    what claims of odds below ``WEAK_ODDS`` change."""

    probability: Floats
    is_exact: bool


def prior_bits(coverage: float, size: int) -> float:
    """log2 of the odds, before evidence, that one given record of ``size`` is the man.

    ``coverage`` is the chance that he is among them at all.
    """
    return log2(coverage / (1 - coverage) / max(1, size))


def odds_of(bits: Floats, prior: float) -> Floats:
    """Odds against "none of these" from match weights in bits and a prior in bits."""
    odds: Floats = np.exp2(np.minimum(bits + prior, log2(MAX_ODDS)))
    return odds


def independent(claims: Claims, bodies: Ints) -> Floats:
    """Probabilities of all claims when each left record is judged by itself.

    ``bodies[i]`` is how many dead left record ``i`` holds: several of one grave are several men.
    """
    several = bodies[claims.left] > 1
    totals = 1.0 + np.bincount(claims.left, claims.odds, minlength=len(bodies))
    found: Floats = claims.odds / totals[claims.left]
    for left in np.unique(claims.left[several]):
        mine = claims.left == left
        found[mine] = one_to_one(claims.some(mine), bodies)
    return found


def one_to_one(claims: Claims, bodies: Ints) -> Floats:
    """Marginal probabilities of all claims when a right record belongs to one left record at most.

    ``bodies[i]`` is how many right records left record ``i`` takes at most; over its claims the
    probabilities add up to so many at most.
    """
    return joint(claims, bodies).probability


def joint(claims: Claims, bodies: Ints) -> Joint:
    """:func:`one_to_one`, and whether its sums are exact."""
    strong = claims.odds >= WEAK_ODDS
    found = np.zeros(len(claims.odds))
    found[strong], is_exact = _strong(claims.some(strong), bodies)
    found[~strong] = _weak(claims, found, ~strong, bodies)
    return Joint(found, is_exact)


def _weak(claims: Claims, strong: Floats, is_weak: NDArray[np.bool_], bodies: Ints) -> Floats:
    """The probabilities of the weak claims: their odds, where both ends are free."""
    left = claims.left[is_weak]
    if not len(left):
        return np.zeros(0)
    rights, at = np.unique(claims.right, return_inverse=True)
    free_right = 1.0 - np.bincount(at, strong, minlength=len(rights))
    free_left = bodies - np.bincount(claims.left, strong, minlength=len(bodies))
    value = claims.odds[is_weak] * np.maximum(free_right[at[is_weak]], 0.0)
    free = np.maximum(free_left, 0.0)[left]
    # Many weak ones together may be much: a free body takes one of them or none.
    whole = 1.0 + np.bincount(left, value, minlength=len(bodies))
    found: Floats = free * value / whole[left]
    return found


def _strong(claims: Claims, bodies: Ints) -> Joint:
    """Marginals of claims that are all strong: left records that claim alike are taken as one, and
    what only one of them claims counts as one more way to leave the others alone."""
    if not len(claims.left):
        return Joint(np.zeros(0), True)
    first, together = _alike(claims, bodies)
    mine = first[claims.left] == claims.left
    merged = claims.some(mine)
    found = np.zeros(len(claims.left))
    found[mine], is_exact = _shared(merged, together)
    place = _places(claims, mine, first)
    share: Floats = found[place] * bodies[claims.left] / together[first[claims.left]]
    return Joint(share, is_exact)


def _alike(claims: Claims, bodies: Ints) -> tuple[Ints, Ints]:
    """For each left record the first that claims the same men at the same odds; and how many
    bodies those have together."""
    order = np.lexsort((claims.right, claims.left))
    left, right, odds = claims.left[order], claims.right[order], claims.odds[order]
    starts = np.flatnonzero(np.diff(left, prepend=-1))
    first = np.arange(len(bodies))
    known: dict[tuple[bytes, bytes], int] = {}
    for begin, end in zip(starts.tolist(), [*starts[1:].tolist(), len(left)], strict=True):
        key = right[begin:end].tobytes(), odds[begin:end].tobytes()
        first[left[begin]] = known.setdefault(key, int(left[begin]))
    return first, np.bincount(first, bodies, minlength=len(bodies)).astype(np.int64)


def _places(claims: Claims, mine: NDArray[np.bool_], first: Ints) -> Ints:
    """For each claim that of the left record that stands for its own."""
    of_first = np.lexsort((claims.right[mine], claims.left[mine]))
    index = np.flatnonzero(mine)[of_first]
    width = int(claims.right.max()) + 1
    keys = claims.left[index] * width + claims.right[index]
    place: Ints = index[np.searchsorted(keys, first[claims.left] * width + claims.right)]
    return place


def _shared(claims: Claims, bodies: Ints) -> Joint:
    """Marginals; what one left record of one body claims alone is taken apart."""
    rights, at = np.unique(claims.right, return_inverse=True)
    alone = (np.bincount(at)[at] == 1) & (bodies[claims.left] == 1)
    size = len(bodies)
    base = 1.0 + np.bincount(claims.left[alone], claims.odds[alone], minlength=size)
    scaled = claims.odds / base[claims.left]
    found = np.zeros(len(claims.left))
    shared = ~alone
    part = Claims(claims.left[shared], at[shared].astype(np.int64), scaled[shared])
    found[shared], is_exact = _by_parts(part, bodies, len(rights))
    free = 1.0 - np.bincount(claims.left[shared], found[shared], minlength=size)
    found[alone] = scaled[alone] * np.maximum(free, 0.0)[claims.left[alone]]
    return Joint(found, is_exact)


class _Solved(NamedTuple):
    """Marginals, messages, and for each claim whether its part was summed exactly."""

    found: Floats
    mu: Floats
    nu: Floats
    is_exact: NDArray[np.bool_]


def _by_parts(claims: Claims, bodies: Ints, rights: int) -> Joint:
    """Marginals of every connected part; in one too large to be summed the strongest claims are
    summed, and messages tell what all others ask of them."""
    solved = _solve(claims, bodies, rights)
    found, is_exact = solved.found, bool(solved.is_exact.all())
    core = ~solved.is_exact & (found >= _CORE * bodies[claims.left])
    if not core.any():
        return Joint(found, is_exact)
    beside = ~solved.is_exact & ~core
    left, right = claims.left, claims.right
    asked = np.bincount(left[beside], (claims.odds * solved.nu)[beside], minlength=len(bodies))
    wanted = (solved.mu * bodies[left])[beside]
    base = 1.0 + asked
    odds = claims.odds / base[left]
    odds /= (1.0 + np.bincount(right[beside], wanted, minlength=rights))[right]
    again = _solve(Claims(left[core], right[core], odds[core]), bodies, rights)
    found[core] = np.where(again.is_exact, again.found, found[core])
    free = bodies - np.bincount(left[core], found[core], minlength=len(bodies))
    share = claims.odds * solved.nu / base[left]
    found[beside] = (share * np.maximum(free, 0.0)[left])[beside]
    # What was summed and what was passed on by messages may differ by a little.
    claimed: Floats = found / np.maximum(np.bincount(right, found, minlength=rights), 1.0)[right]
    return Joint(claimed, is_exact)


def _solve(claims: Claims, bodies: Ints, rights: int) -> _Solved:
    """Every connected part by itself."""
    size = len(claims.left)
    label = marginals.connect(claims.left, claims.right, len(bodies), rights)
    order = np.lexsort((claims.left, claims.right, label))
    parts = np.append(np.flatnonzero(np.diff(label[order], prepend=-1)), size).astype(np.int64)
    out, mu, nu = np.zeros(size), np.ones(size), np.ones(size)
    is_exact = np.zeros(size, dtype=np.bool_)
    ordered = (claims.left[order], claims.right[order], claims.odds[order])
    marginals.part_marginals(parts, *ordered, bodies, MOST_STATES, out, mu, nu, is_exact)
    back = np.empty(size, dtype=np.int64)
    back[order] = np.arange(size)
    return _Solved(out[back], mu[back], nu[back], is_exact[back])
