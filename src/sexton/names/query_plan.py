"""A query laid out once for a search: what each group of letters may do at each of its places.

Compiled; names arrive as arrays of letter numbers, a chunk table as :class:`TableArrays`.
"""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def, call-arg"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.names.lanes import LANES, best_gain, relax

LETTERS = 64
IMPOSSIBLE = np.float32(-1e9)

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


class TableArrays(NamedTuple):
    """A chunk table for the kernels; the groups of letters of either side are states of a trie.

    ``*_child[state * 64 + letter]`` is the state of the longer group or -1, ``*_group[state]`` the
    number of the group or -1; of a left state also the shorter one (``left_parent``), its last
    letter, and its number among those that longer ones begin with (``left_rank``, or -1).
    ``left_state`` is the state of each left group. The uses of right group ``r`` are
    ``inverse_left`` (left group) and ``inverse_row`` from ``inverse_start[r]`` on. Row ``w`` has
    its profiles, filled up to a multiple of eight, from ``weights[w * lanes]`` on;
    ``added[letter]`` is the row of a letter of the right side that was added, or -1. Weights are
    bits. ``width`` is the longest left group, ``reach`` the longest right group, in letters.
    """

    left_child: Ints
    left_group: Ints
    left_parent: Ints
    left_letter: Ints
    left_rank: Ints
    left_state: Ints
    right_child: Ints
    right_group: Ints
    inverse_start: Ints
    inverse_left: Ints
    inverse_row: Ints
    weights: Floats
    prior: Floats
    added: Ints
    width: int
    reach: int


class Plan(NamedTuple):
    """One query laid out; its places are 0 to ``size``, the number of its letters.

    ``hope[place * lanes]`` and on: the best that can come from there, by profile. A *gain* is the
    most (at most 0, bits) that a use can keep of what was hoped for. The uses of left group ``g``
    at a place are ``to`` (place after), ``row`` and ``gain``, best first, from
    ``start[g * (size + 1) + place]`` on. What may follow the left state of rank
    ``r`` stands from ``following[(r * (size + 1) + place) * 2]`` on by uses up to the middle,
    and from one key later on by those that end behind it: gains in ``keep``, best first, and in
    ``letters`` the letters down to each, a bit each. ``spread`` is ``hope`` less half of what
    each profile hopes for at the start, up to the middle.
    """

    size: int
    middle: int
    hope: Floats
    spread: Floats
    start: Ints
    to: Ints
    row: Ints
    gain: Floats
    following: Ints
    keep: Floats
    letters: NDArray[np.int64]
    added_row: Ints
    added_gain: Floats


@njit(cache=True, nogil=True)
def _right_groups(table, query):
    """The right group at each place and of each length of a query, -1 where there is none."""
    size = len(query)
    groups = np.full((size + 1, table.reach + 1), -1, dtype=np.int32)
    for place in range(size + 1):
        state, length = 0, 0
        while True:
            groups[place, length] = table.right_group[state]
            if place + length == size:
                break
            state = table.right_child[state * LETTERS + query[place + length]]
            if state < 0:
                break
            length += 1
    return groups


@njit(cache=True, nogil=True)
def _hopes(table, query, groups):
    """The best that can still come, by profile, for the query from each place on."""
    size, lanes = len(query), len(table.prior)
    hope = np.full((size + 1) * lanes, IMPOSSIBLE, dtype=np.float32)
    hope[size * lanes :] = 0.0
    for place in range(size - 1, -1, -1):
        here = place * lanes
        row = table.added[query[place]]
        if row >= 0:
            for lane in range(0, lanes, LANES):
                after = here + lanes + lane
                relax(hope, here + lane, hope, after, table.weights, row * lanes + lane)
        for length in range(1, min(table.reach, size - place) + 1):
            group = groups[place, length]
            if group < 0:
                continue
            after = (place + length) * lanes
            for use in range(table.inverse_start[group], table.inverse_start[group + 1]):
                row = table.inverse_row[use] * lanes
                for lane in range(0, lanes, LANES):
                    relax(hope, here + lane, hope, after + lane, table.weights, row + lane)
    return hope


@njit(cache=True, nogil=True)
def _gain(weights, hope, place, to, row, lanes):
    best = IMPOSSIBLE
    for lane in range(0, lanes, LANES):
        here, there = place * lanes + lane, to * lanes + lane
        best = max(best, best_gain(weights, row * lanes + lane, hope, there, hope, here))
    return best


@njit(cache=True, nogil=True)
def _sum_up(counts):
    """Turn counts, each one place on, into where each list begins; returns a copy to fill by."""
    for key in range(1, len(counts)):
        counts[key] += counts[key - 1]
    return counts.copy()


