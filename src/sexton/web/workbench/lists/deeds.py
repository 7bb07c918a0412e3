"""What is done to many rows of a work list at once: opening cases, giving them to somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from sexton.web.accounts import policy
from sexton.web.accounts.models import RoleAssignment
from sexton.web.accounts.policy import Grant
from sexton.web.cases.models import Case
from sexton.web.cases.opening import open_cases
from sexton.web.register.history import change, pieces
from sexton.web.register.models import Change, Record
from sexton.web.workbench.access import WORK

AT_MOST = 2_000
"""Rows at once: as many as are done while somebody waits."""
GIVEN, FREED = "cases were given to %s", "cases were given to nobody"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the chosen rows: the change, if any; how many it changed; how many stay, as
    whoever should have them has no role for their site."""

    change: Change | None
    changed: int
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who may work on cases."""

    username: str
    name: str
    grants: tuple[Grant, ...]

    def may_work_on(self, site: int | None) -> bool:
        sites = frozenset() if site is None else frozenset({site})
        return policy.allowed(self.grants, WORK, sites)


def workers() -> dict[str, Worker]:
    """Who may work on cases, by user name."""
    roles = [role for role in policy.GIVEN if WORK in policy.TABLE[role]]
    today = timezone.localdate()
    held = RoleAssignment.objects.filter(role__in=roles, user__is_active=True)
    lasting = held.filter(Q(until=None) | Q(until__gte=today)).order_by("user__username")
    grants: dict[tuple[str, str], list[Grant]] = defaultdict(list)
    columns = ("user__username", "user__name", "role", "site_id")
    for username, name, role, site in lasting.values_list(*columns):
        grants[username, name].append(Grant(role, site))
    return {user: Worker(user, name, tuple(own)) for (user, name), own in grants.items()}


def give(cases: Sequence[int], to: Worker | None, by: str) -> Done:
    """Give cases (ids) to somebody, or to nobody (None), as one change."""
    name = to.username if to else ""
    with change(by, GIVEN % name if to else FREED) as door:
        sites = _sites(cases)
        fitting = [pk for pk, site in sites.items() if to is None or to.may_work_on(site)]
        changed = door.edit_many(Case, {pk: {"assignee": name} for pk in sorted(fitting)})
    return Done(door.written, changed, len(sites) - len(fitting))


def open_for(records: Sequence[int], by: str) -> Done:
    """Open a case for each of these records (ids) that has none, as one change."""
    rows: list[Record] = []
    for some in pieces(sorted(records)):
        rows += Record.objects.filter(some).order_by("pk")
    before = Case.objects.count()
    made = open_cases(rows, by)
    return Done(made, Case.objects.count() - before)


def _sites(cases: Iterable[int]) -> Mapping[int, int | None]:
    found: dict[int, int | None] = {}
    for some in pieces(sorted(cases)):
        found.update(Case.objects.filter(some).values_list("pk", "record__site"))
    return found
