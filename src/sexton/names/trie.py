"""A vocabulary as a trie in flat arrays, and a chunk table prepared for searching it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sexton.names import kernels
from sexton.names.chunks import ChunkTable
from sexton.names.letters import CYRILLIC, END, LATIN, START

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NUMBER = {letter: n for n, letter in enumerate(START + END + CYRILLIC, 1)}
_NUMBER |= {letter: n for n, letter in enumerate(LATIN, 3)}
_BITS = 6
_LETTER = np.zeros(0x500, dtype=np.int64)
for _letter, _n in _NUMBER.items():
    _LETTER[ord(_letter)] = _n


def _code(group: str) -> int:
    code = 0
    for letter in group:
        code = code << _BITS | _NUMBER[letter]
    return code


def _lookup(codes: Ints, known: Mapping[int, int]) -> Ints:
    """Numbers of codes, -1 for those not known."""
    keys = np.array(sorted(known), dtype=np.int64)
    numbers = np.array([known[int(key)] for key in keys], dtype=np.int64)
    at = np.searchsorted(keys, codes).clip(max=len(keys) - 1)
    found: Ints = np.where(keys[at] == codes, numbers[at], -1)
    return found


@dataclass(frozen=True)
class SearchTable:
    """A chunk table by right group: what a query's groups can come from."""

    table: ChunkTable

    @cached_property
    def left_numbers(self) -> dict[str, int]:
        """The left groups in order; not the empty one."""
        return {left: n for n, left in enumerate(sorted(left for left in self.table.rows if left))}

    @cached_property
    def right_numbers(self) -> dict[str, int]:
        """The right groups in order, the empty one among them."""
        rights = {right for rights in self.table.rows.values() for right in rights}
        return {right: n for n, right in enumerate(sorted(rights))}

    @cached_property
    def inverse(self) -> tuple[Ints, NDArray[np.int32], NDArray[np.int32]]:
        """(first entry of each right group, left group, row)."""
        triples = np.array(
            sorted(
                (self.right_numbers[right], self.left_numbers[left], row)
                for left, rights in self.table.rows.items()
                if left
                for right, row in rights.items()
            ),
            dtype=np.int64,
        )
        start = np.searchsorted(triples[:, 0], np.arange(len(self.right_numbers) + 1))
        return (
            start.astype(np.int64),
            triples[:, 1].astype(np.int32),
            triples[:, 2].astype(np.int32),
        )

    def query(self, letters: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The right groups at each place of a query, and the rows of its letters as added ones."""
        m = len(letters)
        groups = np.full((m + 1, self.table.right_size + 1), -1, dtype=np.int32)
        numbers = self.right_numbers
        for j in range(m + 1):
            for length in range(min(self.table.right_size, m - j) + 1):
                groups[j, length] = numbers.get(letters[j : j + length], -1)
        added = self.table.rows.get("", {})
        rows = np.array([added.get(letter, -1) for letter in letters], dtype=np.int32)
        return groups, rows


class Trie:
    """Distinct spelt words of one alphabet, laid out for one chunk table."""

    def __init__(self, words: Sequence[str]) -> None:
        """Lay out ``words``, which must be distinct, sorted and not empty."""
        flat = np.frombuffer("".join(words).encode("utf-16-le"), dtype=np.uint16)
        self._letters = _LETTER[flat]
        self._starts = np.cumsum([0, *map(len, words)], dtype=np.int64)
        self._laid: dict[int, tuple[Any, ...]] = {}

    def arrays(self, search: SearchTable) -> tuple[Any, ...]:
        """Of every node: depth, left groups, pending rows, word, node after the subtree, parent.

        And of every word its last node.
        """
        key = id(search)
        if key not in self._laid:
            self._laid[key] = self._lay_out(search)
        return self._laid[key]

    def _lay_out(self, search: SearchTable) -> tuple[Any, ...]:
        width, room = search.table.left_size, len(self._letters)
        letters, depth = np.empty(room, dtype=np.uint8), np.empty(room, dtype=np.int16)
        codes = np.zeros((room, width), dtype=np.int64)
        word, parent, after = (np.empty(room, dtype=np.int32) for _ in range(3))
        end = np.empty(len(self._starts) - 1, dtype=np.int32)
        nodes = kernels.build_trie(
            self._letters, self._starts, width, letters, depth, codes, word, parent, after, end
        )
        groups = _lookup(
            codes[:nodes], {_code(left): n for left, n in search.left_numbers.items()}
        ).astype(np.int32)
        return (
            depth[:nodes].copy(),
            groups,
            _pending(codes[:nodes], search),
            word[:nodes].copy(),
            after[:nodes].copy(),
            parent[:nodes].copy(),
            end,
        )


def _pending(codes: Ints, search: SearchTable) -> NDArray[np.int8]:
    """How many rows back a group that is still open below each node may have begun."""
    begun = {_code(left[:size]) for left in search.left_numbers for size in range(1, len(left))}
    open_groups = _lookup(codes, dict.fromkeys(begun, 1)) > 0
    sizes = np.arange(1, codes.shape[1] + 1)
    pending: NDArray[np.int8] = (open_groups * sizes).max(axis=1).astype(np.int8)
    return pending
