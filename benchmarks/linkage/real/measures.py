"""What is measured: the right man first, within ten, and whether probabilities are true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.linkage.shares import Share

Answer = tuple[str | None, float]
"""A candidate's id (None: "none of these") and its probability or score."""

BINS = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0000001)


@dataclass
class Run:
    """What one method answered in one setting: ranked answers for each grave, and its cost."""

    method: str
    setting: str
    answers: dict[str, list[Answer]]
    none_when_present: dict[str, float] = field(default_factory=dict)
    none_when_absent: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    peak_mb: float = 0.0
    is_probability: bool = True

    def none_said(self, when_absent: bool) -> Share | None:
        """How often "none of these" has at least half of the probability; None without any."""
        stated = self.none_when_absent if when_absent else self.none_when_present
        if not stated:
            return None
        return Share(sum(share >= 0.5 for share in stated.values()), len(stated))


def rank_of(answers: Sequence[Answer], true_id: str) -> int | None:
    """The place of the true man among the candidates ("none of these" is not counted)."""
    people = [right for right, _ in answers if right is not None]
    return people.index(true_id) + 1 if true_id in people else None


def within(run: Run, truth: Mapping[str, str], graves: Iterable[str], top: int) -> Share:
    """How often the right man is among the first ``top``."""
    ranks = [rank_of(run.answers.get(grave, []), truth[grave]) for grave in graves]
    return Share(sum(rank is not None and rank <= top for rank in ranks), len(ranks))


def mean_rank(run: Run, truth: Mapping[str, str], graves: Iterable[str]) -> float | None:
    """The mean rank of the right man where he is within ten."""
    ranks = [rank_of(run.answers.get(grave, []), truth[grave]) for grave in graves]
    found = [rank for rank in ranks if rank is not None and rank <= 10]
    return sum(found) / len(found) if found else None


def calibration(run: Run, truth: Mapping[str, str]) -> list[tuple[float, float, int, float, float]]:
    """For each bin of stated probability: its bounds, pairs, mean stated, share true."""
    pairs = [
        (probability, right == truth[grave])
        for grave, answers in run.answers.items()
        for right, probability in answers
        if right is not None
    ]
    rows = []
    for low, high in pairwise(BINS):
        inside = [(p, hit) for p, hit in pairs if low <= p < high]
        if inside:
            stated = sum(p for p, _ in inside) / len(inside)
            true = sum(hit for _, hit in inside) / len(inside)
            rows.append((low, min(high, 1.0), len(inside), stated, true))
    return rows
