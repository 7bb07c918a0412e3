"""From match weights to probabilities: "none of these" is an answer, and one body is one man.

A left record's odds for a candidate are coverage / (1 - coverage) / N times 2^bits, N being the
size of the right list; "none of these" has the odds 1. Under one-to-one every right record goes to
one left record at most; the marginals of that joint distribution are computed exactly where a
connected component has few left records, and by belief propagation elsewhere (Williams & Lau 2014,
"Approximate evaluation of marginal association probabilities with belief propagation").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import exp2, isfinite, log2

import numpy as np

Edge = tuple[int, int]
Odds = Mapping[Edge, float]
"""(left, right) -> odds against "none of these"."""

EXACT_UP_TO = 8
WEAK_ODDS = 1e-4
ROUNDS = 200
TOLERANCE = 1e-9
MAX_ODDS = 2.0**60


def prior_bits(coverage: float, size: int) -> float:
    """log2 of the odds, before evidence, that one given record of ``size`` is the man.

    ``coverage`` is the chance that he is among them at all.
    """
    return log2(coverage / (1 - coverage) / max(1, size))


def odds_of(weights: Mapping[Edge, float], prior: float) -> dict[Edge, float]:
    """Odds against "none of these" from match weights in bits and a prior in bits."""
    limit = log2(MAX_ODDS)
    return {
        edge: exp2(min(bits + prior, limit)) for edge, bits in weights.items() if isfinite(bits)
    }


def independent(odds: Odds) -> dict[Edge, float]:
    """Probabilities when each left record is judged by itself."""
    totals: dict[int, float] = defaultdict(lambda: 1.0)
    for (left, _), value in odds.items():
        totals[left] += value
    return {(left, right): value / totals[left] for (left, right), value in odds.items()}


def one_to_one(odds: Odds) -> dict[Edge, float]:
    """Marginal probabilities when a right record belongs to one left record at most.

    Weak edges change those of others by less than their odds: they do not connect components.
    """
    strong = {edge: value for edge, value in odds.items() if value >= WEAK_ODDS}
    result: dict[Edge, float] = {}
    for component in components(strong):
        part = {edge: odds[edge] for edge in component}
        lefts = {left for left, _ in part}
        result.update(exact(part) if len(lefts) <= EXACT_UP_TO else propagate(part))
    return result | _weak(odds, result)


def _weak(odds: Odds, strong: Mapping[Edge, float]) -> dict[Edge, float]:
    """The probabilities of the weak edges: their odds, where both ends are free."""
    free: dict[tuple[str, int], float] = defaultdict(lambda: 1.0)
    for (left, right), probability in strong.items():
        free["l", left] -= probability
        free["r", right] -= probability
    weak = {
        (left, right): value * max(free["l", left], 0.0) * max(free["r", right], 0.0)
        for (left, right), value in odds.items()
        if value < WEAK_ODDS
    }
    # Many weak ones together may be much.
    totals: dict[int, float] = defaultdict(float)
    for (left, _), value in weak.items():
        totals[left] += value
    return {
        edge: value * free["l", edge[0]] / (free["l", edge[0]] + totals[edge[0]]) if value else 0.0
        for edge, value in weak.items()
    }


def components(odds: Iterable[Edge]) -> list[list[Edge]]:
    """The edges by connected component, in a stable order."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    edges = sorted(odds)
    for left, right in edges:
        parent[find(("r", right))] = find(("l", left))
    grouped: dict[tuple[str, int], list[Edge]] = defaultdict(list)
    for left, right in edges:
        grouped[find(("l", left))].append((left, right))
    return list(grouped.values())


def exact(odds: Odds) -> dict[Edge, float]:
    """Marginals by summing over all assignments: rights one by one, the lefts as a bit set.

    Cost: rights x 2^lefts; meant for at most ``EXACT_UP_TO`` left records.
    """
    lefts = sorted({left for left, _ in odds})
    rights = sorted({right for _, right in odds})
    weights = np.zeros((len(rights), len(lefts)))
    for (left, right), value in odds.items():
        weights[rights.index(right), lefts.index(left)] = value
    states = np.arange(1 << len(lefts))
    before = _sums(weights, states)
    after = _sums(weights[::-1], states)[::-1]
    everyone = states[-1]
    total = before[-1].sum()
    result = {}
    for (left, right), value in odds.items():
        bit, row = 1 << lefts.index(left), rights.index(right)
        result[left, right] = value * _disjoint(before[row], after[row + 1], bit, everyone) / total
    return result


def _sums(weights: np.ndarray, states: np.ndarray) -> np.ndarray:
    """sums[k][s]: weight of the assignments of the first k rights that use exactly the lefts s."""
    sums = np.zeros((len(weights) + 1, len(states)))
    sums[0, 0] = 1.0
    for k, row in enumerate(weights):
        sums[k + 1] = sums[k]
        for left in np.nonzero(row)[0]:
            bit = 1 << int(left)
            using = states[(states & bit) != 0]
            sums[k + 1, using] += sums[k, using ^ bit] * row[left]
    return sums


def _disjoint(before: np.ndarray, after: np.ndarray, bit: int, everyone: int) -> float:
    """Sum of before[s] * after[t] over disjoint s, t that leave ``bit`` free."""
    subsets = after.copy()
    for k in range(int(everyone).bit_length()):
        has = (np.arange(len(subsets)) >> k) & 1 == 1
        subsets[has] += subsets[np.nonzero(has)[0] ^ (1 << k)]
    states = np.arange(len(before))
    free = (states & bit) == 0
    rest = everyone & ~(states | bit)
    return float((before[free] * subsets[rest[free]]).sum())


def propagate(odds: Odds) -> dict[Edge, float]:
    """Marginals by belief propagation on the graph of ``odds`` (approximate on cycles)."""
    edges = sorted(odds)
    left = np.unique([e[0] for e in edges], return_inverse=True)[1]
    right = np.unique([e[1] for e in edges], return_inverse=True)[1]
    psi = np.array([odds[e] for e in edges])
    nu = np.ones(len(edges))
    for _ in range(ROUNDS):
        pull = psi * nu
        mu = psi / (1 + np.maximum(np.bincount(left, pull)[left] - pull, 0))
        new = 1 / (1 + np.maximum(np.bincount(right, mu)[right] - mu, 0))
        change = float(np.abs(new - nu).max())
        nu = new
        if change < TOLERANCE:
            break
    belief = psi * nu
    share = belief / (1 + np.bincount(left, belief)[left])
    return {edge: float(p) for edge, p in zip(edges, share, strict=True)}
