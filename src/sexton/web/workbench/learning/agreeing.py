"""Who judged how much, and how far colleagues agree where they judged the same blind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.linkage.reliability import DRAWS
from sexton.web.cases.judging import Agreement, Subjects, agreement_of
from sexton.web.cases.ladder import VERDICTS
from sexton.web.cases.models import Case, Judgement
from sexton.web.cases.naming import archive_row

_SEED = 1
LEAST_SUBJECTS = 10
"""Candidates that two or more judged, without which no agreement is stated."""
OF_AN_ARCHIVE = _("a record of an archive")
# Words for kappa after Landis & Koch (1977). Where one begins is a convention, as they say.
WORDS: tuple[tuple[float, Promise], ...] = (
    (0.8, _("They agree nearly always.")),
    (0.6, _("They agree mostly.")),
    (0.4, _("They agree moderately.")),
    (0.2, _("They agree little.")),
    (float("-inf"), _("They agree hardly more often than chance would have it.")),
)


@dataclass(slots=True)
class Colleague:
    """What one colleague judged: blind, by verdict, and ``later``, once more or with the evidence
    in view."""

    name: str
    verdicts: dict[str, int]
    later: int = 0

    @property
    def blind(self) -> int:
        return sum(self.verdicts.values())


def colleagues(judgements: Iterable[Judgement]) -> list[Colleague]:
    """Who judged how much, by name."""
    found: dict[str, Colleague] = {}
    for one in judgements:
        who = found.setdefault(one.reviewer, Colleague(one.reviewer, dict.fromkeys(VERDICTS, 0)))
        if one.blind:
            who.verdicts[one.verdict] += 1
        else:
            who.later += 1
    return [found[name] for name in sorted(found)]


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with the limits between which kappa lies with 19 chances in 20, in words."""

    figures: Agreement
    low: float
    high: float

    @property
    def words(self) -> Promise:
        return _in_words(self.figures.kappa or 0.0)

    @property
    def low_words(self) -> Promise | None:
        """What the lower limit would mean, where that is something else."""
        low = _in_words(self.low)
        return None if low is self.words else low


def _in_words(kappa: float) -> Promise:
    return next(words for least, words in WORDS if kappa >= least)


def agreed(subjects: Subjects) -> Agreed | None:
    """How far colleagues agree; None where too little was judged twice, or one verdict was given
    on everything, so that chance explains it all."""
    rated = [sorted(told.values()) for told in subjects.values() if len(told) > 1]
    figures = agreement_of(rated)
    if figures is None or figures.subjects < LEAST_SUBJECTS or figures.kappa is None:
        return None
    return Agreed(figures, *kappa_limits(rated))


def kappa_limits(rated: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Between which limits kappa lies with 19 chances in 20, from subjects drawn again.

    Subjects with the same verdicts are alike, so that it is drawn how often each kind comes. A draw
    that chance explains altogether is left out.
    """
    kinds = Counter(map(tuple, rated))
    told = np.array([[kind.count(v) for v in VERDICTS] for kind in kinds], dtype=np.float64)
    raters = told.sum(axis=1)
    alike = (told * (told - 1)).sum(axis=1) / (raters * (raters - 1))
    shares = np.array([*kinds.values()]) / len(rated)
    drawn = np.random.default_rng(_SEED).multinomial(len(rated), shares, DRAWS)
    observed = drawn @ alike / len(rated)
    expected = (((drawn @ told) / (drawn @ raters)[:, None]) ** 2).sum(axis=1)
    sound = expected < 1
    kappas = (observed[sound] - expected[sound]) / (1 - expected[sound])
    low, high = np.quantile(kappas, (0.025, 0.975))
    return float(low), float(high)


def judged_twice(subjects: Subjects) -> int:
    """How many candidates two or more judged blind."""
    return sum(len(told) > 1 for told in subjects.values())


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A candidate of a case on whom colleagues disagree: who said what."""

    case: Case
    candidate: str
    verdicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Those that may be shown, and how many more there are of which the reader has not judged yet:
    what others said would take his blindness."""

    shown: tuple[Disagreement, ...]
    hidden: int


def disagreements(
    subjects: Subjects, not_blind: set[tuple[int, str]], archives: bool = True
) -> Disagreements:
    """The candidates on whom "same" stands against "different"; the latest case first.

    Without ``archives`` it is not told which record of an archive somebody is.
    """
    apart = {
        pair: told for pair, told in subjects.items() if {"same", "different"} <= {*told.values()}
    }
    open_to = sorted((pair for pair in apart if pair in not_blind), reverse=True)
    cases = Case.objects.select_related("record").in_bulk({case for case, _candidate in open_to})
    shown = tuple(
        Disagreement(
            cases[case],
            candidate if archives or archive_row(candidate) is None else str(OF_AN_ARCHIVE),
            tuple(sorted(apart[case, candidate].items())),
        )
        for case, candidate in open_to
    )
    return Disagreements(shown, len(apart) - len(shown))
