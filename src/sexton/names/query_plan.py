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
# What the record of a use has, and how many numbers that is.
GAIN, TO, AFTER, OF_USE = 0, 1, 2, 4
# A step is told in half of 32 bits each by its first use and by a row: there may be no more.
STEP_BITS = 16
STEP_MASK = (1 << STEP_BITS) - 1

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
    ``step[row * 64 + letter]`` is the *step* that a letter makes, 0 for none: its first use plus
    one (0 if none) in the lower 16 bits, above them the row of longer groups plus one, or 0. Use
    ``u`` loses by profile ``loss[u * lanes]`` and on. Its record begins at ``uses[4 * u]``: the
    best of these losses, the place that it leads to (an integer in four bytes) and the next use,
    which is no better, plus one. The letters that may follow a row at a loss below ``n + 1`` bits
    are those of ``follow[row * 32 + n]`` for uses up to the middle, and from 16 on for those that
    end behind it, a bit each.

    All that is read at every node is packed like this so that it stays in the nearest cache.
    """

    step: Ints
    uses: Floats
    loss: Floats
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
    """All uses that a path may afford, by place: place, left state, record and losses of each."""
    size, groups, longest, hope, top = layout[:5]
    use_start, use_left, use_row = table.use_start, table.use_left, table.use_row
    use_most, lanes = table.use_most, len(top)
    rises, room = _rises(table, layout, budget)
    place_of, left = np.empty(room, np.int32), np.empty(room, np.int32)
    uses, loss = np.empty(room * OF_USE, np.float32), np.empty((room + 1) * lanes, np.float32)
    hopes, weights, losses, records = (
        address(hope), address(table.weights), address(loss), address(uses),
    )  # fmt: skip
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
                value = _put_rest(
                    losses, count * lanes, weights, np.int64(use_row[use]) * lanes,
                    hopes, there * lanes, hopes, place * lanes, lanes,
                )  # fmt: skip
                if value >= -budget and (there > middle or np.float32(2.0) * value >= -budget):
                    place_of[count], left[count] = place, use_left[use]
                    put_float(records, count * OF_USE + GAIN, value)
                    put_int(records, count * OF_USE + TO, there)
                    count += 1
    return place_of[:count], left, uses, loss


@njit(cache=True, nogil=True, inline="always")
def _new_row(step, follow, rows):
    for letter in range(LETTERS):
        put_int(step, rows * LETTERS + letter, 0)
    for lost in range(2 * STEPS):
        put_long(follow, rows * 2 * STEPS + lost, 0)


@njit(cache=True, nogil=True, inline="always")
def _row_behind(step, at):
    """The row of longer groups of a step, or -1."""
    return ((int_at(step, at) >> STEP_BITS) & STEP_MASK) - 1


@njit(cache=True, nogil=True, inline="always")
def _find_step(parent, letter_of, step, follow, step_of, place, state, rows):
    """See that a left state has a step at a place; returns the count of rows."""
    while int_at(step_of, state) < 0:
        # Of the groups that it begins with, the shortest without a step.
        own, above = state, int_at(parent, state)
        while above > 0 and int_at(step_of, above) < 0:
            own, above = above, int_at(parent, above)
        row = place
        if above > 0:
            before = int_at(step_of, above)
            if _row_behind(step, before) < 0:
                put_int(step, before, int_at(step, before) | (rows + 1) << STEP_BITS)
                _new_row(step, follow, rows)
                rows += 1
            row = _row_behind(step, before)
        put_int(step_of, own, row * LETTERS + int_at(letter_of, own))
    return rows


@njit(cache=True, nogil=True, inline="always")
def _hang_on(step, uses, at, use):
    """Put a use into the list of its step, best first."""
    packed, value = int_at(step, at), float_at(uses, use * OF_USE + GAIN)
    last, other = np.int64(-1), (packed & STEP_MASK) - 1
    while other >= 0 and float_at(uses, other * OF_USE + GAIN) >= value:
        last, other = other, int_at(uses, other * OF_USE + AFTER) - 1
    put_int(uses, use * OF_USE + AFTER, other + 1)
    if last < 0:
        put_int(step, at, (packed & ~STEP_MASK) | (use + 1))
    else:
        put_int(uses, last * OF_USE + AFTER, use + 1)


@njit(cache=True, nogil=True, inline="always")
def _tell_letters(parent, letter_of, step, follow, step_of, place, state, behind, gain):
    """Note the letters that lead to a use of a left state."""
    lost = min(max(np.int64(-gain), 0), STEPS - 1)
    while state > 0:
        above, row = int_at(parent, state), place
        if above > 0:
            row = _row_behind(step, int_at(step_of, above))
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


@njit(cache=True, nogil=True, inline="always")
def _add_up(follow, first, budget):
    """Let the lists of letters from ``first`` on, as far as they are asked for, have all before."""
    for lost in range(first + 1, first + min(np.int64(budget) + 2, STEPS)):
        put_long(follow, lost, long_at(follow, lost) | long_at(follow, lost - 1))


@njit(cache=True, nogil=True)
def _build(table, layout, middle, budget, place_of, left, uses, step, follow):
    """Fill the automaton; the arrays are those of a plan."""
    size, width = layout.size, table.width
    step_of = np.full(len(table.left_parent), -1, dtype=np.int32)
    parents, letters, places, lefts = (
        address(table.left_parent), address(table.left_letter), address(place_of), address(left),
    )  # fmt: skip
    steps, follows, records, known = address(step), address(follow), address(uses), address(step_of)
    for row in range(size):
        _new_row(steps, follows, row)
    rows, first, place = size, 0, 0
    # No name is so long that there are more uses or rows than can be told.
    for use in range(min(len(place_of), STEP_MASK)):
        if rows + width > STEP_MASK:
            break
        state = int_at(lefts, use)
        if int_at(places, use) != place:
            _forget(parents, lefts, known, first, use)
            first, place = use, int_at(places, use)
        rows = _find_step(parents, letters, steps, follows, known, place, state, rows)
        _hang_on(steps, records, int_at(known, state), use)
        behind = np.int64(int_at(records, use * OF_USE + TO) > middle)
        gain = float_at(records, use * OF_USE + GAIN)
        _tell_letters(parents, letters, steps, follows, known, place, state, behind, gain)
    for row in range(rows):
        _add_up(follows, row * 2 * STEPS, 0.5 * budget)
        _add_up(follows, (row * 2 + 1) * STEPS, budget)
    # Kept until here, since only its address was used.
    return len(step_of)


@njit(cache=True, nogil=True)
def plan_query(table, layout, middle, budget):
    """The automaton of a query of which a path may lose ``budget`` bits, half up to ``middle``."""
    place_of, left, uses, loss = _list_uses(table, layout, middle, np.float32(budget))
    most = min(layout.size + len(place_of) * table.width, STEP_MASK)
    step = np.empty(most * LETTERS, dtype=np.int32)
    follow = np.empty(most * 2 * STEPS, dtype=np.int64)
    _build(table, layout, middle, budget, place_of, left, uses, step, follow)
    return Plan(step, uses, loss, follow)
