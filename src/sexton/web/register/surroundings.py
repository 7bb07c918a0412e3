"""What stands around a person: who shared his fate or his grave, and who looks after the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, F, QuerySet, When

from sexton.web.register.asking import Question, that_hold
from sexton.web.register.models import (
    Claim,
    Event,
    Grave,
    Marking,
    Organisation,
    Participant,
    Person,
    Record,
    Site,
    Source,
)
from sexton.web.register.prepared import Prepared

CARE = ("caretaker", "owner")
CEREMONY = "commemoration"
CEREMONIES = 3  # of each site, and as many that were
LOOKED_AT = 24
# Of a fight with hundreds of dead a page names so many; the others are on the pages of the event.
MOST = 24


@dataclass(frozen=True, slots=True)
class Companions:
    """Other persons in one event, or under one stone; ``more`` if not all of them are told."""

    event: Event | None
    grave: Grave | None
    persons: Sequence[Person]
    more: bool


@dataclass(frozen=True, slots=True)
class Care:
    """That an organisation owns a site or looks after it, with the claims that say so."""

    relation: str
    organisation: Organisation | None
    claims: Sequence[Claim] = ()


@dataclass(slots=True)
class Around:
    """Of one site: who cares for it, the next ceremonies there, and the last ones."""

    care: list[Care] = field(default_factory=list)
    coming: list[Event] = field(default_factory=list)
    past: list[Event] = field(default_factory=list)


def in_events(person: Person, events: Iterable[Event]) -> list[Companions]:
    """Who else had a part in these events (one query for all)."""
    by_id = {event.pk: event for event in events}
    if not by_id:
        return []
    parts = Participant.objects.filter(event__in=list(by_id)).exclude(person=person)
    parts = parts.select_related("person").order_by("event", "pk")
    found: dict[int, list[Person]] = defaultdict(list)
    for part in parts[: MOST * len(by_id) + 1]:
        found[part.event_id].append(part.person)
    return [_companions(persons, event=by_id[pk]) for pk, persons in found.items()]


def in_graves(person: Person, graves: Iterable[Grave]) -> list[Companions]:
    """Who else lies in these graves, by burials and by stones (two queries for all)."""
    by_id = {grave.pk: grave for grave in graves}
    if not by_id:
        return []
    most = MOST * len(by_id) + 1
    buried = Participant.objects.filter(event__grave__in=list(by_id)).exclude(person=person)
    marked = Marking.objects.filter(grave__in=list(by_id), person__isnull=False)
    found: dict[int, list[Person]] = defaultdict(list)
    for part in buried.select_related("person", "event").order_by("event", "pk")[:most]:
        found[part.event.grave_id].append(part.person)
    for row in marked.exclude(person=person).select_related("person").order_by("pk")[:most]:
        found[row.grave_id].append(row.person)
    return [_companions(persons, grave=by_id[pk]) for pk, persons in found.items()]


def _companions(
    persons: list[Person], event: Event | None = None, grave: Grave | None = None
) -> Companions:
    each = list({person.pk: person for person in persons}.values())
    return Companions(event, grave, each[:MOST], len(each) > MOST)


def around(sites: Sequence[Site], today: date) -> dict[int, Around]:
    """Site id to what is known of its care and its ceremonies."""
    found = {site.pk: Around() for site in sites}
    ids = list(found)
    held = that_hold([
        ("care", Question(Claim, ["site_id"], ids, [("property", CARE)])),
        ("ceremonies", Question(Event, ["site_id"], ids, [("kind", [CEREMONY])])),
    ])  # fmt: skip
    _add_care(found, sites, _claims_on_care(ids) if "care" in held else {})
    if "ceremonies" in held:
        _add_ceremonies(found, today)
    return found


def _add_ceremonies(found: dict[int, Around], today: date) -> None:
    """Those to come, the next first, and the last ones that were, the latest last."""
    rows = Event.objects.filter(site__in=list(found), kind=CEREMONY)
    coming = Case(When(last_day__gte=today, then=F("first_day")))
    order = coming.asc(nulls_last=True), F("first_day").desc(nulls_last=True), "-pk"
    rows = rows.select_related("source", "record__source").order_by(*order)
    for event in rows[: LOOKED_AT * len(found)]:
        here = found[event.site_id]
        if event.last_day is not None and event.last_day >= today:
            here.coming.append(event)
        else:
            here.past.insert(0, event)
    for here in found.values():
        del here.coming[CEREMONIES:], here.past[:-CEREMONIES]


def _claims_on_care(sites: Sequence[int]) -> dict[tuple[int, str], list[Claim]]:
    said: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    rows = Claim.objects.filter(site__in=sites, property__in=CARE, record=None)
    for claim in rows.exclude(state="disproven").select_related("source").order_by("pk"):
        said[claim.site_id, claim.property].append(claim)
    return said


def _add_care(
    found: dict[int, Around], sites: Sequence[Site], said: dict[tuple[int, str], list[Claim]]
) -> None:
    named = {pk for site in sites for pk in (site.owner_id, site.caretaker_id) if pk}
    known = Organisation.objects.in_bulk(sorted(named)) if named else {}
    for site in sites:
        for relation, pk in (("caretaker", site.caretaker_id), ("owner", site.owner_id)):
            claims = said.get((site.pk, relation), [])
            if pk or claims:
                found[site.pk].care.append(Care(relation, known.get(pk or 0), claims))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The rows before and after a record in the same list; None at its ends."""

    before: Record | None = None
    after: Record | None = None


