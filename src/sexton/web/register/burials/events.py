"""What happened at a site or a grave: its history, and its ceremonies, past and to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from sexton.web.register.lives.path import event_step
from sexton.web.register.lives.steps import Step, in_order
from sexton.web.register.models import Event, Participant, Person, Site
from sexton.web.register.prepared import Prepared
from sexton.web.register.queries import either

CEREMONY = "commemoration"
# Of these a large site has one for each of its dead: they stand last when there are too many.
OF_ONE = ("birth", "death", "burial")
MOST = 60
MOST_NAMED = 10
RELATED = ("source", "record__source", "site", "grave__site", "organisation")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a step, the first of those who took part in it, and how many more did."""

    step: Step
    persons: Sequence[Person]
    more: int


@dataclass(frozen=True, slots=True)
class Story:
    """The events that are shown, in their order; ``left`` of them are not."""

    happenings: Sequence[Happening]
    left: int = 0


@dataclass(frozen=True, slots=True)
class AtSite:
    """What happened at a site, and its ceremonies: those from today on, and the others."""

    history: Story
    coming: Story
    past: Story


def at_site(site: Site, today: date) -> AtSite:
    """All events at a site; a ceremony that lasts is to come until its last day."""
    events = _first_at_site(site.pk)
    left = _at_site(site.pk).count() - MOST if len(events) > MOST else 0
    events = events[:MOST]
    ceremonies = [event for event in events if event.kind == CEREMONY]
    coming = [event for event in ceremonies if event.last_day and event.last_day >= today]
    others = [event for event in events if event.kind != CEREMONY]
    people = _taking_part(events)
    return AtSite(
        _story(others, people, left),
        _story(coming, people),
        _story([event for event in ceremonies if event not in coming], people),
    )


def at_grave(pk: int) -> Story:
    """What happened at a grave or in the slots within it."""
    events = _first_at_grave(pk)
    left = _at_grave(pk).count() - MOST if len(events) > MOST else 0
    return _story(events[:MOST], _taking_part(events[:MOST]), left)


def _at_site(site: int) -> QuerySet[Event]:
    return either(Event, Q(site=site), Q(grave__site=site))


def _at_grave(grave: int) -> QuerySet[Event]:
    return either(Event, Q(grave=grave), Q(grave__within=grave))


_first_at_site = Prepared(lambda site: _first(_at_site(site)))
_first_at_grave = Prepared(lambda grave: _first(_at_grave(grave)))


def _first(rows: QuerySet[Event]) -> QuerySet[Event]:
    """The first events, those of single persons last, and one more than are told."""
    of_one = When(kind__in=OF_ONE, then=Value(1))
    last = Case(of_one, default=Value(0), output_field=IntegerField())
    ordered = rows.annotate(last=last).order_by("last", "first_day", "pk")
    return ordered.select_related(*RELATED)[: MOST + 1]


def _story(events: Sequence[Event], people: Mapping[int, list[Person]], left: int = 0) -> Story:
    happenings = []
    for step in in_order(event_step(event) for event in events):
        persons = people.get(step.events[0].pk, [])
        more = max(0, len(persons) - MOST_NAMED)
        happenings.append(Happening(step, persons[:MOST_NAMED], more))
    return Story(happenings, left)


def _taking_part(events: Sequence[Event]) -> dict[int, list[Person]]:
    """Who took part in each event, each person once."""
    if not events:
        return {}
    columns = ("event_id", "person_id", "person__key", "person__name", "person__is_named")
    rows = Participant.objects.filter(event__in=[event.pk for event in events])
    found: dict[int, list[Person]] = defaultdict(list)
    ordered = rows.order_by("event", "person__sort_name", "person").values_list(*columns)
    for event, pk, key, name, is_named in ordered.distinct():
        found[event].append(Person(pk=pk, key=key, name=name, is_named=is_named))
    return found
