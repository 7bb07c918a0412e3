"""The bits of the name pairs of two lists, found once by the vocabulary join."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence.spellings import MODEL, Kind
from sexton.linkage.coding import CodedList
from sexton.linkage.screening.join import UNLIKE_BITS, Joined
from sexton.linkage.screening.screen import Screened
from sexton.linkage.vocabularies import KINDS
from sexton.names import fold
from sexton.names.index_files import texts_at

Ints = NDArray[np.int64]


class JoinedSpellings:
    """Bits from the vocabulary join, for names that took part in it; from the model for others."""

    def __init__(self, passes: Sequence[Screened], archive: Sequence[CodedList]) -> None:
        """For the names of the persons that were found in the lists of the ``archive``, by one pass
        or several, the deepest first."""
        self._passes = [_Pass.of(screened, archive) for screened in passes]
        self._known: dict[tuple[Kind, str, str], float] = {}

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for ``left`` and ``right`` being one name of ``kind``, in either order."""
        key = (kind, left, right)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._found(kind, left, right)
        return known

    def _found(self, kind: Kind, left: str, right: str) -> float:
        one, other = fold(left), fold(right)
        most = math.inf
        for searched in self._passes:
            found = searched.bits(kind, one, other)
            if found is None:
                continue
            if found > -math.inf:
                return found
            if searched.deep:
                return UNLIKE_BITS
            most = 0.0
        return min(MODEL.bits(kind, one, other), most)


class _Pass(NamedTuple):
    """The names asked for in one pass, and the joins with each list.

    ``deep``: names that it did not join are unlike. Those that a quick pass did not join may be
    one, but so much less likely than others that their likeness does not speak for it.
    """

    queries: dict[Kind, dict[str, int]]
    lists: list[_Join]
    deep: bool

    @classmethod
    def of(cls, screened: Screened, archive: Sequence[CodedList]) -> _Pass:
        """What a pass told of the names of the persons that it found."""
        lists = [
            _Join.of(*each) for each in zip(screened.joined, screened.numbers, archive, strict=True)
        ]
        return cls(screened.queries.names, lists, screened.deep)

    def bits(self, kind: Kind, one: str, other: str) -> float | None:
        """What the joins say; minus infinity for names that were not joined though they took part,
        None where one of them did not."""
        queries, best = self.queries[kind], None
        # Of a list with itself both names are asked for: beside one of them the man's own
        # spellings stand among the others more often than beside the other.
        for asked, name in ((one, other), (other, one)):
            query = queries.get(asked)
            if query is None:
                continue
            for part in self.lists:
                number = part.numbers[kind].get(name)
                if number is not None:
                    bits = part.bits(kind, query, number)
                    best = bits if best is None or bits > best else best
        return best


class _Join(NamedTuple):
    """The joins with one list, where each query begins in them, and the numbers of its names;
    ``runs`` keeps the names of the queries that were asked for, as numbers of Python."""

    joined: dict[Kind, Joined]
    starts: dict[Kind, list[int]]
    numbers: dict[Kind, dict[str, int]]
    runs: dict[Kind, dict[int, list[int]]]

    @classmethod
    def of(
        cls, joined: dict[Kind, Joined], numbers: Mapping[Kind, Ints], coded: CodedList
    ) -> _Join:
        """The joins with the names ``numbers`` of the list ``coded``."""
        names = {kind: coded.vocabularies.of(kind).names for kind in KINDS}
        return cls(
            joined,
            {kind: joined[kind].starts.tolist() for kind in KINDS},
            {
                kind: dict(zip(texts_at(names[kind], found), found.tolist(), strict=True))
                for kind, found in numbers.items()
            },
            {kind: {} for kind in KINDS},
        )

    def bits(self, kind: Kind, query: int, name: int) -> float:
        """Minus infinity for a name that was not joined with the query."""
        first, runs = self.starts[kind][query], self.runs[kind]
        run = runs.get(query)
        if run is None:
            end = self.starts[kind][query + 1]
            run = runs[query] = self.joined[kind].names[first:end].tolist()
        # Mostly a few dozen names, and the same query is asked of every candidate of a record:
        # looking at them so is sooner done than asking an array three times.
        return self.joined[kind].bits.item(first + run.index(name)) if name in run else -math.inf