@njit(cache=True, nogil=True)
def _list_uses(table, groups, size, hope, start):
    """The uses of each left group at each place, best first, and where each list begins."""
    places, lanes = size + 1, len(table.prior)
    for place in range(places):
        for length in range(min(table.reach, size - place) + 1):
            group = groups[place, length]
            if group >= 0:
                for use in range(table.inverse_start[group], table.inverse_start[group + 1]):
                    start[table.inverse_left[use] * places + place + 1] += 1
    filled = _sum_up(start)
    uses = start[-1]
    to, row = np.empty(uses, dtype=np.int32), np.empty(uses, dtype=np.int32)
    gain = np.empty(uses, dtype=np.float32)
    for place in range(places):
        for length in range(min(table.reach, size - place) + 1):
            group = groups[place, length]
            if group < 0:
                continue
            for use in range(table.inverse_start[group], table.inverse_start[group + 1]):
                own = table.inverse_row[use]
                value = _gain(table.weights, hope, place, place + length, own, lanes)
                key = table.inverse_left[use] * places + place
                slot = filled[key]
                filled[key] += 1
                while slot > start[key] and gain[slot - 1] < value:
                    to[slot], row[slot], gain[slot] = to[slot - 1], row[slot - 1], gain[slot - 1]
                    slot -= 1
                to[slot], row[slot], gain[slot] = place + length, own, value
    return to, row, gain


@njit(cache=True, nogil=True)
def _state_gains(table, places, middle, start, to, gain):
    """The best gains by left state and place of its group and the longer ones.

    Returns two columns, for uses that end up to the middle and behind it, and the (state, place)
    that have any.
    """
    best = np.full((len(table.left_parent) * places, 2), IMPOSSIBLE, dtype=np.float32)
    cells = np.empty((len(best), 2), dtype=np.int32)
    known = 0
    for group in range(len(table.left_state)):
        for place in range(places):
            key = group * places + place
            for use in range(start[key], start[key + 1]):
                behind = 1 if to[use] > middle else 0
                state = np.int64(table.left_state[group])
                while state > 0:
                    cell = state * places + place
                    if best[cell, behind] >= gain[use]:
                        break
                    if max(best[cell, 0], best[cell, 1]) == IMPOSSIBLE:
                        cells[known] = (state, place)
                        known += 1
                    best[cell, behind] = gain[use]
                    state = np.int64(table.left_parent[state])
    return best, cells[:known]


@njit(cache=True, nogil=True)
def _list_letters(table, places, best, cells):
    """The letters that may follow each left state at each place, best first."""
    begin = np.zeros((table.left_rank.max() + 1) * places * 2 + 1, dtype=np.int32)
    for at in range(len(cells)):
        state, place = cells[at]
        key = (table.left_rank[table.left_parent[state]] * places + place) * 2
        for behind in range(2):
            if best[state * places + place, behind] > IMPOSSIBLE:
                begin[key + behind + 1] += 1
    filled = _sum_up(begin)
    keep = np.empty(begin[-1], dtype=np.float32)
    letters = np.empty(begin[-1], dtype=np.int64)
    for at in range(len(cells)):
        state, place = cells[at]
        own = np.int64(1) << np.int64(table.left_letter[state])
        key = (table.left_rank[table.left_parent[state]] * places + place) * 2
        for behind in range(2):
            value = best[state * places + place, behind]
            if value == IMPOSSIBLE:
                continue
            slot = filled[key + behind]
            filled[key + behind] += 1
            while slot > begin[key + behind] and keep[slot - 1] < value:
                keep[slot], letters[slot] = keep[slot - 1], letters[slot - 1]
                slot -= 1
            keep[slot], letters[slot] = value, own
    for key in range(len(begin) - 1):
        for slot in range(begin[key] + 1, begin[key + 1]):
            letters[slot] |= letters[slot - 1]
    return begin, keep, letters


@njit(cache=True, nogil=True)
def plan_query(table, query, middle):
    """Lay ``query`` out for a walk that may spend half of what it may lose up to ``middle``."""
    size, lanes = len(query), len(table.prior)
    places = size + 1
    groups = _right_groups(table, query)
    hope = _hopes(table, query, groups)
    start = np.zeros(len(table.left_state) * places + 1, dtype=np.int32)
    to, row, gain = _list_uses(table, groups, size, hope, start)
    best, cells = _state_gains(table, places, middle, start, to, gain)
    lists = _list_letters(table, places, best, cells)
    spread = np.empty((middle + 1) * lanes, dtype=np.float32)
    for at in range(len(spread)):
        lane = at % lanes
        spread[at] = hope[at] - (table.prior[lane] + hope[lane]) / 2
    added_row = np.empty(size, dtype=np.int32)
    added_gain = np.full(size, IMPOSSIBLE, dtype=np.float32)
    for place in range(size):
        own = table.added[query[place]]
        added_row[place] = own
        if own >= 0:
            added_gain[place] = _gain(table.weights, hope, place, place + 1, own, lanes)
    return Plan(size, middle, hope, spread, start, to, row, gain, *lists, added_row, added_gain)
