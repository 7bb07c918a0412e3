"""What is measured of pools and of one-to-one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from benchmarks.linkage.groups.material import Linked
from benchmarks.linkage.shares import Share

EDGES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.01)
SURE = 0.95


@dataclass(frozen=True)
class PoolFigures:
    """``right``: the right answer is in the pool, that is a record of the man, or "none of these"
    where no candidate is his. ``stated``: what the pool says of that, on average. ``closed`` and
    ``small`` are the same for pools of men alone, and for those of a dozen men at most."""

    right: Share
    stated: float
    closed: Share
    closed_stated: float
    small: Share
    small_stated: float
    none_stated: float
    none_true: float
    median_men: float
    bins: list[tuple[int, float, float]]


def pool_figures(found: Sequence[Linked]) -> PoolFigures:
    """The figures of all graves that have a pool."""
    graves = [each for each in found if each.pool]
    closed = [each for each in graves if each.pool and not each.pool.is_open]
    small = [each for each in graves if each.pool and len(each.pool.right_ids) <= 12]
    return PoolFigures(
        _right(graves),
        _stated(graves),
        _right(closed),
        _stated(closed),
        _right(small),
        _stated(small),
        mean([each.pool.none for each in graves if each.pool] or [0.0]),
        mean([not _is_candidate(each) for each in graves] or [0.0]),
        median([len(each.pool.right_ids) for each in graves if each.pool] or [0]),
        _bins(graves),
    )


def _is_candidate(each: Linked) -> bool:
    his = set(each.grave.record_ids)
    return any(row.right_id in his for row in each.rows)


def _in_pool(each: Linked) -> bool:
    pool = each.pool
    if pool is None:
        return False
    if _is_candidate(each):
        return not set(each.grave.record_ids).isdisjoint(pool.right_ids)
    return pool.is_open


def _right(graves: Sequence[Linked]) -> Share:
    return Share(sum(map(_in_pool, graves)), len(graves))


def _stated(graves: Sequence[Linked]) -> float:
    pools = [each.pool for each in graves if each.pool]
    return mean([pool.together + pool.is_open * pool.none for pool in pools] or [0.0])


def _bins(graves: Iterable[Linked]) -> list[tuple[int, float, float]]:
    """Candidates by stated probability: how many, mean stated, share true. A record that is another
    document of a man counts as right, as he does."""
    stated = [
        (row.probability, row.right_id in each.grave.record_ids)
        for each in graves
        for row in each.rows
        if row.right_id
    ]
    found = []
    for low, high in pairwise(EDGES):
        inside = [pair for pair in stated if low <= pair[0] < high]
        if inside:
            true = mean(right for _, right in inside)
            found.append((len(inside), mean(said for said, _ in inside), true))
    return found


@dataclass(frozen=True)
class RivalFigures:
    """Of graves with a name: the right man first, links of ``SURE`` or more, how many wrong."""

    first: Share
    links: int
    wrong: int


def rivals(found: Sequence[Linked]) -> set[str]:
    """The ids of graves with a name whose best candidate is that of another grave too."""
    claims: dict[str, set[str]] = {}
    for each in found:
        for row in each.rows:
            if row.right_id and row.probability >= 0.05:
                claims.setdefault(row.right_id, set()).add(row.left_id)
    return {grave for graves in claims.values() if len(graves) > 1 for grave in graves}


def rival_figures(found: Sequence[Linked], among: set[str] | None = None) -> RivalFigures:
    """The figures of the graves with a name, or of those ``among`` them."""
    graves = [
        each
        for each in found
        if not each.grave.unnamed and (among is None or each.grave.row["id"] in among)
    ]
    recorded = [each for each in graves if each.grave.record_ids]
    best = [next((row for row in each.rows if row.right_id), None) for each in graves]
    first = sum(
        row is not None and row.right_id in each.grave.record_ids
        for each, row in zip(graves, best, strict=True)
        if each.grave.record_ids
    )
    sure = [
        row.right_id in each.grave.record_ids
        for each, row in zip(graves, best, strict=True)
        if row is not None and row.probability >= SURE
    ]
    return RivalFigures(Share(first, len(recorded)), len(sure), sure.count(False))
