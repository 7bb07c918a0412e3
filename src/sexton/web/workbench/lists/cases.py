"""The list of cases: what is known of each, for everybody; and the list as one reader sees it.

What follows from the register, the cases and the engine's answers alone is made once and kept
until one of them changes. A reader adds what is his: which cases, what he has judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from django.utils import timezone

from sexton.web.cases.ladder import DECIDED
from sexton.web.cases.naming import REGISTER
from sexton.web.cases.promise import Answers, Known, Promise, promise, telling
from sexton.web.research.facet_table import Column
from sexton.web.workbench.lists import facts, kept, records, waiting
from sexton.web.workbench.lists.facts import Answered, Worked
from sexton.web.workbench.lists.listing import Listing, column
from sexton.web.workbench.lists.readers import Reader
from sexton.web.workbench.lists.records import Beside, Said

ME, NOBODY, NAMED = "me", "nobody", "by:"
# How long a case has been open, in days: the first that fits.
OPENED = (("month", 31), ("half", 183), ("year", 366))


@dataclass(frozen=True, slots=True)
class Common:
    """All cases in the order in which they were opened, and what follows for each, with archives
    or without them; ``day`` is when it was made, since some of it is told by days."""

    day: date
    cases: Sequence[Worked]
    said: Sequence[Said]
    lists: Sequence[Sequence[Answered]]
    hidden: Sequence[int]
    promises: Sequence[Promise]
    waiting: Sequence[Sequence[str]]
    columns: Mapping[str, Column]
    beside: Beside


_made: dict[bool, tuple[kept.Parts, Common]] = {}


def common(archives: bool) -> Common:
    """What is known of all cases, with candidates in archives or without."""
    register = kept.of_register()
    said, beside = records.said(kept.of_records()), records.beside(register)
    worked, answered = facts.worked(register), facts.answered(kept.of_engine())
    parts = (said, beside, worked, answered)
    known, today = _made.get(archives), timezone.localdate()
    if known is None or known[1].day != today or not kept.same(known[0], parts):
        # Where the engine's answers are the same, most cases are as they were.
        before = known[1] if known and known[1].day == today and known[0][3] is answered else None
        made = _common(said, beside, worked, answered, archives, today, before)
        known = _made[archives] = (parts, made)
    return known[1]


def _common(
    said: Mapping[int, Said],
    beside: Beside,
    worked: Sequence[Worked],
    answered: Mapping[int, Sequence[Answered]],
    archives: bool,
    today: date,
    before: Common | None,
) -> Common:
    # A case whose record came in between two questions is there the next time.
    cases = [case for case in worked if case.record in said]
    rows = [said[case.record] for case in cases]
    everything = [answered.get(case.pk, ()) for case in cases]
    lists = [[a for a in found if archives or a.pool == REGISTER] for found in everything]
    shown = zip(everything, lists, strict=True)
    now = timezone.localtime()
    kept_so = _as_before(cases, before)
    rows_of = enumerate(zip(cases, rows, lists, strict=True))
    told = [
        kept_so.get(n) or (promise(_known(*row)), waiting.of_case(row[0], row[2], now))
        for n, row in rows_of
    ]
    found = Common(
        day=today,
        cases=cases,
        said=rows,
        lists=lists,
        hidden=[sum(a.given for a in every) - sum(a.given for a in some) for every, some in shown],
        promises=[own for own, _waiting in told],
        waiting=[own for _promise, own in told],
        columns={},
        beside=beside,
    )
    return replace(found, columns=_columns(found, now))


def _as_before(
    cases: Sequence[Worked], before: Common | None
) -> dict[int, tuple[Promise, Sequence[str]]]:
    """What followed for the cases in which nothing has happened, by their number now."""
    if before is None:
        return {}
    numbers = {case.pk: number for number, case in enumerate(before.cases)}
    return {
        n: (before.promises[number], before.waiting[number])
        for n, case in enumerate(cases)
        if (number := numbers.get(case.pk)) is not None and before.cases[number] == case
    }


def listing(reader: Reader) -> tuple[Common, Sequence[Promise], Listing]:
    """The cases as ``reader`` may see them: all that is known, how near each is, and the list."""
    known = common(reader.archives)
    size = len(known.cases)
    promises = _veiled(known, reader)
    rows = zip(known.cases, known.lists, known.waiting, strict=True)
    own = [list(waiting.for_reader(*row, reader)) for row in rows]
    columns = {
        **known.columns,
        "assignee": _with_me(known.columns["assignee"], reader.name),
        "outlook": column(([one.grade] for one in promises), size),
        "waiting": column(own, size),
    }
    mine = reader.cases
    ids = (mine is None or case.pk in mine for case in known.cases)
    within = np.fromiter(ids, np.bool_, size)
    texts = [row.folded for row in known.said]
    return known, promises, Listing(texts, columns, within, _orders(known, promises))


def _known(case: Worked, said: Said, lists: Sequence[Answered]) -> Known:
    stated = {*said.stated, *case.clues}
    answers = [
        Answers(
            [chance for _name, chance, _told in one.leading],
            telling(stated, [(chance, told) for _name, chance, told in one.leading]),
        )
        for one in lists
    ]
    return Known(
        answers=answers,
        named=said.named,
        stated=said.stated,
        searches=case.searches,
        asked=bool(lists),
        decided=case.state in waiting.SETTLED,
    )


def _veiled(known: Common, reader: Reader) -> list[Promise]:
    """How near each case is, without what would tell of a candidate whom he has not judged."""
    told = list(known.promises)
    for number, (case, lists) in enumerate(zip(known.cases, known.lists, strict=True)):
        if sum(one.given for one in lists) != 1 or case.state in DECIDED:
            continue
        if case.pk not in reader.looked and not waiting.has_judged(case, reader.name):
            asked = _known(case, known.said[number], lists)
            told[number] = promise(asked, veiled=True)
    return told


def _columns(known: Common, now: datetime) -> dict[str, Column]:
    size = len(known.cases)
    rows = list(zip(known.cases, known.said, strict=True))
    return {
        **records.places(known.said, known.beside),
        "state": column(([case.state] for case in known.cases), size),
        "assignee": column(
            ([f"{NAMED}{case.assignee}" if case.assignee else NOBODY] for case in known.cases), size
        ),
        "candidates": column(map(_candidates, known.lists), size),
        "about": column((records.about(c.record, s, known.beside) for c, s in rows), size),
        "opened": column(([_age(case, now)] for case in known.cases), size),
    }


def _candidates(lists: Sequence[Answered]) -> list[str]:
    found = {REGISTER if one.pool == REGISTER else "archive" for one in lists if one.given}
    if any(one.simulated for one in lists):
        found.add("simulated")
    return sorted(found) or ["none"]


def _age(case: Worked, now: datetime) -> str:
    days = (now - case.opened).days
    return next((code for code, most in OPENED if days < most), "older")


def _with_me(known: Column, name: str) -> Column:
    """The column of assignees in which the reader is "me"."""
    mine = f"{NAMED}{name}"
    values = [ME if value == mine else value for value in known.values]
    return replace(known, values=values, numbers={v: n for n, v in enumerate(values)})


def _orders(known: Common, promises: Sequence[Promise]) -> Mapping[str, Any]:
    cases = known.cases
    return {
        **records.orders(known.said, known.beside),
        "outlook": lambda n: (-promises[n].score, cases[n].opened, n),
        "opened": lambda n: (cases[n].opened, n),
        "quiet": lambda n: (cases[n].last, n),
        "assignee": lambda n: (cases[n].assignee == "", cases[n].assignee, n),
    }
