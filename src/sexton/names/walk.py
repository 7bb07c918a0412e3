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
    fetch_ahead,
    float_at,
    int_at,
    long_at,
    put_float,
    put_int,
    put_long,
    put_sum,
    relax,
)
from sexton.names.nodes import DEEPEST, EDGES, LAST_AT, LETTER_AT, PLACE
from sexton.names.pair_scores import total_bits
from sexton.names.query_plan import (
    AFTER,
    GAIN,
    IMPOSSIBLE,
    LETTERS,
    OF_USE,
    STEP_BITS,
    STEP_MASK,
    STEPS,
    TO,
)

# What the record of a cell has behind its losses, and how much longer than them it is.
_MOST, _LEFT, _HERE, _BESIDE = 0, 1, 2, 8
# What is known of a depth of the path, and how many numbers that is.
_SIBLING, _BEGUN, _ITEMS_END, _CELLS_END, _FOLLOW, _OF_DEPTH = 0, 1, 2, 3, 4, 8
# Words are told apart by half bits down to this many below the best.
_HALF_BITS = 400
_NODE = (1 << 32) - 1


class Walker(NamedTuple):
    """The cells and items of the path walked, those of each depth after those of the one before.

    A *cell* is a place that the letters so far may come to, told by where its record begins among
    ``cells``: its losses by profile, and behind them, at ``_MOST``, ``_LEFT`` and ``_HERE``, the
    best that can come of it, the same when (up to the middle) its loss counts twice, and the place
    (an integer in four bytes). An *item* is a pair of numbers: a row of the automaton and the cell
    from which its group began. ``cell_of[place]`` is the last cell at a place. Of each depth,
    ``path`` has the sibling to look at next (-1 if none), where its items begin, where those and
    the cells of its node end, and the letters that may follow, a bit each. ``scores`` has room for
    those of a word.
    """

    cells: NDArray[np.float32]
    items: NDArray[np.int32]
    cell_of: NDArray[np.int32]
    path: NDArray[np.int64]
    scores: NDArray[np.float32]


@njit(cache=True, nogil=True)
def new_walker(size, lanes, width):
    """Room for the longest path beside a query of ``size`` letters."""
    cells = DEEPEST * (size + 1)
    return Walker(
        np.empty(cells * (lanes + _BESIDE), np.float32),
        np.empty(2 * cells * (width + 1) + 2, np.int32),
        np.zeros(size + 1, np.int32),
        np.empty((DEEPEST + 1) * _OF_DEPTH, np.int64),
        np.empty(lanes, np.float32),
    )


@njit(cache=True, nogil=True, inline="always")
def _best_sum(a, i, b, lanes):
    best = best_sum(a, i, b, 0)
    for lane in range(LANES, lanes, LANES):
        best = max(best, best_sum(a, i + lane, b, lane))
    return best


@njit(cache=True, nogil=True, inline="always")
def _best_twice_sum(a, i, b, lanes):
    best = best_twice_sum(a, i, b, 0)
    for lane in range(LANES, lanes, LANES):
        best = max(best, best_twice_sum(a, i + lane, b, lane))
    return best


@njit(cache=True, nogil=True, inline="always")
def _cell_at(cells, cell_of, at, first, end, lanes):
    """The cell of a row at a place, or -1; what ``cell_of`` tells may be of another row."""
    cell = int_at(cell_of, at)
    known = first <= cell < end and int_at(cells, cell + lanes + _HERE) == at
    return cell if known else np.int64(-1)


