"""Which pair a reviewer is shown next: a case and a candidate that he has not judged yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case as Choose
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Abs, Coalesce

from sexton.web.cases.ladder import FOUND, INDEPENDENT
from sexton.web.cases.models import Candidate, Case, Judgement, Look
from sexton.web.workbench.access import cases_for
from sexton.web.workbench.case_page.candidates import visible_candidates

ASSESS = "assess"
# Cases that a judgement still helps to decide.
UNDECIDED = (*FOUND, "disputed", "withdrawn")
EVEN = 0.5


def waiting_for(user: Any) -> QuerySet[Candidate]:
    """The candidates that ``user`` may judge blind: not judged by him, nor looked at."""
    me = user.get_username()
    cases = cases_for(user, ASSESS).filter(state__in=UNDECIDED)
    of_pair = {"case": OuterRef("case"), "candidate": OuterRef("name")}
    mine = Judgement.objects.filter(**of_pair, reviewer=me)
    looked = Look.objects.filter(**of_pair, by=me)
    rows = visible_candidates(user).filter(case__in=cases)
    return rows.filter(~Exists(mine), ~Exists(looked))


def next_pair(user: Any, skipped: Sequence[int] = ()) -> Candidate | None:
    """The pair to judge next; None where none is left.

    First those that wait for a second reviewer, then the others, each time the most uncertain
    first: a judgement on a pair of which the evidence is sure teaches least. ``skipped`` are ids.
    """
    of_pair = {"case": OuterRef("case"), "candidate": OuterRef("name")}
    blind = Judgement.objects.filter(**of_pair, blind=True).order_by()
    number = blind.values("candidate").annotate(n=Count("pk")).values("n")
    heard = Coalesce(Subquery(number, output_field=IntegerField()), 0)
    waits = Choose(
        When(heard__gt=0, heard__lt=INDEPENDENT, then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
    rows = waiting_for(user).exclude(pk__in=list(skipped)).annotate(heard=heard)
    ordered = rows.order_by(waits, Abs(F("probability") - EVEN), "pk")
    return ordered.select_related("case__record__site", "case__record__source").first()


def pair(user: Any, key: str, name: str) -> Candidate | None:
    """A candidate of a case by their names; None where ``user`` may not judge him."""
    rows = visible_candidates(user).filter(case__in=cases_for(user, ASSESS))
    found = rows.filter(case__key=key, name=name)
    return found.select_related("case__record__site", "case__record__source").first()


def judged_by_others(case: Case, name: str, me: str) -> int:
    """How many others have judged a candidate: it can be told, what they said cannot."""
    rows = Judgement.objects.filter(case=case, candidate=name).exclude(reviewer=me)
    return rows.values("reviewer").distinct().count()
