"""A query laid out for a search: what each group of letters may do at each of its places.

Weights are told as *losses*: what a use takes from the best that the rest of the query could still
come to, by profile (at most 0, bits). So a path needs no look ahead, and a use that loses more than
a search may spend is not laid out at all. What is left is a small automaton that reads the letters
of a word: fifty rows or so that stay in the nearest cache.

Compiled; names arrive as arrays of letter numbers, a chunk table as :class:`TableArrays`.
"""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def, call-arg, var-annotated"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.names.lanes import (
    LANES,
    address,
    best_less,
    float_at,
    int_at,
    long_at,
    put_float,
    put_int,
    put_long,
    put_rest,
    relax,
)

LETTERS = 64
IMPOSSIBLE = np.float32(-1e9)
# Letters that may follow are listed by what they lose: one list for each bit, the last for more.
STEPS = 16
# What a record of a use has behind its losses, and how much longer than them it is.
GAIN, TO, AFTER, BESIDE = 0, 1, 2, 8

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


class TableArrays(NamedTuple):
    """A chunk table for the kernels; the groups of letters of either side are states of a trie.

    Of a left state: the shorter one (``left_parent``) and its last letter.
    ``right_child[state * 64 + letter]`` is the state of the longer right group or -1,
    ``right_group[state]`` the number of the group or -1. The uses of right group ``r`` are
    ``use_left`` (the state of the left group), ``use_row`` and ``use_most`` (its best weight under
    any profile), best first, from ``use_start[r]`` on; ``most[r * lanes]`` and on is the best of
    them all by profile. Row ``w`` has its profiles, filled up to a multiple of eight, from
    ``weights[w * lanes]`` on; ``added[letter]`` is the row of a letter of the right side that was
    added, or -1. Weights are bits. ``width`` is the longest left group,
    ``reach`` the longest right group, in letters.
    """

    left_parent: Ints
    left_letter: Ints
    right_child: Ints
    right_group: Ints
    use_start: Ints
    use_left: Ints
    use_row: Ints
    use_most: Floats
    most: Floats
    weights: Floats
    prior: Floats
    added: Ints
    width: int
    reach: int


class Layout(NamedTuple):
    """A query by its places, 0 to ``size``, the number of its letters.

    ``groups[place, length]`` is the number of the right group there or -1, ``longest[place]`` the
    length of the longest. ``hope[place * lanes]`` and on: the best that can come from there, by
    profile. ``top`` is the best conceivable score by profile. A letter added at a place loses
    ``added[place * lanes]`` and on, ``added_gain[place]`` at best; ``added_row[place]`` is its row,
    or -1.
    """

    size: int
    groups: NDArray[np.int32]
    longest: Ints
    hope: Floats
    top: Floats
    added: Floats
    added_gain: Floats
    added_row: Ints


class Plan(NamedTuple):
    """The automaton of one query for a look that may lose so and so much.

    Row ``place`` stands for a place reached, further rows for groups that have begun there.
    ``step[row * 64 + letter]`` is the *step* that a letter makes, or -1: its uses begin with
    ``ways[2 * step]`` (-1 if none) and ``ways[2 * step + 1]`` is the row of longer groups, or -1. A
    use is told by where its record begins among ``uses``: its losses by profile, and behind
    them, at ``GAIN``, ``TO`` and ``AFTER``, the best of these, the place that it leads to (an
    integer in four bytes) and the next use, which is no better. So a use is read from one line of
    the cache. The letters that may follow a row at a loss below ``n + 1`` bits are those of
    ``follow[row * 32 + n]`` for uses up to the middle, and from 16 on for those that end behind it,
    a bit each.
    """

    step: Ints
    ways: Ints
    uses: Floats
    follow: NDArray[np.int64]


@njit(cache=True, nogil=True)
def _right_groups(table, query, groups, longest):
    size = len(query)
    for place in range(size + 1):
        state, length = 0, 0
        while True:
            groups[place, length] = table.right_group[state]
            longest[place] = length
            if place + length == size:
                break
            state = table.right_child[state * LETTERS + query[place + length]]
            if state < 0:
                break
            length += 1


@njit(cache=True, nogil=True, inline="always")
def _put_rest(target, t, a, i, b, j, c, k, lanes):
    best = IMPOSSIBLE
    for lane in range(0, lanes, LANES):
        best = max(best, put_rest(target, t + lane, a, i + lane, b, j + lane, c, k + lane))
    return best


