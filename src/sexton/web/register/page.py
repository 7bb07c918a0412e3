"""All that the register says of one person, each value with its source, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from sexton.web.register.asking import Question, that_hold
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Document,
    Finding,
    Image,
    Marking,
    Membership,
    Organisation,
    OrganisationName,
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
from sexton.web.register.prepared import Prepared

V = TypeVar("V", bound=Versioned)
# What a record says of an organisation: the camp, the unit, the movement.
NAME_ORGANISATIONS = frozenset({"camp", "resistance_group", "unit"})
# The tables whose rows are on a person, and those whose rows are on his records, by these columns.
ON_PERSON = (PersonName, Relation, Affiliation, Participant, Marking, Claim, Image)
ON_RECORDS: tuple[tuple[type, tuple[str, ...]], ...] = (
    (RecordLink, ("left_id", "right_id")),
    (Document, ("record_id",)),
    (Finding.records.through, ("record_id",)),
)


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
    """``values`` are by property, the preferred first, then those that most claims give.

    ``organisations`` are those that claims name: by the key as which a camp is read, or as written.
    """

    person: Person
    members: list[Membership]
    records: list[Record]
    claims: list[Claim]
    organisations: dict[str, Organisation]
    values: dict[str, list[Value]]
    names: list[PersonName]
    relations: list[Relation]
    affiliations: list[Affiliation]
    events: list[Participant]
    markings: list[Marking]
    links: list[RecordLink]
    documents: list[Document]
    has_findings: bool
    has_images: bool

    @property
    def sites(self) -> list[Site]:
        """The sites that the records name, each once."""
        found = {record.site_id: record.site for record in self.records if record.site}
        return [found[key] for key in sorted(found, key=str)]

    def disagreements(self) -> dict[str, list[Value]]:
        """The properties for which sources give several values."""
        return {name: values for name, values in self.values.items() if len(values) > 1}


def person_page(key: str) -> PersonPage | None:
    """The page data of the person with this key; None where there is none."""
    members = _members(key)
    person = members[0].person if members else Person.objects.filter(key=key).first()
    if person is None:
        return None
    records = [member.record for member in members]
    there = _tables_with_rows(person, records)
    events = _events(person) if Participant in there else []
    claims = _claims(person, records, events, own=Claim in there)
    page = PersonPage(
        person=person,
        members=members,
        records=records,
        claims=claims,
        organisations=organisations_named(claims),
        values=_values([claim for claim in claims if claim.event_id is None]),
        names=_of(PersonName, person) if PersonName in there else [],
        relations=_of(Relation, person, "other", private=False) if Relation in there else [],
        affiliations=_of(Affiliation, person, "organisation") if Affiliation in there else [],
        events=events,
        markings=_markings(person) if Marking in there else [],
        links=_links(records) if RecordLink in there else [],
        documents=_documents(records) if Document in there else [],
        has_findings=Finding.records.through in there,
        has_images=Image in there,
    )
    page.affiliations.sort(key=lambda row: (row.first_day or date.max, row.pk))
    _attach_origins(page)
    return page


def _tables_with_rows(person: Person, records: Sequence[Record]) -> set[type]:
    ids = [record.pk for record in records]
    asked = [(model, Question(model, ["person_id"], [person.pk])) for model in ON_PERSON]
    asked += [(model, Question(model, columns, ids)) for model, columns in ON_RECORDS]
    return that_hold(asked)


def _members(key: str) -> list[Membership]:
    return sorted(_members_of(key), key=lambda member: member.record.key)


@Prepared
def _members_of(key: str) -> QuerySet[Membership]:
    return Membership.objects.filter(person__key=key).select_related("record", "person")


@Prepared
def _claims_of(records: Sequence[int]) -> QuerySet[Claim]:
    return Claim.objects.filter(record__in=records).order_by("pk")


@cache
def _with_ids(model: type[V]) -> Prepared[V]:
    """The rows of a model that have these ids."""
    return Prepared(lambda ids: model._default_manager.filter(pk__in=ids).order_by())


def _attach_origins(page: PersonPage) -> None:
    """Give every row its record, source and site, in a query for each."""
    events = [part.event for part in page.events]
    markers = [marking.marker for marking in page.markings]
    texts = [text for marker in markers for text in marker.inscriptions.all()]
    told = [*page.names, *page.relations, *page.affiliations, *page.events, *events]
    told += [*markers, *texts, *page.documents]
    own = {record.pk: record for record in page.records}
    _attach(Record, "record", told, known=own)
    cited = [row.record for row in told if row.record]
    _attach(Source, "source", page.records, page.claims, told, cited)
    graves = [row.grave for row in (*events, *page.markings) if row.grave]
    _attach(Site, "site", page.records, events, graves, markers)


def _of(model: type[V], person: Person, *related: str, **only: object) -> list[V]:
    rows = model._default_manager.filter(person=person, **only).order_by("pk")
    return list(rows.select_related(*related) if related else rows)


def _attach(
    model: type[V], name: str, *groups: Sequence[Any], known: dict[int, V] | None = None
) -> None:
    """Give many rows what they refer to, in one query for all (rows that share it share it)."""
    rows = [row for group in groups for row in group]
    found = dict(known or {})
    missing = {getattr(row, f"{name}_id") for row in rows} - {None} - found.keys()
    if missing:
        found.update((row.pk, row) for row in _with_ids(model)(sorted(missing)))
    for row in rows:
        setattr(row, name, found.get(getattr(row, f"{name}_id")))


def _claims(
    person: Person, records: list[Record], events: list[Participant], own: bool
) -> list[Claim]:
    """The claims of the records, then those on the person and on what happened to him.

    ``own``: whether there are claims on the person.
    """
    by_id = {record.pk: record for record in records}
    found = _claims_of(list(by_id))
    for claim in found:
        claim.record = by_id[claim.record_id]
    subject = Q(person=person) if own else Q()
    if events:
        subject |= Q(event__in=[part.event_id for part in events])
    if not subject:
        return found
    return [*found, *Claim.objects.filter(subject, record=None).order_by("pk")]


def organisations_named(claims: Iterable[Claim]) -> dict[str, Organisation]:
    """The organisations that claims name, by what names them: a camp's key, or the text itself."""
    names = {
        claim.read if claim.property == "camp" and claim.read else claim.value
        for claim in claims
        if claim.property in NAME_ORGANISATIONS
    }
    if not names:
        return {}
    found = {row.name: row.organisation for row in _also_called(sorted(names))}
    for organisation in _called(sorted(names)):
        found[organisation.name] = found[organisation.key] = organisation
    return found


