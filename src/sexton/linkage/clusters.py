"""Grouping records to clusters: groups are compared field by field, as if each were one man.

A man may have several graves, camps and numbers; of such fields the best agreement between two
groups counts. Of a surname, which clerks spell in many ways, the mean of the odds counts. Of all
others – given names, birth, death – the mean of the weights over the pairs that speak of them
counts, so that a contradiction is not outvoted by a single agreement. That two rows stand in one
source counts in full. Two groups become one while this weight and the prior give odds of at least
``MERGE_BITS``; the best two first.

Those who died together share day and place: where neither name nor birth nor number agrees, two
records stay two men, whatever else does. Nor are groups joined of which two records contradict each
other in what a man has once.

Only groups that a likely pair connects are looked at, so the work grows with the pairs, not with
the square of the records. What pairs connect to more than ``MOST_IN_PART`` records is cut where the
links are weakest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import exp2, log2

import numpy as np

from sexton.disjoint import DisjointSets
from sexton.linkage.marginals import connect
from sexton.linkage.posterior import Edge

MERGE_BITS = 1.0
"""Records are joined at odds of 2 : 1 or better: a false merge hides a man, a missed one shows him
twice."""

MANY_VALUED = frozenset(("burial_place", "death_place", "camp", "prisoner_number", "rank", "unit"))

MANY_SPELLINGS = frozenset(("surname",))
"""Of these the mean of the odds counts: whoever wrote the one spelling had one of the others before
him, and a form in another alphabet that it is unlike does not speak against that."""

IDENTIFYING = frozenset(("surname", "given", "patronymic", "birth_date", "prisoner_number"))
UNIDENTIFIED_BITS = -20.0

FACTS = frozenset(("surname", "given", "patronymic", "birth_date", "death_date", "sex"))
"""What a man has once."""
AGAINST_BITS = -3.0
CONTRADICTIONS = 3
"""Two records of which so many facts speak against one man (each with ``AGAINST_BITS`` or more) are
in no cluster together: another surname, another given name and another birth, say."""

MOST_IN_PART = 100

FieldBits = Mapping[str, float]
"""Match weight of a pair by field, in bits."""


def connected(pairs: Iterable[Edge]) -> list[list[int]]:
    """The records that pairs connect, part by part, each part in order."""
    edges = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    nodes, ends = np.unique(edges, return_inverse=True)
    ends = ends.reshape(-1, 2)
    # Both sides of a pair are records of one list: each stands beside itself.
    both = np.arange(len(nodes))
    left, right = np.append(both, ends[:, 0]), np.append(both, ends[:, 1])
    label = connect(left, right, len(nodes), len(nodes))[: len(nodes)]
    parts: dict[int, list[int]] = {}
    for node, part in zip(nodes.tolist(), label.tolist(), strict=True):
        parts.setdefault(part, []).append(node)
    return list(parts.values())


def parts_of(likely: Mapping[Edge, float], most: int = MOST_IN_PART) -> list[list[int]]:
    """The records that likely pairs (with their bits) connect, part by part, in order.

    A part holds ``most`` records at the most: the strongest links are taken first.
    """
    sets = DisjointSets(most)
    for edge in sorted(likely, key=lambda edge: (-round(likely[edge], 6), edge)):
        sets.join(*edge)
    parts: dict[int, list[int]] = defaultdict(list)
    for record in sorted(sets.parent):
        parts[sets.find(record)].append(record)
    return [parts[first] for first in sorted(parts)]


def weakest_link(pairs: Iterable[tuple[float, Edge]]) -> Edge | None:
    """The pair that holds a cluster together and is the weakest of those that do: without it, the
    cluster falls into two. ``pairs`` are all of the cluster, with their bits; None for no pairs."""
    sets, weakest = DisjointSets(), None
    for _, edge in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if sets.join(*edge):
            weakest = edge
    return weakest


def group_weight(pairs: Sequence[FieldBits]) -> float:
    """The weight for two groups being one man, from the pairs between them, in bits; minus infinity
    where two records contradict each other."""
    if any(map(contradicts, pairs)):
        return -np.inf
    values: dict[str, list[float]] = defaultdict(list)
    for fields in pairs:
        for name, bits in fields.items():
            values[name].append(bits)
    combined = {name: _combined(name, found) for name, found in values.items()}
    identified = any(combined.get(name, 0.0) > 0 for name in IDENTIFYING)
    return sum(combined.values()) if identified else UNIDENTIFIED_BITS


def contradicts(fields: FieldBits) -> bool:
    """Whether the facts of two records cannot both be one man's."""
    return len(contradicting(fields)) >= CONTRADICTIONS


def contradicting(fields: FieldBits) -> list[str]:
    """The facts of two records that speak against one man."""
    return [name for name, bits in fields.items() if name in FACTS and bits <= AGAINST_BITS]


def _combined(name: str, found: list[float]) -> float:
    if name in MANY_VALUED:
        return max(found)
    if name in MANY_SPELLINGS:
        return log2(sum([exp2(bits) for bits in found]) / len(found))
    return min(found) if name == "source" else sum(found) / len(found)


class Agglomeration:
    """Joins the records of one part, the likeliest groups first."""

    def __init__(
        self,
        part: Iterable[int],
        likely: Iterable[Edge],
        fields_of: Callable[[Edge], FieldBits],
        prior: float,
    ) -> None:
        """``likely`` are the pairs of the ``part`` (smaller record first) that may be joined first;
        ``fields_of`` weighs any pair of it; ``prior`` is in bits."""
        self.groups = {record: [record] for record in part}
        self._beside: dict[int, set[int]] = {record: set() for record in self.groups}
        self._fields_of, self._prior = fields_of, prior
        self._scores: dict[Edge, float] = {}
        for a, b in likely:
            self._beside[a].add(b)
            self._beside[b].add(a)
            self._scores[a, b] = self._score(a, b)
        self._heap = [_entry(edge, bits) for edge, bits in self._scores.items()]
        heapify(self._heap)

    def _score(self, a: int, b: int) -> float:
        pairs = [
            self._fields_of((min(x, y), max(x, y))) for x in self.groups[a] for y in self.groups[b]
        ]
        # Sums of the same bits in another order differ by far less.
        return round(group_weight(pairs) + self._prior, 6)

    def run(self) -> list[list[int]]:
        """The groups that remain when no two are likely enough to be one man."""
        while self._heap:
            minus, edge = heappop(self._heap)
            if -minus < MERGE_BITS:
                break
            # What was joined or weighed anew since stands further down with its new weight.
            if self._scores.get(edge) == -minus:
                self._join(*edge)
        return [sorted(group) for group in self.groups.values()]

    def _join(self, a: int, b: int) -> None:
        self.groups[a] += self.groups.pop(b)
        for other in self._beside.pop(b):
            self._scores.pop((min(b, other), max(b, other)), None)
            self._beside[other].discard(b)
            if other != a:
                self._beside[a].add(other)
                self._beside[other].add(a)
        for other in self._beside[a]:
            edge = min(a, other), max(a, other)
            self._scores[edge] = self._score(*edge)
            heappush(self._heap, _entry(edge, self._scores[edge]))


def _entry(edge: Edge, bits: float) -> tuple[float, Edge]:
    return -bits, edge
