"""Linking a list with an archive: many pairs, weighed by all cores, the evidence as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading
from sexton.evidence.as_json import as_json
from sexton.linkage.archive.parallel import among_processes
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.archive.rows import Rows
from sexton.linkage.cores import core_count
from sexton.linkage.judging import Judged, Weights, judge
from sexton.linkage.learning import as_lists_tell
from sexton.linkage.link import told_pool
from sexton.linkage.model import LinkOptions, Pool, Progress
from sexton.linkage.posterior import Edge
from sexton.linkage.ranking import NOBODY
from sexton.linkage.sameness import Same
from sexton.linkage.unnamed import MOST, Unnamed
from sexton.linkage.weighing import Scorer, screened_pairs
from sexton.records.collection import without_collection

T = TypeVar("T")

# Left records that a process takes at a time: more where that leaves each process many runs, for
# what is asked together of many takes less time.
_SHARE, _MOST_SHARE = 25, 100
_RUNS = 8
# Groups of candidates of unnamed graves that a process takes at a time.
_GROUPS = 50
# Candidates whose evidence is told beyond those that are reported: that a man lies in one grave
# puts others before them.
_SPARE = 10


@dataclass(frozen=True)
class ArchiveLinks:
    """The answers, the pools of unnamed and common graves, and how much work they were."""

    rows: Rows
    left: int
    right: int
    pairs: int
    looked: int
    pools: Sequence[Pool] = ()


def link_archive(
    left: Sequence[PersonReading],
    pool: ArchivePool,
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> ArchiveLinks:
    """Ranked candidates of the archive for every left record, "none of these" among them."""
    options = options or LinkOptions()
    told: dict[Edge, str] = {}

    def remember(found: _Found) -> Weights:
        told.update(found.told)
        return Weights(found.weights, found.same)

    with without_collection():
        weighed = as_lists_tell(screened_pairs(left, pool, options, progress), options, progress)
        top = options.top + _SPARE
        named = remember(_weigh_named(weighed.scorer, weighed.pairs, top, progress))
        judged = judge(
            weighed.scorer,
            named,
            weighed.rest,
            options,
            lambda asked: remember(_weigh_unnamed(asked, progress)),
            progress,
            among_processes,
        )
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
) -> Rows:
    answers = judged.answers(top)
    found = answers.right != NOBODY
    edges = zip(answers.left[found].tolist(), answers.right[found].tolist(), strict=True)
    evidence = [told.get(edge) or _told_now(judged, edge) for edge in edges]
    right_ids = pool.ids_of(answers.right[found])
    return Rows(
        [left[position].id for position in answers.left.tolist()],
        _where(found, right_ids, ""),
        answers.rank.tolist(),
        answers.probability.tolist(),
        answers.weight.tolist(),
        _where(found, evidence, "[]"),
    )


def _told_now(judged: Judged, edge: Edge) -> str:
    """The evidence of a pair of which it was not told when it was weighed."""
    return as_json(judged.scorer(edge[0]).evidence(edge).fields)


def _where(found: NDArray[np.bool_], texts: Sequence[str], other: str) -> list[str]:
    """The texts, one after the other, where something is found, and the other one elsewhere."""
    column = np.full(len(found), other, dtype=object)
    column[found] = texts
    return cast(list[str], column.tolist())


@dataclass
class _Found:
    """What was weighed: the weights, the evidence of the best pairs of each left record as JSON,
    and which right records are one man's."""

    weights: dict[Edge, float] = field(default_factory=dict)
    told: dict[Edge, str] = field(default_factory=dict)
    same: list[Same] = field(default_factory=list)

    def add(self, other: _Found) -> None:
        """Take over what was found for other left records."""
        self.weights |= other.weights
        self.told |= other.told
        self.same += other.same

    def as_of(self, first: int, edges: Sequence[Edge]) -> _Found:
        """What holds for the pairs of a left record that says the same as an earlier one, to which
        the same records were found."""
        both = [((first, right), (left, right)) for left, right in edges]
        weights = {edge: self.weights[known] for known, edge in both}
        return _Found(
            weights, {edge: self.told[known] for known, edge in both if known in self.told}
        )


Task = Callable[[], _Found]


def _weigh_named(
    scorer: Scorer, pairs: list[Edge], top: int, progress: Progress | None
) -> _Found:  # fmt: skip
    """The weights of all pairs, and the evidence of the ``top`` of each left record."""
    return _gathered(_weighing(scorer, [*_by_left(pairs).values()], top), len(pairs), progress)


def _weigh_unnamed(asked: Unnamed, progress: Progress | None) -> _Found:
    """The weights and the evidence of all pairs of graves without a name, and which candidates are
    one man's, side by side."""
    graves, alike = _by_left(asked.pairs), asked.alike
    firsts = [edges for grave, edges in graves.items() if grave not in alike]
    comparing = [partial(_same, asked, run) for run in _runs(asked.groups(), _GROUPS)]
    tasks = _weighing(asked.scorer, firsts, MOST) + comparing
    whole = _gathered(tasks, len(asked.pairs), progress)
    for grave, edges in graves.items():
        if grave in alike:
            whole.add(whole.as_of(alike[grave], edges))
    return whole


def _gathered(tasks: Sequence[Task], pairs: int, progress: Progress | None) -> _Found:
    """What all tasks find, done by all cores."""
    whole = _Found()
    for found in among_processes(_do, tasks, 1):
        whole.add(found)
        if progress:
            progress("weighing the evidence", len(whole.weights), pairs)
    if progress:
        progress("weighing the evidence", pairs, pairs)
    return whole


def _do(tasks: Sequence[Task]) -> list[_Found]:
    return [task() for task in tasks]


def _weighing(scorer: Scorer, graves: Sequence[list[Edge]], top: int) -> list[Task]:
    share = min(max(len(graves) // (_RUNS * core_count()), _SHARE), _MOST_SHARE)
    return [partial(_weigh, scorer, run, top) for run in _runs(graves, share)]


def _runs(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[at : at + size] for at in range(0, len(items), size)]


def _same(asked: Unnamed, groups: Sequence[tuple[int, ...]]) -> _Found:
    return _Found(same=asked.same_among(groups))


def _by_left(pairs: list[Edge]) -> dict[int, list[Edge]]:
    """The pairs, ascending, of each left record."""
    return {left: list(edges) for left, edges in groupby(pairs, key=itemgetter(0))}


def _weigh(scorer: Scorer, graves: Sequence[list[Edge]], top: int) -> _Found:
    """The pairs of some left records."""
    scorer.read(edge for edges in graves for edge in edges)
    found = _Found()
    for edges in graves:
        evidence = zip(edges, scorer.evidence_beside(edges), strict=True)
        weighed = [(said.bits, edge, said) for edge, said in evidence]
        weighed.sort(key=lambda pair: -pair[0])
        found.weights.update([(edge, bits) for bits, edge, _ in weighed])
        distinct = {id(said): said for _, _, said in weighed[:top]}
        texts = {which: as_json(said.fields) for which, said in distinct.items()}
        found.told.update([(edge, texts[id(said)]) for _, edge, said in weighed[:top]])
        # Of graves without a name it is asked at last which candidates are one man.
        if scorer.left[edges[0][0]].name.forms:
            found.same += scorer.same_men([(bits, edge[1]) for bits, edge, _ in weighed])
    return found
