"""Making, changing and dropping groups: all of it through the one door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from sexton.messages import N_, Message
from sexton.records import Record as Row
from sexton.records.simulated import is_simulated
from sexton.web.accounts import policy
from sexton.web.accounts.rights import grants_of
from sexton.web.cases import deciding
from sexton.web.cases.models import Candidate
from sexton.web.cases.naming import as_list_record, of_record
from sexton.web.register.history import Door, change
from sexton.web.register.models import Event, Record, Site
from sexton.web.register.state import short_key
from sexton.web.workbench.access import WORK
from sexton.web.workbench.models import Group, GroupBody, GroupName

MOST_GRAVES, MOST_NAMES = 60, 300
"""A group holds no more: its matrix must come at once, and somebody must be able to read it."""
TOO_MANY_GRAVES = N_(
    "A group holds %(most)d graves at most, this would be %(n)d. Make several groups of it."
)
TOO_MANY_NAMES = N_(
    "A group holds %(most)d names at most, this would be %(n)d. Leave out those who are least "
    "likely."
)
NO_GRAVE = N_("A group holds one grave at least. Drop the group itself if it is not needed.")
BOTH = N_("%(key)s is a grave of this group, so it cannot be one of its names too.")
ADDED, DROPPED = "added to a group", "taken out of a group"


class Refused(Exception):
    """Nothing was written; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may lie in a grave of a group: his name as a candidate, and his row."""

    name: str
    pool: str
    fields: Mapping[str, str]
    simulated: bool

    @classmethod
    def of_record(cls, record: Record) -> Named:
        """A record of the register."""
        row = as_list_record(record)
        return cls(of_record(record.key), "register", record.fields, is_simulated(row))

    @classmethod
    def of_row(cls, name: str, pool: str, row: Row) -> Named:
        """A row of an archive."""
        return cls(name, pool, dict(row.fields), is_simulated(row))


@dataclass(frozen=True, slots=True)
class Plan:
    """A group as somebody wants to make it; ``graves`` are records, with how many each holds."""

    title: str
    kind: str
    graves: Mapping[Record, int]
    names: Iterable[Named] = ()
    site: Site | None = None
    event: Event | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def groups_for(user: Any) -> QuerySet[Group]:
    """The groups all of whose graves ``user`` may work on."""
    sites = policy.sites_for(grants_of(user), WORK)
    if sites is None:
        return Group.objects.all()
    graves = GroupBody.objects.filter(group=OuterRef("pk"))
    outside = graves.exclude(case__record__site__in=sorted(sites))
    own = Q(Exists(graves)) | Q(site__in=sorted(sites))
    return Group.objects.filter(own, ~Exists(outside))


@transaction.atomic
def make(plan: Plan, by: str, reason: str) -> Group:
    """Make a group, and the cases of its graves where there are none yet. Raises Refused."""
    if not plan.graves:
        raise Refused(Message(NO_GRAVE))
    cases = {deciding.open_case(record, by): held for record, held in plan.graves.items()}
    with change(by, reason) as door:
        site, event = plan.site, plan.event
        key = short_key("group", plan.title, str(door.change.pk))
        group = Group(
            key=key, title=plan.title, kind=plan.kind, site=site, event=event, **plan.values
        )
        door.add(group)
        _lay(door, group, cases)
        _name(door, group, plan.names)
    return group


def edit(group: Group, by: str, reason: str, seen: int, values: Mapping[str, Any]) -> Group:
    """Give a group other values. Raises ``history.Conflict``."""
    with change(by, reason) as door:
        return door.edit(group, seen=seen, **values)


@transaction.atomic
def add_graves(group: Group, graves: Mapping[Record, int], by: str) -> int:
    """Add graves that are not there yet; of those that are, say how many they hold. Returns how
    many are new. Raises Refused."""
    cases = {deciding.open_case(record, by): held for record, held in graves.items()}
    with change(by, ADDED) as door:
        for body in GroupBody.objects.filter(group=group, case__in=cases):
            door.edit(body, bodies=cases.pop(body.case))
        _lay(door, group, cases)
    return len(cases)


def add_names(group: Group, names: Iterable[Named], by: str) -> int:
    """Add names that are not there yet. Returns how many they were. Raises Refused."""
    with change(by, ADDED) as door:
        return _name(door, group, names)


def take_out(group: Group, graves: Iterable[int], names: Iterable[int], by: str) -> int:
    """Take out graves and names (ids of their rows). Returns how many. Raises Refused."""
    with change(by, DROPPED) as door:
        bodies = GroupBody.objects.filter(group=group, pk__in=list(graves))
        if bodies and bodies.count() == group.bodies.count():
            raise Refused(Message(NO_GRAVE))
        named = GroupName.objects.filter(group=group, pk__in=list(names))
        return door.drop_all(bodies) + door.drop_all(named)


def drop(group: Group, by: str, reason: str) -> None:
    """Drop a group. The cases of its graves stay as they are."""
    with change(by, reason) as door:
        door.drop_all(group.bodies.all())
        door.drop_all(group.names.all())
        door.drop(group)


def found_names(group: Group) -> list[Named]:
    """The candidates of the group's cases that are not among its names, the likeliest first."""
    known = set(group.names.values_list("name", flat=True))
    own = group.bodies.values_list("case__record__key", flat=True)
    known |= {of_record(key) for key in own}
    found: dict[str, Named] = {}
    rows = Candidate.objects.filter(case__in_groups__group=group).order_by("-probability", "pk")
    for one in rows.defer("evidence"):
        if one.name not in known:
            found.setdefault(one.name, Named(one.name, one.pool, one.fields, one.simulated))
    return list(found.values())


def _lay(door: Door, group: Group, cases: Mapping[Any, int]) -> None:
    whole = group.bodies.count() + len(cases)
    if whole > MOST_GRAVES:
        raise Refused(Message(TOO_MANY_GRAVES, {"most": MOST_GRAVES, "n": whole}))
    _check_apart(group, {case.record.key for case in cases})
    for case, held in cases.items():
        door.add(GroupBody(group=group, case=case, bodies=held))


def _name(door: Door, group: Group, names: Iterable[Named]) -> int:
    known = set(group.names.values_list("name", flat=True))
    new = {one.name: one for one in names if one.name not in known}
    whole = len(known) + len(new)
    if whole > MOST_NAMES:
        raise Refused(Message(TOO_MANY_NAMES, {"most": MOST_NAMES, "n": whole}))
    own = set(group.bodies.values_list("case__record__key", flat=True))
    _check_apart(group, own, set(new))
    rows = [
        GroupName(
            group=group, name=one.name, pool=one.pool, fields=one.fields, simulated=one.simulated
        )
        for one in new.values()
    ]
    door.add_many(rows)
    return len(rows)


def _check_apart(group: Group, graves: set[str], names: set[str] | None = None) -> None:
    """Raises Refused where a record would be a grave and a name: the ``names`` to be added, or
    those that there are."""
    keys = {of_record(key): key for key in graves}
    if names is None:
        names = set(group.names.filter(name__in=keys).values_list("name", flat=True))
    for name in sorted(names & keys.keys()):
        raise Refused(Message(BOTH, {"key": keys[name]}))
