"""A proposed version of the rules: learnt, tested, compared with those in use before it is used.

Nothing is weighed by it until somebody adopts it (``rules.adopt``).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sexton.evidence import Rules, default_rules
from sexton.evidence.rules import read_rules
from sexton.web.cases import rules as versions
from sexton.web.cases.ladder import FOUND
from sexton.web.cases.models import Case, Inquiry, RankingChange, RulesVersion
from sexton.web.cases.pools import pool_of
from sexton.web.cases.refreshing import failed_of, row_of, rows_of, weigh_again
from sexton.web.cases.taught import gather, teach
from sexton.web.cases.weighing import Ranking, rank
from sexton.web.jobs.task import Task
from sexton.web.register.history import change
from sexton.web.research.shelf import Trouble

UNDECIDED = (*FOUND, "disputed", "withdrawn")
PROPOSED = "rules were learnt from judgements"
COMPARING, WEIGHING = "comparing rankings", "weighing cases"
AT_ONCE = 200


def propose(task: Task) -> dict[str, Any]:
    """Learn, test, compare, and write the version down. Done twice it makes one version.

    What was learnt is kept as a checkpoint: it takes longest. The result has the name of the
    version, or "" with the number of ``pairs`` where these were too few.
    """
    known = RulesVersion.objects.filter(job=task.pk).first()
    if known is not None:
        return {"version": known.name}
    learnt = task.checkpoint or _learn(task)
    if not learnt["text"]:
        return {"version": "", "pairs": learnt["pairs"]}
    task.keep(learnt)
    rankings, unasked = _compare(task, read_rules(learnt["text"], learnt["name"]))
    learnt["figures"]["rankings"] = _summary(rankings, unasked)
    return {"version": _write(task, learnt, rankings).name}


def _learn(task: Task) -> dict[str, Any]:
    gathered, name = gather(), versions.name_for(task.pk)
    if not gathered.is_enough:
        return {"text": "", "pairs": gathered.pairs}
    taught = teach(gathered, versions.in_use(), name, task.progress)
    return {
        "text": taught.text, "name": name, "base": default_rules().version,
        "upto": gathered.upto, "figures": taught.figures,
    }  # fmt: skip


def _compare(task: Task, rules: Rules) -> tuple[list[RankingChange], int]:
    """The first candidate of every open case in every list, by the rules in use and by ``rules``;
    and how many lists could not be asked."""
    found, unasked, present = [], 0, versions.in_use()
    inquiries = open_inquiries()
    total = inquiries.count()
    for done, inquiry in enumerate(inquiries.iterator(AT_ONCE)):
        task.progress(COMPARING, done, total)
        try:
            before, after = _ranked(inquiry, present), _ranked(inquiry, rules)
        except Trouble:
            unasked += 1
            continue
        if before.candidates:
            found.append(_change(inquiry, before, after))
    task.progress(COMPARING, total, total)
    return found, unasked


def open_inquiries() -> QuerySet[Inquiry]:
    """What lists were asked for cases that nobody decided."""
    found = Inquiry.objects.filter(case__state__in=UNDECIDED)
    return found.select_related("case__record").order_by("case", "pool")


def _ranked(inquiry: Inquiry, rules: Rules) -> Ranking:
    pool, case = pool_of(inquiry, rules), inquiry.case
    return rank(row_of(case), rows_of(inquiry), pool, failed_of(case), with_paths=False)


def _change(inquiry: Inquiry, before: Ranking, after: Ranking) -> RankingChange:
    one, other = before.candidates[0], after.candidates[0]
    return RankingChange(
        case=inquiry.case, pool=inquiry.pool,
        before=one.name, before_probability=one.probability,
        after=other.name, after_probability=other.probability,
    )  # fmt: skip


def _summary(rankings: list[RankingChange], unasked: int) -> dict[str, int]:
    return {
        "lists": len(rankings),
        "cases": len({one.case_id for one in rankings}),
        "other_first": sum(one.is_another for one in rankings),
        "unasked": unasked,
    }


def _write(task: Task, learnt: dict[str, Any], rankings: list[RankingChange]) -> RulesVersion:
    with change(task.by, PROPOSED) as door:
        version = door.add(
            RulesVersion(
                name=learnt["name"], base=learnt["base"], text=learnt["text"],
                upto=learnt["upto"], lesson=learnt["figures"], job=task.pk,
            )
        )  # fmt: skip
        for one in rankings:
            one.version = version
        RankingChange.objects.bulk_create(rankings, batch_size=AT_ONCE)
    versions.write_file(version)
    return version


def behind() -> QuerySet[Case]:
    """The undecided cases whose candidates were weighed by other rules than those in use."""
    other = Inquiry.objects.exclude(rules=versions.in_use().version).filter(trouble="")
    return Case.objects.filter(state__in=UNDECIDED, pk__in=other.values("case")).order_by("pk")


def weigh_by_rules_in_use(task: Task) -> dict[str, int]:
    """Weigh again what was weighed by other rules; decided cases stay as they were decided."""
    after, done = task.checkpoint.get("after", 0), task.checkpoint.get("done", 0)
    total = done + behind().filter(pk__gt=after).count()
    while cases := list(behind().filter(pk__gt=after).select_related("record")[:AT_ONCE]):
        for case in cases:
            weigh_again(case)
            after, done = case.pk, done + 1
            task.progress(WEIGHING, done, max(done, total))
        task.keep({"after": after, "done": done})
    return {"cases": done}
