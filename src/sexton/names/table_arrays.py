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
# A left group, a right group and their row.
_Use = tuple[str, str, int]


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
    state: Ints
    longest: int


class _Uses(NamedTuple):
    """The groups of a table as tries; for each use its left and its right group and its row."""

    left: _GroupTrie
    right: _GroupTrie
    left_group: Ints
    right_group: Ints
    row: Ints


def _group_trie(groups: Sequence[str]) -> _GroupTrie:
    """The groups as a trie; group ``n`` ends in ``state[n]``, the empty one in state 0."""
    children: dict[int, int] = {}
    parent, group, letter, ends = [-1], [-1], [0], []
    for number, text in enumerate(groups):
        state = 0
        for code in map(_NUMBER.__getitem__, text):
            place = state * LETTERS + code
            known = children.get(place)
            if known is None:
                known = children[place] = len(parent)
                parent.append(state)
                group.append(-1)
                letter.append(code)
            state = known
        group[state] = number
        ends.append(state)
    child = np.full(len(parent) * LETTERS, -1, dtype=np.int32)
    child[[*children]] = [*children.values()]
    own, before, letters, states = (
        np.array(column, dtype=np.int32) for column in (group, parent, letter, ends)
    )
    return _GroupTrie(child, own, before, letters, states, max(map(len, groups)))


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
        return self._arrays(self._forward_uses)

    @cached_property
    def _forward_uses(self) -> _Uses:
        return _laid_out(self._uses)

    @cached_property
    def backward(self) -> TableArrays:
        """For a walk from the ends: all groups reversed."""
        reversed_uses = ((left[::-1], right[::-1], row) for left, right, row in self._uses)
        return self._arrays(_laid_out(reversed_uses))

    def _arrays(self, uses: _Uses) -> TableArrays:
        left, right, rows = uses.left, uses.right, uses.row
        weights, prior = self._lanes
        by_profile = weights.reshape(-1, len(prior))
        most = by_profile.max(axis=1)
        ends, groups = left.state[uses.left_group], uses.right_group
        order = np.lexsort((ends, -most[rows], groups))
        start = np.searchsorted(groups[order], np.arange(len(right.state) + 1))
        return TableArrays(
            left_parent=left.parent,
            left_letter=left.letter,
            right_child=right.child,
            right_group=right.group,
            use_start=start.astype(np.int32),
            use_left=ends[order],
            use_row=rows[order],
            use_most=most[rows[order]],
            most=np.maximum.reduceat(by_profile[rows[order]], start[:-1]).ravel(),
            weights=weights,
            prior=prior,
            added=self._added,
            width=left.longest,
            reach=right.longest,
        )

    @cached_property
    def pairs(self) -> PairArrays:
        """For scoring pairs; right groups are numbered as those of :attr:`forward`."""
        uses = self._forward_uses
        left, right = uses.left, uses.right
        wanted = np.full(len(self._weights), -1, dtype=np.int64)
        wanted[uses.row] = uses.left_group.astype(np.int64) * len(right.state) + uses.right_group
        room = 1 << (2 * len(wanted)).bit_length()
        keys, rows_of = np.full(room, -1, dtype=np.int64), np.full(room, -1, dtype=np.int64)
        fill_slots(wanted, keys, rows_of)
        return PairArrays(
            left_child=left.child,
            left_group=left.group,
            right_child=right.child,
            right_group=right.group,
            right_groups=len(right.state),
            keys=keys,
            rows=rows_of,
            weights=np.ascontiguousarray(self._weights),
            prior=self._prior,
            added=self._added,
            width=left.longest,
            reach=right.longest,
        )


def _laid_out(uses: Iterable[_Use]) -> _Uses:
    lefts, rights, rows = zip(*uses, strict=True)
    (left, left_group), (right, right_group) = _grouped(lefts), _grouped(rights)
    return _Uses(left, right, left_group, right_group, np.array(rows, dtype=np.int32))


def _grouped(texts: Sequence[str]) -> tuple[_GroupTrie, Ints]:
    """The distinct texts as a trie, and of each text the number of its group."""
    groups = sorted(set(texts))
    numbers = {text: number for number, text in enumerate(groups)}
    return _group_trie(groups), np.array([numbers[text] for text in texts], dtype=np.int32)
