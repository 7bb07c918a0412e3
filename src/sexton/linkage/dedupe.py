"""Finding the records of one man within a list, and grouping them to clusters.

The pairs that screening finds are weighed; what likely pairs connect is grouped by ``clusters``,
which compares groups field by field. The order of the records plays no part: they are gone through
in the order of their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp2, log2
from typing import NamedTuple

from sexton.evidence import PersonReading, Rules
from sexton.linkage.apart import Apart, kept_apart
from sexton.linkage.clusters import Agglomeration, FieldBits, parts_of, weakest_link
from sexton.linkage.model import (
    CERTAINTY_LIMIT,
    ApartRow,
    ClusterMember,
    DedupeResult,
    LinkOptions,
    PairLink,
    Progress,
)
from sexton.linkage.pools import ListPool
from sexton.linkage.posterior import Edge, prior_bits
from sexton.linkage.weighing import Scorer, screened_pairs, weigh_pairs

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
    order = sorted(range(len(people)), key=lambda number: (people[number].id, number))
    ordered = [people[number] for number in order]
    weighed = screened_pairs(ordered, ListPool(ordered), options, progress, within=True)
    odds = _Odds(weigh_pairs(weighed, progress), prior_bits(LIKELY_DOUBLE, len(people)))
    likely = {edge: bits for edge in odds.scorer.weights if (bits := odds.bits(edge)) > 0}
    clusters = group_records(likely, odds.scorer.fields, odds.prior, progress)
    links = _links(clusters, odds)
    in_list = [sorted(order[position] for position in cluster) for cluster in clusters]
    members = _members(people, in_list, links, odds.likeliest(order))
    weighed_pairs = len(odds.scorer.weights)
    apart = _apart(clusters, odds, options.rules_used)
    return DedupeResult(members, links, weighed_pairs, apart)


@dataclass(frozen=True, slots=True)
class _Odds:
    """The odds, after evidence, that two records (positions, smaller first) are one man."""

    scorer: Scorer
    prior: float

    def bits(self, edge: Edge) -> float:
        """log2 odds."""
        return self.scorer.weight(edge) + self.prior

    def link(self, edge: Edge) -> PairLink:
        """The pair with its probability and its evidence in words."""
        a, b = (self.scorer.left[position].id for position in edge)
        evidence = self.scorer.evidence(edge, with_paths=True)
        return PairLink(a, b, probability(self.bits(edge)), evidence.bits, evidence.fields)

    def likeliest(self, order: Sequence[int]) -> dict[int, float]:
        """The probability of each record's best pair; records by ``order`` of their positions."""
        best: dict[int, float] = defaultdict(float)
        for edge in self.scorer.weights:
            sure = probability(self.bits(edge))
            for position in edge:
                best[order[position]] = max(best[order[position]], sure)
        return best


def probability(bits: float) -> float:
    """The probability that odds of ``bits`` mean, never above the limit of certainty."""
    return CERTAINTY_LIMIT / (1 + exp2(-max(-500.0, min(500.0, bits))))


def group_records(
    likely: Mapping[Edge, float],
    fields_of: Callable[[Edge], FieldBits],
    prior: float,
    progress: Progress | None = None,
) -> list[list[int]]:
    """Groups of positions, each of two or more, ascending, in the order of their first.

    ``likely`` are the pairs (smaller position first) with odds above 1, in bits; ``fields_of``
    weighs any pair within what they connect.
    """
    parts = parts_of(likely)
    part_of = {record: number for number, part in enumerate(parts) for record in part}
    inside: list[list[Edge]] = [[] for _ in parts]
    for a, b in sorted(likely):
        if part_of[a] == part_of[b]:
            inside[part_of[a]].append((a, b))
    clusters: list[list[int]] = []
    for done, (part, edges) in enumerate(zip(parts, inside, strict=True)):
        if progress and done % 100 == 0:
            progress("grouping records", done, len(parts))
        clusters += Agglomeration(part, edges, fields_of, prior).run()
    if progress:
        progress("grouping records", len(parts), len(parts))
    return sorted((cluster for cluster in clusters if len(cluster) > 1), key=lambda c: c[0])


def _links(clusters: Iterable[Sequence[int]], odds: _Odds) -> tuple[PairLink, ...]:
    edges = (edge for cluster in clusters for edge in combinations(cluster, 2))
    return tuple(sorted((odds.link(e) for e in edges), key=lambda p: (-p.weight, p.a, p.b)))


def _apart(clusters: Sequence[Sequence[int]], odds: _Odds, rules: Rules) -> tuple[ApartRow, ...]:
    """The pairs that are kept apart though they are likely, but for their one source."""
    least = log2(rules.value("source", "twice_in_one_source"))
    pairs = [edge for edge in odds.scorer.weights if odds.bits(edge) > min(least, 0.0)]
    found = kept_apart(pairs, clusters, odds.scorer.fields, odds.prior)
    return tuple(apart_row(each, lambda position: odds.scorer.left[position].id) for each in found)


def apart_row(found: Apart, id_of: Callable[[int], str]) -> ApartRow:
    """With ids instead of positions."""
    a, b, between_a, between_b = map(id_of, (*found.edge, *found.between))
    return ApartRow(a, b, probability(found.bits), found.reason, between_a, between_b, found.why)


def _members(
    people: Sequence[PersonReading],
    clusters: Iterable[Sequence[int]],
    links: Iterable[PairLink],
    likeliest: Mapping[int, float],
) -> tuple[ClusterMember, ...]:
    """A record belongs to its cluster as surely as its best link in it; one by itself as surely as
    none of its pairs is one man."""
    cluster_of = {position: cluster[0] for cluster in clusters for position in cluster}
    best: dict[str, float] = defaultdict(float)
    for pair in links:
        for name in (pair.a, pair.b):
            best[name] = max(best[name], pair.probability)
    members = []
    for position, person in enumerate(people):
        if position in cluster_of:
            first = people[cluster_of[position]].id
            members.append(ClusterMember(person.id, first, best[person.id]))
        else:
            sure = min(CERTAINTY_LIMIT, 1 - likeliest.get(position, 0.0))
            members.append(ClusterMember(person.id, person.id, sure))
    return tuple(members)


class ClusterRow(NamedTuple):
    """A record, its cluster, how surely it belongs there, and the weakest link of the cluster:
    without that pair the cluster would fall into two ("" and None for a record by itself)."""

    id: str
    cluster_id: str
    probability: float
    weakest_a: str = ""
    weakest_b: str = ""
    weakest_probability: float | None = None


def cluster_rows(result: DedupeResult) -> Iterator[ClusterRow]:
    """Every record of a list with its cluster and the cluster's weakest link."""
    weakest = weakest_links(result)
    for member in result.members:
        link = weakest.get(member.cluster_id)
        told = (link.a, link.b, link.probability) if link else ()
        yield ClusterRow(member.id, member.cluster_id, member.probability, *told)


def weakest_links(result: DedupeResult) -> dict[str, PairLink]:
    """The weakest link of each cluster of several records, by the cluster's id."""
    cluster_of = {member.id: member.cluster_id for member in result.members}
    by_cluster: dict[str, list[int]] = defaultdict(list)
    for number, link in enumerate(result.links):
        by_cluster[cluster_of[link.a]].append(number)
    position = {member.id: number for number, member in enumerate(result.members)}
    found = {}
    for cluster, numbers in by_cluster.items():
        links = [result.links[number] for number in numbers]
        ends = {(position[link.a], position[link.b]): link for link in links}
        weakest = weakest_link((link.weight, edge) for edge, link in ends.items())
        if weakest is not None:
            found[cluster] = ends[weakest]
    return found
