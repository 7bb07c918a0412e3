"""Groups that the register itself suggests: the dead of a day, common graves, events, the unnamed.

A body is counted once: of several rows that are held to speak of one man the first stands for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext

from sexton.dates import read_date
from sexton.records.reading import BODIES, read_person
from sexton.web.accounts.rights import may, may_everywhere
from sexton.web.cases.naming import as_list_record
from sexton.web.public.readings import days
from sexton.web.register.burials.graves import occupants
from sexton.web.register.models import Event, Grave, Membership, Participant, Record, Site
from sexton.web.register.state import short_key
from sexton.web.research.latest import Latest
from sexton.web.workbench.access import WORK
from sexton.web.workbench.groups.keeping import MOST_GRAVES, MOST_NAMES, Named, Plan
from sexton.web.workbench.models import GroupBody

OF_DEATHS = ("execution", "combat", "death")
DIED = ("fell", "subject")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group that could be made. ``graves`` are ids of records, with how many each holds;
    ``names`` ids of records of those who died there and have no grave in the register."""

    key: str
    kind: str
    graves: tuple[tuple[int, int], ...]
    unnamed: int
    site: int | None = None
    event: int | None = None
    day: str = ""
    place: str = ""
    names: tuple[int, ...] = ()

    @property
    def bodies(self) -> int:
        return sum(held for _, held in self.graves)


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal in words."""

    proposal: Proposal
    title: str
    site: Site | None


def proposals(user: Any) -> list[Shown]:
    """What could be made of the register as it is, for who may work on all its graves, and is not
    made yet: those with most unnamed dead first."""
    made = _made()
    sites = Site.objects.in_bulk()
    found = []
    for one in _of_register():
        site = sites.get(one.site) if one.site else None
        if frozenset(pk for pk, _ in one.graves) not in made and _may(user, one, site):
            found.append(Shown(one, title_of(one, site), site))
    return found


def _may(user: Any, one: Proposal, site: Site | None) -> bool:
    return may_everywhere(user, WORK) if site is None else may(user, WORK, site)


def plan_of(key: str) -> Plan | None:
    """The proposal of that key as a plan; None where the register does not suggest it any more."""
    one = next((one for one in _of_register() if one.key == key), None)
    if one is None:
        return None
    records = Record.objects.in_bulk([*(pk for pk, _ in one.graves), *one.names])
    site = Site.objects.filter(pk=one.site).first() if one.site else None
    return Plan(
        title=title_of(one, site)[:200],
        kind=one.kind,
        graves={records[pk]: held for pk, held in one.graves if pk in records},
        names=[Named.of_record(records[pk]) for pk in one.names if pk in records],
        site=site,
        event=Event.objects.filter(pk=one.event).first() if one.event else None,
    )


def title_of(one: Proposal, site: Site | None) -> str:
    """What a proposal is called, in the language of the page."""
    where = site.name_in(get_language() or "en") if site else ""
    reading = read_date(one.day)
    known = reading is not None and reading.first is not None and reading.last is not None
    when = days(reading.first, reading.last) if reading and known else one.day
    named = {"site": where, "day": when, "place": one.place}
    if one.kind == "day":
        return gettext("%(site)s: the dead of %(day)s") % named
    if one.kind == "plot":
        return gettext("%(site)s: the unnamed") % named
    if one.kind == "common_grave":
        return gettext("%(site)s: common grave %(place)s") % named
    return one.place or when


def _made() -> set[frozenset[int]]:
    """The records of the groups that there are."""
    of: dict[int, set[int]] = defaultdict(set)
    for group, record in GroupBody.objects.values_list("group_id", "case__record_id"):
        of[group].add(record)
    return {frozenset(records) for records in of.values()}


@dataclass(frozen=True, slots=True)
class _Body:
    """What is needed of a record: whom it speaks of, where it lies and when he died."""

    record: int
    person: int
    site: int
    named: bool
    day: str
    held: int


def _propose() -> list[Proposal]:
    bodies = list(_bodies())
    found = [*_days(bodies), *_plots(bodies), *_common(bodies), *_events()]
    return sorted(found, key=lambda one: (-one.unnamed, -one.bodies, one.key))


_of_register: Latest[list[Proposal]] = Latest(_propose)


def _bodies() -> Iterator[_Body]:
    """The buried, each person once."""
    persons = dict(Membership.objects.values_list("record_id", "person_id"))
    seen: set[tuple[int, int]] = set()
    rows = Record.objects.exclude(site=None).order_by("key")
    for record in rows.only("key", "site", "is_named", "fields", "extra").iterator(2_000):
        person, site = persons.get(record.pk, -record.pk), record.site_id or 0
        if (person, site) not in seen:
            seen.add((person, site))
            day = _day(record.fields.get("death_date", ""))
            yield _Body(record.pk, person, site, record.is_named, day, _held(record))


def _held(record: Record) -> int:
    """How many dead a row speaks of."""
    told = any(column.strip().lower() == BODIES for column in record.extra)
    return read_person(as_list_record(record)).bodies if told else 1


@lru_cache(maxsize=50_000)
def _day(written: str) -> str:
    """The one day that a date means; "" for any other."""
    reading = read_date(written)
    if reading is None or not reading.is_full or reading.first is None:
        return ""
    return reading.first.isoformat()


def _days(bodies: Iterable[_Body]) -> Iterator[Proposal]:
    """Who lies at one site and died on one day."""
    together: dict[tuple[int, str], list[_Body]] = defaultdict(list)
    for body in bodies:
        if body.day:
            together[body.site, body.day].append(body)
    for (site, day), some in together.items():
        yield from _of("day", some, site, day=day)


def _plots(bodies: Iterable[_Body]) -> Iterator[Proposal]:
    """The unnamed of one site."""
    together: dict[int, list[_Body]] = defaultdict(list)
    for body in bodies:
        if not body.named:
            together[body.site].append(body)
    for site, some in together.items():
        yield from _of("plot", some, site)


def _common(bodies: Iterable[_Body]) -> Iterator[Proposal]:
    """Common graves: of which a row says how many it holds, or which the register knows."""
    by_person = {body.person: body for body in bodies}
    for body in by_person.values():
        if body.held > 1:
            yield from _of("common_grave", [body], body.site)
    for grave in Grave.objects.filter(kind="common").prefetch_related("counts"):
        there = [by_person[pk] for pk in occupants(grave).ids if pk in by_person]
        some = [body for body in there if body.held == 1]
        yield from _of("common_grave", _filled(some, grave), grave.site_id, place=grave.key)


def _filled(some: list[_Body], grave: Grave) -> list[_Body]:
    """One row for several unnamed dead holds as many as are counted."""
    unnamed = [body for body in some if not body.named]
    counted = max((count.unknown or 0 for count in grave.counts.all()), default=0)
    if len(unnamed) != 1 or counted < 2:
        return some
    one = unnamed[0]
    whole = _Body(one.record, one.person, one.site, False, one.day, counted)
    return [whole if body is one else body for body in some]


def _events() -> Iterator[Proposal]:
    """Those who died in one event: graves, and the names of those who have none."""
    parts = Participant.objects.filter(event__kind__in=OF_DEATHS, role__in=DIED)
    persons: Mapping[int, list[int]] = defaultdict(list)
    for event, person in parts.order_by("pk").values_list("event_id", "person_id"):
        persons[event].append(person)
    several = [event for event, some in persons.items() if len(some) > 1]
    for event in Event.objects.filter(pk__in=several).order_by("pk"):
        yield from _of_event(event, persons[event.pk])


def _of_event(event: Event, persons: list[int]) -> Iterator[Proposal]:
    rows = Membership.objects.filter(person__in=persons).select_related("record")
    graves: dict[int, Record] = {}
    names: dict[int, Record] = {}
    for member in rows.order_by("record__key"):
        of = graves if member.record.is_burial else names
        of.setdefault(member.person_id, member.record)
    bodies = [
        _Body(r.pk, person, r.site_id or 0, r.is_named, "", _held(r))
        for person, r in graves.items()
    ]
    sites = {body.site for body in bodies}
    site = sites.pop() if len(sites) == 1 else None
    others = tuple(r.pk for person, r in names.items() if r.is_named)[:MOST_NAMES]
    told = {"event": event.pk, "day": event.when, "place": str(event), "names": others}
    yield from _of("event", bodies, site, **told)


def _of(kind: str, some: list[_Body], site: int | None, **told: Any) -> Iterator[Proposal]:
    """A proposal, where several dead are in question and a group can hold them."""
    bodies = sum(body.held for body in some)
    if bodies < 2 or len(some) > MOST_GRAVES:
        return
    graves = tuple((body.record, body.held) for body in some)
    unnamed = sum(body.held for body in some if not body.named)
    key = short_key("proposal", kind, *(str(pk) for pk, _ in graves))
    yield Proposal(key, kind, graves, unnamed, site, **told)
