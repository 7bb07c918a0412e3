"""An organisation: who was there when, as what, under which number, by which source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F

from sexton.web.register.lives.kept import kept
from sexton.web.register.lives.path import (
    KIND_OF_ORGANISATION,
    OF_ORGANISATION,
    OF_ROLE,
    event_step,
    steps_from,
)
from sexton.web.register.lives.steps import Step, in_order
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Event,
    Membership,
    Organisation,
    OrganisationName,
    Participant,
    Person,
)

# What a record says of a man's time in an organisation that it names.
TOLD = (*OF_ORGANISATION, "prisoner_number", "role")


@dataclass(frozen=True, slots=True)
class Presence:
    """A person in an organisation: the steps of the life that were there."""

    person: Person
    steps: Sequence[Step]


def organisation(key: str) -> Organisation | None:
    """The organisation with its source and what it is a part of; None where there is none."""
    related = ("source", "record__source", "parent")
    return Organisation.objects.select_related(*related).filter(key=key).first()


def names_of(found: Organisation) -> list[OrganisationName]:
    return list(found.other_names.select_related("source", "record").order_by("pk"))


def presences(
    found: Organisation, names: Iterable[OrganisationName], persons: Sequence[Person]
) -> list[Presence]:
    """What is said of these persons' time there, in a few queries whatever their number."""
    rows = _Rows(found, list(names), persons)
    return [Presence(person, rows.steps_of(person)) for person in persons]


def events_of(found: Organisation) -> list[Step]:
    """What happened there, by its days."""
    related = ("source", "record__source", "site", "grave__site", "organisation")
    rows = Event.objects.filter(organisation=found).select_related(*related).order_by("pk")
    return in_order(event_step(event) for event in rows)


def numbers_of_members() -> dict[int, int]:
    """Organisation id to the number of persons whom a source puts there."""
    return {pk: len(people) for pk, people in members_of_all().items()}


@kept
def members_of_all() -> dict[int, list[int]]:
    """Organisation id to the persons whom a source puts there, by name.

    In an affiliation, an event or a record. Asked for one organisation it would read every claim
    just the same.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for pk, person in Affiliation.objects.order_by().values_list("organisation_id", "person_id"):
        found[pk].add(person)
    taking_part = Participant.objects.filter(event__organisation__isnull=False).order_by()
    for pk, person in taking_part.values_list("event__organisation_id", "person_id"):
        found[pk or 0].add(person)
    for pk, person in _by_name():
        found[pk].add(person)
    somebody = set().union(*found.values())
    by_name = (pk for pk in Person.objects.values_list("pk", flat=True) if pk in somebody)
    place = {pk: position for position, pk in enumerate(by_name)}
    return {
        pk: sorted(people & place.keys(), key=place.__getitem__) for pk, people in found.items()
    }


def _by_name() -> Iterator[tuple[int, int]]:
    """Organisation and person, for each record that names an organisation."""
    by_name = ids_by_name()
    of_record = dict(Membership.objects.order_by().values_list("record_id", "person_id"))
    claims = Claim.objects.filter(property__in=OF_ORGANISATION, record__isnull=False).order_by()
    rows = claims.values_list("property", "read", "value", "record_id")
    for kind, read, value, record in rows.iterator(10_000):
        pk = by_name.get(naming_text(kind, read, value))
        if pk is not None and record in of_record:
            yield pk, of_record[record]


def ids_by_name() -> dict[str, int]:
    """Organisation ids by every name, and by their keys."""
    found = dict(OrganisationName.objects.order_by("pk").values_list("name", "organisation_id"))
    for pk, key, name in Organisation.objects.order_by("pk").values_list("pk", "key", "name"):
        found[name] = found[key] = pk
    return found


def naming_text(kind: str, read: str, value: str) -> str:
    """What names an organisation in a claim: the camp that is read, else the text as written."""
    return read if kind == "camp" and read else value


class _Rows:
    """The rows of many persons that speak of one organisation, by person."""

    def __init__(
        self, found: Organisation, names: list[OrganisationName], persons: Sequence[Person]
    ) -> None:
        self.organisations = dict.fromkeys(
            [found.key, found.name, *(row.name for row in names)], found
        )
        self.kind = KIND_OF_ORGANISATION.get(found.kind, "membership")
        related = ("source", "record__source")
        rows = Affiliation.objects.filter(organisation=found, person__in=persons)
        self.affiliations = _by_person(rows.select_related(*related, "organisation"))
        event = [f"event__{name}" for name in (*related, "organisation", "site", "grave__site")]
        parts = Participant.objects.filter(event__organisation=found, person__in=persons)
        self.parts = _by_person(parts.select_related(*related, *event))
        self.claims = self._claims(persons)

    def _claims(self, persons: Sequence[Person]) -> dict[int, list[Claim]]:
        """The claims of the records that name it; those on other organisations are left out."""
        members = Membership.objects.filter(person__in=persons).values("record")
        rows = Claim.objects.filter(record__in=members, property__in=TOLD)
        rows = rows.annotate(person_of=F("record__membership__person_id"))
        here = [c for c in rows.select_related("record__source").order_by("pk") if self._keeps(c)]
        naming = {claim.record_id for claim in here if claim.property in OF_ORGANISATION}
        found: dict[int, list[Claim]] = defaultdict(list)
        for claim in here:
            if claim.record_id in naming:
                found[claim.person_of].append(claim)
        return found

    def _keeps(self, claim: Claim) -> bool:
        if claim.property == "role":
            return OF_ROLE.get(claim.value) == self.kind
        if claim.property == "prisoner_number":
            return self.kind == "captivity"
        return naming_text(claim.property, claim.read, claim.value) in self.organisations

    def steps_of(self, person: Person) -> list[Step]:
        rows = (self.parts[person.pk], self.affiliations[person.pk], self.claims[person.pk])
        return steps_from(*rows, self.organisations)


def _by_person(rows: Iterable[Affiliation] | Iterable[Participant]) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
