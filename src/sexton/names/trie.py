"""Distinct spelt words of one alphabet as two tries, forwards and backwards, in flat arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.nodes import MOST_NODES, build_trie

Letters = NDArray[np.uint8]
Ints = NDArray[np.int64]
Nodes = NDArray[np.uint32]


_BLOCK = 65_536


class Trie(NamedTuple):
    """Words by their numbers: their letters one after the other, and the nodes of two tries.

    ``letters[starts[n]:starts[n + 1]]`` are those of word ``n``; ``word_of`` is the number of each
    word of ``back_nodes``, whose words are sorted by their ends. About 50 bytes a word in all.
    """

    nodes: Nodes
    back_nodes: Nodes
    word_of: NDArray[np.int32]
    letters: Letters
    starts: NDArray[np.int32]


def _starts(sizes: Ints) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)


def sort_words(padded: Letters) -> NDArray[np.int32]:
    """The order of words: rows of letter numbers, filled up with 0."""
    return np.argsort(padded.view(f"S{padded.shape[1]}").ravel(), kind="stable").astype(np.int32)


def _nodes(padded: Letters, letters: Letters, starts: NDArray[np.int32]) -> Nodes:
    """The nodes of sorted words: one for each letter that the word before does not share."""
    shared = (padded[1:] != padded[:-1]).argmax(axis=1).sum()
    count = len(letters) - int(shared)
    if count > MOST_NODES:
        raise ValueError(f"too many names for one index: {count:,} nodes of {MOST_NODES:,}")
    nodes = np.zeros(count, dtype=np.uint32)
    build_trie(letters, starts, nodes)
    return nodes


def _reversed(padded: Letters, sizes: Ints) -> Letters:
    """The words read backwards."""
    width = padded.shape[1]
    backwards = np.zeros_like(padded)
    # In blocks: the places are numbers eight times as long as the letters.
    for first in range(0, len(padded), _BLOCK):
        block = slice(first, first + _BLOCK)
        places = sizes[block, None] - 1 - np.arange(width)
        turned = np.take_along_axis(padded[block], places.clip(min=0), axis=1)
        backwards[block] = np.where(places < 0, 0, turned)
    return backwards


def build(padded: Letters) -> Trie:
    """Lay out distinct sorted words: rows of letter numbers, filled up with 0.

    Raises ValueError beyond some seven million names, which need more than 2^25 nodes.
    """
    sizes = (padded > 0).sum(axis=1)
    letters, starts = padded[padded > 0], _starts(sizes)
    nodes = _nodes(padded, letters, starts)
    backwards = _reversed(padded, sizes)
    order = sort_words(backwards)
    backwards = backwards[order]
    back_nodes = _nodes(backwards, backwards[backwards > 0], _starts(sizes[order]))
    return Trie(nodes, back_nodes, order, letters, starts)