@Prepared
def _also_called(names: Sequence[str]) -> QuerySet[OrganisationName]:
    rows = OrganisationName.objects.filter(name__in=names).order_by("pk")
    return rows.select_related("organisation")


@Prepared
def _called(names: Sequence[str]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(Q(key__in=names) | Q(name__in=names)).order_by("pk")


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
    parts = _of(Participant, person, "event__grave", "event__organisation")
    return sorted(parts, key=lambda part: (part.event.first_day or date.max, part.pk))


def _markings(person: Person) -> list[Marking]:
    rows = _of(Marking, person, "grave", "marker")
    prefetch_related_objects([row.marker for row in rows], "inscriptions")
    return rows


def _links(records: list[Record]) -> list[RecordLink]:
    own = {record.pk: record for record in records}
    touching = Q(left__in=list(own)) | Q(right__in=list(own))
    rows = list(RecordLink.objects.filter(touching).order_by("pk"))
    others = {pk for row in rows for pk in (row.left_id, row.right_id)} - own.keys()
    known = own | (Record.objects.in_bulk(sorted(others)) if others else {})
    for row in rows:
        row.left, row.right = known[row.left_id], known[row.right_id]
    return rows


def _documents(records: list[Record]) -> list[Document]:
    """The papers of the records that everybody may see today."""
    rows = Document.objects.filter(record__in=[record.pk for record in records], use="public")
    hidden = Q(hidden_until__gt=timezone.localdate())
    return list(rows.exclude(hidden).order_by("key"))
