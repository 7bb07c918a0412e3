"""The records of one man within an archive: the archive screened with itself, batch by batch.

In memory are the archive's columns (mapped), the likely pairs and one batch of readings.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares
from sexton.linkage.archive.parallel import worker_processes
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.clusters import FieldBits, weakest_link
from sexton.linkage.cores import core_count
from sexton.linkage.dedupe import LIKELY_DOUBLE, ClusterRow, group_records, probability
from sexton.linkage.model import CERTAINTY_LIMIT, LinkOptions, Progress
from sexton.linkage.pools import Screener
from sexton.linkage.posterior import Edge, prior_bits
from sexton.linkage.screening.spelt import DEEP, QUICK
from sexton.linkage.spellings import JoinedSpellings
from sexton.linkage.vocabularies import is_population
from sexton.linkage.weighing import LEAST_WITHIN, MOST_WITHIN, Scorer
from sexton.records.reading import READ, read_person

BATCH = 50_000
"""Records that are screened together."""
UNSEEN: FieldBits = {"surname": -5.0}
"""What a pair says that screening did not find, or found to say nothing."""

_SHARE = 500

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class ArchiveClusters:
    """Every record of the archive with its cluster, and how much work it was."""

    rows: Iterator[ClusterRow]
    records: int
    clusters: int
    of_several: int
    pairs: int


@dataclass
class _Weighed:
    """What was weighed: the likely pairs with their fields; each record's best odds in bits."""

    likely: dict[Edge, float] = field(default_factory=dict)
    fields: dict[Edge, FieldBits] = field(default_factory=dict)
    pairs: int = 0


def dedupe_archive(
    pool: ArchivePool, options: LinkOptions | None = None, progress: Progress | None = None
) -> ArchiveClusters:
    """Clusters of the records of one man in an archive of any size.

    As :func:`sexton.linkage.dedupe`, but pairs that screening does not find are not weighed
    afterwards: they count as of two names.
    """
    options = options or LinkOptions()
    prior = prior_bits(LIKELY_DOUBLE, len(pool))
    best = np.full(len(pool), -np.inf, dtype=np.float32)
    weighed = _Weighed()
    for edge, fields in _weighed_pairs(pool, options.rules_used, prior, progress):
        bits = sum(fields.values()) + prior
        weighed.pairs += 1
        best[list(edge)] = np.maximum(best[list(edge)], bits)
        weighed.fields[edge] = fields
        if bits > 0:
            weighed.likely[edge] = bits
    clusters = group_records(
        weighed.likely, lambda edge: weighed.fields.get(edge, UNSEEN), prior, progress
    )
    singles = len(pool) - sum(map(len, clusters))
    rows = _rows(pool, clusters, weighed.fields, best, prior)
    return ArchiveClusters(rows, len(pool), singles + len(clusters), len(clusters), weighed.pairs)


def _weighed_pairs(
    pool: ArchivePool, rules: Rules, prior: float, progress: Progress | None
) -> Iterator[tuple[Edge, FieldBits]]:
    """Every pair that screening finds worth weighing, once, with its weight by field."""
    screen = pool.screener()
    seen: list[Ints] = []
    for begin in range(0, len(pool), BATCH):
        if progress:
            progress("comparing records", begin, len(pool))
        left = [_person(pool, p) for p in range(begin, min(begin + BATCH, len(pool)))]
        shares = pool.shares(left)
        scorer, a, b = _screened(pool, screen, left, begin, shares, rules, prior)
        keys = np.minimum(a, b) * len(pool) + np.maximum(a, b)
        # A pair is found from either side; those of earlier batches were weighed then.
        _, first = np.unique(keys, return_index=True)
        known = np.zeros(len(first), dtype=np.bool_)
        for earlier in seen:
            known |= np.isin(keys[first], earlier)
        fresh = first[~known]
        seen.append(np.sort(keys[fresh]))
        edges = list(zip((a[fresh] - begin).tolist(), b[fresh].tolist(), strict=True))
        for (place, other), fields in _in_processes(scorer, edges):
            here = begin + place
            yield (min(here, other), max(here, other)), fields
    if progress:
        progress("comparing records", len(pool), len(pool))


