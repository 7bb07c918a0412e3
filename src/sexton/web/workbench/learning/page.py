"""What the page shows of the judgements, made without a request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sexton.web.cases import proposing
from sexton.web.cases.judging import judged_blind, not_blind_for
from sexton.web.cases.models import Case, Judgement, RulesVersion
from sexton.web.cases.rules import in_use, version_in_use
from sexton.web.cases.taught import LEAST_CASES, LEAST_PAIRS, shares_of
from sexton.web.jobs.models import Job
from sexton.web.public import plots
from sexton.web.workbench.learning import agreeing, calibrating
from sexton.web.workbench.learning.calibrating import LIMITS, Step
from sexton.web.workbench.learning.report import decimal, percent
from sexton.web.workbench.work import PROPOSE, WEIGH


def judgements_on(cases: QuerySet[Case]) -> list[Judgement]:
    """All judgements on these cases, the oldest first."""
    return list(Judgement.objects.filter(case__in=cases).order_by("pk"))


def shown(
    judgements: Sequence[Judgement], reader: str, simulated: bool, archives: bool = True
) -> dict[str, Any]:
    """Who judged, how far they agree, and whether the bits keep what they promise.

    ``archives``: whether the reader may see who stands in an archive.
    """
    subjects = judged_blind(judgements)
    twice = agreeing.judged_twice(subjects)
    pairs = calibrating.judged_pairs(judgements, simulated)
    steps = calibrating.steps(pairs)
    return {
        "judgements": judgements,
        "colleagues": agreeing.colleagues(judgements),
        "subjects": len(subjects),
        "twice": twice,
        "twice_wanting": max(0, agreeing.LEAST_SUBJECTS - twice),
        "agreed": agreed_in_words(agreeing.agreed(subjects)),
        "disagreements": agreeing.disagreements(subjects, not_blind_for(reader), archives),
        "simulated": simulated,
        "pairs": len(pairs),
        "overall": calibrating.overall(pairs),
        "steps": [line_of(step) for step in steps] if pairs else [],
        "plot": plot(steps) if any(not step.wanting for step in steps) else "",
    }


def agreed_in_words(found: agreeing.Agreed | None) -> dict[str, Any] | None:
    """An agreement as the page tells it."""
    if found is None:
        return None
    return {
        "subjects": found.figures.subjects,
        "observed": percent(found.figures.observed),
        "expected": percent(found.figures.expected),
        "kappa": decimal(found.figures.kappa or 0.0),
        "low": decimal(found.low),
        "high": decimal(found.high),
        "words": found.words,
        "low_words": found.low_words,
    }


def line_of(step: Step) -> dict[str, Any]:
    """A class of bits as a row of the table; nothing is said of it while pairs are wanting."""
    pairs = step.pairs
    line: dict[str, Any] = {"name": limits_of(step), "n": pairs.pairs, "wanting": step.wanting}
    if not step.wanting:
        line |= {
            "stated": percent(pairs.stated),
            "same": percent(pairs.same),
            "least": percent(pairs.least),
            "most": percent(pairs.most),
            "off": step.is_off,
        }
    return line


def limits_of(step: Step) -> str:
    """The bits of a class in words."""
    low, high = step.pairs.low, step.pairs.high
    if low < LIMITS[0]:
        return _("under %(high)d") % {"high": high}
    if high > LIMITS[-1]:
        return _("%(low)d or more") % {"low": low}
    return _("%(low)d to %(high)d") % {"low": low, "high": high}


def plot(steps: Sequence[Step]) -> SafeString:
    """What came true beside what was stated, by the bits."""
    said = plots.Plot(
        "calibration",
        _("What was stated, and what was judged"),
        _(
            "For each class of bits in the table below: the share of pairs that were judged to be "
            "one man, with the limits between which it lies, and what was stated of them."
        ),
        (_("Judged to be one man"), _("Stated, on average")),
    )
    spans = [(_short(step), None if step.wanting else _span(step)) for step in steps]
    levels = [(0.0, "0"), (0.5, percent(0.5)), (1.0, _("all"))]
    return plots.ranges(said, spans, levels)


def _span(step: Step) -> plots.Span:
    pairs = step.pairs
    return plots.Span(pairs.least, pairs.same, pairs.most, pairs.stated)


def _short(step: Step) -> str:
    """The bits of a class in signs, below the plot."""
    low, high = step.pairs.low, step.pairs.high
    if low < LIMITS[0]:
        return f"< {high:.0f}"
    return f"≥ {low:.0f}" if high > LIMITS[-1] else f"{low:.0f}–{high:.0f}"


def teaching(judgements: Sequence[Judgement]) -> dict[str, Any]:
    """The rules in use, the versions that there are, and whether enough was judged for another."""
    sure = {pair: share for pair, share in shares_of(judgements).items() if share is not None}
    cases = len({case for case, _candidate in sure})
    return {
        "rules": in_use(),
        "version": version_in_use(),
        "versions": RulesVersion.objects.select_related("change"),
        "pairs_wanting": max(0, LEAST_PAIRS - len(sure)),
        "cases_wanting": max(0, LEAST_CASES - cases),
        "learning": Job.objects.filter(kind=PROPOSE).first(),
        "weighing": Job.objects.filter(kind=WEIGH).first(),
        "behind": proposing.behind().count(),
    }
