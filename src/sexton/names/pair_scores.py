"""The score of one pair of names, with nothing pruned: compiled."""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.names.query_plan import LETTERS

_IMPOSSIBLE = -1e9
_SPREAD = 40503  # Knuth's multiplier: neighbouring keys fall far apart


class PairArrays(NamedTuple):
    """A chunk table by pairs of groups: ``keys[slot]`` is left group * right groups + right group.

    A key stands at the first free slot from ``key * _SPREAD`` on (modulo their number, a power of
    two); free slots hold -1. ``weights`` (rows, profiles) and ``prior`` are bits.
    """

    left_child: NDArray[np.int32]
    left_group: NDArray[np.int32]
    right_child: NDArray[np.int32]
    right_group: NDArray[np.int32]
    right_groups: int
    keys: NDArray[np.int64]
    rows: NDArray[np.int64]
    weights: NDArray[np.float64]
    prior: NDArray[np.float64]
    added: NDArray[np.int32]
    width: int
    reach: int


@njit(cache=True, nogil=True)
def fill_slots(pair_keys, keys, rows):
    """Put row ``n`` where ``pair_keys[n]`` is looked for; -1 is a pair to be left out."""
    for row in range(len(pair_keys)):
        if pair_keys[row] < 0:
            continue
        slot = (pair_keys[row] * _SPREAD) & (len(keys) - 1)
        while keys[slot] >= 0:
            slot = (slot + 1) & (len(keys) - 1)
        keys[slot], rows[slot] = pair_keys[row], row


@njit(cache=True, nogil=True)
def _find(keys, rows, key):
    slot = (key * _SPREAD) & (len(keys) - 1)
    while keys[slot] != key:
        if keys[slot] < 0:
            return -1
        slot = (slot + 1) & (len(keys) - 1)
    return rows[slot]


@njit(cache=True, nogil=True)
def _groups(child, group, letters, longest):
    """The group at each place and of each length, -1 where there is none."""
    size = len(letters)
    groups = np.full((size + 1, longest + 1), -1, dtype=np.int64)
    for place in range(size + 1):
        state = 0
        for length in range(min(longest, size - place) + 1):
            if length:
                state = child[state * LETTERS + letters[place + length - 1]]
            if state < 0:
                break
            groups[place, length] = group[state]
    return groups


@njit(cache=True, nogil=True)
def score_pair(table, left, right):  # noqa: C901
    """Bits of the best alignment under each profile, prior included; shape (profiles,)."""
    n, m, profiles = len(left), len(right), len(table.prior)
    keys, rows, weights, prior = table.keys, table.rows, table.weights, table.prior
    lefts = _groups(table.left_child, table.left_group, left, table.width)
    rights = _groups(table.right_child, table.right_group, right, table.reach)
    reach = np.full((n + 1, m + 1, profiles), _IMPOSSIBLE)
    for p in range(profiles):
        reach[0, 0, p] = prior[p]
    for i in range(n + 1):
        for size in range(1, min(table.width, i) + 1):
            group = lefts[i - size, size]
            if group < 0:
                continue
            for j in range(m + 1):
                for length in range(min(table.reach, m - j) + 1):
                    if rights[j, length] < 0:
                        continue
                    row = _find(keys, rows, group * table.right_groups + rights[j, length])
                    if row < 0:
                        continue
                    for p in range(profiles):
                        value = reach[i - size, j, p] + weights[row, p]
                        reach[i, j + length, p] = max(reach[i, j + length, p], value)
        for j in range(m if i else 0):
            row = table.added[right[j]]
            if row >= 0:
                for p in range(profiles):
                    reach[i, j + 1, p] = max(reach[i, j + 1, p], reach[i, j, p] + weights[row, p])
    return reach[n, m].copy()


@njit(cache=True, nogil=True)
def score_words(table, letters, starts, right):
    """:func:`score_pair` of many words with one name, the profiles added up; shape (words,).

    The letters of word ``n`` are ``letters[starts[n]:starts[n + 1]]``.
    """
    totals = np.empty(len(starts) - 1)
    for word in range(len(totals)):
        scores = score_pair(table, letters[starts[word] : starts[word + 1]], right)
        most = scores.max()
        totals[word] = most + np.log2((2.0 ** (scores - most)).sum())
    return totals
