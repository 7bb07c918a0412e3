"""All places of the map: where they are, and how many persons a source puts there.

Made from the whole register and kept until it changes. Persons are counted by place, never sent
one by one: a register of 100,000 is as light on the map as one of 300.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sexton.web.public import located
from sexton.web.public.drawings import LAYER_OF_KIND
from sexton.web.public.located import Located
from sexton.web.register import labels
from sexton.web.register.addresses import address
from sexton.web.register.lives.localities import DEATH, Locality, localities, named_in
from sexton.web.register.lives.path import BESIDE
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Event,
    Membership,
    Memorial,
    Organisation,
    Participant,
    Site,
)
from sexton.web.research.facet_table import Column, Mask, Table, table
from sexton.web.research.filters import Chosen, mask_of
from sexton.web.research.latest import Latest
from sexton.web.research.stated import OF_KIND

LAYERS: dict[str, Promise] = {
    "graves": _("Graves"),
    "memorials": _("Memorials"),
    "camps": _("Camps, work detachments, hospitals"),
    "mines": _("Mines"),
    "movements": _("Resistance movements"),
    "places": _("Places of death and of events"),
}
PLACE = "place"
Pair = tuple[int, str]  # a person's id and a spot's key
Lost = tuple[str, str, str, labels.Label]  # name, page, key of the page, kind


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the register: what it is, where, and by which facet its persons are counted.

    ``names`` are by language, "" for a name that is in none; ``also`` the further names (slug, as
    written) under which sources speak of it; ``events`` how many events are told of it.
    """

    key: str
    layer: str
    kind: labels.Label
    names: Mapping[str, str]
    address: tuple[str, str]
    where: Located
    facet: str
    value: str
    events: int = 0
    also: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        order = (language, "", "en", "fr", "nl", "ru")
        return next((self.names[code] for code in order if self.names.get(code)), self.value)

    @property
    def url(self) -> str:
        return address(*self.address)

    def list_url(self, chosen: Chosen) -> str:
        """Its persons as a list, by the same filters; of a name of a place, its page."""
        if self.facet == PLACE:
            return self.url
        values = chosen.values.get(self.facet, ())
        narrowed = chosen if self.value in values else chosen.with_value(self.facet, self.value)
        return f"{_persons_in(get_language() or 'en')}?{narrowed.query()}"


