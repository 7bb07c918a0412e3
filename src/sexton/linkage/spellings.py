"""The bits of all name pairs of two lists, found once by the vocabulary join."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sexton.evidence.spellings import MODEL, Kind
from sexton.names import fold

UNLIKE_BITS = -12.0
"""What the model says at the least: for pairs that the join, which looks at all, did not find."""

_fold = lru_cache(maxsize=1_000_000)(fold)


class JoinedSpellings:
    """Bits from the vocabulary join, for names that took part in it; from the model for others."""

    def __init__(self) -> None:
        self._bits: dict[tuple[Kind, str, str], float] = {}
        self._left: dict[Kind, set[str]] = {}
        self._right: dict[Kind, set[str]] = {}

    def joined(
        self,
        kind: Kind,
        left: Iterable[str],
        right: Iterable[str],
        found: Iterable[tuple[str, str, float]],
    ) -> None:
        """Remember what was found when ``left`` was searched among the ``right`` names."""
        self._left.setdefault(kind, set()).update(left)
        self._right.setdefault(kind, set()).update(right)
        for a, b, bits in found:
            self._bits[kind, a, b] = bits

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for ``left`` and ``right`` being one name of ``kind``, in either order."""
        a, b = _fold(left), _fold(right)
        for x, y in ((a, b), (b, a)):
            known = self._bits.get((kind, x, y))
            if known is not None:
                return known
        for x, y in ((a, b), (b, a)):
            if x in self._left.get(kind, ()) and y in self._right.get(kind, ()):
                return UNLIKE_BITS
        return MODEL.bits(kind, left, right)
