"""The compiled walks of the name search: from both ends of a query through two tries.

A word that may lose B bits against what a query hopes for loses at most half of B either before or
behind the middle of the query. So a walk through the trie of the words may spend B/2 up to the
middle and the rest behind it, another through the trie of the reversed words likewise from the end;
together they see far fewer nodes than one walk that may spend all at once (forward and backward
dictionaries: Mihov and Schulz 2004). What a path has lost is told by admissible bounds. The two
bounds differ a little where a group of letters crosses the middle, so that a word near the end of
the look-out may be missed: the benchmark states the recall against exhaustive search.

No function holds a lock or keeps anything: threads may search one index at once.
"""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def, call-arg"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sexton.names.lanes import LANES, best_sum, clear, relax
from sexton.names.nodes import DEEPEST, EDGES, LAST_AT, LETTER_AT, PLACE
from sexton.names.query_plan import IMPOSSIBLE, LETTERS, Plan, plan_query

# Plain numbers would have the walk compiled once more, for those very numbers.
_ONE, _NOWHERE = np.int64(1), np.int64(-1)
# How far (bits) a search looks under the best conceivable score at first, and then each time.
_FIRST_LOOK = 6.0
_NEXT_LOOK = 6.0
# A word found is scored again by all that comes within so many bits of it.
_MARGIN = 14.0
# Words are told apart by half bits down to this many below the best.
_HALF_BITS = 400


class Walker(NamedTuple):
    """The rows of the programme along the path walked, one per depth; empty ones have no span.

    ``reach[(depth * places + place) * lanes]`` and on: the best score by profile. ``whole`` is the
    best that can come of a cell, ``bound`` the same or, up to the middle, what is left when twice
    its loss is taken off. ``low`` to ``high`` are the places alive, ``states`` the left groups that
    end at each depth, by size, ``letters`` the letters that may follow, a bit each.
    """

    reach: NDArray[np.float32]
    bound: NDArray[np.float32]
    whole: NDArray[np.float32]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    states: NDArray[np.int64]
    letters: NDArray[np.int64]


@njit(cache=True, nogil=True, inline="always")
def _best(a, i, b, j, lanes):
    best = IMPOSSIBLE
    for lane in range(0, lanes, LANES):
        best = max(best, best_sum(a, i + lane, b, j + lane))
    return best


@njit(cache=True, nogil=True)
def new_walker(table, plan):
    """Rows for one query, the first of them filled."""
    lanes, places = len(table.prior), plan.size + 1
    reach = np.empty(DEEPEST * places * lanes, dtype=np.float32)
    bound, whole = np.empty(DEEPEST * places, np.float32), np.empty(DEEPEST * places, np.float32)
    low, high = np.zeros(DEEPEST, dtype=np.int64), np.full(DEEPEST, -1, dtype=np.int64)
    states = np.zeros(DEEPEST * (table.width + 1), dtype=np.int64)
    letters = np.zeros(DEEPEST, dtype=np.int64)
    reach[:lanes] = table.prior
    bound[0] = whole[0] = _best(table.prior, 0, plan.hope, 0, lanes)
    high[0] = 0
    letters[0] = -1
    return Walker(reach, bound, whole, low, high, states, letters)


@njit(cache=True, nogil=True, inline="always")
def _open(reach, lanes, row, first, last, to):
    """Stretch the span of a row to the place ``to``, its new cells empty; returns the span."""
    begin, end = (to, to) if first > last else (min(first, to), max(last, to))
    for place in range(begin, end + 1):
        if place < first or place > last:
            for lane in range(0, lanes, LANES):
                clear(reach, (row + place) * lanes + lane, IMPOSSIBLE)
    return begin, end


@njit(cache=True, nogil=True, inline="always")
def _relax(reach, target, source, weights, row, lanes):
    for lane in range(0, lanes, LANES):
        relax(reach, target + lane, reach, source + lane, weights, row * lanes + lane)


@njit(cache=True, nogil=True, inline="always")
def _use_group(
    reach, bound, whole, weights, start, to, rows, gain, middle, lanes,
    uses, source, target, low, high, least, first, last,
):  # fmt: skip
    """Extend a row by one left group into another row; returns the span of that one."""
    for place in range(low, high + 1):
        left, most = bound[source + place], whole[source + place]
        if left < least:
            continue
        for use in range(start[uses + place], start[uses + place + 1]):
            if most + gain[use] < least:
                break
            after = to[use]
            if after <= middle and left + np.float32(2.0) * gain[use] < least:
                continue
            if after < first or after > last:
                first, last = _open(reach, lanes, target, first, last, after)
            here, there = (source + place) * lanes, (target + after) * lanes
            _relax(reach, there, here, weights, rows[use], lanes)
    return first, last