def beside_in_list(records: Sequence[Record]) -> dict[int, Neighbours]:
    """Record id to its neighbours in its list: men with neighbouring rows often went together.

    A list is taken in row by row, so a row's neighbours have the ids next to its own; that they
    are of the same file and source and in the rows next to it is then looked at.
    """
    wanted = {pk for record in records for pk in (record.pk - 1, record.pk + 1)}
    by_id = {record.pk: record for record in records}
    rows = _with_persons(sorted(wanted))
    by_id |= {record.pk: record for record in rows if record.pk not in by_id}
    return {
        record.pk: Neighbours(
            _beside(record, by_id.get(record.pk - 1), -1),
            _beside(record, by_id.get(record.pk + 1), 1),
        )
        for record in records
    }


@Prepared
def _with_persons(ids: Sequence[int]) -> QuerySet[Record]:
    return Record.objects.filter(pk__in=ids).select_related("membership__person")


def _beside(record: Record, other: Record | None, step: int) -> Record | None:
    if other is None or not record.row:
        return None
    same = (other.file, other.source_id) == (record.file, record.source_id)
    return other if same and other.row == record.row + step else None


def beside_by_name(person: Person) -> tuple[Person | None, Person | None]:
    """The named persons before and after this one in the order of the list of persons."""
    if not person.is_named:
        return None, None
    here = person.sort_name, person.key
    return _last_before.first(*here), _first_after.first(*here)


def _named() -> QuerySet[Person]:
    return Person.objects.filter(is_named=True).only("key", "name", "is_named")


@Prepared
def _last_before(name: str, key: str) -> QuerySet[Person]:
    rows = _named().filter(sort_name__lte=name).exclude(sort_name=name, key__gte=key)
    return rows.order_by(F("sort_name").desc(), F("key").desc())[:1]


@Prepared
def _first_after(name: str, key: str) -> QuerySet[Person]:
    rows = _named().filter(sort_name__gte=name).exclude(sort_name=name, key__lte=key)
    return rows.order_by("sort_name", "key")[:1]


def sources_above(sources: Iterable[Source]) -> dict[int, Source]:
    """The fonds or holder of which each source is a part, by id (one query, none if none is)."""
    ids = {source.parent_id for source in sources if source.parent_id}
    return dict(Source.objects.in_bulk(sorted(ids))) if ids else {}


def graves_of(events: Iterable[Participant], markings: Iterable[Marking]) -> list[Grave]:
    """The graves in which a person's events and stones put him, each once, cenotaphs apart."""
    rows = [part.event.grave for part in events if part.role not in {"witness", "organiser"}]
    rows += [marking.grave for marking in markings]
    found = {grave.pk: grave for grave in rows if grave is not None and grave.kind != "cenotaph"}
    return list(found.values())


def places_of(records: Iterable[Record], graves: Iterable[Grave]) -> list[Site]:
    """The sites where he lies or is remembered by any of these, each once."""
    found: dict[int, Site] = {}
    for row in (*records, *graves):
        if row.site is not None:
            found.setdefault(row.site.pk, row.site)
    return list(found.values())