@njit(cache=True, nogil=True)
def lay_out(table, query):
    """Find the groups of a query and the best that can come from each of its places."""
    size, lanes = len(query), len(table.prior)
    groups = np.full((size + 1, table.reach + 1), -1, dtype=np.int32)
    longest = np.zeros(size + 1, dtype=np.int32)
    _right_groups(table, query, groups, longest)
    hope = np.full((size + 1) * lanes, IMPOSSIBLE, dtype=np.float32)
    hope[size * lanes :] = 0.0
    added = np.full(size * lanes, IMPOSSIBLE, dtype=np.float32)
    added_gain = np.full(size, IMPOSSIBLE, dtype=np.float32)
    added_row = np.empty(size, dtype=np.int32)
    hopes, losses = address(hope), address(added)
    weights, most = address(table.weights), address(table.most)
    for place in range(size - 1, -1, -1):
        here, after = place * lanes, (place + 1) * lanes
        own = np.int64(table.added[query[place]])
        added_row[place] = own
        for lane in range(0, lanes, LANES):
            if own >= 0:
                relax(hopes, here + lane, hopes, after + lane, weights, own * lanes + lane)
            for length in range(1, longest[place] + 1):
                group = np.int64(groups[place, length])
                if group >= 0:
                    there = (place + length) * lanes + lane
                    relax(hopes, here + lane, hopes, there, most, group * lanes + lane)
        if own >= 0:
            added_gain[place] = _put_rest(
                losses, here, weights, own * lanes, hopes, after, hopes, here, lanes
            )
    top = table.prior + hope[:lanes]
    return Layout(size, groups, longest, hope, top, added, added_gain, added_row)


@njit(cache=True, nogil=True)
def _rises(table, layout, budget):
    """How much hope rises at most behind each right group, and how many uses there may be."""
    size, lanes = layout.size, len(layout.top)
    hope, groups, use_start, use_most = layout.hope, layout.groups, table.use_start, table.use_most
    rises, hopes, room = np.empty(groups.shape, dtype=np.float32), address(hope), 0
    for place in range(size):
        for length in range(layout.longest[place] + 1):
            group = np.int64(groups[place, length])
            if group < 0:
                continue
            most = IMPOSSIBLE
            for lane in range(0, lanes, LANES):
                there = (place + length) * lanes + lane
                most = max(most, best_less(hopes, there, hopes, place * lanes + lane))
            rises[place, length] = most
            use, end = np.int64(use_start[group]), np.int64(use_start[group + 1])
            while use < end and use_most[use] + most >= -budget:
                use += 1
            room += use - np.int64(use_start[group])
    return rises, room


@njit(cache=True, nogil=True)
def _list_uses(table, layout, middle, budget):
    """All uses that a path may afford, by place: the place and left state of each, and records."""
    size, groups, longest, hope, top = layout[:5]
    use_start, use_left, use_row = table.use_start, table.use_left, table.use_row
    use_most, lanes = table.use_most, len(top)
    rises, room = _rises(table, layout, budget)
    place_of, left = np.empty(room, np.int32), np.empty(room, np.int32)
    record = lanes + BESIDE
    records = np.empty((room + 1) * record, np.float32)
    hopes, weights, uses = address(hope), address(table.weights), address(records)
    count = 0
    for place in range(size):
        for length in range(longest[place] + 1):
            group = np.int64(groups[place, length])
            if group < 0:
                continue
            there, rise = place + length, rises[place, length]
            for use in range(use_start[group], use_start[group + 1]):
                if use_most[use] + rise < -budget:
                    break
                own = count * record
                value = _put_rest(
                    uses, own, weights, np.int64(use_row[use]) * lanes,
                    hopes, there * lanes, hopes, place * lanes, lanes,
                )  # fmt: skip
                if value >= -budget and (there > middle or np.float32(2.0) * value >= -budget):
                    place_of[count], left[count] = place, use_left[use]
                    put_float(uses, own + lanes + GAIN, value)
                    put_int(uses, own + lanes + TO, there)
                    count += 1
    return place_of[:count], left, records


@njit(cache=True, nogil=True, inline="always")
def _new_row(step, follow, rows):
    for letter in range(LETTERS):
        put_int(step, rows * LETTERS + letter, -1)
    for lost in range(2 * STEPS):
        put_long(follow, rows * 2 * STEPS + lost, 0)


