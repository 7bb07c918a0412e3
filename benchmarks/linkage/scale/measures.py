"""What is measured of answers on a simulated archive: a man counts once, by any of his records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.linkage.scale.material import Lists

THRESHOLDS = (0.5, 0.9, 0.95, 0.99)
PRECISION = 0.99
BINS = 10
# Candidates below this share drown all others in an average over candidate rows.
WORTH_TELLING = 0.05


@dataclass(frozen=True)
class Answer:
    """One row of the answers: ``man`` is None for "none of these"."""

    man: str | None
    probability: float
    score: float


@dataclass
class Grave:
    """A grave, the man who lies there, whether a record names him, and the ranked answers."""

    man: str
    recorded: bool
    unnamed: bool
    answers: list[Answer] = field(default_factory=list)

    @property
    def best(self) -> Answer | None:
        """The first candidate, "none of these" passed over."""
        return next((answer for answer in self.answers if answer.man), None)

    def is_right(self, answer: Answer) -> bool:
        """Whether an answer is true; "none of these" is when no record names him."""
        return answer.man == self.man if answer.man else not self.recorded

    def holds(self, answer: Answer) -> bool:
        """Whether an answer is true by what it says: "none of these" is when none of them is his,
        whether a record that was not found names him or none does."""
        return answer.man == self.man if answer.man else self.man not in self.men()

    def men(self) -> list[str]:
        """The candidates, each man once, in order."""
        return list(dict.fromkeys(answer.man for answer in self.answers if answer.man))


def read_answers(lists: Lists, answers: Path) -> list[Grave]:
    """The answers of a method with the truth."""
    with duckdb.connect(":memory:") as db:
        rows = db.execute(
            f"""
            SELECT g.grave_id, g.man_id, coalesce(g.record_ids, '') <> '', g.unnamed = '1',
                a."right", t.man_id, a.probability, a.score
            FROM read_csv('{lists.graves_truth}', all_varchar = true) g
                LEFT JOIN '{answers}' a ON a.grave = g.grave_id
                LEFT JOIN '{lists.truth}' t ON a."right" = t.record_id
            ORDER BY g.grave_id, a.rank
            """
        ).fetchall()
    graves = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        told = list(group)
        grave = Grave(told[0][1], told[0][2], told[0][3])
        grave.answers = [Answer(row[5], row[6], row[7]) for row in told if row[6] is not None]
        graves.append(grave)
    return graves


def summary(graves: Sequence[Grave]) -> dict[str, Any]:
    """All measures of some graves, as numbers and pairs (hits, of)."""
    recorded = [grave for grave in graves if grave.recorded]
    first = [grave.men()[:1] for grave in recorded]
    ten = [grave.men()[:10] for grave in recorded]
    links = _links(graves)
    return {
        "graves": len(graves),
        "recorded": len(recorded),
        "first": _hits(first, recorded),
        "ten": _hits(ten, recorded),
        "at_precision": [_recall_at_precision(links), len(recorded)],
        "thresholds": {str(t): _at_threshold(graves, t) for t in THRESHOLDS},
        "f1": _best_f1(links, len(recorded)),
        "first_bins": bins(_first_stated(graves, Grave.is_right)),
        "said_bins": bins(_first_stated(graves, Grave.holds)),
        "row_bins": bins(_rows_stated(graves)),
        "told_bins": bins(pair for pair in _rows_stated(graves) if pair[0] >= WORTH_TELLING),
    }


def _hits(named: Sequence[list[str]], graves: Sequence[Grave]) -> list[int]:
    return [
        sum(grave.man in men for men, grave in zip(named, graves, strict=True)),
        len(graves),
    ]


def _links(graves: Iterable[Grave]) -> list[tuple[float, int, int]]:
    """Links and right links among the best candidates, by score; the best scores first."""
    best = [(grave.best, grave) for grave in graves]
    stated = [(-answer.score, grave.is_right(answer)) for answer, grave in best if answer]
    stated.sort()
    links = []
    for score, tied in groupby(stated, key=lambda pair: pair[0]):
        rights = [right for _, right in tied]
        links.append((-score, len(rights), sum(rights)))
    return links


def _running(links: Sequence[tuple[float, int, int]]) -> Iterable[tuple[int, int]]:
    """Links and right ones with at least each score."""
    linked = right = 0
    for _, many, true in links:
        linked, right = linked + many, right + true
        yield linked, right


def _recall_at_precision(links: Sequence[tuple[float, int, int]]) -> int:
    """The most right links that one limit of the score gives at the precision asked."""
    reached = [right for linked, right in _running(links) if right >= PRECISION * linked]
    return max(reached, default=0)


def _best_f1(links: Sequence[tuple[float, int, int]], recorded: int) -> float:
    return max((2 * right / (linked + recorded) for linked, right in _running(links)), default=0.0)


def _at_threshold(graves: Sequence[Grave], least: float) -> list[int]:
    """Links of at least this probability, and the right ones."""
    links = [(g, g.best) for g in graves if g.best and g.best.probability >= least]
    return [len(links), sum(grave.is_right(best) for grave, best in links if best)]


def _first_stated(
    graves: Sequence[Grave], is_true: Callable[[Grave, Answer], bool]
) -> list[tuple[float, bool]]:
    """Probability and truth of the first answer, "none of these" among them."""
    first = [
        (max(grave.answers, key=lambda answer: answer.probability), grave)
        for grave in graves
        if grave.answers
    ]
    return [(answer.probability, is_true(grave, answer)) for answer, grave in first]


def _rows_stated(graves: Sequence[Grave]) -> list[tuple[float, bool]]:
    return [
        (answer.probability, grave.is_right(answer))
        for grave in graves
        for answer in grave.answers
        if answer.man
    ]


def bins(stated: Iterable[tuple[float, bool]]) -> list[list[float]]:
    """Count, mean stated and share true in ten bins of equal width; empty bins left out."""
    inside: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, right in stated:
        inside[min(BINS - 1, int(probability * BINS))].append((probability, right))
    return [
        [len(some), sum(p for p, _ in some) / len(some), sum(r for _, r in some) / len(some)]
        for some in inside
        if some
    ]


def calibration_error(filled: Sequence[Sequence[float]]) -> float:
    """The expected calibration error: mean of |stated - true| over bins, by their counts."""
    count = sum(row[0] for row in filled)
    return sum(n * abs(stated - true) for n, stated, true in filled) / count if count else 0.0
