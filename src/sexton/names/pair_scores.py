"""The scores of single pairs of names and of the words of a vocabulary: compiled."""

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
    best_sum,
    byte_at,
    clear,
    fetch_ahead,
    float_at,
    int_at,
    put_float,
    put_int,
    relax,
)
from sexton.names.nodes import DEEPEST
from sexton.names.query_plan import IMPOSSIBLE, LETTERS, lay_out

_IMPOSSIBLE = -1e9
_SPREAD = 40503  # Knuth's multiplier: neighbouring keys fall far apart
# Two to this power is nothing: there are profiles that cannot be, to fill a vector.
_VANISHING = -1100.0
# What the record of a use has, and how many numbers that is.
_PLACE, _END, _ROW, _NEXT, _OF_USE = 0, 1, 2, 3, 4


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
def new_rows(layout, prior):
    """Rows for words of up to ``DEEPEST`` letters beside one query, the first of them filled.

    Of row ``depth``, the cells alive lie from place ``span[2 * depth]`` to ``span[2 * depth + 1]``.
    """
    lanes, places = len(prior), layout.size + 1
    reach = np.empty(DEEPEST * places * lanes, dtype=np.float32)
    whole = np.full(DEEPEST * places, IMPOSSIBLE, dtype=np.float32)
    reach[:lanes] = prior
    whole[0] = np.inf
    return reach, whole, np.zeros(2 * DEEPEST, dtype=np.int32)


@njit(cache=True, nogil=True)
def _list_uses(table, layout):
    """All that each left group may stand for beside a query, by the state of the group.

    Returns the first use of each state, or -1, and the uses, a record of four numbers each: its
    place, where it ends, its row, and the next use of the state, at no earlier place, or -1.
    """
    groups, longest, use_start = layout.groups, layout.longest, table.use_start
    use_left, use_row = table.use_left, table.use_row
    room = 0
    for place in range(layout.size + 1):
        for length in range(longest[place] + 1):
            group = np.int64(groups[place, length])
            if group >= 0:
                room += use_start[group + 1] - use_start[group]
    first, uses = np.full(len(table.left_parent), -1, np.int32), np.empty(_OF_USE * room, np.int32)
    firsts, records, count = address(first), address(uses), np.int64(0)
    for place in range(layout.size, -1, -1):
        for length in range(longest[place] + 1):
            group = np.int64(groups[place, length])
            if group < 0:
                continue
            for use in range(use_start[group], use_start[group + 1]):
                state = np.int64(use_left[use])
                put_int(records, count * _OF_USE + _PLACE, place)
                put_int(records, count * _OF_USE + _END, place + length)
                put_int(records, count * _OF_USE + _ROW, np.int64(use_row[use]))
                put_int(records, count * _OF_USE + _NEXT, int_at(firsts, state))
                put_int(firsts, state, count)
                count += 1
    return first, uses


@njit(cache=True, nogil=True, inline="always")
def _relax(target, t, a, i, b, j, lanes):
    """All profiles; the first eight, which most tables have no more than, without a loop."""
    relax(target, t, a, i, b, j)
    for lane in range(LANES, lanes, LANES):
        relax(target, t + lane, a, i + lane, b, j + lane)


@njit(cache=True, nogil=True, inline="always")
def _use_group(
    reach, whole, weights, uses, use, low, high, before, row, lanes, least
):  # fmt: skip
    """Extend a row by one left group, of which ``use`` is the first use, into another.

    The cells of the former that are alive lie between the places ``low`` and ``high``.
    """
    while use >= 0:
        place = int_at(uses, use * _OF_USE + _PLACE)
        if place > high:
            break
        if place >= low and float_at(whole, before + place) >= least:
            there = row + int_at(uses, use * _OF_USE + _END)
            own = int_at(uses, use * _OF_USE + _ROW)
            _relax(
                reach, there * lanes, reach, (before + place) * lanes, weights, own * lanes, lanes
            )
        use = int_at(uses, use * _OF_USE + _NEXT)


@njit(cache=True, nogil=True, inline="always")
def _close_row(reach, whole, weights, hope, added, row, first, places, lanes, least):
    """Let letters be added, and note the best that can come of each cell from ``first`` on.

    Returns between which places anything reaches ``least``.
    """
    low, high = places, np.int64(-1)
    for place in range(first, places):
        here = (row + place) * lanes
        most = best_sum(reach, here, hope, place * lanes)
        for lane in range(LANES, lanes, LANES):
            most = max(most, best_sum(reach, here + lane, hope, place * lanes + lane))
        put_float(whole, row + place, most)
        if most >= least:
            low, high = min(low, place), place
            if place < places - 1 and int_at(added, place) >= 0:
                _relax(
                    reach, here + lanes, reach, here, weights, int_at(added, place) * lanes, lanes
                )
    return low, high


