"""Leave out of a chunk table the rows that never win: their parts in a row say as much or more.

An alignment is the best of all divisions, so a row "ов -> ov" that weighs no more under any profile
than "о -> o" and "в -> v" together changes no score; it only costs time. What is left out here
changes no bits of any pair of names, not even in the last digit that matters.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sexton.names.letters import START

Floats = NDArray[np.float64]
Pair = tuple[str, str]

# Weights (bits) that differ by less are the same number, reached by sums in another order.
_SAME = 1e-9


class _Compositions:
    """The best way to write one group as another, from rows that are shorter than the whole."""

    def __init__(self, weights: Mapping[Pair, Floats], profiles: int) -> None:
        self._weights = weights
        self._impossible = np.full(profiles, -np.inf)
        self._best: dict[Pair, Floats] = {("", ""): np.zeros(profiles)}
        self._left = max((len(left) for left, _ in weights), default=0)
        self._right = max((len(right) for _, right in weights), default=0)

    def best(self, left: str, right: str) -> Floats:
        """Weights of the best division into rows, by profile; minus infinity where none is."""
        found = self._best.get((left, right))
        if found is None:
            found = self.of_parts(left, right)
            row = self._weights.get((left, right))
            if row is not None:
                found = np.maximum(found, row)
            self._best[left, right] = found
        return found

    def of_parts(self, left: str, right: str) -> Floats:
        """:meth:`best` of two rows or more."""
        found = self._impossible
        for size in range(min(self._left, len(left)) + 1):
            first, rest = left[:size], left[size:]
            for length in range(min(self._right, len(right)) + 1):
                row = self._weights.get((first, right[:length]))
                # Nothing is written before the start of a name, so nothing is added there.
                if row is None or (not size and rest[:1] == START):
                    continue
                if rest or length < len(right):
                    found = np.maximum(found, row + self.best(rest, right[length:]))
        return found


def without_dominated(weights: Mapping[Pair, Floats], profiles: int) -> dict[Pair, Floats]:
    """The rows whose weight (bits) exceeds that of their parts under some profile.

    ``weights[left, right]`` has one column per profile. Exact: every score stays as it is.
    """
    compositions = _Compositions(weights, profiles)
    return {
        (left, right): row
        for (left, right), row in weights.items()
        if len(left) + len(right) == 1
        or bool((row > compositions.of_parts(left, right) + _SAME).any())
    }
