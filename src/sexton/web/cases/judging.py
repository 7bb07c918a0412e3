"""Judgements: blind first, then with the evidence in view; and how reviewers agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sexton.messages import N_, Message
from sexton.web.cases.ladder import VERDICTS, Opinion
from sexton.web.cases.models import Candidate, Case, Judgement, Look
from sexton.web.register.history import change

AGAIN_WITHOUT_REASON = N_("Who judges with the evidence in view, or once more, says why.")
NO_SUCH_VERDICT = N_("A verdict is “same”, “different” or “unsure”.")
JUDGED = "a judgement on a candidate"


class CannotJudge(Exception):
    """The judgement was not written; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def look(case: Case, candidate: str, by: str) -> None:
    """Write down that somebody is shown the evidence on a candidate."""
    Look.objects.get_or_create(case=case, candidate=candidate, by=by)


def not_blind_for(by: str) -> set[tuple[int, str]]:
    """The cases (ids) and candidates of which somebody has seen the evidence, or judged already."""
    seen = Look.objects.filter(by=by).values_list("case", "candidate")
    judged = Judgement.objects.filter(reviewer=by).values_list("case", "candidate")
    return {*seen, *judged}


def look_at_all(pairs: Iterable[tuple[int, str]], by: str) -> None:
    """Write down that somebody is shown what the evidence says of many candidates at once."""
    fresh = sorted(set(pairs) - not_blind_for(by))
    looks = [Look(case_id=case, candidate=candidate, by=by) for case, candidate in fresh]
    Look.objects.bulk_create(looks, ignore_conflicts=True)


def sees_evidence(case: Case | int, candidate: str, by: str) -> bool:
    """Whether the evidence may be shown to somebody without a warning: he judged, or has looked."""
    judged = Judgement.objects.filter(case=case, candidate=candidate, reviewer=by).exists()
    return judged or Look.objects.filter(case=case, candidate=candidate, by=by).exists()


def judge(case: Case, candidate: str, reviewer: str, verdict: str, reason: str = "") -> Judgement:
    """Say whether the man of the case and a candidate are one.

    It is blind when the reviewer has not judged or seen the evidence before; then no reason is
    needed. Raises CannotJudge.
    """
    if verdict not in VERDICTS:
        raise CannotJudge(Message(NO_SUCH_VERDICT))
    with change(reviewer, reason.strip() or JUDGED) as door:
        blind = not sees_evidence(case, candidate, reviewer)
        if not blind and not reason.strip():
            raise CannotJudge(Message(AGAIN_WITHOUT_REASON))
        found = Candidate.objects.filter(case=case, name=candidate).first()
        seen = {"bits": found.weight, "rules": found.rules} if found else {}
        told = Judgement(case=case, candidate=candidate, reviewer=reviewer, verdict=verdict, **seen)
        told.blind, told.reason = blind, reason.strip()
        return door.add(told)


def opinions(judgements: Iterable[Judgement]) -> list[Opinion]:
    """What each reviewer holds now, and whether his first judgement was blind."""
    of: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        of[judgement.reviewer].append(judgement)
    return [Opinion(who, told[-1].verdict, told[0].blind) for who, told in sorted(of.items())]


def opinions_on(case: Case, candidate: str) -> list[Opinion]:
    return opinions(Judgement.objects.filter(case=case, candidate=candidate).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two or more reviewers agree on what they judged blind.

    ``observed``: the share of pairs of verdicts that agree; ``expected``: that share if each had
    judged by chance, as often each way as all did; ``kappa``: Fleiss' kappa (Fleiss 1971, for
    subjects with two raters or more), None where chance explains everything.
    """

    subjects: int
    observed: float
    expected: float
    kappa: float | None


Subjects = dict[tuple[int, str], dict[str, str]]
"""Verdicts by reviewer, for each case (id) and candidate."""


def judged_blind(judgements: Iterable[Judgement]) -> Subjects:
    """What was judged blind of each candidate."""
    subjects: Subjects = defaultdict(dict)
    for one in judgements:
        if one.blind:
            subjects[(one.case_id, one.candidate)][one.reviewer] = one.verdict
    return dict(subjects)


def agreement(judgements: Iterable[Judgement]) -> Agreement | None:
    """Agreement over all candidates that two or more judged blind; None where there is none."""
    told = judged_blind(judgements).values()
    return agreement_of([list(verdicts.values()) for verdicts in told if len(verdicts) > 1])


def agreement_of(rated: Sequence[Sequence[str]]) -> Agreement | None:
    """The same of the verdicts on each subject, two or more on each; None without subjects."""
    if not rated:
        return None
    observed = sum(_pairs_alike(told) for told in rated) / len(rated)
    everything = [verdict for told in rated for verdict in told]
    expected = sum((everything.count(v) / len(everything)) ** 2 for v in VERDICTS)
    kappa = None if expected >= 1.0 else (observed - expected) / (1.0 - expected)
    return Agreement(len(rated), observed, expected, kappa)


def _pairs_alike(told: Sequence[str]) -> float:
    n = len(told)
    return sum(told.count(v) * (told.count(v) - 1) for v in VERDICTS) / (n * (n - 1))
