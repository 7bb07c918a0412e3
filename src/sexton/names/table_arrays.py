"""Chunk tables laid out for the compiled kernels, and names as arrays of letter numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.lanes import LANES
from sexton.names.letters import CYRILLIC, END, LATIN, START
from sexton.names.pair_scores import PairArrays, fill_slots
from sexton.names.query_plan import IMPOSSIBLE, LETTERS, TableArrays

_NUMBER = {letter: n for n, letter in enumerate(START + END + CYRILLIC, 1)}
_NUMBER |= {letter: n for n, letter in enumerate(LATIN, 3)}
_TO_CODES = {ord(letter): n for letter, n in _NUMBER.items()}
_FROM_CODES = {
    alphabet: dict(enumerate(START + END + letters, 1))
    for alphabet, letters in (("cyrillic", CYRILLIC), ("latin", LATIN))
}

Ints = NDArray[np.int32]
Letters = NDArray[np.uint8]


def encode(letters: str) -> Letters:
    """The numbers of spelt letters; a copy, since kernels take arrays that may be written."""
    return np.frombuffer(letters.translate(_TO_CODES).encode("latin-1"), dtype=np.uint8).copy()


def decode(codes: Letters, alphabet: str) -> str:
    """The letters of numbers: the inverse of :func:`encode` for one alphabet."""
    return codes.tobytes().decode("latin-1").translate(_FROM_CODES[alphabet])


class _GroupTrie(NamedTuple):
    child: Ints
    group: Ints
    parent: Ints
    letter: Ints
    rank: Ints
    state: Ints


def _group_trie(groups: Sequence[str]) -> _GroupTrie:
    """The groups as a trie; group ``n`` ends in ``state[n]``, the empty one in state 0."""
    child, parent, group, letter, ends = [-1] * LETTERS, [-1], [-1], [0], []
    for number, text in enumerate(groups):
        state = 0
        for code in map(_NUMBER.__getitem__, text):
            place = state * LETTERS + code
            if child[place] < 0:
                child[place] = len(parent)
                child += [-1] * LETTERS
                parent.append(state)
                group.append(-1)
                letter.append(code)
            state = child[place]
        group[state] = number
        ends.append(state)
    begun = sorted(set(parent) - {-1})
    rank = [-1] * len(parent)
    for number, state in enumerate(begun):
        rank[state] = number
    columns = (child, group, parent, letter, rank, ends)
    return _GroupTrie(*(np.array(column, dtype=np.int32) for column in columns))


class PreparedTable:
    """The arrays of one chunk table, for walks in either direction and for single pairs."""

    def __init__(
        self,
        rows: Mapping[str, Mapping[str, int]],
        weights: NDArray[np.float64],
        prior: NDArray[np.float64],
    ) -> None:
        """Lay out a :class:`~sexton.names.chunks.ChunkTable`; made part by part, when asked for."""
        self._rows, self._weights, self._prior = rows, weights, prior
        self._uses = [
            (left, right, row)
            for left, rights in rows.items()
            if left
            for right, row in rights.items()
        ]

    @cached_property
    def _added(self) -> Ints:
        added = np.full(LETTERS, -1, dtype=np.int32)
        for letter, row in self._rows.get("", {}).items():
            added[_NUMBER[letter]] = row
        return added

    @cached_property
    def _lanes(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights and prior, their profiles filled up to whole vectors."""
        profiles = len(self._prior)
        lanes = -(-profiles // LANES) * LANES
        weights = np.full((len(self._weights), lanes), IMPOSSIBLE, dtype=np.float32)
        prior = np.full(lanes, IMPOSSIBLE, dtype=np.float32)
        weights[:, :profiles], prior[:profiles] = self._weights, self._prior
        return weights.ravel(), prior

    @cached_property
    def forward(self) -> TableArrays:
        """For a walk from the beginnings of names."""
        return self._arrays(self._uses)

    @cached_property
    def backward(self) -> TableArrays:
        """For a walk from the ends: all groups reversed."""
        return self._arrays((left[::-1], right[::-1], row) for left, right, row in self._uses)

    def _arrays(self, uses: Iterable[tuple[str, str, int]]) -> TableArrays:
        uses = list(uses)
        lefts = {text: n for n, text in enumerate(sorted({left for left, _, _ in uses}))}
        rights = {text: n for n, text in enumerate(sorted({right for _, right, _ in uses}))}
        left, right = _group_trie(list(lefts)), _group_trie(list(rights))
        by_right = sorted((rights[group], lefts[other], row) for other, group, row in uses)
        inverse = np.array(by_right, dtype=np.int32)
        start = np.searchsorted(inverse[:, 0], np.arange(len(rights) + 1)).astype(np.int32)
        width, reach = max(map(len, lefts)), max(map(len, rights))
        middle = (start, inverse[:, 1].copy(), inverse[:, 2].copy())
        return TableArrays(
            *left, right.child, right.group, *middle, *self._lanes, self._added, width, reach
        )

    @cached_property
    def pairs(self) -> PairArrays:
        """For scoring one pair: the groups as :attr:`forward` numbers them."""
        table = self.forward
        right_groups = len(table.inverse_start) - 1
        rights = np.repeat(np.arange(right_groups), np.diff(table.inverse_start))
        wanted = np.full(len(self._weights), -1, dtype=np.int64)
        wanted[table.inverse_row] = table.inverse_left.astype(np.int64) * right_groups + rights
        room = 1 << (2 * len(wanted)).bit_length()
        keys, rows = np.full(room, -1, dtype=np.int64), np.full(room, -1, dtype=np.int64)
        fill_slots(wanted, keys, rows)
        return PairArrays(
            left_child=table.left_child,
            left_group=table.left_group,
            right_child=table.right_child,
            right_group=table.right_group,
            right_groups=right_groups,
            keys=keys,
            rows=rows,
            weights=np.ascontiguousarray(self._weights),
            prior=self._prior,
            added=self._added,
            width=table.width,
            reach=table.reach,
        )
