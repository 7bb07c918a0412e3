"""The bits of the name pairs of two lists, found once by the vocabulary join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np

from sexton.evidence.spellings import MODEL, Kind
from sexton.linkage.screening.forms import Queries
from sexton.linkage.screening.join import UNLIKE_BITS, Joined
from sexton.linkage.vocabularies import KINDS, Vocabularies
from sexton.names import fold

_fold = lru_cache(maxsize=1_000_000)(fold)


class JoinedSpellings:
    """Bits from the vocabulary join, for names that took part in it; from the model for others."""

    def __init__(
        self,
        queries: Queries,
        joined: dict[Kind, Joined],
        vocabularies: Vocabularies,
        numbers: Mapping[Kind, Iterable[int]],
    ) -> None:
        """``numbers`` are those of the right names that will be asked for."""
        self._queries = queries.names
        self._joined = joined
        self._right = {
            kind: {vocabularies.of(kind).names[n]: n for n in numbers[kind]} for kind in KINDS
        }
        self._known: dict[tuple[Kind, str, str], float] = {}

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for ``left`` and ``right`` being one name of ``kind``, in either order."""
        key = (kind, left, right)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._found(kind, _fold(left), _fold(right))
        return known

    def _found(self, kind: Kind, left: str, right: str) -> float:
        for query, name in ((left, right), (right, left)):
            q, n = self._queries[kind].get(query), self._right[kind].get(name)
            if q is not None and n is not None:
                return self._of_pair(self._joined[kind], q, n)
        return MODEL.bits(kind, left, right)

    @staticmethod
    def _of_pair(joined: Joined, query: int, name: int) -> float:
        run = slice(joined.starts[query], joined.starts[query + 1])
        found = np.flatnonzero(joined.names[run] == name)
        return float(joined.bits[run][found[0]]) if len(found) else UNLIKE_BITS
