"""Finding the records of one man within a list, and grouping them to clusters.

The pairs that blocking finds are weighed; what they connect is grouped by ``clusters``, which
compares groups field by field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp2

from sexton.evidence import PersonReading
from sexton.linkage.clusters import Agglomeration, FieldBits, connected
from sexton.linkage.model import (
    CERTAINTY_LIMIT,
    ClusterMember,
    DedupeResult,
    LinkOptions,
    PairLink,
    Progress,
)
from sexton.linkage.pools import ListPool
from sexton.linkage.posterior import Edge, prior_bits
from sexton.linkage.weighing import Scorer, screened_pairs, weigh_pairs

ALL_PAIRS_UP_TO = 100
"""In larger parts a pair that no route found counts as ``UNSEEN``, without being weighed."""
UNSEEN: FieldBits = {"surname": -5.0}
LIKELY_DOUBLE = 0.4
"""The prior chance that a record's man has another record in the list."""


def dedupe(
    people: Sequence[PersonReading],
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> DedupeResult:
    """Clusters of the records of one man. Records without a name stay by themselves unless other
    fields identify them; ``options.coverage`` and ``one_to_one`` play no part."""
    options = options or LinkOptions()
    pairs = screened_pairs(people, ListPool(people), options, progress, within=True)
    scorer = weigh_pairs(pairs, progress)
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

    def known_fields(self, edge: Edge) -> FieldBits:
        """The weight by field of pairs that blocking found; others count as hardly one man."""
        return self.scorer.fields(edge) if edge in self.scorer.weights else UNSEEN

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
    parts = connected(likely)
    clusters: list[list[int]] = []
    for done, part in enumerate(parts):
        if progress:
            progress("grouping records", done, len(parts))
        wide = len(part) > ALL_PAIRS_UP_TO
        fields_of = odds.known_fields if wide else odds.scorer.fields
        clusters += Agglomeration(part, fields_of, odds.prior).run()
    if progress:
        progress("grouping records", len(parts), len(parts))
    return sorted((sorted(c) for c in clusters if len(c) > 1), key=lambda c: c[0])


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
