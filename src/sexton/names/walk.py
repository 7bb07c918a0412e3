"""The compiled walk of one query through one trie of words.

A path through the trie carries the losses of every way to divide its letters. One that has lost
more than the look-out allows ends there, and so does one whose next letters lead nowhere.
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
    best_sum,
    best_twice_sum,
    float_at,
    int_at,
    long_at,
    put_float,
    put_int,
    put_sum,
    relax,
)
from sexton.names.nodes import DEEPEST, EDGES, LAST_AT, LETTER_AT, PLACE
from sexton.names.pair_scores import total_bits
from sexton.names.query_plan import IMPOSSIBLE, LETTERS, STEPS

# Words are told apart by half bits down to this many below the best.
_HALF_BITS = 400
_NODE = (1 << 32) - 1


class Walker(NamedTuple):
    """The cells and items of the path walked, those of each depth after those of the one before.

    A *cell* is a place that the letters so far may come to: its losses by profile
    (``losses[cell * lanes]`` and on), the best that can come of it (``whole``) and, up to the
    middle, what is left when twice its loss is taken off (``bound``; behind it the same). An *item*
    is a row of the automaton with the cell from which its group began. ``cell_of[place]`` is the
    last cell at a place; ``letters`` are those that may follow at each depth, a bit each;
    ``scores`` has room for those of a word.
    """

    losses: NDArray[np.float32]
    whole: NDArray[np.float32]
    bound: NDArray[np.float32]
    place: NDArray[np.int32]
    item_row: NDArray[np.int32]
    item_cell: NDArray[np.int32]
    cell_of: NDArray[np.int32]
    letters: NDArray[np.int64]
    scores: NDArray[np.float32]


@njit(cache=True, nogil=True)
def new_walker(size, lanes, width):
    """Room for the longest path beside a query of ``size`` letters."""
    cells = DEEPEST * (size + 1)
    return Walker(
        np.empty(cells * lanes, np.float32),
        np.empty(cells, np.float32),
        np.empty(cells, np.float32),
        np.empty(cells, np.int32),
        np.empty(cells * (width + 1), np.int32),
        np.empty(cells * (width + 1), np.int32),
        np.zeros(size + 1, np.int32),
        np.zeros(DEEPEST, np.int64),
        np.empty(lanes, np.float32),
    )


@njit(cache=True, nogil=True, inline="always")
def _best_sum(a, i, b, lanes):
    best = IMPOSSIBLE
    for lane in range(0, lanes, LANES):
        best = max(best, best_sum(a, i + lane, b, lane))
    return best


@njit(cache=True, nogil=True, inline="always")
def _best_twice_sum(a, i, b, lanes):
    best = IMPOSSIBLE
    for lane in range(0, lanes, LANES):
        best = max(best, best_twice_sum(a, i + lane, b, lane))
    return best


@njit(cache=True, nogil=True, inline="always")
def _cell_at(place, cell_of, at, first, cells):
    """The cell of a row at a place, or -1; what ``cell_of`` tells may be of another row."""
    cell = int_at(cell_of, at)
    return cell if first <= cell < cells and int_at(place, cell) == at else np.int64(-1)


@njit(cache=True, nogil=True, inline="always")
def _extend(losses, place, cell_of, source, at, loss, use, first, cells, lanes):
    """Bring a cell to a place of the row from ``first`` to ``cells``; returns the end of it."""
    cell, here, lost = _cell_at(place, cell_of, at, first, cells), source * lanes, use * lanes
    if cell >= 0:
        for lane in range(0, lanes, LANES):
            relax(losses, cell * lanes + lane, losses, here + lane, loss, lost + lane)
        return cells
    put_int(cell_of, at, cells)
    put_int(place, cells, at)
    for lane in range(0, lanes, LANES):
        put_sum(losses, cells * lanes + lane, losses, here + lane, loss, lost + lane)
    return cells + 1


@njit(cache=True, nogil=True, inline="always")
def _use_step(
    losses, place, cell_of, to, gain, after, loss,
    use, source, most, left, first, cells, low, high, middle, lanes, least,
):  # fmt: skip
    """Extend a cell by the uses of a step into the row from ``first`` on.

    Returns its end, and its first and last place.
    """
    while use >= 0 and most + float_at(gain, use) >= least:
        at = int_at(to, use)
        if at > middle or left + np.float32(2.0) * float_at(gain, use) >= least:
            cells = _extend(losses, place, cell_of, source, at, loss, use, first, cells, lanes)
            low, high = min(low, at), max(high, at)
        use = int_at(after, use)
    return cells, low, high


@njit(cache=True, nogil=True, inline="always")
def _may_follow(follow, row, most, left, at, middle, least):
    """The letters that may follow a row begun in a cell, a bit each."""
    lists = row * 2 * STEPS
    letters = long_at(follow, lists + STEPS + min(np.int64(most - least), STEPS - 1))
    if at <= middle:
        spare = np.int64(np.float32(0.5) * (left - least))
        letters |= long_at(follow, lists + min(spare, STEPS - 1))
    return letters


@njit(cache=True, nogil=True, inline="always")
def _step_on(
    losses, whole, bound, place, item_row, item_cell, cell_of,
    step, head, onward, to, gain, after, loss, follow,
    from_item, to_item, first, own, size, middle, lanes, least,
):  # fmt: skip
    """Take the items of the node before on by the letter ``own``.

    Returns the ends of the cells and of the items, the letters that may follow the latter, and the
    first and the last place of the cells.
    """
    cells, items, letters = first, to_item, np.int64(0)
    low, high = size + 1, np.int64(-1)
    for item in range(from_item, to_item):
        way = int_at(step, int_at(item_row, item) * LETTERS + own)
        if way < 0:
            continue
        source = int_at(item_cell, item)
        most, left = float_at(whole, source), float_at(bound, source)
        if left < least:
            continue
        cells, low, high = _use_step(
            losses, place, cell_of, to, gain, after, loss,
            int_at(head, way), source, most, left, first, cells, low, high, middle, lanes, least,
        )  # fmt: skip
        row = int_at(onward, way)
        if row >= 0:
            more = _may_follow(follow, row, most, left, int_at(place, source), middle, least)
            if more:
                put_int(item_row, items, row)
                put_int(item_cell, items, source)
                items += 1
                letters |= more
    return cells, items, letters, low, high


@njit(cache=True, nogil=True, inline="always")
def _close(
    losses, whole, bound, place, item_row, item_cell, cell_of,
    follow, top, added, added_gain,
    first, cells, items, letters, low, high, size, middle, lanes, least,
):  # fmt: skip
    """Tell what may come of the cells of a row, and let letters be added.

    Returns the ends of the cells and of the items, and the letters that may follow.
    """
    at = low - 1
    while at < high:
        at += 1
        cell = _cell_at(place, cell_of, at, first, cells)
        if cell < 0:
            continue
        most = _best_sum(losses, cell * lanes, top, lanes)
        left = most
        if at <= middle:
            left = _best_twice_sum(losses, cell * lanes, top, lanes)
        put_float(whole, cell, most)
        put_float(bound, cell, left)
        if left < least or at == size:
            continue
        if most + float_at(added_gain, at) >= least:
            cells = _extend(losses, place, cell_of, cell, at + 1, added, at, first, cells, lanes)
            high = max(high, at + 1)
        more = _may_follow(follow, at, most, left, at, middle, least)
        if more:
            put_int(item_row, items, at)
            put_int(item_cell, items, cell)
            items += 1
            letters |= more
    return cells, items, letters


@njit(cache=True, nogil=True)
def most_bits(bits, found):
    most = np.float64(IMPOSSIBLE)
    for at in range(found):
        most = max(most, bits[at])
    return most


@njit(cache=True, nogil=True)
def cut_bits(wanted, bits, found):
    """A number of bits, to the half, that the ``wanted`` best of ``found`` words reach.

    Of fewer words all reach it. Not by ``np.partition``, which takes six seconds to compile.
    """
    most = most_bits(bits, found)
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


@njit(cache=True, nogil=True, inline="always")
def _next_sibling(nodes, node, letters):
    """The first of some siblings with one of the letters, and where the next one is; or -1."""
    while True:
        packed = int_at(nodes, node) & _NODE
        if (letters >> ((packed >> LETTER_AT) & (LETTERS - 1))) & 1:
            return packed, np.int64(-1) if packed >> LAST_AT else node + 1
        if packed >> LAST_AT:
            return np.int64(-1), np.int64(-1)
        node += 1


@njit(cache=True, nogil=True)
def walk(nodes, layout, plan, walker, middle, least, wanted, hits, bits):
    """Find words whose best profile reaches ``least`` bits, at least the ``wanted`` best of them.

    Stops when ``hits`` is full. Returns how many were found and how many nodes were seen.
    """
    losses, whole, bound = address(walker.losses), address(walker.whole), address(walker.bound)
    place, cell_of = address(walker.place), address(walker.cell_of)
    item_row, item_cell = address(walker.item_row), address(walker.item_cell)
    step, head, onward = address(plan.step), address(plan.head), address(plan.onward)
    to, gain, after = address(plan.to), address(plan.gain), address(plan.after)
    loss, follow, top = address(plan.loss), address(plan.follow), address(layout.top)
    added, added_gain = address(layout.added), address(layout.added_gain)
    letters, size, lanes = walker.letters, layout.size, len(layout.top)
    scores, nodes_at, least = address(walker.scores), address(nodes), np.float32(least)
    found, seen, enough = 0, 0, wanted
    walker.losses[:lanes] = 0.0
    walker.place[0] = walker.item_row[0] = walker.item_cell[0] = 0
    walker.whole[0] = walker.bound[0] = layout.top.max()
    letters[0] = -1
    # The sibling to look at next at each depth, -1 where there is none; where its items begin, and
    # where those and the cells of the depth before end.
    sibling, begun = np.empty(DEEPEST, np.int64), np.zeros(DEEPEST + 1, np.int64)
    items_end, cells_end = np.empty(DEEPEST, np.int64), np.empty(DEEPEST, np.int64)
    sibling[1], items_end[0], cells_end[0] = 0, 1, 1
    depth = 1
    while depth and found < len(hits):
        node = sibling[depth]
        if node < 0:
            depth -= 1
            continue
        packed, sibling[depth] = _next_sibling(nodes_at, node, letters[depth - 1])
        if packed < 0:
            continue
        own = (packed >> LETTER_AT) & (LETTERS - 1)
        seen += 1
        first = cells_end[depth - 1]
        cells, items, may_follow, low, high = _step_on(
            losses, whole, bound, place, item_row, item_cell, cell_of,
            step, head, onward, to, gain, after, loss, follow,
            begun[depth], items_end[depth - 1], first, own, size, middle, lanes, least,
        )  # fmt: skip
        cells, items, may_follow = _close(
            losses, whole, bound, place, item_row, item_cell, cell_of,
            follow, top, added, added_gain,
            first, cells, items, may_follow, low, high, size, middle, lanes, least,
        )  # fmt: skip
        if own > EDGES or depth == 1:
            if may_follow:
                letters[depth], items_end[depth], cells_end[depth] = may_follow, items, cells
                begun[depth + 1] = items_end[depth - 1]
                depth += 1
                sibling[depth] = packed & PLACE
            continue
        cell = _cell_at(place, cell_of, size, first, cells)
        if cell >= 0 and float_at(bound, cell) >= least:
            for lane in range(0, lanes, LANES):
                put_sum(scores, lane, losses, cell * lanes + lane, top, lane)
            hits[found], bits[found] = packed & PLACE, total_bits(scores, lanes)
            found += 1
            if found == enough:
                # Enough words are known: only better ones are looked for from here on.
                least = max(least, np.float32(cut_bits(wanted, bits, found) - 1.0))
                enough = found + wanted // 4 + 1
    return found, seen
