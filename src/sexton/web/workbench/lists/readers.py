"""Who looks at a work list: what he may see of it, and what he has judged himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sexton.web.accounts import policy
from sexton.web.accounts.rights import grants_of, may
from sexton.web.cases.models import Look
from sexton.web.research.archives import may_search
from sexton.web.workbench.access import WORK, cases_for


@dataclass(frozen=True, slots=True)
class Reader:
    """``cases`` and ``sites`` are None for who works on all; ``archives``: whether candidates in
    archives are for him; ``looked``: the cases in which he has seen evidence."""

    name: str
    archives: bool
    decides: bool
    cases: frozenset[int] | None
    sites: frozenset[int] | None
    looked: frozenset[int]


def reader_of(user: Any) -> Reader:
    name = user.get_username()
    sites = policy.sites_for(grants_of(user), WORK)
    cases = None if sites is None else frozenset(cases_for(user).values_list("pk", flat=True))
    looks = Look.objects.filter(by=name).order_by().values_list("case", flat=True)
    return Reader(
        name=name,
        archives=may_search(user),
        decides=may(user, "decide_cases"),
        cases=cases,
        sites=sites,
        looked=frozenset(looks),
    )