@njit(cache=True, nogil=True, inline="always")
def _close_row(
    reach, bound, whole, weights, hope, spread, added_row, added_gain, middle, size, lanes,
    row, least, first, last,
):  # fmt: skip
    """Let letters be added and find what is alive; returns the span of it."""
    low, high = size + 1, -1
    place = first
    while place <= last:
        here = (row + place) * lanes
        most = _best(reach, here, hope, place * lanes, lanes)
        left = most
        if place <= middle:
            left = np.float32(2.0) * _best(reach, here, spread, place * lanes, lanes)
        whole[row + place], bound[row + place] = most, left
        if left >= least:
            low, high = min(low, place), place
            if place < size and most + added_gain[place] >= least:
                if place == last:
                    first, last = _open(reach, lanes, row, first, last, place + 1)
                _relax(reach, here + lanes, here, weights, added_row[place], lanes)
        place += 1
    return low, high


@njit(cache=True, nogil=True, inline="always")
def _down_to(keep, masks, begin, end, least):
    """The letters of a list whose gains reach ``least``."""
    at = begin
    while at < end and keep[at] >= least:
        at += 1
    return masks[at - 1] if at > begin else np.int64(0)


@njit(cache=True, nogil=True, inline="always")
def _may_follow(bound, whole, following, keep, masks, middle, lists, row, low, high, least):
    """The letters that may follow one left state of a row, a bit each."""
    letters = np.int64(0)
    for place in range(low, high + 1):
        left = bound[row + place]
        if left < least:
            continue
        key = (lists + place) * 2
        spare = least - whole[row + place]
        letters |= _down_to(keep, masks, following[key + 1], following[key + 2], spare)
        if place <= middle:
            spare = (least - left) * np.float32(0.5)
        letters |= _down_to(keep, masks, following[key], following[key + 1], spare)
    return letters


@njit(cache=True, nogil=True, inline="always")
def _advance(
    reach, bound, whole, low, high, states, letters,
    child, group, rank, weights, width, lanes,
    hope, spread, start, to, rows, gain, following, keep, masks,
    added_row, added_gain, middle, size,
    depth, own, least,
):  # fmt: skip
    """Fill the row of a node whose letter is ``own``, and find what may follow it."""
    places = size + 1
    row, first, last = depth * places, places, -1
    for length in range(1, min(width, depth) + 1):
        before = depth - length
        state = np.int64(-1)
        if high[before] >= 0:
            state = states[(depth - 1) * (width + 1) + length - 1]
            if state >= 0:
                state = np.int64(child[state * LETTERS + own])
        states[depth * (width + 1) + length] = state
        if state < 0 or group[state] < 0:
            continue
        uses = group[state] * places
        if start[uses + low[before]] < start[uses + high[before] + 1]:
            first, last = _use_group(
                reach, bound, whole, weights, start, to, rows, gain, middle, lanes,
                uses, before * places, row, low[before], high[before], least,
                first, last,
            )  # fmt: skip
    low[depth], high[depth] = _close_row(
        reach, bound, whole, weights, hope, spread, added_row, added_gain, middle, size, lanes,
        row, least, first, last,
    )  # fmt: skip
    follow = np.int64(0)
    for length in range(min(width - 1, depth) + 1):
        before = depth - length
        state = states[depth * (width + 1) + length]
        if state >= 0 and high[before] >= 0 and rank[state] >= 0:
            follow |= _may_follow(
                bound, whole, following, keep, masks, middle,
                rank[state] * places, before * places, low[before], high[before], least,
            )  # fmt: skip
    letters[depth] = follow


@njit(cache=True, nogil=True)
def _total(reach, end, lanes):
    """log2 of the sum over profiles."""
    most = np.float64(IMPOSSIBLE)
    for lane in range(lanes):
        most = max(most, np.float64(reach[end + lane]))
    total = 0.0
    for lane in range(lanes):
        total += 2.0 ** (np.float64(reach[end + lane]) - most)
    return most + np.log2(total)


@njit(cache=True, nogil=True)
def _most(bits, found):
    most = np.float64(IMPOSSIBLE)
    for at in range(found):
        most = max(most, bits[at])
    return most


@njit(cache=True, nogil=True)
def _cut(wanted, bits, found):
    """A number of bits, to the half, that the ``wanted`` best of ``found`` words reach.

    Of fewer words all reach it. Not by ``np.partition``, which takes six seconds to compile.
    """
    most = _most(bits, found)
    reached = np.zeros(_HALF_BITS, dtype=np.int64)
    for at in range(found):
        reached[min(int(2.0 * (most - bits[at])), _HALF_BITS - 1)] += 1
    enough, half = 0, 0
    while half < _HALF_BITS - 1 and enough + reached[half] < min(wanted, found):
        enough += reached[half]
        half += 1
    if half == _HALF_BITS - 1:
        return np.float64(IMPOSSIBLE)
    return most - 0.5 * (half + 1)


