"""What happened in a time: births and deaths by the claims' spans of days, and events.

A death "in May 1943" may have been on any day of May: on the page of a day it is possible, on
that of the month it is told. What is known by a much longer time only is left to a wider page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import QuerySet

from sexton.web.register.lives.kept import kept
from sexton.web.register.lives.path import BESIDE, ONCE, event_step, steps_from
from sexton.web.register.lives.periods import Period
from sexton.web.register.lives.steps import RANK, Step
from sexton.web.register.models import Claim, Event, Membership, Participant, Person

DATED = {f"{kind}_date": kind for kind in sorted(ONCE)}
TOLD = (*DATED, *(f"{kind}_place" for kind in sorted(ONCE)))
KINDS = tuple(DATED)
GRADES = ("stated", "possible")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Something that may have happened then: in the order in which it is listed.

    The last day comes first: what is known by its month stands behind the days of the month.
    ``person`` is whose birth or death it is, ``event`` the event if it is another one; the id that
    does not apply is 0.
    """

    grade: int
    last: date
    first: date
    rank: int
    person: int
    event: int

    @property
    def kind(self) -> str:
        return next(kind for kind, rank in RANK.items() if rank == self.rank)


@dataclass(frozen=True, slots=True)
class Happening:
    """A step of one or several lives, told: what is said of it, and of whom.

    ``grade``: ``stated`` where a source that stands puts it into that time, else ``possible``.
    """

    step: Step
    persons: Sequence[Person]
    grade: str = GRADES[0]


@dataclass(frozen=True, slots=True)
class Found:
    """What happened in a period; ``wider`` are known by a longer time than its page tells."""

    entries: Sequence[Entry]
    wider: int


def entries_in(period: Period) -> Found:
    """All that may have happened in ``period``, what is stated before what is possible."""
    spans: dict[tuple[int, int, int], list[tuple[date, date]]] = defaultdict(list)
    for kind, person, first, last in _claims_in(period):
        spans[RANK[DATED[kind]], person, 0].append((first, last))
    for event, first, last in _events_in(period):
        for person in whose(event):
            spans[RANK[event.kind], person, 0 if person else event.pk].append((first, last))
    entries, wider = [], set()
    for (rank, person, event), found in spans.items():
        first, last = _nearest(period, found)
        grade = 0 if period.holds(first, last) else 1
        if grade and period.longest and (last - first).days >= period.longest:
            wider.add((rank, person, event))
        else:
            entries.append(Entry(grade, last, first, rank, person, event))
    return Found(sorted(entries), len(wider))


def told(entries: Iterable[Entry]) -> list[Happening]:
    """Entries with all that is said of them, in a few queries whatever their number."""
    listed = list(entries)
    lives = _lives([entry.person for entry in listed if entry.person])
    others = _events([entry.event for entry in listed if entry.event])
    found = []
    for entry in listed:
        step, persons = others[entry.event] if entry.event else lives[entry.person, entry.kind]
        found.append(Happening(step, persons, GRADES[entry.grade]))
    return found


def numbers_by_year() -> dict[int, int]:
    """Year to the number of persons of whom a source says that they died in it."""
    return {int(text): number for text, number in _numbers().items() if len(text) == len("1944")}


def numbers_by_month() -> dict[str, int]:
    """Month (``1944-04``) to the number of persons of whom a source says that they died in it."""
    return {text: number for text, number in _numbers().items() if len(text) > len("1944")}


@kept
def _numbers() -> dict[str, int]:
    spans = _spans()
    deaths = spans.kinds == KINDS.index("death_date")
    found: set[tuple[str, int]] = set()
    columns = (spans.persons[deaths], spans.firsts[deaths], spans.lasts[deaths])
    for person, first, last in zip(*(column.tolist() for column in columns), strict=True):
        days = date.fromordinal(first), date.fromordinal(last)
        found.update((text, person) for text in _periods(*days))
    own = Participant.objects.filter(event__kind="death").exclude(role__in=BESIDE)
    columns = ("person_id", "event__first_day", "event__last_day")
    for person, first, last in own.values_list(*columns):
        if first and last:
            found.update((text, person) for text in _periods(first, last))
    return dict(sorted(Counter(text for text, _ in found).items()))


def _periods(first: date, last: date) -> Iterator[str]:
    """The year and the month in which all the days lie, as far as they do."""
    for length in (len("1944"), len("1944-04")):
        if first.isoformat()[:length] == last.isoformat()[:length]:
            yield first.isoformat()[:length]


