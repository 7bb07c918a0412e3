"""Distinct spelt words of one alphabet as two tries, forwards and backwards, in flat arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.kernels import build_trie

Letters = NDArray[np.uint8]
Ints = NDArray[np.int64]


_BLOCK = 65_536


class Trie(NamedTuple):
    """Words by their numbers: their letters one after the other, and the nodes of two tries.

    ``letters[starts[n]:starts[n + 1]]`` are those of word ``n``; ``word_of`` is the number of each
    word of ``back_nodes``, whose words are sorted by their ends. About 7 nodes of 8 bytes a word.
    """

    nodes: Ints
    back_nodes: Ints
    word_of: NDArray[np.int32]
    letters: Letters
    starts: Ints


def sort_words(padded: Letters) -> NDArray[np.int32]:
    """The order of words: rows of letter numbers, filled up with 0."""
    return np.argsort(padded.view(f"S{padded.shape[1]}").ravel(), kind="stable").astype(np.int32)


def _nodes(letters: Letters, starts: Ints) -> Ints:
    nodes = np.zeros(len(letters), dtype=np.int64)
    return nodes[: build_trie(letters, starts, nodes)].copy()


def _reversed_words(padded: Letters, sizes: Ints) -> tuple[Letters, Ints, NDArray[np.int32]]:
    """The words read backwards, in their order, and which word each of them is."""
    width = padded.shape[1]
    backwards = np.zeros_like(padded)
    # In blocks: the places are numbers eight times as long as the letters.
    for first in range(0, len(padded), _BLOCK):
        block = slice(first, first + _BLOCK)
        places = sizes[block, None] - 1 - np.arange(width)
        turned = np.take_along_axis(padded[block], places.clip(min=0), axis=1)
        backwards[block] = np.where(places < 0, 0, turned)
    order = sort_words(backwards)
    sorted_words = backwards[order]
    starts = np.concatenate(([0], np.cumsum(sizes[order])))
    return sorted_words[sorted_words > 0], starts, order


def build(padded: Letters) -> Trie:
    """Lay out distinct sorted words: rows of letter numbers, filled up with 0."""
    sizes = (padded > 0).sum(axis=1)
    letters, starts = padded[padded > 0], np.concatenate(([0], np.cumsum(sizes)))
    back_letters, back_starts, order = _reversed_words(padded, sizes)
    return Trie(_nodes(letters, starts), _nodes(back_letters, back_starts), order, letters, starts)
