"""The distinct spellings of one alphabet among many names, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names import trie
from sexton.names.letters import ALPHABETS, Alphabet, spell_once
from sexton.names.table_arrays import decode, encode
from sexton.names.trie import Trie

_BLOCK = 65_536

Ints = NDArray[np.int32]


class Vocabulary(NamedTuple):
    """Words of one alphabet; names spelt as word ``n`` are ``positions[first[n]:first[n + 1]]``."""

    alphabet: Alphabet
    trie: Trie
    positions: Ints
    first: Ints

    @property
    def words(self) -> int:
        """How many distinct words there are."""
        return len(self.first) - 1

    def word(self, number: int) -> str:
        """The spelt letters of a word, with its edges."""
        starts = self.trie.starts
        return decode(self.trie.letters[starts[number] : starts[number + 1]], self.alphabet)

    def names_of(self, words: NDArray[np.int64]) -> tuple[Ints, NDArray[np.int64]]:
        """How many names are spelt as each word, and their positions, one word after the other."""
        begin = self.first[words]
        bearers: Ints = self.first[words + 1] - begin
        behind = np.cumsum(bearers)
        places = np.arange(behind[-1] if len(words) else 0) + np.repeat(
            begin - behind + bearers, bearers
        )
        return bearers, self.positions[places].astype(np.int64)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All arrays by name, for keeping."""
        return {**self.trie._asdict(), "positions": self.positions, "first": self.first}

    @staticmethod
    def array_names() -> tuple[str, ...]:
        """The names of :meth:`arrays`."""
        return (*Trie._fields, "positions", "first")

    @classmethod
    def from_arrays(
        cls, alphabet: Alphabet, arrays: Mapping[str, NDArray[np.generic]]
    ) -> Vocabulary:
        """The inverse of :meth:`arrays`. Raises KeyError when one is missing."""
        parts = Trie(*(arrays[field] for field in Trie._fields))  # type: ignore[arg-type]
        return cls(alphabet, parts, arrays["positions"], arrays["first"])  # type: ignore[arg-type]


class _Spelt(NamedTuple):
    """Some names of one alphabet: their letters one after the other, their sizes, their places."""

    letters: NDArray[np.uint8]
    sizes: NDArray[np.uint8]
    positions: Ints


def _spell_block(numbered: Iterable[tuple[int, str]]) -> dict[Alphabet, _Spelt]:
    letters: dict[Alphabet, list[str]] = {alphabet: [] for alphabet in ALPHABETS}
    positions: dict[Alphabet, list[int]] = {alphabet: [] for alphabet in ALPHABETS}
    for position, name in numbered:
        spelling = spell_once(name)
        if spelling.letters:
            letters[spelling.alphabet].append(spelling.letters)
            positions[spelling.alphabet].append(position)
    return {
        alphabet: _Spelt(
            encode("".join(letters[alphabet])),
            np.array([len(word) for word in letters[alphabet]], dtype=np.uint8),
            np.array(positions[alphabet], dtype=np.int32),
        )
        for alphabet in ALPHABETS
    }


def _blocks(names: Iterable[str]) -> Iterator[dict[Alphabet, _Spelt]]:
    numbered = enumerate(names)
    while block := list(islice(numbered, _BLOCK)):
        yield _spell_block(block)


def _vocabulary(alphabet: Alphabet, spelt: list[_Spelt]) -> Vocabulary:
    sizes = np.concatenate([part.sizes for part in spelt])
    padded = np.zeros((len(sizes), int(sizes.max())), dtype=np.uint8)
    padded[np.arange(padded.shape[1]) < sizes[:, None]] = np.concatenate(
        [part.letters for part in spelt]
    )
    order = trie.sort_words(padded)
    padded = padded[order]
    is_new = np.ones(len(padded), dtype=np.bool_)
    is_new[1:] = (padded[1:] != padded[:-1]).any(axis=1)
    first = np.append(np.flatnonzero(is_new), len(padded)).astype(np.int32)
    positions = np.concatenate([part.positions for part in spelt])[order]
    return Vocabulary(alphabet, trie.build(padded[is_new]), positions, first)


def build_vocabularies(names: Iterable[str]) -> list[Vocabulary]:
    """One vocabulary for each alphabet that there are names of; names without letters fall away.

    ``names`` is gone through once, so that it need not be a list: about 80 bytes a name are kept,
    three times as much while the tries are laid out.
    """
    spelt: dict[Alphabet, list[_Spelt]] = {alphabet: [] for alphabet in ALPHABETS}
    for block in _blocks(names):
        for alphabet, part in block.items():
            if len(part.sizes):
                spelt[alphabet].append(part)
    return [_vocabulary(alphabet, parts) for alphabet, parts in spelt.items() if parts]
