"""A trie of distinct words laid out in one flat array of nodes."""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np
from numba import njit

from sexton.names.query_plan import LETTERS

# Names are cut at 64 letters; two edges and some room.
DEEPEST = 72
# A node is 32 bits: where its children begin or, where a word ends, which; above that its letter,
# and whether it is the last of its siblings, which lie side by side. Words end with an edge.
LETTER_AT, LAST_AT = 25, 31
PLACE = (1 << LETTER_AT) - 1
MOST_NODES = 1 << LETTER_AT
EDGES = 2


@njit(cache=True, nogil=True)
def build_trie(letters, starts, nodes):
    """Lay out sorted distinct words as a trie; returns its number of nodes.

    The letters of word ``n`` are ``letters[starts[n]:starts[n + 1]]``; no word is the beginning of
    another one, as each ends with an edge. Siblings lie side by side, so that looking at all of
    them costs one access to memory; blocks of siblings follow each other in preorder.
    """
    # Blocks still to be laid out: first word, word after the last, depth, node they belong to.
    waiting = np.empty((DEEPEST * LETTERS, 4), dtype=np.int64)
    waiting[0] = (0, len(starts) - 1, 0, -1)
    count, left = 0, 1
    while left:
        left -= 1
        first, end, depth, parent = waiting[left]
        if parent >= 0:
            nodes[parent] |= count
        block = count
        word = first
        while word < end:
            own = letters[starts[word] + depth]
            begin = word
            while word < end and letters[starts[word] + depth] == own:
                word += 1
            packed = np.int64(own) << LETTER_AT | np.int64(word == end) << LAST_AT
            if depth + 1 == starts[begin + 1] - starts[begin]:
                packed |= begin
            nodes[count] = packed
            count += 1
        # The first child is taken from the pile next: it is put there last.
        node = count - 1
        while node >= block:
            begin = word - 1
            own = letters[starts[begin] + depth]
            while begin > first and letters[starts[begin - 1] + depth] == own:
                begin -= 1
            if depth + 1 < starts[begin + 1] - starts[begin]:
                waiting[left] = (begin, word, depth + 1, node)
                left += 1
            word = begin
            node -= 1
    return count
