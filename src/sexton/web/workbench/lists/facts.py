"""What the work lists know of cases and of what the engine found, for all at once.

Each part is read in a few questions, whatever the number of cases, and kept until it changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from sexton.web.cases.judging import opinions
from sexton.web.cases.ladder import Opinion
from sexton.web.cases.models import (
    Candidate,
    Case,
    Clue,
    Decision,
    Inquiry,
    Judgement,
    Letter,
    NegativeSearch,
)
from sexton.web.cases.promise import LEADING, TELLING
from sexton.web.register.models import History
from sexton.web.workbench.lists import kept


@dataclass(slots=True)
class Worked:
    """A case and what people did in it. ``letters`` holds, for each that was sent and not yet
    answered, the day of its reminder (None without one)."""

    pk: int
    key: str
    record: int
    state: str
    assignee: str
    embargo: bool
    opened: datetime
    last: datetime
    opinions: dict[str, list[Opinion]] = field(default_factory=dict)
    letters: list[date | None] = field(default_factory=list)
    clues: set[str] = field(default_factory=set)
    searches: int = 0

    def happened(self, at: datetime) -> None:
        self.last = max(self.last, at)


class Answered(NamedTuple):
    """A list that was asked about a case: how many it gave, and the likeliest of them, each with
    his name, probability and what he states of ``promise.TELLING``."""

    pool: str
    given: int
    simulated: int
    leading: list[tuple[str, float, Mapping[str, str]]]


def _worked() -> list[Worked]:
    first = History.objects.filter(kind="case", object_id=OuterRef("pk"), version=1)
    began = Coalesce(Subquery(first.values("began__at")[:1]), F("change__at"))
    columns = ("pk", "key", "record_id", "state", "assignee", "embargo")
    rows = Case.objects.order_by("pk").annotate(began=began)
    cases = {row[0]: Worked(*row) for row in rows.values_list(*columns, "began", "change__at")}
    _add_opinions(cases)
    _add_letters(cases)
    _add_others(cases)
    return list(cases.values())


def _add_opinions(cases: Mapping[int, Worked]) -> None:
    told: dict[tuple[int, str], list[Any]] = defaultdict(list)
    columns = ("case_id", "candidate", "reviewer", "verdict", "blind", "change__at")
    for row in Judgement.objects.order_by("pk").values_list(*columns, named=True):
        if row.case_id in cases:  # not one that was opened between two of these questions
            told[row.case_id, row.candidate].append(row)
            cases[row.case_id].happened(row.change__at)
    for (case, candidate), rows in told.items():
        cases[case].opinions[candidate] = opinions(rows)


def _add_letters(cases: Mapping[int, Worked]) -> None:
    columns = ("case_id", "sent_on", "remind_on", "answered_on", "change__at")
    for case, sent, remind, answered, at in Letter.objects.order_by().values_list(*columns):
        if case not in cases:
            continue
        if sent and not answered:
            cases[case].letters.append(remind)
        cases[case].happened(at)


def _add_others(cases: Mapping[int, Worked]) -> None:
    clues = Clue.objects.order_by().values_list("case_id", "field", "stands", "change__at")
    for case, name, stands, at in clues:
        if case not in cases:
            continue
        if stands:
            cases[case].clues.add(name)
        cases[case].happened(at)
    searches = NegativeSearch.objects.order_by().values("case_id").annotate(n=Count("pk"))
    decisions = Decision.objects.order_by().values("case_id").annotate(n=Count("pk"))
    latest = Max("change__at")
    both = searches.annotate(at=latest).values_list("case_id", "n", "at").union(
        decisions.annotate(at=latest, none=F("case_id") * 0).values_list("case_id", "none", "at"),
        all=True,
    )  # fmt: skip
    for case, n, at in both:
        if case in cases:
            cases[case].searches += n
            cases[case].happened(at)


def _answered() -> dict[int, list[Answered]]:
    """Case to the lists that were asked about it."""
    found: dict[tuple[int, str], Answered] = {}
    for case, pool in Inquiry.objects.order_by().values_list("case_id", "pool"):
        found[case, pool] = Answered(pool, 0, 0, [])
    counts = Candidate.objects.order_by().values("case_id", "pool", "simulated")
    for case, pool, simulated, n in counts.annotate(n=Count("pk")).values_list(
        "case_id", "pool", "simulated", "n"
    ):
        before = found.get((case, pool)) or Answered(pool, 0, 0, [])
        marked = before.simulated + n * simulated
        found[case, pool] = before._replace(given=before.given + n, simulated=marked)
    states = {f"states_{name}": KeyTextTransform(name, "fields") for name in TELLING}
    leading = Candidate.objects.filter(rank__lte=LEADING).order_by("case_id", "pool", "rank")
    columns = ("case_id", "pool", "name", "probability", *states)
    for case, pool, name, chance, *told in leading.annotate(**states).values_list(*columns):
        stated = {code: value for code, value in zip(TELLING, told, strict=True) if value}
        if (case, pool) in found:
            found[case, pool].leading.append((name, chance, stated))
    by_case: dict[int, list[Answered]] = defaultdict(list)
    for (case, _pool), one in found.items():
        by_case[case].append(one)
    return dict(by_case)


worked: kept.Kept[list[Worked]] = kept.Kept(_worked)
answered: kept.Kept[dict[int, list[Answered]]] = kept.Kept(_answered)
