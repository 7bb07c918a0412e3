"""The records of one man within an archive: the archive screened with itself, then grouped.

In memory are the archive's columns (mapped), the pairs that were weighed, and what a batch needs.
The pairs of a batch are kept on the disk until all is written, so that an interrupted run goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from math import exp2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import FieldEvidence
from sexton.linkage.apart import kept_apart
from sexton.linkage.archive.kept import kept_batches, what_it_is
from sexton.linkage.archive.paired import Weighed, merged
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.archive.together import fitting_prior, limit_together
from sexton.linkage.archive.within import Searched, Within
from sexton.linkage.clusters import FieldBits, parts_of, weakest_link
from sexton.linkage.dedupe import (
    LIKELY_DOUBLE,
    ClusterRow,
    apart_row,
    group_records,
    probability,
)
from sexton.linkage.model import CERTAINTY_LIMIT, ApartRow, LinkOptions, PairLink, Progress
from sexton.linkage.posterior import Edge, prior_bits
from sexton.linkage.vocabularies import is_population
from sexton.messages import N_, Message

KEPT = "dedupe"
"""The folder, within that of an archive, in which a run keeps what it has done."""
BATCH = 50_000
"""Records that are screened together."""
DOUBLES = (0.02, 4.0)
"""Pairs of one man for each record, at the least and the most, that an archive is taken to have."""
UNSEEN: FieldBits = {"surname": -5.0}
"""What a pair says that was not weighed."""

_AMONG = N_(
    "%(left)s and %(right)s can be one name, which about one in %(men)s men with such surnames has."
)
# Bits of two sums that are the same.
_SAME = 0.01

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class ArchiveClusters:
    """Every record of the archive with its cluster, and how much work it was.

    ``rows``, ``links`` (the pairs within clusters, with their evidence) and ``apart`` (likely pairs
    that are in no cluster together) are made while they are read; each can be read once.
    ``doubles`` is how many pairs of one man the evidence expects for each record; ``searched`` how
    pairs were looked for.
    """

    rows: Iterator[ClusterRow]
    links: Iterator[PairLink]
    apart: Iterator[ApartRow]
    records: int
    clusters: int
    of_several: int
    pairs: int
    doubles: float
    searched: Searched


@contextmanager
def dedupe_archive(
    pool: ArchivePool,
    options: LinkOptions | None = None,
    progress: Progress | None = None,
    keep: Path | None = None,
) -> Iterator[ArchiveClusters]:
    """Clusters of the records of one man in an archive of any size.

    As :func:`sexton.linkage.dedupe`, but what fields say together is limited by how common they are
    together in the archive (:mod:`together`), and a long archive tells by itself how many records
    are doubles. What is done is kept in the folder ``keep``, until the answer is written: a run
    that was interrupted goes on there. Raises ArchiveError.
    """
    options = options or LinkOptions()
    with kept_batches(keep, what_it_is(pool, options.rules_used, BATCH)) as kept:
        prior = prior_bits(LIKELY_DOUBLE, len(pool))
        within = Within(pool, options.rules_used, prior, pool.own_shares())
        weighed, searched = within.pairs(BATCH, kept, progress)
        grouping = _Grouping.of(within, weighed, searched, progress)
        yield grouping.answer(progress)
        kept.done()


@dataclass(frozen=True)
class _Grouping:
    """The pairs after all that limits them, with the prior that fits them, and their clusters."""

    within: Within
    pairs: Weighed
    searched: Searched
    prior: float
    clusters: list[list[int]]

    @classmethod
    def of(
        cls, within: Within, weighed: Weighed, searched: Searched, progress: Progress | None
    ) -> _Grouping:
        pool = within.pool
        limit_together(pool, weighed)
        prior = within.prior
        if is_population([coded.vocabularies.surname for coded in pool.coded]):
            prior = fitting_prior(weighed.totals(0.0), len(pool), prior, DOUBLES)
        likely = _likely(weighed, prior)
        missing = _not_weighed(parts_of(likely), weighed)
        if missing:
            further = within.weigh(missing)
            limit_together(pool, further)
            weighed = merged([weighed, further])
        clusters = group_records(likely, _Fields(weighed), prior, progress)
        return cls(within, weighed, searched, prior, clusters)

    def answer(self, progress: Progress | None) -> ArchiveClusters:
        size, totals = len(self.within.pool), self.pairs.totals(self.prior)
        expected = float((1 / (1 + np.exp2(-np.clip(totals, -500, 500)))).sum())
        several = len(self.clusters)
        return ArchiveClusters(
            self._rows(totals),
            self._links(progress),
            self._apart(totals),
            size,
            size - sum(map(len, self.clusters)) + several,
            several,
            len(self.pairs.a),
            expected / max(size, 1),
            self.searched,
        )

    def _cluster_of(self) -> Ints:
        cluster_of = np.arange(len(self.within.pool))
        for cluster in self.clusters:
            cluster_of[cluster] = cluster[0]
        return cluster_of

    def _rows(self, totals: NDArray[np.float64]) -> Iterator[ClusterRow]:
        pool, cluster_of = self.within.pool, self._cluster_of()
        inside = cluster_of[self.pairs.a] == cluster_of[self.pairs.b]
        best = _best(self.pairs, totals, len(pool))
        best_inside = _best(self.pairs.some(inside), totals[inside], len(pool))
        weakest = self._weakest(totals)
        for position, first in enumerate(cluster_of.tolist()):
            name = pool.id_of(position)
            if first in weakest:
                (a, b), bits = weakest[first]
                ends = pool.id_of(a), pool.id_of(b)
                sure = probability(float(best_inside[position]))
                yield ClusterRow(name, pool.id_of(first), sure, *ends, probability(bits))
            else:
                alone = 1 - probability(float(best[position]))
                yield ClusterRow(name, name, min(CERTAINTY_LIMIT, alone))

    def _weakest(self, totals: NDArray[np.float64]) -> dict[int, tuple[Edge, float]]:
        """The weakest link of each cluster and its bits, by the first of the cluster."""
        found = {}
        for cluster in self.clusters:
            places = ((edge, self.pairs.place(edge)) for edge in combinations(cluster, 2))
            bits = {edge: float(totals[place]) for edge, place in places if place >= 0}
            weakest = weakest_link((weight, edge) for edge, weight in bits.items())
            if weakest is None:
                raise AssertionError("a cluster has a link")
            found[cluster[0]] = weakest, bits[weakest]
        return found

    def _links(self, progress: Progress | None) -> Iterator[PairLink]:
        """The pairs within clusters with their evidence, cluster by cluster."""
        pool = self.within.pool.afresh()
        within = replace(self.within, pool=pool)
        for done, cluster in enumerate(self.clusters):
            if progress and done % 100 == 0:
                progress("telling the evidence", done, len(self.clusters))
            for edge in combinations(cluster, 2):
                place = self.pairs.place(edge)
                if place < 0:
                    continue
                (left, right), evidence = within.evidence(edge)
                fields = self._as_weighed(evidence.fields, place)
                bits = sum(item.bits for item in fields)
                sure = probability(bits + self.prior)
                yield PairLink(pool.id_of(left), pool.id_of(right), sure, bits, fields)
            pool.forget()

    def _as_weighed(self, told: Sequence[FieldEvidence], place: int) -> tuple[FieldEvidence, ...]:
        """The evidence with the bits that counted: of names those of the vocabulary join, of all
        what was left of them for being common together."""
        bits = dict(self.pairs.fields(place))
        # A field's bits are told once, with the first sentence on it.
        return tuple(_weighing(item, bits.pop(item.field)) for item in told if item.field in bits)

    def _apart(self, totals: NDArray[np.float64]) -> Iterator[ApartRow]:
        pool = self.within.pool
        source = np.minimum(np.nan_to_num(self.pairs.column("source")), 0.0)
        asked = np.flatnonzero(totals - source > 0)
        edges = zip(self.pairs.a[asked].tolist(), self.pairs.b[asked].tolist(), strict=True)
        fields = _Fields(self.pairs)
        for found in kept_apart(edges, self.clusters, fields, self.prior):
            yield apart_row(found, pool.id_of)


def _weighing(item: FieldEvidence, bits: float) -> FieldEvidence:
    """The evidence of a field with other bits; of a name whose agreement says less, why."""
    if item.field in ("given", "patronymic") and 0 < bits < item.bits - _SAME:
        params: dict[str, str | int | float] = {
            "left": item.left,
            "right": item.right,
            "men": max(2, round(exp2(bits))),
        }
        return item._replace(bits=bits, message=Message(_AMONG, params))
    return item.with_bits(bits)


class _Fields:
    """The fields of any pair; of one that was not weighed that its names are two."""

    def __init__(self, pairs: Weighed) -> None:
        self._pairs = pairs

    def __call__(self, edge: Edge) -> FieldBits:
        place = self._pairs.place(edge)
        return self._pairs.fields(place) if place >= 0 else UNSEEN


def _likely(pairs: Weighed, prior: float) -> dict[Edge, float]:
    totals = pairs.totals(prior)
    some = totals > 0
    edges = zip(pairs.a[some].tolist(), pairs.b[some].tolist(), strict=True)
    return dict(zip(edges, totals[some].tolist(), strict=True))


def _not_weighed(parts: Sequence[Sequence[int]], pairs: Weighed) -> list[Edge]:
    """The pairs within what likely pairs connect that screening did not find."""
    return [
        edge
        for part in parts
        if len(part) > 2
        for edge in combinations(part, 2)
        if pairs.place(edge) < 0
    ]


def _best(pairs: Weighed, totals: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The bits of the best pair of each record."""
    best = np.full(size, -np.inf)
    for end in (pairs.a, pairs.b):
        np.maximum.at(best, end, totals)
    return best
