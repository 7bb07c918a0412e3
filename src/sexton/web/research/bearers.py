"""Who bears what: lists of persons by number, kept end to end in one array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Bearers:
    """For each of many things the places of the persons who bear it, ascending, each once."""

    starts: NDArray[np.int64]
    persons: Ints

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]], size: int) -> Bearers:
        """From (thing, person) in any order, of ``size`` things."""
        both = np.fromiter((number for pair in pairs for number in pair), np.int64).reshape(-1, 2)
        return cls.of_arrays(both[:, 0], both[:, 1], size)

    @classmethod
    def of_arrays(cls, things: NDArray[np.int64], persons: NDArray[np.int64], size: int) -> Bearers:
        if len(things):
            order = np.lexsort((persons, things))
            things, persons = things[order], persons[order]
            fresh = np.ones(len(things), np.bool_)
            fresh[1:] = (things[1:] != things[:-1]) | (persons[1:] != persons[:-1])
            things, persons = things[fresh], persons[fresh]
        starts = np.searchsorted(things, np.arange(size + 1))
        return cls(starts.astype(np.int64), persons.astype(np.int32))

    def __getitem__(self, thing: int) -> Ints:
        return self.persons[self.starts[thing] : self.starts[thing + 1]]

    def count(self, thing: int) -> int:
        return int(self.starts[thing + 1] - self.starts[thing])

    def counts(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    def any_of(self, things: Sequence[int]) -> Ints:
        """Who bears one of the things, ascending."""
        if not things:
            return np.empty(0, np.int32)
        return np.unique(np.concatenate([self[thing] for thing in things]))
