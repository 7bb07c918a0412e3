"""A grave: who is held to lie there, what stood on it, what is counted and said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from sexton.web.register.burials.dead import LAID, LAYS
from sexton.web.register.contact import CONTACT
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import (
    Claim,
    Grave,
    Inscription,
    Marker,
    Marking,
    Memorial,
    Participant,
    Person,
    Site,
)
from sexton.web.register.prepared import Prepared
from sexton.web.register.queries import either

MARKER_WITH = ("source", "record__source", "follows")
TAKEN = ("exhumation", "reburial")


@dataclass(slots=True)
class Lying:
    """A person who was laid into a grave, by whom; ``left`` when he was taken from it later."""

    person: Person
    voices: list[Voice] = field(default_factory=list)
    markers: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A marker with its inscriptions, and whose it is."""

    marker: Marker
    inscriptions: Sequence[Inscription]
    voice: Voice


def grave(key: str) -> Grave | None:
    """The grave with this key, with its site and source; None where there is none."""
    related = ("site__source", "source", "record__source", "within__site")
    return Grave.objects.select_related(*related).filter(key=key).first()


def graves_of(site: Site) -> QuerySet[Grave]:
    """The graves of a site that lie in no other, with the number of slots in each."""
    rows = Grave.objects.filter(site=site, within=None).annotate(slots_in=Count("slots"))
    return rows.order_by("plot", "row", "number", "pk")


@dataclass(frozen=True, slots=True)
class Occupants:
    """Whom sources put into a grave, by their ids: who lies there, then who was taken away."""

    ids: Sequence[int]
    left: frozenset[int]


def occupants(found: Grave) -> Occupants:
    """Who is held to lie in a grave or its slots, and who once lay there, by name."""
    names: dict[int, tuple[str, str]] = {}
    burials: dict[int, set[int]] = defaultdict(set)
    columns = ("person_id", "person__sort_name", "person__key")
    for pk, sort_name, key, event in _parts(found).values_list(*columns, "event_id"):
        names[pk] = sort_name, key
        burials[pk].add(event)
    for pk, sort_name, key in _marks(found).values_list(*columns):
        names[pk] = sort_name, key
    left = _taken_away(burials)
    return Occupants(sorted(names, key=lambda pk: (pk in left, names[pk])), left)


def lying(found: Grave, who: Occupants, ids: Sequence[int]) -> list[Lying]:
    """What is said of these of them: by whom, by burial or by a marker."""
    persons = Person.objects.in_bulk(list(ids))
    people = {pk: Lying(persons[pk], left=pk in who.left) for pk in ids if pk in persons}
    related = ("source", "record__source", "event__source", "event__record__source")
    for part in _parts(found).filter(person__in=list(ids)).select_related(*related):
        own = Voice.of_row(part)
        people[part.person_id].voices.append(own if own.origin else Voice.of_row(part.event))
    marks = _marks(found).filter(person__in=list(ids))
    for marking in marks.select_related("marker__source", "marker__record__source"):
        people[marking.person_id].voices.append(Voice.of_row(marking.marker))
        people[marking.person_id].markers = True
    return list(people.values())


def _parts(found: Grave) -> QuerySet[Participant]:
    there = either(Participant, Q(event__grave=found), Q(event__grave__within=found))
    return there.filter(event__kind__in=LAID, role__in=LAYS).order_by("pk")


def _marks(found: Grave) -> QuerySet[Marking]:
    there = either(Marking, Q(grave=found), Q(grave__within=found))
    return there.filter(person__isnull=False).order_by("pk")


def _taken_away(burials: Mapping[int, set[int]]) -> frozenset[int]:
    """Those for whom each burial here was followed by an exhumation or a reburial."""
    events = {event for own in burials.values() for event in own}
    after = Participant.objects.filter(event__follows__in=events, event__kind__in=TAKEN)
    followed: dict[int, set[int]] = defaultdict(set)
    for person, event in after.values_list("person_id", "event__follows_id"):
        followed[person].add(event)
    return frozenset(pk for pk, own in burials.items() if own <= followed[pk])


def claims_on(found: Grave) -> list[tuple[Claim, Voice]]:
    """What sources claim of the grave itself; not how somebody can be reached."""
    rows = (
        Claim.objects.filter(grave=found)
        .exclude(property__in=CONTACT)
        .select_related("source", "record__source")
    )
    return [(claim, Voice.of_claim(claim)) for claim in rows.order_by("property", "pk")]


def markers_on(found: Grave) -> list[Marked]:
    """What stood and stands on a grave, the earliest first."""
    return marked(either(Marker, Q(markings__grave=found), Q(markings__grave__within=found)))


def marked(rows: QuerySet[Marker]) -> list[Marked]:
    """Markers with what is cut into them, the earliest first."""
    markers = list(rows.select_related(*MARKER_WITH))
    return _marked(markers, _texts(Q(marker__in=markers)) if markers else [])


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a site as a whole; ``more`` markers are not shown."""

    markers: Sequence[Marked]
    memorials: Sequence[tuple[Memorial, Sequence[Inscription]]]
    more: int


def standing(site: Site, most: int) -> Standing:
    """The first markers at a site that stand on no single grave (none for 0), and its memorials."""
    rows = Marker.objects.filter(site=site).exclude(markings__grave__isnull=False)
    first = rows.order_by("first_day", "pk").select_related(*MARKER_WITH)
    markers = list(first[: most + 1]) if most else []
    more = rows.count() - most if len(markers) > most else 0
    markers = markers[:most]
    memorials = _memorials_at(site.pk)
    wanted = Q(marker__in=markers) | Q(memorial__in=memorials)
    texts = _texts(wanted) if markers or memorials else []
    told = [(one, [text for text in texts if text.memorial_id == one.pk]) for one in memorials]
    return Standing(_marked(markers, texts), told, more)


@Prepared
def _memorials_at(site: int) -> QuerySet[Memorial]:
    rows = Memorial.objects.filter(site=site).select_related("source", "record__source")
    return rows.order_by("key")


def _texts(wanted: Q) -> list[Inscription]:
    rows = Inscription.objects.filter(wanted).select_related("source", "record__source")
    return list(rows.order_by("pk"))


def _marked(markers: Iterable[Marker], texts: Iterable[Inscription]) -> list[Marked]:
    on: dict[int | None, list[Inscription]] = defaultdict(list)
    for text in texts:
        on[text.marker_id].append(text)
    marked = [Marked(marker, on[marker.pk], Voice.of_row(marker)) for marker in markers]
    return _one_after_the_other(marked)


def _one_after_the_other(marked: Iterable[Marked]) -> list[Marked]:
    """Those that follow others after them; else by the day from which they stood."""
    waiting = sorted(marked, key=lambda one: (str(one.marker.first_day or "9999"), one.marker.pk))
    ordered: list[Marked] = []
    while waiting:
        left = {one.marker.pk for one in waiting}
        following = next((o for o in waiting if o.marker.follows_id not in left), waiting[0])
        waiting.remove(following)
        ordered.append(following)
    return ordered
