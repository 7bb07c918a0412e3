"""Chunk tables: how probable it is that one group of letters is written as another.

A table holds, for each pair of letter groups, one weight per *profile*: the log2 probability of
the right group given the left one under one way of writing (a convention, or two clerks'
conventions). A pair of names is scored by its best division into such groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sexton.names.pair_scores import score_lists, score_pair
from sexton.names.table_arrays import PreparedTable, encode

Floats = NDArray[np.float64]
# One alignment: (left group, right group, weight in bits).
Step = tuple[str, str, float]

IMPOSSIBLE = -1e9


@dataclass(frozen=True)
class ChunkTable:
    """Weights in bits: row ``rows[left][right]`` of ``weights``, one column per profile.

    ``prior`` is the log2 probability of each profile. A left group "" is a letter that was added.
    ``left_size``/``right_size`` are the longest groups, in letters.
    """

    rows: Mapping[str, Mapping[str, int]]
    weights: Floats
    prior: Floats
    profiles: tuple[str, ...]
    left_size: int = field(init=False)
    right_size: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "left_size", max(map(len, self.rows)))
        longest = max(len(right) for rights in self.rows.values() for right in rights)
        object.__setattr__(self, "right_size", longest)

    @cached_property
    def prepared(self) -> PreparedTable:
        """The table laid out for the compiled kernels."""
        return PreparedTable(self.rows, self.weights, self.prior)


def build_table(
    pairs: Mapping[tuple[str, str], int], weights: Floats, prior: Floats, profiles: tuple[str, ...]
) -> ChunkTable:
    """Arrange rows numbered by (left, right)."""
    rows: dict[str, dict[str, int]] = {}
    for (left, right), row in pairs.items():
        rows.setdefault(left, {})[right] = row
    return ChunkTable(rows, weights, prior, profiles)


def _arcs_into(
    table: ChunkTable, left: str, right: str, end: int, size: int
) -> list[tuple[int, int, int]]:
    """(right letters before, right letters after, row) of every use of one left group."""
    rights = table.rows.get(left[end - size : end])
    if not rights:
        return []
    m = len(right)
    return [
        (j, j + length, rights[group])
        for j in range(m + 1)
        for length in range(min(table.right_size, m - j) + 1)
        if (group := right[j : j + length]) in rights
    ]


def best_scores(table: ChunkTable, left: str, right: str) -> Floats:
    """Bits of the best alignment of two spelt names under each profile, prior included."""
    scores: Floats = score_pair(table.prepared.pairs, encode(left), encode(right))
    return scores


def total_bits(table: ChunkTable, lists: Sequence[Sequence[str]], rights: Sequence[str]) -> Floats:
    """log2 of the sum over profiles of :func:`best_scores`, to 1e-4.

    For each name of ``lists[n]`` beside ``rights[n]``, one list after the other.
    """
    prepared, lefts = table.prepared, [left for names in lists for left in names]
    bits: Floats = score_lists(
        prepared.forward,
        prepared.pairs,
        encode("".join(lefts)),
        _starts(lefts),
        _starts(lists),
        encode("".join(rights)),
        _starts(rights),
    )
    return bits


def _starts(parts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    return np.cumsum([0, *map(len, parts)])


def align(table: ChunkTable, left: str, right: str, profile: int) -> list[Step]:
    """The best alignment under one profile; empty if the table allows none."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    weights = table.weights[:, profile]
    added = table.rows.get("", {})

    def offer(source: tuple[int, int], target: tuple[int, int], weight: float) -> None:
        score = best[source][0] + weight
        if target not in best or score > best[target][0]:
            best[target] = (score, source)

    for i in range(len(left) + 1):
        for size in range(1, min(table.left_size, i) + 1):
            for j, k, row in _arcs_into(table, left, right, i, size):
                if (i - size, j) in best:
                    offer((i - size, j), (i, k), float(weights[row]))
        for j, letter in enumerate(right):
            if (i, j) in best and letter in added:
                offer((i, j), (i, j + 1), float(weights[added[letter]]))
    return _trace(best, left, right)


def _trace(
    best: Mapping[tuple[int, int], tuple[float, tuple[int, int]]], left: str, right: str
) -> list[Step]:
    at = (len(left), len(right))
    steps: list[Step] = []
    while at != (0, 0) and at in best:
        score, before = best[at]
        weight = score - best[before][0]
        steps.append((left[before[0] : at[0]], right[before[1] : at[1]], weight))
        at = before
    return steps[::-1]
