"""What a reader asks a work list for, as it stands in the address: filters, words, order.

The address is a stable link: the same parameters ask for the same thing, whoever follows it, but
for "me", who is the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

MOST, LONGEST = 30, 200
TEXT, SORT = "q", "sort"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A list: its facets in their order, and the orders that it can be put into, the first one
    where none is asked for."""

    name: str
    facets: Sequence[str]
    sorts: Sequence[str]


CASES = Kind(
    "cases",
    ("outlook", "waiting", "assignee", "state", "candidates", "site", "commune", "province",
     "about", "opened"),
    ("outlook", "opened", "quiet", "site", "name", "assignee"),
)  # fmt: skip
WITHOUT = Kind(
    "without",
    ("outlook", "grave", "site", "commune", "province", "about"),
    ("outlook", "site", "name"),
)
KINDS = {kind.name: kind for kind in (CASES, WITHOUT)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Facets with their values, in the order of the list's facets; words; the order."""

    kind: Kind
    pairs: tuple[Pair, ...] = ()
    text: str = ""
    sort: str = ""

    @classmethod
    def of(cls, kind: Kind, query: QueryDict) -> Asked:
        """From the parameters of an address; what is no parameter of the list is left out.

        A value that no row has stays, and is seen and taken away like any other.
        """
        pairs = {
            (facet, value): None
            for facet in kind.facets
            for value in map(_clean, query.getlist(facet))
            if value
        }
        sort = query.get(SORT, "")
        chosen = sort if sort in kind.sorts[1:] else ""
        return cls(kind, tuple(pairs)[:MOST], _clean(query.get(TEXT, "")), chosen)

    @classmethod
    def read(cls, kind: Kind, text: str) -> Asked:
        """From an address's query as text."""
        return cls.of(kind, QueryDict(text))

    def __bool__(self) -> bool:
        return bool(self.pairs or self.text)

    @property
    def order(self) -> str:
        return self.sort or self.kind.sorts[0]

    def values(self, facet: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.pairs if name == facet)

    def turned(self, facet: str, value: str) -> Asked:
        """With the value where it was not chosen, else without it."""
        pair = (facet, value)
        if pair in self.pairs:
            return replace(self, pairs=tuple(one for one in self.pairs if one != pair))
        more = sorted((*self.pairs, pair), key=lambda one: self.kind.facets.index(one[0]))
        return replace(self, pairs=tuple(more))

    def query(self) -> str:
        """As parameters of an address."""
        told = [*self.pairs, (TEXT, self.text), (SORT, self.sort)]
        return urlencode([(name, value) for name, value in told if value])


def _clean(value: str) -> str:
    return " ".join(value.replace("\x00", "").split())[:LONGEST]
