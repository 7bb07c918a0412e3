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
    columns = (child, group, parent, letter, ends)
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

    def _arrays(self, uses: Iterable[_Use]) -> TableArrays:
        lefts, rights, numbers = _columns(uses)
        left, right = _group_trie(sorted(set(lefts))), _group_trie(sorted(set(rights)))
        weights, prior = self._lanes
        by_profile = weights.reshape(-1, len(prior))
        most = by_profile.max(axis=1)
        ends, groups = _ends(left, lefts), right.group[_ends(right, rights)]
        rows = np.array(numbers, dtype=np.int32)
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
            width=max(map(len, lefts)),
            reach=max(map(len, rights)),
        )

    @cached_property
    def pairs(self) -> PairArrays:
        """For scoring pairs; right groups are numbered as those of :attr:`forward`."""
        lefts, rights, rows = _columns(self._uses)
        left, right = _group_trie(sorted(set(lefts))), _group_trie(sorted(set(rights)))
        groups = (left.group[_ends(left, lefts)], right.group[_ends(right, rights)])
        wanted = np.full(len(self._weights), -1, dtype=np.int64)
        wanted[rows] = groups[0].astype(np.int64) * len(right.state) + groups[1]
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
            width=max(map(len, lefts)),
            reach=max(map(len, rights)),
        )


def _columns(uses: Iterable[_Use]) -> tuple[list[str], list[str], list[int]]:
    lefts, rights, rows = zip(*uses, strict=True)
    return list(lefts), list(rights), list(rows)


def _ends(groups: _GroupTrie, texts: Sequence[str]) -> Ints:
    """The state in which each text ends, one of the groups or the beginning of one."""
    known = {"": 0}
    for text in texts:
        if text not in known:
            state = 0
            for code in map(_NUMBER.__getitem__, text):
                state = int(groups.child[state * LETTERS + code])
            known[text] = state
    return np.array([known[text] for text in texts], dtype=np.int32)
