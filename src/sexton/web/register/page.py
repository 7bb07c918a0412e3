"""All that the register says of one person, each value with its source, in a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, prefetch_related_objects

from sexton.web.register.models import (
    Affiliation,
    Claim,
    Marking,
    Membership,
    Participant,
    Person,
    PersonName,
    Record,
    RecordLink,
    Relation,
    Site,
    Source,
    Versioned,
)

V = TypeVar("V", bound=Versioned)


@dataclass(slots=True)
class Value:
    """A value that sources give: the claims that agree on it, as written or as read."""

    shown: str
    claims: list[Claim] = field(default_factory=list)

    @property
    def sources(self) -> list[Source]:
        """The sources that give it, each once."""
        found = {}
        for claim in self.claims:
            source = claim.source or (claim.record.source if claim.record else None)
            if source is not None:
                found[source.pk] = source
        return list(found.values())


@dataclass(slots=True)
class PersonPage:
    """``values`` are by property, the preferred first, then those that most claims give."""

    person: Person
    records: list[Record]
    values: dict[str, list[Value]]
    names: list[PersonName]
    relations: list[Relation]
    affiliations: list[Affiliation]
    events: list[Participant]
    markings: list[Marking]
    links: list[RecordLink]

    def disagreements(self) -> dict[str, list[Value]]:
        """The properties for which sources give several values."""
        return {name: values for name, values in self.values.items() if len(values) > 1}


def person_page(key: str) -> PersonPage | None:
    """The page data of the person with this key; None where there is none."""
    person = Person.objects.filter(key=key).first()
    if person is None:
        return None
    records = _records(person)
    page = PersonPage(
        person=person,
        records=records,
        values={},
        names=_of(PersonName, person),
        relations=list(Relation.objects.filter(person=person, private=False).order_by("pk")),
        affiliations=_of(Affiliation, person),
        events=_events(person),
        markings=_markings(person),
        links=_links(records),
    )
    claims = _claims(person, records)
    prefetch_related_objects(page.affiliations, "organisation")
    prefetch_related_objects(page.relations, "other")
    page.affiliations.sort(key=lambda row: (row.first_day or date.max, row.pk))
    events = [part.event for part in page.events]
    _attach(Source, "source", records, claims, page.names, page.relations, page.affiliations)
    _attach(Source, "source", page.events, events)
    graves = [part.event.grave for part in page.events if part.event.grave]
    _attach(Site, "site", records, events, graves)
    page.values = _values(claims)
    return page


def _records(person: Person) -> list[Record]:
    members = Membership.objects.filter(person=person).select_related("record")
    return sorted((m.record for m in members.order_by("pk")), key=lambda record: record.key)


def _of(model: type[V], person: Person) -> list[V]:
    return list(model._default_manager.filter(person=person).order_by("pk"))


def _attach(model: type[Versioned], name: str, *groups: Sequence[Any]) -> None:
    """Give many rows what they refer to, in one query for all (rows that share it share it)."""
    rows = [row for group in groups for row in group]
    ids = {getattr(row, f"{name}_id") for row in rows} - {None}
    found = model._default_manager.in_bulk(sorted(ids)) if ids else {}
    for row in rows:
        setattr(row, name, found.get(getattr(row, f"{name}_id")))


def _claims(person: Person, records: list[Record]) -> list[Claim]:
    by_id = {record.pk: record for record in records}
    found = list(Claim.objects.filter(record__in=list(by_id)).order_by("pk"))
    for claim in found:
        claim.record = by_id[claim.record_id]
    return [*found, *Claim.objects.filter(person=person, record=None).order_by("pk")]


def _values(claims: list[Claim]) -> dict[str, list[Value]]:
    """Claims by property and by what they say: as read where something was read."""
    found: dict[str, dict[str, Value]] = {}
    for claim in claims:
        said = claim.read or claim.value
        of_property = found.setdefault(claim.property, {})
        of_property.setdefault(said, Value(said)).claims.append(claim)
    return {name: sorted(values.values(), key=_rank) for name, values in found.items()}


def _rank(value: Value) -> tuple[bool, bool, int, str]:
    preferred = any(claim.preferred for claim in value.claims)
    disproven = all(claim.state == "disproven" for claim in value.claims)
    return not preferred, disproven, -len(value.claims), value.shown


def _events(person: Person) -> list[Participant]:
    """The events of a life in the order of their days; those of unknown days last."""
    parts = list(Participant.objects.filter(person=person).order_by("pk"))
    prefetch_related_objects(parts, "event__grave", "event__organisation")
    return sorted(parts, key=lambda part: (part.event.first_day or date.max, part.pk))


def _markings(person: Person) -> list[Marking]:
    rows = list(Marking.objects.filter(person=person).order_by("pk"))
    prefetch_related_objects(rows, "grave", "marker__inscriptions")
    return rows


def _links(records: list[Record]) -> list[RecordLink]:
    ids = [record.pk for record in records]
    touching = Q(left__in=ids) | Q(right__in=ids)
    rows = list(RecordLink.objects.filter(touching).order_by("pk"))
    prefetch_related_objects(rows, "left", "right")
    return rows
