"""Precision, recall and F1 of pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from benchmarks.linkage.plain.material import Pair, PlainList
from benchmarks.linkage.shares import Share


@dataclass(frozen=True)
class Scored:
    """A pair of rows with its probability; ``score`` orders pairs."""

    pair: Pair
    probability: float
    score: float


@dataclass(frozen=True)
class Found:
    """Scored pairs, and the pairs that stand in one cluster (None: lists that are linked)."""

    links: list[Scored]
    clustered: list[Pair] | None


def f1(right: int, found: int, true: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (found + true) if found + true else 0.0


def best_f1(plain: PlainList, links: Iterable[Scored]) -> tuple[float, float]:
    """F1 at the best limit of the score, and the probability there."""
    best, limit = 0.0, 1.0
    found = right = 0
    order = sorted(links, key=lambda link: -link.score)
    for _, tied in groupby(order, key=lambda link: link.score):
        for link in tied:
            found += 1
            right += plain.is_true(link.pair)
            last = link.probability
        if f1(right, found, plain.true_pairs) > best:
            best, limit = f1(right, found, plain.true_pairs), last
    return best, limit


@dataclass(frozen=True)
class Judged:
    """How many pairs are right."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        return f1(self.precision.hits, self.precision.of, self.recall.of)


def judge(plain: PlainList, pairs: Iterable[Pair]) -> Judged:
    """Precision and recall of pairs that are taken for one person."""
    verdicts = [plain.is_true(pair) for pair in pairs]
    right = sum(verdicts)
    return Judged(Share(right, len(verdicts)), Share(right, plain.true_pairs))
