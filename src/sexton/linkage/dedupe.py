"""Finding the records of one man within a list, and grouping them to clusters.

Clusters grow by average linkage on the log odds of the pairs: two groups become one while the mean
posterior weight over all pairs between them is at least ``MERGE_BITS``. One contradiction outweighs
one weak agreement, and a chain of weak links does not join two men.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp2

from sexton.evidence import PersonReading
from sexton.linkage.link import Scorer, weigh_pairs
from sexton.linkage.model import (
    CERTAINTY_LIMIT,
    ClusterMember,
    DedupeResult,
    LinkOptions,
    PairLink,
    Progress,
)
from sexton.linkage.posterior import Edge, components, prior_bits

ALL_PAIRS_UP_TO = 200
"""In larger groups a pair that no route found counts as ``UNSEEN_BITS``, without being weighed."""
UNSEEN_BITS = -5.0
MERGE_BITS = 1.0
"""Records are joined at odds of 2 : 1 or better: a false merge hides a man, a missed one shows him
twice."""
LIKELY_DOUBLE = 0.5
"""The prior chance that a record's man has another record in the list."""


def dedupe(
    people: Sequence[PersonReading],
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> DedupeResult:
    """Clusters of the records of one man. Records without a name stay by themselves unless other
    fields identify them; ``options.coverage`` and ``one_to_one`` play no part."""
    scorer = weigh_pairs(people, people, options or LinkOptions(), progress, within=True)
    odds = _Odds(scorer, prior_bits(LIKELY_DOUBLE, len(people)))
    likely = [edge for edge in scorer.weights if odds.bits(edge) > 0]
    clusters = _cluster(likely, odds, progress)
    links = _links(clusters, odds)
    return DedupeResult(_members(people, clusters, links, odds), links, len(scorer.weights))


@dataclass(frozen=True, slots=True)
class _Odds:
    """The odds, after evidence, that two records (positions, smaller first) are one man."""

    scorer: Scorer
    prior: float

    def bits(self, edge: Edge) -> float:
        """log2 odds."""
        return self.scorer.weight(edge) + self.prior

    def known(self, edge: Edge) -> bool:
        """Whether the pair has been weighed already."""
        return edge in self.scorer.weights

    def link(self, edge: Edge) -> PairLink:
        """The pair with its probability and its evidence in words."""
        a, b = (self.scorer.left[position].id for position in edge)
        evidence = self.scorer.evidence(edge, with_paths=True)
        return PairLink(a, b, probability(self.bits(edge)), evidence.bits, evidence.fields)


def probability(bits: float) -> float:
    """The probability that odds of ``bits`` mean, never above the limit of certainty."""
    return CERTAINTY_LIMIT / (1 + exp2(-max(-500.0, min(500.0, bits))))


def _cluster(likely: Iterable[Edge], odds: _Odds, progress: Progress | None) -> list[list[int]]:
    """Groups of positions, each of two or more, in list order."""
    graph = defaultdict(list)
    for a, b in likely:
        graph[a].append(b)
    parts = _connected(graph)
    clusters = []
    for done, part in enumerate(parts):
        if progress:
            progress("grouping records", done, len(parts))
        clusters += _agglomerate(part, odds)
    return sorted((sorted(c) for c in clusters if len(c) > 1), key=lambda c: c[0])


def _connected(graph: dict[int, list[int]]) -> list[list[int]]:
    edges = [(a, b) for a, found in graph.items() for b in found]
    # components() keeps the two sides of a pair apart; here both are records of one list.
    both_ways = edges + [(b, a) for a, b in edges] + [(n, n) for e in edges for n in e]
    return [sorted({a for a, _ in part}) for part in components(both_ways)]


def _agglomerate(part: list[int], odds: _Odds) -> list[list[int]]:
    def between(a: int, b: int) -> float:
        edge = (min(a, b), max(a, b))
        if len(part) > ALL_PAIRS_UP_TO and not odds.known(edge):
            return UNSEEN_BITS
        return odds.bits(edge)

    def mean(edge: Edge) -> tuple[float, int, int]:
        a, b = edge
        return sums[edge] / (len(groups[a]) * len(groups[b])), -a, -b

    groups = {position: [position] for position in part}
    sums = {(a, b): between(a, b) for i, a in enumerate(part) for b in part[i + 1 :]}
    while sums:
        best = max(
            sums, key=lambda e: (sums[e] / (len(groups[e[0]]) * len(groups[e[1]])), -e[0], -e[1])
        )
        a, b = best
        if mean(best)[0] < MERGE_BITS:
            break
        del sums[best]
        groups[a] += groups.pop(b)
        for other in groups:
            if other != a:
                moved = sums.pop((min(b, other), max(b, other)))
                sums[min(a, other), max(a, other)] += moved
    return list(groups.values())


def _links(clusters: list[list[int]], odds: _Odds) -> tuple[PairLink, ...]:
    edges = [(a, b) for c in clusters for i, a in enumerate(c) for b in c[i + 1 :]]
    return tuple(sorted((odds.link(e) for e in edges), key=lambda p: (-p.weight, p.a, p.b)))


def _members(
    people: Sequence[PersonReading],
    clusters: list[list[int]],
    links: tuple[PairLink, ...],
    odds: _Odds,
) -> tuple[ClusterMember, ...]:
    """A record belongs to its cluster as surely as its best link in it; one by itself as surely as
    none of its pairs is one man."""
    cluster_of = {position: c[0] for c in clusters for position in c}
    best: dict[str, float] = defaultdict(float)
    for pair in links:
        for name in (pair.a, pair.b):
            best[name] = max(best[name], pair.probability)
    alone: dict[int, float] = defaultdict(float)
    for edge in odds.scorer.weights:
        for position in edge:
            alone[position] = max(alone[position], probability(odds.bits(edge)))
    members = []
    for position, person in enumerate(people):
        if position in cluster_of:
            first = people[cluster_of[position]].id
            members.append(ClusterMember(person.id, first, best[person.id]))
        else:
            sure = min(CERTAINTY_LIMIT, 1 - alone[position])
            members.append(ClusterMember(person.id, person.id, sure))
    return tuple(members)