@njit(cache=True, nogil=True)
def _walk(nodes, table, plan, walker, least, wanted, hits, bits):
    """Find words whose best profile reaches ``least`` bits, at least the ``wanted`` best of them.

    Stops when ``hits`` is full. Returns how many were found and how many nodes were seen.
    """
    # Taken out of their tuples once: inside the loop each would be counted as a new reference.
    reach, bound, whole, low, high, states, letters = walker
    child_of, group, rank = table.left_child, table.left_group, table.left_rank
    weights = table.weights
    width, lanes = table.width, len(table.prior)
    size, middle, hope, spread, start, to, rows, gain = plan[:8]
    following, keep, masks, added_row, added_gain = plan[8:]
    least = np.float32(least)
    found, seen, enough = 0, 0, wanted
    # The sibling to look at next at each depth, -1 where there is none.
    following_sibling = np.empty(DEEPEST, dtype=np.int64)
    following_sibling[1] = 0
    depth = 1
    while depth and found < len(hits):
        node = following_sibling[depth]
        if node < 0:
            depth -= 1
            continue
        packed = np.int64(nodes[node])
        own = (packed >> LETTER_AT) & (LETTERS - 1)
        following_sibling[depth] = -1 if packed >> LAST_AT else node + 1
        if not (letters[depth - 1] >> own) & 1:
            continue
        seen += 1
        _advance(
            reach, bound, whole, low, high, states, letters,
            child_of, group, rank, weights, width, lanes,
            hope, spread, start, to, rows, gain, following, keep, masks,
            added_row, added_gain, middle, size,
            depth, own, least,
        )  # fmt: skip
        if own > EDGES or depth == 1:
            if letters[depth]:
                depth += 1
                following_sibling[depth] = packed & PLACE
        elif high[depth] == size:
            hits[found] = packed & PLACE
            bits[found] = _total(reach, (depth * (size + 1) + size) * lanes, lanes)
            found += 1
            if found == enough:
                # Enough words are known: only better ones are looked for from here on.
                least = max(least, np.float32(_cut(wanted, bits, found) - 1.0))
                enough = 2 * found
    return found, seen


@njit(cache=True, nogil=True)
def _score(word, table, plan, walker, least, chain, hit, bits):
    """Bits of one word (its letters) by all that comes within the margin of ``least``."""
    for at in range(len(word)):
        chain[at] = np.int64(word[at]) << LETTER_AT | 1 << LAST_AT | (at + 1)
    _walk(chain, table, plan, walker, least - _MARGIN, _ONE, hit, bits)
    return bits[0]


@njit(cache=True, nogil=True)
def _distinct(hits, bits, found):
    """Drop words found twice, in place; returns how many are left."""
    order = np.argsort(hits[:found])
    words, best = hits[order], bits[order]
    kept = 0
    for at in range(found):
        if kept and hits[kept - 1] == words[at]:
            bits[kept - 1] = max(bits[kept - 1], best[at])
        else:
            hits[kept], bits[kept] = words[at], best[at]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def _look(forward, backward, least, wanted, hits, bits):
    """One look of both walks; returns how many words and nodes, and whether all fitted."""
    nodes, table, plan, walker = forward
    found, seen = _walk(nodes, table, plan, walker, least, wanted, hits, bits)
    if found >= wanted:
        least = max(least, _cut(wanted, bits, found) - 1.0)
    nodes, word_of, table, plan, walker = backward
    more, also = _walk(nodes, table, plan, walker, least, wanted, hits[found:], bits[found:])
    for at in range(found, found + more):
        hits[at] = word_of[hits[at]]
    full = found + more == len(hits)
    return _distinct(hits, bits, found + more), seen + also, full


@njit(cache=True, nogil=True)
def search_words(words, table, back_table, query, wanted, lowest, beam, hits, bits):
    """Find the ``wanted`` best words for one query, looking deeper step by step.

    The look-out starts under the best conceivable score and sinks until a word is found; from there
    it goes ``beam`` bits under that word, unless enough are known, and never under ``lowest``.
    ``words`` are the arrays of a :class:`sexton.names.trie.Trie`. Fills ``hits`` (words) and
    ``bits``, unsorted; returns their number and how many nodes were seen.
    """
    nodes, back_nodes, word_of, letters, starts = words
    middle = (len(query) - 1) // 2
    plan = plan_query(table, query, middle)
    back_plan = plan_query(back_table, query[::-1].copy(), len(query) - middle)
    walker = new_walker(table, plan)
    forward = (nodes, table, plan, walker)
    backward = (back_nodes, word_of, back_table, back_plan, new_walker(back_table, back_plan))
    least = walker.whole[0] - _FIRST_LOOK
    found, seen = 0, 0
    while True:
        floor = max(least, lowest)
        found, more, full = _look(forward, backward, floor, wanted, hits, bits)
        seen += more
        best = _most(bits, found)
        if floor > least or full or least <= best - beam:
            break
        if found >= wanted and _cut(wanted, bits, found) >= least + 1.0:
            break
        # A word is known: look as far below it as wanted. None yet: look a little lower.
        least = best - beam if found else least - _NEXT_LOOK
    cut = _cut(wanted, bits, found)
    whole = Plan(plan.size, _NOWHERE, *plan[2:])  # type: ignore[arg-type]
    chain, hit, score = np.empty(DEEPEST, np.uint32), np.empty(1, np.int64), np.empty(1)
    kept = 0
    for at in range(found):
        if bits[at] >= cut:
            word = letters[starts[hits[at]] : starts[hits[at] + 1]]
            hits[kept] = hits[at]
            bits[kept] = _score(word, table, whole, walker, bits[at], chain, hit, score)
            kept += 1
    return kept, seen
