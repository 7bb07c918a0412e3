"""The compiled walks of the name search: from both ends of a query through two tries.

A word that may lose B bits against what a query hopes for loses at most half of B either before or
behind the middle of the query. So a walk through the trie of the words may spend B/2 up to the
middle and the rest behind it, another through the trie of the reversed words likewise from the end;
together they see far fewer nodes than one walk that may spend all at once (forward and backward
dictionaries: Mihov and Schulz 2004). What a path has lost is told by admissible bounds. The two
bounds differ a little where a group of letters crosses the middle, and a letter lost in the very
middle counts for either half, so that a word in the lower half of the look-out may be missed: the
benchmark states the recall against exhaustive search.

No function holds a lock or keeps anything: threads may search one index at once.
"""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def, call-arg, var-annotated"

from __future__ import annotations

import numpy as np
from numba import njit

from sexton.names.pair_scores import score_words
from sexton.names.query_plan import lay_out, plan_query
from sexton.names.walk import cut_bits, most_bits, new_walker, walk

# How far (bits) a search looks under the best conceivable score at first, and then each time.
_FIRST_LOOK = 6.0
_NEXT_LOOK = 6.0
# The narrowest beam (bits) under a best word that is a ruined spelling itself.
_NARROWEST = 4.0
# Words found are scored again by all that comes within so many bits of the worst of them.
_MARGIN = 12.0
# Of so few words all are scored: laying a query out takes longer.
FEW = 50
# A search stops after this many words; only a query of a letter or two finds so many.
_ROOM = 20_000


@njit(cache=True, nogil=True)
def _least(bits, found):
    least = np.inf
    for at in range(found):
        least = min(least, bits[at])
    return least