@njit(cache=True, nogil=True, inline="always")
def _read_on(states, child, width, depth, letter):
    """The states of the groups of 1 to ``width`` letters that end with letter ``depth``, or -1.

    That of ``length`` letters stands at ``states[depth * width + length - 1]``.
    """
    for length in range(1, min(width, depth) + 1):
        state = np.int64(0)
        if length > 1:
            state = int_at(states, (depth - 1) * width + length - 2)
        if state >= 0:
            state = int_at(child, state * LETTERS + letter)
        put_int(states, depth * width + length - 1, state)


@njit(cache=True, nogil=True, inline="always")
def _fill_row(
    reach, whole, span, weights, first_use, uses, states, hope, added,
    width, depth, places, lanes, least,
):  # fmt: skip
    """The row of the first ``depth`` letters of a word, of all that may come to ``least`` bits.

    Returns whether there is any. What lies before all that the row comes from is left as it was,
    and never read.
    """
    row, first = depth * places, places - 1
    for length in range(1, min(width, depth) + 1):
        first = min(first, int_at(span, 2 * (depth - length)))
    for cell in range((row + first) * lanes, (row + places) * lanes, LANES):
        clear(reach, cell, IMPOSSIBLE)
    for length in range(1, min(width, depth) + 1):
        state = int_at(states, depth * width + length - 1)
        if state >= 0:
            low, high = int_at(span, 2 * (depth - length)), int_at(span, 2 * (depth - length) + 1)
            _use_group(
                reach, whole, weights, uses, int_at(first_use, state), low, high,
                (depth - length) * places, row, lanes, least,
            )  # fmt: skip
    low, high = _close_row(reach, whole, weights, hope, added, row, first, places, lanes, least)
    put_int(span, 2 * depth, low)
    put_int(span, 2 * depth + 1, high)
    return high >= low


@njit(cache=True, nogil=True)
def total_bits(scores, lanes):
    """log2 of the sum over profiles, which stand at an address."""
    most = np.float64(IMPOSSIBLE)
    for lane in range(lanes):
        most = max(most, np.float64(float_at(scores, lane)))
    total = 0.0
    for lane in range(lanes):
        less = np.float64(float_at(scores, lane)) - most
        if less > _VANISHING:
            total += 2.0**less
    return most + np.log2(total)


@njit(cache=True, nogil=True)
def score_words(table, pairs, layout, letters, starts, words, bits, least):
    """The bits of words for one query by all that may come to ``least``.

    The letters of word ``n`` are ``letters[starts[n]:starts[n + 1]]``. The rows of letters that
    a word shares with the one before stand, so sorted words take less time.
    """
    reach_rows, whole_rows, spans = new_rows(layout, table.prior)
    reach, whole, span = address(reach_rows), address(whole_rows), address(spans)
    lanes, places, least = len(layout.top), layout.size + 1, np.float32(least)
    first_uses, use_records = _list_uses(table, layout)
    first_use, uses, width = address(first_uses), address(use_records), np.int64(pairs.width)
    all_states = np.empty(DEEPEST * width, np.int32)
    states, child, weights = address(all_states), address(pairs.left_child), address(table.weights)
    hope, added, text = address(layout.hope), address(layout.added_row), address(letters)
    before, known = text, 0
    for number in range(len(words)):
        start = np.int64(starts[words[number]])
        word, size = text + start, np.int64(starts[words[number] + 1]) - start
        if number + 1 < len(words):
            fetch_ahead(text + np.int64(starts[words[number + 1]]), 0)
        shared = 0
        while shared < min(known, size) and byte_at(before, shared) == byte_at(word, shared):
            shared += 1
        depth, alive = shared, shared
        while depth < size and depth - alive < width:
            depth += 1
            _read_on(states, child, width, depth, byte_at(word, depth - 1))
            if _fill_row(
                reach, whole, span, weights, first_use, uses, states, hope, added,
                width, depth, places, lanes, least,
            ):  # fmt: skip
                alive = depth
        end = (size * places + layout.size) * lanes
        # A word of which nothing reaches ``least`` any more is not gone through to its end.
        bits[number] = total_bits(reach + 4 * end, lanes) if depth == size else IMPOSSIBLE
        before, known = word, depth
    # Kept until here, since only their addresses were used.
    kept = len(reach_rows) + len(whole_rows) + len(spans) + len(all_states)
    return kept + len(first_uses) + len(use_records)


@njit(cache=True, nogil=True)
def score_lists(table, pairs, letters, starts, lists, rights, right_starts):
    """The bits of some words for each of many queries, nothing left out.

    Words and queries are given by their letters, one after the other, and where each begins; the
    words for query ``n`` are those from ``lists[n]`` to ``lists[n + 1]``.
    """
    bits = np.empty(len(starts) - 1)
    for number in range(len(lists) - 1):
        right = rights[right_starts[number] : right_starts[number + 1]]
        first, end = lists[number], lists[number + 1]
        words, layout = np.arange(first, end), lay_out(table, right)
        score_words(table, pairs, layout, letters, starts, words, bits[first:end], -np.inf)
    return bits
