"""All that the register says of one person, each value with its source, in a few queries."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    Source,
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
    members = Membership.objects.filter(person=person).order_by("record__key")
    records = [m.record for m in members.select_related("record__source", "record__site")]
    return PersonPage(
        person=person,
        records=records,
        values=_values(_claims(person, records)),
        names=list(PersonName.objects.filter(person=person).select_related("source")),
        relations=list(
            Relation.objects.filter(person=person, private=False).select_related("other", "source")
        ),
        affiliations=list(
            Affiliation.objects.filter(person=person).select_related("organisation", "source")
        ),
        events=_events(person),
        markings=list(
            Marking.objects.filter(person=person)
            .select_related("marker__site", "grave")
            .prefetch_related("marker__inscriptions__source")
        ),
        links=_links(records),
    )


def _claims(person: Person, records: list[Record]) -> list[Claim]:
    by_id = {record.pk: record for record in records}
    found = list(Claim.objects.filter(record__in=list(by_id)).select_related("source"))
    for claim in found:
        claim.record = by_id[claim.record_id]
    own = Claim.objects.filter(person=person, record=None).select_related("source")
    return [*found, *own]


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
    parts = Participant.objects.filter(person=person)
    related = ("event__site", "event__grave__site", "event__organisation", "event__source")
    return list(parts.select_related(*related, "source").order_by("event__first_day", "pk"))


def _links(records: list[Record]) -> list[RecordLink]:
    ids = [record.pk for record in records]
    links = RecordLink.objects.filter(left__in=ids) | RecordLink.objects.filter(right__in=ids)
    return list(links.select_related("left", "right", "source"))