@cache
def _persons_in(language: str) -> str:
    """The address of the list of persons in a language."""
    return reverse("persons")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something with a place that nobody has coordinates for."""

    name: str
    url: str
    kind: labels.Label


@dataclass(frozen=True, slots=True)
class Held:
    """The spots in the order of their keys, the persons by spot, and what is on no map."""

    spots: Sequence[Spot]
    missing: Sequence[Lost]
    people: Table
    column: Column

    def counts(self, chosen: Chosen) -> dict[str, int]:
        """Spot key to the number of persons of the filters whom a source puts there."""
        mask = mask_of(self.people, chosen)
        columns = {**self.people.columns, PLACE: self.column}
        by_facet = {facet: _counts(columns[facet], mask) for facet in self._facets()}
        return {spot.key: by_facet[spot.facet].get(spot.value, 0) for spot in self.spots}

    def _facets(self) -> set[str]:
        return {spot.facet for spot in self.spots}


def _counts(column: Column, mask: Mask | None) -> dict[str, int]:
    return dict(zip(column.values, column.counts(mask).tolist(), strict=True))


def layers_of(asked: Iterable[str]) -> list[str]:
    """The layers that are asked for; all, where none is."""
    wanted = set(asked)
    return [layer for layer in LAYERS if layer in wanted] or list(LAYERS)


def shown(chosen: Chosen, layers: Iterable[str] = LAYERS) -> list[tuple[Spot, int]]:
    """The spots of these layers with their persons, most persons first.

    Where filters are chosen, only those with a person who fits.
    """
    known, wanted = held(), set(layers)
    counts = known.counts(chosen)
    rows = [
        (spot, counts[spot.key])
        for spot in known.spots
        if spot.layer in wanted and (counts[spot.key] or not chosen)
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0].key))


def missing(most: int) -> tuple[int, list[Missing]]:
    """How much sources name that no map can show, and ``most`` of it with its pages."""
    lost = held().missing
    first = [Missing(name, address(page, key), kind) for name, page, key, kind in lost[:most]]
    return len(lost), first


def _make() -> Held:
    people = table.up_to_date()
    found: list[Spot] = []
    lost: list[Lost] = []
    pairs: set[Pair] = set()
    for part in (_sites, _memorials, _organisations, _places):
        part(found, lost, pairs)
    place_of = {pk: place for place, pk in enumerate(people.persons.tolist())}
    persons, keys = [person for person, _ in pairs], [key for _, key in pairs]
    column = Column.of(persons, keys, place_of)
    return Held(sorted(found, key=lambda spot: spot.key), sorted(lost, key=str), people, column)


held = Latest(_make)


def _sites(found: list[Spot], lost: list[Lost], _: set[Pair]) -> None:
    told = _events_by("site_id", "grave__site_id")
    for site in Site.objects.all():
        where, kind = located.of_site(site), labels.label(site.kind, "kind")
        if where is None:
            lost.append((site.name_in("en"), "site", site.key, kind))
            continue
        layer = "memorials" if site.kind == "memorial" else "graves"
        address = ("site", site.key)
        found.append(
            Spot(f"site-{site.key}", layer, kind, site.names, address, where, "site", site.key,
                 len(told[site.pk]))
        )  # fmt: skip


def _memorials(found: list[Spot], lost: list[Lost], _: set[Pair]) -> None:
    """Monuments and plaques at a grave site, and those of which a source says the town alone.

    A site that is itself a memorial stands on the map as a site.
    """
    kind = LAYERS["memorials"]
    for row in Memorial.objects.exclude(site__kind="memorial").select_related("site"):
        slug = next((slug for slug, _written in named_in(row.place)), "")
        if row.site is None and not slug:
            continue
        address = ("site", row.site.key) if row.site else (PLACE, slug)
        where = located.of_site(row.site) if row.site else located.of_text(row.place)
        if where is None:
            lost.append((str(row), *address, kind))
            continue
        key = f"memorial-{row.key}"
        found.append(Spot(key, "memorials", kind, row.names, address, where, PLACE, key))


def _organisations(found: list[Spot], lost: list[Lost], pairs: set[Pair]) -> None:
    """Camps, mines, movements; what looks after graves today is not of that time."""
    told = _events_by("organisation_id")
    uncounted = {}
    for row in Organisation.objects.filter(kind__in=LAYER_OF_KIND).order_by("key"):
        where, kind = located.of_organisation(row), labels.label(row.kind, "organisation")
        if where is None:
            lost.append((row.name, "organisation", row.key, kind))
            continue
        key, facet = f"organisation-{row.key}", OF_KIND.get(row.kind, PLACE)
        if facet == PLACE:
            uncounted[row.pk] = key
        found.append(
            Spot(key, LAYER_OF_KIND[row.kind], kind, {"": row.name}, ("organisation", row.key),
                 where, facet, key if facet == PLACE else row.key, len(told[row.pk]))
        )  # fmt: skip
    pairs.update(_members(uncounted))


def _members(keys: Mapping[int, str]) -> Iterator[Pair]:
    """Persons of the organisations that no facet counts."""
    rows = Affiliation.objects.filter(organisation__in=keys).order_by()
    for person, organisation in rows.values_list("person_id", "organisation_id"):
        yield person, keys[organisation]
    parts = Participant.objects.filter(event__organisation__in=keys).order_by()
    for person, organisation in parts.values_list("person_id", "event__organisation_id"):
        yield person, keys[organisation]


def _places(found: list[Spot], lost: list[Lost], pairs: set[Pair]) -> None:
    """Where sources say that somebody died or something happened, by the name of the place."""
    together: dict[Located, list[Locality]] = defaultdict(list)
    for locality in localities().values():
        if not (locality.deaths or locality.event_texts):
            continue
        where = located.settlement(locality.name)
        if where is None:
            lost.append((locality.name, PLACE, locality.slug, _("Name of a place")))
        else:
            together[where].append(locality)
    key_of = {}
    told = _event_texts()
    for where, group in together.items():
        spot = _place_spot(where, group, told)
        found.append(spot)
        key_of.update(dict.fromkeys((locality.slug for locality in group), spot.key))
    pairs.update(_died_or_took_part(key_of))


def _place_spot(where: Located, group: list[Locality], told: Mapping[str, int]) -> Spot:
    group.sort(key=lambda locality: (-locality.writings.total(), locality.slug))
    first, *others = group
    texts = {text for locality in group for text in locality.event_texts}
    key = f"place-{first.slug}"
    return Spot(
        key=key,
        layer="places",
        kind=LAYERS["places"],
        names={"": first.name},
        address=("place", first.slug),
        where=where,
        facet=PLACE,
        value=key,
        events=sum(told[text] for text in texts),
        also=tuple((locality.slug, locality.name) for locality in others),
    )


def _died_or_took_part(key_of: Mapping[str, str]) -> Iterator[Pair]:
    """Who died or took part in an event at a place that is on the map."""
    person_of = dict(Membership.objects.order_by().values_list("record_id", "person_id"))
    deaths = Claim.objects.filter(property=DEATH).exclude(state="disproven").order_by()
    told = [
        (person_of.get(record, own), text)
        for record, own, text in deaths.values_list("record_id", "person_id", "value")
    ]
    parts = Participant.objects.exclude(event__place="").exclude(role__in=BESIDE).order_by()
    told += parts.values_list("person_id", "event__place")
    for person, text in told:
        for slug, _written in named_in(text):
            if person is not None and slug in key_of:
                yield person, key_of[slug]


def _events_by(*columns: str) -> dict[int, set[int]]:
    """Events by the id of what they are told of."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, *ids in Event.objects.order_by().values_list("pk", *columns):
        for own in ids:
            if own is not None:
                found[own].add(pk)
    return found


def _event_texts() -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for text in Event.objects.exclude(place="").order_by().values_list("place", flat=True):
        found[text] += 1
    return found