@njit(cache=True, nogil=True, inline="always")
def _extend(cells, cell_of, source, at, losses, lost, first, end, lanes):
    """Bring a cell to a place of the row from ``first`` to ``end``; returns the end of it.

    What that loses stands from ``losses[lost]`` on. The first eight profiles, which most tables
    have no more than, are gone through without a loop.
    """
    cell = _cell_at(cells, cell_of, at, first, end, lanes)
    if cell >= 0:
        relax(cells, cell, cells, source, losses, lost)
        for lane in range(LANES, lanes, LANES):
            relax(cells, cell + lane, cells, source + lane, losses, lost + lane)
        return end
    put_int(cell_of, at, end)
    put_int(cells, end + lanes + _HERE, at)
    put_sum(cells, end, cells, source, losses, lost)
    for lane in range(LANES, lanes, LANES):
        put_sum(cells, end + lane, cells, source + lane, losses, lost + lane)
    return end + lanes + _BESIDE


@njit(cache=True, nogil=True, inline="always")
def _use_step(
    cells, cell_of, uses, loss, use, source, most, left,
    first, end, low, high, middle, lanes, least,
):  # fmt: skip
    """Extend a cell by the uses of a step into the row from ``first`` on.

    Returns its end, and its first and last place.
    """
    while use >= 0:
        gain = float_at(uses, use * OF_USE + GAIN)
        if most + gain < least:
            break
        at = int_at(uses, use * OF_USE + TO)
        if (at > middle) | (left + np.float32(2.0) * gain >= least):
            end = _extend(cells, cell_of, source, at, loss, use * lanes, first, end, lanes)
            low, high = min(low, at), max(high, at)
        use = int_at(uses, use * OF_USE + AFTER) - 1
    return end, low, high


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
def _list_item(items, end, row, cell, letters):
    """Add an item that letters may follow; returns the end of the items.

    It is written in any case, so that there is no branch, which would go either way.
    """
    put_int(items, 2 * end, row)
    put_int(items, 2 * end + 1, cell)
    return end + np.int64(letters != 0)


@njit(cache=True, nogil=True, inline="always")
def _step_on(
    cells, items, cell_of, step, uses, loss, follow,
    from_item, to_item, first, own, size, middle, lanes, least,
):  # fmt: skip
    """Take the items of the node before on by the letter ``own``.

    Returns the ends of the cells and of the items, the letters that may follow the latter, and the
    first and the last place of the cells.
    """
    end, items_end, letters = first, to_item, np.int64(0)
    low, high = size + 1, np.int64(-1)
    for item in range(from_item, to_item):
        way = int_at(step, int_at(items, 2 * item) * LETTERS + own)
        if not way:
            continue
        source = int_at(items, 2 * item + 1)
        left = float_at(cells, source + lanes + _LEFT)
        if left < least:
            continue
        most = float_at(cells, source + lanes + _MOST)
        end, low, high = _use_step(
            cells, cell_of, uses, loss, (way & STEP_MASK) - 1, source, most, left,
            first, end, low, high, middle, lanes, least,
        )  # fmt: skip
        row = ((way >> STEP_BITS) & STEP_MASK) - 1
        if row >= 0:
            at = int_at(cells, source + lanes + _HERE)
            more = _may_follow(follow, row, most, left, at, middle, least)
            items_end = _list_item(items, items_end, row, source, more)
            letters |= more
    return end, items_end, letters, low, high


@njit(cache=True, nogil=True, inline="always")
def _close(
    cells, items, cell_of, follow, top, added, added_gain,
    first, end, items_end, letters, low, high, size, middle, lanes, least,
):  # fmt: skip
    """Tell what may come of the cells of a row, and let letters be added.

    Returns the ends of the cells and of the items, and the letters that may follow.
    """
    at = low - 1
    while at < high:
        at += 1
        cell = _cell_at(cells, cell_of, at, first, end, lanes)
        if cell < 0:
            continue
        most = _best_sum(cells, cell, top, lanes)
        left = most
        if at <= middle:
            left = _best_twice_sum(cells, cell, top, lanes)
        put_float(cells, cell + lanes + _MOST, most)
        put_float(cells, cell + lanes + _LEFT, left)
        if left < least or at == size:
            continue
        if most + float_at(added_gain, at) >= least:
            end = _extend(cells, cell_of, cell, at + 1, added, at * lanes, first, end, lanes)
            high = max(high, at + 1)
        more = _may_follow(follow, at, most, left, at, middle, least)
        items_end = _list_item(items, items_end, at, cell, more)
        letters |= more
    return end, items_end, letters


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
def _begin(walker, top, lanes):
    """One cell and one item at the beginning of the query; the first node is to be looked at."""
    cells, path = walker.cells, walker.path
    cells[:lanes] = 0.0
    cells[lanes + _MOST] = cells[lanes + _LEFT] = top.max()
    put_int(address(cells), lanes + _HERE, 0)
    walker.items[:2] = 0
    path[_FOLLOW], path[_ITEMS_END], path[_CELLS_END] = -1, 1, lanes + _BESIDE
    path[_OF_DEPTH + _SIBLING] = path[_OF_DEPTH + _BEGUN] = 0


