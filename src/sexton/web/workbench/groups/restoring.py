"""Groups that were dropped, and bringing one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sexton.messages import N_, Message
from sexton.web.accounts import policy
from sexton.web.accounts.rights import grants_of
from sexton.web.cases.models import Case
from sexton.web.register.history import kind_of
from sexton.web.register.models import History
from sexton.web.register.undo import CannotUndo, undo
from sexton.web.workbench.access import WORK
from sexton.web.workbench.models import Group, GroupBody

SHOWN = 20
BACK = N_("The group is there again.")
NOT_THERE = N_("No such group was dropped, or it is there again.")
NOT_BACK = N_("The group cannot be brought back: %(why)s")
REASON = "a group was brought back"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A group that is no more: what it was called, by which change it went, who made that, why."""

    title: str
    change: int
    by: str
    at: datetime
    reason: str


class Told(NamedTuple):
    """What came of it."""

    done: bool
    message: Message


def dropped(user: Any) -> list[Dropped]:
    """The groups that were dropped last, of those that ``user`` might work on."""
    sites = policy.sites_for(grants_of(user), WORK)
    found = []
    for state in _ended()[: SHOWN * 5]:
        if sites is None or _sites_of(state) <= sites:
            made = state.ended
            found.append(Dropped(state.data["title"], made.pk, made.by, made.at, made.reason))
    return found[:SHOWN]


def restore(user: Any, change: str) -> Told:
    """Bring back what a change dropped."""
    known = next((one for one in dropped(user) if str(one.change) == change), None)
    if known is None:
        return Told(False, Message(NOT_THERE))
    made = _ended().filter(ended=known.change).get().ended
    try:
        undo(made, user.get_username(), REASON)
    except CannotUndo as refused:
        return Told(False, Message(NOT_BACK, {"why": str(refused)}))
    return Told(True, Message(BACK))


def _ended() -> Any:
    """The last states of groups that are no more."""
    rows = History.objects.filter(kind=kind_of(Group))
    gone = rows.exclude(object_id__in=Group.objects.values("pk"))
    return gone.select_related("ended").order_by("-ended_id", "-pk")


def _sites_of(state: History) -> set[int | None]:
    """The sites of the graves that went with a group."""
    bodies = History.objects.filter(kind=kind_of(GroupBody), ended=state.ended)
    cases = [data["case_id"] for data in bodies.values_list("data", flat=True)]
    return set(Case.objects.filter(pk__in=cases).values_list("record__site_id", flat=True))
