"""Grouping records to clusters: groups are compared field by field, as if each were one man.

A man may have several graves, camps and numbers; of such fields the best agreement between two
groups counts. Of all others – names, birth, death – the mean over the pairs that speak of them
counts, so that a contradiction is not outvoted by a single agreement. That two rows stand in one
source counts in full. Two groups become one while this weight and the prior give odds of at least
``MERGE_BITS``; the best two first.

Those who died together share day and place: where neither name nor birth nor number agrees, two
records stay two men, whatever else does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sexton.linkage.marginals import connect
from sexton.linkage.posterior import Edge

MERGE_BITS = 1.0
"""Records are joined at odds of 2 : 1 or better: a false merge hides a man, a missed one shows him
twice."""

MANY_VALUED = frozenset(("burial_place", "death_place", "camp", "prisoner_number", "rank", "unit"))

IDENTIFYING = frozenset(("surname", "given", "patronymic", "birth_date", "prisoner_number"))
UNIDENTIFIED_BITS = -20.0

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


def group_weight(pairs: Sequence[FieldBits]) -> float:
    """The weight for two groups being one man, from the pairs between them, in bits."""
    values: dict[str, list[float]] = defaultdict(list)
    for fields in pairs:
        for name, bits in fields.items():
            values[name].append(bits)
    combined = {name: _combined(name, found) for name, found in values.items()}
    identified = any(combined.get(name, 0.0) > 0 for name in IDENTIFYING)
    return sum(combined.values()) if identified else UNIDENTIFIED_BITS


def _combined(name: str, found: list[float]) -> float:
    if name in MANY_VALUED:
        return max(found)
    return min(found) if name == "source" else sum(found) / len(found)


@dataclass(slots=True)
class Agglomeration:
    """Joins the records of one part, the likeliest groups first."""

    part: Sequence[int]
    fields_of: Callable[[Edge], FieldBits]
    prior: float
    groups: dict[int, list[int]] = field(init=False)
    scores: dict[Edge, float] = field(init=False)

    def __post_init__(self) -> None:
        self.groups = {record: [record] for record in self.part}
        pairs = ((a, b) for i, a in enumerate(self.part) for b in self.part[i + 1 :])
        self.scores = {pair: self._score(*pair) for pair in pairs}

    def _score(self, a: int, b: int) -> float:
        pairs = [
            self.fields_of((min(x, y), max(x, y))) for x in self.groups[a] for y in self.groups[b]
        ]
        return group_weight(pairs) + self.prior

    def run(self) -> list[list[int]]:
        """The groups that remain when no two are likely enough to be one man."""
        while self.scores:
            a, b = max(self.scores, key=lambda pair: (self.scores[pair], -pair[0], -pair[1]))
            if self.scores[a, b] < MERGE_BITS:
                break
            self._join(a, b)
        return list(self.groups.values())

    def _join(self, a: int, b: int) -> None:
        self.groups[a] += self.groups.pop(b)
        self.scores = {pair: bits for pair, bits in self.scores.items() if b not in pair}
        for other in self.groups:
            if other != a:
                self.scores[min(a, other), max(a, other)] = self._score(a, other)
