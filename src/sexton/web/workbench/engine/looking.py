"""Looking for candidates of one case while somebody waits: which lists, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from sexton.web.cases import finding
from sexton.web.cases.models import Case
from sexton.web.cases.naming import REGISTER, archive_of
from sexton.web.research.archives import AT_ONCE, TROUBLES, may_search
from sexton.web.research.shelf import Trouble, shelf
from sexton.web.workbench.engine.lists import lists_for, title_of

AT_DESK = 300_000
"""Records of archives that are looked through while somebody waits; beyond them a run does it."""

Lists = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """How many lists were asked, the candidates that came and went, and what went wrong."""

    asked: int
    new: int
    gone: int
    troubles: Sequence[str]


def lists_of(case: Case, user: Any, chosen: Sequence[str]) -> Lists:
    """The lists to ask, with their coverage: those that are ``chosen`` (by pool), else those that
    were asked before, or the register and the first few archives. Only what ``user`` may see."""
    before = dict(case.inquiries.values_list("pool", "coverage"))
    allowed = [one.pool for one in lists_for(user) if not one.trouble]
    wanted = [pool for pool in allowed if pool in chosen]
    if not wanted:
        asked = [pool for pool in before if pool == REGISTER or may_search(user)]
        first = asked if any(map(archive_of, asked)) else allowed[: 1 + AT_ONCE]
        wanted = list(dict.fromkeys([REGISTER, *asked, *first]))
    return tuple((pool, before.get(pool) or finding.usual_coverage(pool)) for pool in wanted)


def takes_long(wanted: Lists) -> bool:
    """Whether the archives are too large to wait for the answer."""
    return sum(map(_records, (pool for pool, _coverage in wanted))) > AT_DESK


def look(case: Case, wanted: Lists, by: str) -> Seen:
    """Ask the lists now."""
    outcomes = finding.find([case], wanted, by)
    asked = [one for one in outcomes if not one.trouble]
    troubles = [
        f"{title_of(one.pool)}: {TROUBLES[one.trouble]}" for one in outcomes if one.trouble
    ]  # fmt: skip
    return Seen(len(asked), sum(x.new for x in asked), sum(x.gone for x in asked), troubles)


def page_of(case: Case) -> str:
    """The page of the case, where there is one."""
    try:
        return reverse("case", args=[case.key])
    except NoReverseMatch:
        return reverse("runs")


def _records(pool: str) -> int:
    archive = archive_of(pool)
    if archive is None:
        return 0
    try:
        return len(shelf().open(archive).search.pool)
    except Trouble:
        return 0