@njit(cache=True, nogil=True, inline="always")
def _sort(words, bits, count, by_bits):
    """Sort in place by number, or by bits (best first) and then by number: Shell's method."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap:
        for at in range(gap, count):
            word, value = words[at], bits[at]
            slot = at
            while slot >= gap:
                other, much = words[slot - gap], bits[slot - gap]
                if by_bits and much != value:
                    if much > value:
                        break
                elif other <= word:
                    break
                words[slot], bits[slot] = other, much
                slot -= gap
            words[slot], bits[slot] = word, value
        gap //= 3


@njit(cache=True, nogil=True)
def _distinct(hits, bits, found):
    """Drop words found twice, in place; returns how many are left."""
    _sort(hits, bits, found, False)
    kept = 0
    for at in range(found):
        if kept and hits[kept - 1] == hits[at]:
            bits[kept - 1] = max(bits[kept - 1], bits[at])
        else:
            hits[kept], bits[kept] = hits[at], bits[at]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def _look(words, forward, backward, middle, least, wanted, hits, bits):
    """One look of both walks; returns how many words and nodes, and whether all fitted."""
    nodes, back_nodes, word_of = words[:3]
    table, layout, walker = forward
    plan = plan_query(table, layout, middle, layout.top.max() - least)
    found, seen = walk(nodes, layout, plan, walker, middle, least, wanted, hits, bits)
    if found >= wanted:
        least = max(least, cut_bits(wanted, bits, found) - 1.0)
    table, layout, walker = backward
    middle = layout.size - middle
    plan = plan_query(table, layout, middle, layout.top.max() - least)
    more, also = walk(
        back_nodes, layout, plan, walker, middle, least, wanted, hits[found:], bits[found:]
    )
    for at in range(found, found + more):
        hits[at] = word_of[hits[at]]
    full = found + more == len(hits)
    return _distinct(hits, bits, found + more), seen + also, full


@njit(cache=True, nogil=True, inline="always")
def _width(beam, sound, below):
    """The beam under a best word that is ``below`` the best conceivable score: as much narrower as
    that is more than ``sound``. Such a search sees most nodes, and finds the least."""
    return min(beam, max(beam + sound - below, _NARROWEST))


@njit(cache=True, nogil=True)
def _search(words, tables, layout, query, wanted, lowest, beam, sound, hits, bits):
    """Find the ``wanted`` best words for one query, looking deeper step by step.

    The look-out starts under the best conceivable score and sinks until a word is found; from there
    it goes ``beam`` bits under that word (less under one that is not ``sound``), unless enough are
    known, and never under ``lowest``.
    Fills ``hits`` (words) and ``bits``, unsorted; returns their number and how many nodes were
    seen.
    """
    table, back_table, pairs = tables
    letters, starts = words[3:]
    middle, lanes = (len(query) - 1) // 2, len(table.prior)
    forward = (table, layout, new_walker(layout.size, lanes, table.width))
    back_layout = lay_out(back_table, query[::-1].copy())
    backward = (back_table, back_layout, new_walker(layout.size, lanes, table.width))
    top = layout.top.max()
    least, found, seen = top - _FIRST_LOOK, 0, 0
    while True:
        floor = max(least, lowest)
        found, more, full = _look(words, forward, backward, middle, floor, wanted, hits, bits)
        seen += more
        best = most_bits(bits, found)
        width = _width(beam, sound, top - (best if found else least))
        if least <= lowest or full or least <= best - width:
            break
        if found >= wanted and cut_bits(wanted, bits, found) >= least + 1.0:
            break
        if found:
            least = best - width
        elif least - width <= lowest:
            # Whichever word is the best, all are wanted down to the lowest.
            least = lowest
        else:
            least -= _NEXT_LOOK
    cut, kept = cut_bits(wanted, bits, found), 0
    for at in range(found):
        if bits[at] >= cut:
            hits[kept], bits[kept] = hits[at], bits[at]
            kept += 1
    near = _least(bits, kept) - _MARGIN
    score_words(table, pairs, layout, letters, starts, hits[:kept], bits, near)
    return kept, seen


@njit(cache=True, nogil=True)
def _score_all(words, tables, layout, wanted, least, hits, bits):
    """Score every word by all that may come to ``least``; keeps some ``wanted`` best ones."""
    table, _, pairs = tables
    letters, starts = words[3:]
    score_words(table, pairs, layout, letters, starts, np.arange(len(hits)), bits, least)
    cut, kept = cut_bits(wanted, bits, len(hits)), 0
    for word in range(len(hits)):
        if bits[word] >= cut:
            hits[kept], bits[kept] = word, bits[word]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def search_words(
    words, tables, letters, starts, wanted, lowest, beam, sound, out, out_bits, counts
):
    """Find the ``wanted`` best words for each query, best first; returns how many nodes were seen.

    ``words`` are the arrays of a :class:`sexton.names.trie.Trie`, ``tables`` the forward, backward
    and pair arrays of a :class:`sexton.names.table_arrays.PreparedTable`. The letters of query
    ``n`` are ``letters[starts[n]:starts[n + 1]]``, and words under ``lowest[n]`` bits need not be
    found. Row ``n`` of ``out`` (words) and ``out_bits`` is filled, ``counts[n]`` of it.
    """
    known = len(words[4]) - 1
    every = known <= FEW or beam == np.inf
    room = known if every else min(known, _ROOM) * 2 + 1
    hits, bits, seen = np.empty(room, np.int64), np.empty(room), 0
    for number in range(len(counts)):
        query = letters[starts[number] : starts[number + 1]]
        layout = lay_out(tables[0], query)
        if every:
            found = _score_all(words, tables, layout, wanted, lowest[number], hits, bits)
        else:
            found, more = _search(
                words, tables, layout, query, wanted, lowest[number], beam, sound, hits, bits
            )
            seen += more
        _sort(hits, bits, found, True)
        counts[number] = min(found, out.shape[1])
        for at in range(counts[number]):
            out[number, at], out_bits[number, at] = hits[at], bits[at]
    return seen
