"""What sources state of persons, as far as the filters ask for it: (person, value) by facet.

Nothing is guessed: a camp that the register does not know stands as it is written, a birth place
without a province is of none, a death "between 1942 and 1944" of no year. What was disproven no
longer counts; of two sources that disagree, both do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.db.models import CharField
from django.db.models.functions import Cast, Substr

from sexton.places import all_units
from sexton.places.splitting import split_place
from sexton.web.register.lives.path import BESIDE
from sexton.web.register.lives.presence import ids_by_name, naming_text
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Membership,
    Organisation,
    Participant,
    Person,
    Site,
)
from sexton.web.register.standing import standings

Stated = dict[str, tuple[list[int], list[str]]]

OF_KIND = {"camp": "camp", "mine": "mine", "resistance_movement": "movement"}
OF_PROPERTY = {"camp": "camp", "resistance_group": "movement"}
OF_BURIAL = frozenset({"burial", "reburial"})
CLAIMED = ("birth_place", "role", *OF_PROPERTY, "unit")
# Who has no other value of a facet has this one.
NOT_STATED = "not-stated"
# Values that are none of a list's own, and that are not "not stated" either.
NO_PROVINCE, NO_YEAR = "no-province", "no-year"
LONGEST_VALUE = 200
AT_ONCE = 5000


def by_facet() -> Stated:
    """Facet to persons (ids) and to the value that some source states of each, side by side."""
    found: Stated = {}
    for facet, person, value in _all():
        persons, values = found.setdefault(facet, ([], []))
        persons.append(person)
        values.append(value[:LONGEST_VALUE])
    return found


def _all() -> Iterator[tuple[str, int, str]]:
    person_of = dict(Membership.objects.order_by().values_list("record_id", "person_id"))
    sites = {pk: (key, place) for pk, key, place in Site.objects.values_list(*_SITE)}
    yield from _sites(sites)
    yield from _organisations()
    yield from _claims(person_of)
    for person, standing in standings().items():
        for code in standing.codes:
            yield "state", person, code
    for person, records in Person.objects.order_by().values_list("pk", "record_count"):
        yield "records", person, "several" if records > 1 else "one"


_SITE = ("pk", "key", "municipality")


def _sites(sites: dict[int, tuple[str, str]]) -> Iterator[tuple[str, int, str]]:
    """The sites that records name, and those of a burial; with the communes where they are."""
    records = Membership.objects.filter(record__site__isnull=False).order_by()
    buried = Participant.objects.filter(event__kind__in=OF_BURIAL).exclude(role__in=BESIDE)
    pairs = set(records.values_list("person_id", "record__site_id"))
    for column in ("event__site_id", "event__grave__site_id"):
        pairs.update(buried.order_by().values_list("person_id", column))
    for person, site in pairs:
        if site in sites:
            key, commune = sites[site]
            yield "site", person, key
            if commune:
                yield "commune", person, commune


def _facets_of_organisations() -> dict[int | None, tuple[str, str]]:
    """Organisation id to its facet ("" for a kind that is none) and its key."""
    rows = Organisation.objects.order_by().values_list("pk", "kind", "key")
    return {pk: (OF_KIND.get(kind, ""), key) for pk, kind, key in rows}


def _organisations() -> Iterator[tuple[str, int, str]]:
    """Camps, mines and movements to which a row or an event puts a person."""
    facets = _facets_of_organisations()
    pairs = set(Affiliation.objects.order_by().values_list("person_id", "organisation_id"))
    parts = Participant.objects.filter(event__organisation__isnull=False).order_by()
    pairs.update(parts.values_list("person_id", "event__organisation_id"))
    for person, organisation in pairs:
        facet, key = facets.get(organisation, ("", ""))
        if facet:
            yield facet, person, key


def _claims(person_of: dict[int, int]) -> Iterator[tuple[str, int, str]]:
    """What the claims of records say, and those on a person himself."""
    by_name = ids_by_name()
    facets = _facets_of_organisations()
    rows = Claim.objects.filter(property__in=CLAIMED).exclude(state="disproven").order_by()
    columns = ("property", "value", "read", "record_id", "person_id")
    for kind, value, read, record, own in rows.values_list(*columns).iterator(AT_ONCE):
        person = person_of.get(record, own)
        if person is None:
            continue
        if kind == "birth_place":
            for unit in origins(value):
                yield "origin", person, unit
        elif kind == "role":
            if value != "unknown":
                yield "role", person, value
        else:
            name = naming_text(kind, read, value)
            facet, key = facets.get(by_name.get(name), (OF_PROPERTY.get(kind, ""), name))
            if facet:
                yield facet, person, key
    yield from _death_claims(person_of)
    yield from _deaths()


def _death_claims(person_of: dict[int, int]) -> Iterator[tuple[str, int, str]]:
    """The years of death that records state, of a span of days those of its ends if they agree."""
    rows = Claim.objects.filter(property="death_date").exclude(state="disproven").order_by()
    ends = {f"{end}_year": _year(f"{end}_day") for end in ("first", "last")}
    columns = ("record_id", "person_id", *ends)
    told = rows.annotate(**ends).values_list(*columns)
    for record, own, first, last in told.iterator(AT_ONCE):
        person = person_of.get(record, own)
        if person is not None:
            yield "died", person, first if first and first == last else NO_YEAR


def _year(column: str) -> Substr:
    """The year of a day as text, taken by the database without reading the day."""
    return Substr(Cast(column, CharField()), 1, 4)


def _deaths() -> Iterator[tuple[str, int, str]]:
    """The years of death that events state."""
    own = Participant.objects.filter(event__kind="death").exclude(role__in=BESIDE).order_by()
    days = ("person_id", "event__first_day", "event__last_day")
    for person, first, last in own.values_list(*days):
        if first or last:
            same = first and last and first.year == last.year
            yield "died", person, str(first.year) if same else NO_YEAR


@lru_cache(maxsize=1 << 17)
def origins(written: str) -> tuple[str, ...]:
    """The provinces and republics that a birth place names, and the republics of its provinces.

    To which republic a province belonged is known from the table of 1941, not from the source.
    """
    units = dict.fromkeys(part.unit for part in split_place(written) if part.unit)
    units.pop("SU", None)
    known = all_units()
    above = [known[unit].parent for unit in units if unit in known]
    return tuple(dict.fromkeys([*units, *(u for u in above if u and u != "SU")])) or (NO_PROVINCE,)