@njit(cache=True, nogil=True, inline="always")
def _find_step(parent, letter_of, step, ways, follow, step_of, place, state, steps, rows):
    """See that a left state has a step at a place; returns the counts of steps and rows."""
    while int_at(step_of, state) < 0:
        # Of the groups that it begins with, the shortest without a step.
        own, above = state, int_at(parent, state)
        while above > 0 and int_at(step_of, above) < 0:
            own, above = above, int_at(parent, above)
        row = place
        if above > 0:
            onward = 2 * int_at(step_of, above) + 1
            if int_at(ways, onward) < 0:
                put_int(ways, onward, rows)
                _new_row(step, follow, rows)
                rows += 1
            row = int_at(ways, onward)
        put_int(step, row * LETTERS + int_at(letter_of, own), steps)
        put_int(step_of, own, steps)
        put_int(ways, 2 * steps, -1)
        put_int(ways, 2 * steps + 1, -1)
        steps += 1
    return steps, rows


@njit(cache=True, nogil=True, inline="always")
def _hang_on(ways, uses, lanes, step, use):
    """Put a use into the list of its step, best first."""
    last, other, value = np.int64(-1), int_at(ways, 2 * step), float_at(uses, use + lanes + GAIN)
    while other >= 0 and float_at(uses, other + lanes + GAIN) >= value:
        last, other = other, int_at(uses, other + lanes + AFTER)
    put_int(uses, use + lanes + AFTER, other)
    if last < 0:
        put_int(ways, 2 * step, use)
    else:
        put_int(uses, last + lanes + AFTER, use)


@njit(cache=True, nogil=True, inline="always")
def _tell_letters(parent, letter_of, ways, follow, step_of, place, state, behind, gain):
    """Note the letters that lead to a use of a left state."""
    lost = min(max(np.int64(-gain), 0), STEPS - 1)
    while state > 0:
        above, row = int_at(parent, state), place
        if above > 0:
            row = int_at(ways, 2 * int_at(step_of, above) + 1)
        cell = (row * 2 + behind) * STEPS + lost
        put_long(follow, cell, long_at(follow, cell) | np.int64(1) << int_at(letter_of, state))
        state = above


@njit(cache=True, nogil=True, inline="always")
def _forget(parent, left, step_of, first, end):
    """Take back the steps of the place before."""
    for use in range(first, end):
        state = int_at(left, use)
        while state > 0:
            put_int(step_of, state, -1)
            state = int_at(parent, state)


@njit(cache=True, nogil=True)
def _build(table, layout, middle, place_of, left, records, step, follow, way_pairs):
    """Fill the automaton; the arrays are those of a plan."""
    size, lanes = layout.size, len(layout.top)
    step_of = np.full(len(table.left_parent), -1, dtype=np.int32)
    parents, letters, places, lefts = (
        address(table.left_parent), address(table.left_letter), address(place_of), address(left),
    )  # fmt: skip
    uses, steps_at, follows = address(records), address(step), address(follow)
    ways, known = address(way_pairs), address(step_of)
    for row in range(size):
        _new_row(steps_at, follows, row)
    steps, rows, first, place = 0, size, 0, 0
    for number in range(len(place_of)):
        state, use = int_at(lefts, number), number * (lanes + BESIDE)
        if int_at(places, number) != place:
            _forget(parents, lefts, known, first, number)
            first, place = number, int_at(places, number)
        steps, rows = _find_step(
            parents, letters, steps_at, ways, follows, known, place, state, steps, rows
        )
        _hang_on(ways, uses, lanes, int_at(known, state), use)
        behind = np.int64(int_at(uses, use + lanes + TO) > middle)
        gain = float_at(uses, use + lanes + GAIN)
        _tell_letters(parents, letters, ways, follows, known, place, state, behind, gain)
    for row in range(2 * rows):
        for lost in range(row * STEPS + 1, (row + 1) * STEPS):
            put_long(follows, lost, long_at(follows, lost) | long_at(follows, lost - 1))
    # Kept until here, since only its address was used.
    return len(step_of)


@njit(cache=True, nogil=True)
def plan_query(table, layout, middle, budget):
    """The automaton of a query of which a path may lose ``budget`` bits, half up to ``middle``."""
    place_of, left, uses = _list_uses(table, layout, middle, np.float32(budget))
    most = len(place_of) * table.width
    step = np.empty((layout.size + most) * LETTERS, dtype=np.int32)
    follow = np.empty((layout.size + most) * 2 * STEPS, dtype=np.int64)
    ways = np.empty(2 * most, np.int32)
    _build(table, layout, middle, place_of, left, uses, step, follow, ways)
    return Plan(step, ways, uses, follow)
