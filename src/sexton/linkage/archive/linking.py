"""Linking a list with an archive: many pairs, weighed by all cores, the evidence as JSON."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sexton.evidence import Evidence, PersonReading
from sexton.linkage.archive.parallel import worker_processes
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.cores import core_count
from sexton.linkage.judging import Judged, Weights, judge
from sexton.linkage.link import told_pool
from sexton.linkage.model import LinkOptions, Pool, Progress
from sexton.linkage.posterior import Edge
from sexton.linkage.sameness import Same
from sexton.linkage.weighing import Scorer, screened_pairs

# Left records that a process takes at a time.
_SHARE = 50


class Row(NamedTuple):
    """One row of the answer, as the contract of ``sexton link`` has it."""

    left_id: str
    right_id: str
    rank: int
    probability: float
    weight: float
    evidence: str


@dataclass(frozen=True)
class ArchiveLinks:
    """The answers, the pools of unnamed and common graves, and how much work they were."""

    rows: Iterable[Row]
    left: int
    right: int
    pairs: int
    looked: int
    pools: Sequence[Pool] = ()


def evidence_json(evidence: Evidence) -> str:
    """The fields of the evidence as the ``evidence`` column has them."""
    return json.dumps([item.as_dict() for item in evidence.fields], ensure_ascii=False)


def link_archive(
    left: Sequence[PersonReading],
    pool: ArchivePool,
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> ArchiveLinks:
    """Ranked candidates of the archive for every left record, "none of these" among them."""
    options = options or LinkOptions()
    weighed = screened_pairs(left, pool, options, progress)
    told: dict[Edge, str] = {}

    def weigh(scorer: Scorer, pairs: list[Edge]) -> Weights:
        found = _weigh_all(scorer, pairs, options.top, progress)
        told.update(found.told)
        return Weights(found.weights, found.same)

    named = weigh(weighed.scorer, weighed.pairs)
    judged = judge(weighed.scorer, named, weighed.rest, options, weigh, progress)
    rows = _rows(judged, options.top, left, pool, told)
    pools = [
        told_pool(found, left[found.left].id, [pool.id_of(man) for man in found.men])
        for found in judged.pools
    ]
    pairs = len(judged.pairs.left)
    return ArchiveLinks(rows, len(left), len(pool), pairs, weighed.looked, pools)


def _rows(
    judged: Judged,
    top: int,
    left: Sequence[PersonReading],
    pool: ArchivePool,
    told: dict[Edge, str],
) -> Iterator[Row]:
    for answer in judged.answers(top):
        left_id = left[answer.left].id
        if answer.right is None:
            yield Row(left_id, "", answer.rank, answer.probability, 0.0, "[]")
            continue
        edge = answer.left, answer.right
        evidence = told.get(edge) or evidence_json(judged.scorer(answer.left).evidence(edge))
        right_id = pool.id_of(answer.right)
        yield Row(left_id, right_id, answer.rank, answer.probability, answer.weight, evidence)


# What the processes that weigh work on: forked, so that nothing need be sent to them.
_work: list[tuple[Scorer, list[list[Edge]], int]] = []


@dataclass
class _Found:
    """What was weighed: the weights, the evidence of the best pairs of each left record as JSON,
    and which right records are one man's."""

    weights: dict[Edge, float] = field(default_factory=dict)
    told: dict[Edge, str] = field(default_factory=dict)
    same: list[Same] = field(default_factory=list)


def _weigh_all(scorer: Scorer, pairs: list[Edge], top: int, progress: Progress | None) -> _Found:
    """The weights of all pairs, and the evidence of the ``top`` of each left record."""
    shares = _shares_of(pairs)
    _work.append((scorer, shares, top))
    whole = _Found()
    try:
        for found in _in_processes(len(shares)):
            whole.weights |= found.weights
            whole.told |= found.told
            whole.same += found.same
            if progress:
                progress("weighing the evidence", len(whole.weights), len(pairs))
    finally:
        _work.clear()
    return whole


def _in_processes(shares: int) -> Iterator[_Found]:
    cores = core_count()
    if shares < 2 * cores or cores == 1:
        yield from map(_weigh_share, range(shares))
        return
    # What is there already need not be visited again and again for cycles.
    gc.freeze()
    try:
        with worker_processes(gc.disable) as processes:
            yield from processes.map(_weigh_share, range(shares))
    finally:
        gc.unfreeze()


def _shares_of(pairs: list[Edge]) -> list[list[Edge]]:
    """The pairs, ascending, cut between left records."""
    shares: list[list[Edge]] = []
    for edge in pairs:
        if not shares or edge[0] >= shares[-1][0][0] + _SHARE:
            shares.append([])
        shares[-1].append(edge)
    return shares


def _weigh_share(number: int) -> _Found:
    scorer, shares, top = _work[0]
    scorer.pool.read(right for _, right in shares[number])
    found = _Found()
    by_left: dict[int, list[tuple[Edge, Evidence]]] = {}
    for edge in shares[number]:
        by_left.setdefault(edge[0], []).append((edge, scorer.evidence(edge)))
    for weighed in by_left.values():
        weighed.sort(key=lambda pair: -pair[1].bits)
        found.weights |= {edge: evidence.bits for edge, evidence in weighed}
        found.told |= {edge: evidence_json(evidence) for edge, evidence in weighed[:top]}
        found.same += scorer.same_men([(evidence.bits, edge[1]) for edge, evidence in weighed])
    return found