def _person(pool: ArchivePool, position: int) -> PersonReading:
    """A reading that the pool does not keep: an archive of them fills the memory."""
    return read_person(pool.record(position, READ))


def _screened(
    pool: ArchivePool,
    screen: Screener,
    left: Sequence[PersonReading],
    begin: int,
    shares: Shares,
    rules: Rules,
    prior: float,
) -> tuple[Scorer, Ints, Ints]:
    """The pairs worth weighing of a batch, as positions in the archive."""
    large = is_population([coded.vocabularies.surname for coded in pool.coded])
    found = screen(
        left,
        shares=shares,
        rules=rules,
        prior=prior,
        most=MOST_WITHIN + 1,
        progress=None,
        within=True,
        search=QUICK if large else DEEP,
    )
    scorer = Scorer(left, pool, rules, shares, JoinedSpellings([found], pool.coded))
    worth = (found.bits + prior >= LEAST_WITHIN) & (found.left + begin != found.right)
    return scorer, found.left[worth] + begin, found.right[worth]


# What the processes that weigh work on: forked, so that nothing need be sent to them.
_work: list[tuple[Scorer, list[Edge]]] = []


def _in_processes(scorer: Scorer, edges: list[Edge]) -> Iterator[tuple[Edge, FieldBits]]:
    shares = range(0, len(edges), _SHARE)
    if len(shares) < 4 or core_count() == 1:
        yield from ((edge, scorer.fields(edge)) for edge in edges)
        return
    _work.append((scorer, edges))
    gc.freeze()
    try:
        with worker_processes(gc.disable) as processes:
            for found in processes.map(_weigh_share, shares):
                yield from found
    finally:
        gc.unfreeze()
        _work.clear()


def _weigh_share(first: int) -> list[tuple[Edge, FieldBits]]:
    scorer, edges = _work[0]
    return [(edge, dict(scorer.fields(edge))) for edge in edges[first : first + _SHARE]]


def _rows(
    pool: ArchivePool,
    clusters: Sequence[Sequence[int]],
    fields: Mapping[Edge, FieldBits],
    best: NDArray[np.float32],
    prior: float,
) -> Iterator[ClusterRow]:
    cluster_of = np.arange(len(pool))
    for cluster in clusters:
        cluster_of[cluster] = cluster[0]
    inside: dict[int, list[tuple[float, Edge]]] = defaultdict(list)
    for edge, told in fields.items():
        if cluster_of[edge[0]] == cluster_of[edge[1]]:
            inside[int(cluster_of[edge[0]])].append((sum(told.values()) + prior, edge))
    told_of = {first: _told(pool, first, pairs) for first, pairs in inside.items()}
    for position, first in enumerate(cluster_of.tolist()):
        name = pool.id_of(position)
        if first in told_of:
            sure, cluster_id, weakest = told_of[first]
            yield ClusterRow(name, cluster_id, sure[position], *weakest)
        else:
            alone = 1 - probability(float(best[position]))
            yield ClusterRow(name, name, min(CERTAINTY_LIMIT, alone))


def _told(
    pool: ArchivePool, first: int, pairs: Sequence[tuple[float, Edge]]
) -> tuple[dict[int, float], str, tuple[str, str, float]]:
    """Of a cluster: the probability of each record's best link, its id, and its weakest link."""
    best: dict[int, float] = defaultdict(float)
    for bits, edge in pairs:
        for position in edge:
            best[position] = max(best[position], probability(bits))
    weakest = weakest_link(pairs)
    if weakest is None:
        raise AssertionError("a cluster has a link")
    bits = next(bits for bits, edge in pairs if edge == weakest)
    ends = pool.id_of(weakest[0]), pool.id_of(weakest[1])
    return best, pool.id_of(first), (*ends, probability(bits))
