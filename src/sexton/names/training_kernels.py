"""The compiled loops of training: the alignments of a pair, and what they count.

Names arrive here as arrays of letter numbers; see :mod:`expectation` for what calls them.
"""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np
from numba import njit

# A learnt chunk is written with at most this many Latin letters, "щ" with more (schtsch).
_MOST_LETTERS = 4
_MOST_LETTERS_SHCHA = 7
_LATIN_BITS = 5
_CYRILLIC_BITS = 6
# How far an alignment may stray from the diagonal, in letters.
_BAND = 4.5


@njit(cache=True)
def _most_latin(chunk, first, size, end, shcha):
    """The longest Latin chunk that a Cyrillic chunk may be written with, its edges counted."""
    most = _MOST_LETTERS
    edges = 0
    for k in range(first, first + size):
        if chunk[k] == shcha:
            most = _MOST_LETTERS_SHCHA
        if chunk[k] == 1 or k == end:
            edges += 1
    return most + edges


@njit(cache=True)
def enumerate_arcs(cyrillic, latin, allowed, shcha, arcs, counting):  # noqa: C901
    """List the ways to write one chunk of ``cyrillic`` (n) as one chunk of ``latin`` (m).

    Rows of ``arcs`` are (state before, state after, chunk key), states ``i * (m + 1) + j``; returns
    their number. With ``counting`` nothing is written.
    """
    n, m = len(cyrillic), len(latin)
    found = 0
    for i in range(n):
        for j in range(m + 1):
            if abs(j / m - i / n) * max(m, n) > _BAND:
                continue
            for size in range(1, min(2, n - i) + 1):
                chunk = cyrillic[i]
                if size == 2:
                    chunk = (chunk << _CYRILLIC_BITS) | cyrillic[i + 1]
                    if not allowed[chunk]:
                        continue
                most = _most_latin(cyrillic, i, size, n - 1, shcha)
                key = np.int64(1)
                for length in range(min(most, m - j) + 1):
                    if length:
                        key = (key << _LATIN_BITS) | latin[j + length - 1]
                    if (j + length == m) != (i + size == n):
                        continue
                    if (i == 0) != (j == 0 and length > 0):
                        continue
                    if not counting:
                        arcs[found, 0] = i * (m + 1) + j
                        arcs[found, 1] = (i + size) * (m + 1) + j + length
                        arcs[found, 2] = (np.int64(chunk) << 45) | key
                    found += 1
    return found


@njit(cache=True)
def enumerate_all(cyrillic, c_start, latin, l_start, allowed, shcha, arcs, first_arc):
    """List the arcs of all pairs; ``arcs`` of no rows only counts into ``first_arc``."""
    counting = len(arcs) == 0
    total = 0
    for pair in range(len(c_start) - 1):
        first_arc[pair] = total
        c = cyrillic[c_start[pair] : c_start[pair + 1]]
        l = latin[l_start[pair] : l_start[pair + 1]]  # noqa: E741
        total += enumerate_arcs(c, l, allowed, shcha, arcs[total:], counting)
    first_arc[len(c_start) - 1] = total
    return total


@njit(cache=True)
def expected_counts(source, target, param, first_arc, states, weights, probability, counts):
    """One E-step: add to ``counts`` the uses of each chunk pair; returns the log-likelihood."""
    likelihood = 0.0
    forward = np.zeros(states.max())
    backward = np.zeros(states.max())
    for pair in range(len(states)):
        if weights[pair] == 0.0:
            continue
        size, first, last = states[pair], first_arc[pair], first_arc[pair + 1]
        forward[:size] = 0.0
        backward[:size] = 0.0
        forward[0] = 1.0
        backward[size - 1] = 1.0
        for arc in range(first, last):
            forward[target[arc]] += forward[source[arc]] * probability[param[arc]]
        total = forward[size - 1]
        if total <= 0.0:
            continue
        likelihood += weights[pair] * np.log(total)
        scale = weights[pair] / total
        for arc in range(last - 1, first - 1, -1):
            after = backward[target[arc]] * probability[param[arc]]
            backward[source[arc]] += after
            counts[param[arc]] += forward[source[arc]] * after * scale
    return likelihood