def _standing(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with two ends that nobody has disproven."""
    closed = claims.filter(first_day__isnull=False, last_day__isnull=False)
    return closed.exclude(state="disproven")


@dataclass(frozen=True, slots=True)
class _Spans:
    """All births and deaths of all persons that have two ends, in columns: days as ordinals.

    A span that is open to one side says nothing of a day; it is left out.
    """

    kinds: np.ndarray
    persons: np.ndarray
    firsts: np.ndarray
    lasts: np.ndarray


@kept
def _spans() -> _Spans:
    rows = _standing(Claim.objects.filter(property__in=KINDS)).order_by()
    columns = ("property", "record_id", "person_id", "first_day", "last_day")
    member = dict(Membership.objects.order_by().values_list("record_id", "person_id"))
    found = [
        (KINDS.index(kind), person, first.toordinal(), last.toordinal())
        for kind, record, own, first, last in rows.values_list(*columns).iterator(10_000)
        if (person := member.get(record) or own)
    ]
    table = np.array(found, dtype=np.int64).reshape(-1, 4)
    return _Spans(*(np.ascontiguousarray(column) for column in table.T))


def _claims_in(period: Period) -> list[tuple[str, int, date, date]]:
    """Property, person and days of the claims that can mean a day of the period."""
    spans = _spans()
    first, last = period.first.toordinal(), period.last.toordinal()
    (places,) = np.nonzero((spans.firsts <= last) & (spans.lasts >= first))
    return [
        (
            KINDS[spans.kinds[place]],
            int(spans.persons[place]),
            date.fromordinal(int(spans.firsts[place])),
            date.fromordinal(int(spans.lasts[place])),
        )
        for place in places
    ]


def _events_in(period: Period) -> list[tuple[Event, date, date]]:
    rows = Event.objects.filter(first_day__lte=period.last, last_day__gte=period.first)
    rows = rows.prefetch_related("participants").order_by("pk")
    return [
        (event, event.first_day, event.last_day)
        for event in rows
        if event.first_day and event.last_day
    ]


def whose(event: Event) -> list[int]:
    """The persons whose birth or death an event is; 0 for one that stands for itself."""
    if event.kind not in ONCE:
        return [0]
    own = [part.person_id for part in event.participants.all() if part.role not in BESIDE]
    return sorted(set(own)) or [0]


def _nearest(period: Period, spans: Iterable[tuple[date, date]]) -> tuple[date, date]:
    """The span that says most of the period: one inside it, else the shortest."""
    return min(spans, key=lambda span: (not period.holds(*span), (span[1] - span[0]).days, span[0]))


def _lives(ids: Iterable[int]) -> dict[tuple[int, str], tuple[Step, list[Person]]]:
    """Births and deaths, with all accounts of them, by person and kind."""
    persons = Person.objects.in_bulk(sorted(set(ids)))
    claims: dict[int, list[Claim]] = defaultdict(list)
    for person, claim in claims_of(list(persons), TOLD):
        claims[person].append(claim)
    parts: dict[int, list[Participant]] = defaultdict(list)
    own = Participant.objects.filter(person__in=persons, event__kind__in=ONCE)
    for part in own.exclude(role__in=BESIDE).select_related(*_of_event("event__")):
        parts[part.person_id].append(part)
    found = {}
    for pk, person in persons.items():
        for step in steps_from(parts[pk], claims=claims[pk]):
            found[pk, step.kind] = step, [person]
    return found


def claims_of(persons: Sequence[int], properties: Sequence[str]) -> Iterator[tuple[int, Claim]]:
    """What is claimed of persons (by id), with each claim's person.

    Two questions, for one that joined them would read every claim of the register.
    """
    members = Membership.objects.filter(person__in=persons)
    by_record = dict(members.values_list("record_id", "person_id"))
    rows = Claim.objects.filter(property__in=properties).select_related("record__source", "source")
    for claim in rows.filter(record__in=list(by_record)).order_by("pk"):
        yield by_record[claim.record_id or 0], claim
    for claim in rows.filter(person__in=persons, record=None).order_by("pk"):
        yield claim.person_id or 0, claim


def _events(ids: Iterable[int]) -> dict[int, tuple[Step, list[Person]]]:
    rows = Event.objects.filter(pk__in=sorted(set(ids))).select_related(*_of_event(""))
    found = {}
    for event in rows.prefetch_related("participants__person"):
        persons = {part.person_id: part.person for part in event.participants.all()}
        found[event.pk] = event_step(event), [persons[pk] for pk in sorted(persons)]
    return found


def _of_event(before: str) -> list[str]:
    related = ("source", "record__source", "site", "grave__site", "organisation")
    own = ["source", "record__source"] if before else []
    return own + [f"{before}{name}" for name in related]