@njit(cache=True, nogil=True)
def walk(nodes, layout, plan, walker, middle, least, wanted, hits, bits):
    """Find words whose best profile reaches ``least`` bits, at least the ``wanted`` best of them.

    Stops when ``hits`` is full. Returns how many were found and how many nodes were seen.
    """
    size, lanes = np.int64(layout.size), len(layout.top)
    _begin(walker, layout.top, lanes)
    cells, items, cell_of = address(walker.cells), address(walker.items), address(walker.cell_of)
    path, scores, nodes_at = address(walker.path), address(walker.scores), address(nodes)
    step, uses, loss = address(plan.step), address(plan.uses), address(plan.loss)
    follow, top = address(plan.follow), address(layout.top)
    added, added_gain = address(layout.added), address(layout.added_gain)
    least, found, seen, enough = np.float32(least), 0, 0, wanted
    # Where in ``path`` the depth is told, and the one before; the first node stands for itself.
    depth, above = np.int64(_OF_DEPTH), np.int64(0)
    while depth and found < len(hits):
        node = long_at(path, depth + _SIBLING)
        if node < 0:
            depth, above = above, above - _OF_DEPTH
            continue
        packed, node = _next_sibling(nodes_at, node, long_at(path, above + _FOLLOW))
        put_long(path, depth + _SIBLING, node)
        if packed < 0:
            continue
        own = (packed >> LETTER_AT) & (LETTERS - 1)
        inner = own > EDGES or not above
        if inner:
            fetch_ahead(nodes_at, packed & PLACE)
        seen += 1
        first, items_end = long_at(path, above + _CELLS_END), long_at(path, above + _ITEMS_END)
        end, more_items, may_follow, low, high = _step_on(
            cells, items, cell_of, step, uses, loss, follow,
            long_at(path, depth + _BEGUN), items_end, first, own, size, middle, lanes, least,
        )  # fmt: skip
        end, more_items, may_follow = _close(
            cells, items, cell_of, follow, top, added, added_gain,
            first, end, more_items, may_follow, low, high, size, middle, lanes, least,
        )  # fmt: skip
        if inner:
            if may_follow:
                put_long(path, depth + _FOLLOW, may_follow)
                put_long(path, depth + _ITEMS_END, more_items)
                put_long(path, depth + _CELLS_END, end)
                depth, above = depth + _OF_DEPTH, depth
                put_long(path, depth + _BEGUN, items_end)
                put_long(path, depth + _SIBLING, packed & PLACE)
            continue
        cell = _cell_at(cells, cell_of, size, first, end, lanes)
        if cell >= 0 and float_at(cells, cell + lanes + _LEFT) >= least:
            for lane in range(0, lanes, LANES):
                put_sum(scores, lane, cells, cell + lane, top, lane)
            hits[found], bits[found] = packed & PLACE, total_bits(scores, lanes)
            found += 1
            if found == enough:
                # Enough words are known: only better ones are looked for from here on.
                least = max(least, np.float32(cut_bits(wanted, bits, found) - 1.0))
                enough = found + wanted // 4 + 1
    return found, seen
