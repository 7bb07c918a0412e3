"""The index by which people are found: forms of names, days, places, numbers, organisations.

It is made in memory once for each version of the register, and shared by the threads of a process.
Persons are known in it by their places in the list of persons, as in the table of the filters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.utils.translation import override
from numpy.typing import NDArray

from sexton.messages import LANGUAGES
from sexton.names import read_person_name
from sexton.names.variants import halves
from sexton.places import load_gazetteer
from sexton.web.register import labels
from sexton.web.register.lives.localities import localities
from sexton.web.register.models import (
    Membership,
    NameKey,
    Organisation,
    OrganisationName,
    PersonName,
    Site,
)
from sexton.web.research.facet_table import Table, table
from sexton.web.research.facts import Catalogue, Facts, facts_of, texts_of_site
from sexton.web.research.forms import NAME_KINDS, Forms
from sexton.web.research.latest import Latest

# What can be meant beside persons; the key is that of the filters.
ORGANISED = {"camp": "camp", "mine": "mine", "resistance_movement": "movement"}
BY_PLACE = ("municipality", "key")
Mask = NDArray[np.bool_]
Pairs = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Index:
    """All that a search asks. ``has`` tells of whom a part of the name is stated, ``kinds``
    of what kind an organisation is, ``provinces`` are the sites by their provinces."""

    table: Table
    names: dict[str, Forms]
    has: dict[str, Mask]
    facts: Facts
    sites: Catalogue
    provinces: Catalogue
    organisations: Catalogue
    kinds: dict[str, str]
    places: Catalogue

    @property
    def size(self) -> int:
        return len(self.table.persons)


def build() -> Index:
    known = table.up_to_date()
    place_of = {pk: place for place, pk in enumerate(known.persons.tolist())}
    numbers, pairs = _names(place_of)
    forms = {kind: Forms.of(kind, numbers[kind], pairs[kind]) for kind in NAME_KINDS}
    for name in ("ussr", "belgium"):
        load_gazetteer(name)  # asked by every search for a place; the first need not wait
    sites = {site.key: texts_of_site(site) for site in Site.objects.order_by(*BY_PLACE)}
    organisations = Organisation.objects.values_list("key", "kind")
    return Index(
        table=known,
        names=forms,
        has={kind: _stated(forms[kind], len(place_of)) for kind in NAME_KINDS},
        facts=facts_of(place_of),
        sites=Catalogue(sites),
        provinces=Catalogue(_provinces_of_sites()),
        organisations=Catalogue(_names_of_organisations()),
        kinds=dict(organisations),
        places=Catalogue({slug: [place.name] for slug, place in localities().items()}),
    )


current = Latest(build)


def _names(place_of: dict[int, int]) -> tuple[dict[str, dict[str, int]], Pairs]:
    """Each kind's forms with their numbers, and the pairs of a form and a person."""
    numbers: dict[str, dict[str, int]] = {kind: {} for kind in NAME_KINDS}
    pairs: Pairs = {kind: [] for kind in NAME_KINDS}
    for kind, form, person in _borne():
        if person in place_of:
            number = numbers[kind].setdefault(form, len(numbers[kind]))
            pairs[kind].append((number, place_of[person]))
    return numbers, pairs


def _borne() -> Iterator[tuple[str, str, int]]:
    """Kind, form and person (id): what records write, and the names that lists give besides.

    A double surname is also found by either half.
    """
    person_of = dict(Membership.objects.order_by().values_list("record_id", "person_id"))
    keys = NameKey.objects.filter(kind__in=NAME_KINDS).order_by()
    for kind, form, record in keys.values_list("kind", "written", "record_id"):
        if record in person_of:
            yield kind, form, person_of[record]
            if kind == "surname" and ("-" in form or " " in form):
                yield from ((kind, half, person_of[record]) for half in halves(form))
    for person, *cells in PersonName.objects.order_by().values_list("person_id", *_NAME_CELLS):
        for kind, form in parts_of(*cells):
            yield kind, form, person


_NAME_CELLS = ("written", "surname", "given", "patronymic")


def parts_of(written: str, *parts: str) -> Iterator[tuple[str, str]]:
    """Kind and form of each part in each reading of a name."""
    for form in read_person_name(written, *parts).forms:
        for kind in NAME_KINDS:
            if text := getattr(form, kind):
                yield kind, text


def _stated(forms: Forms, size: int) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[forms.bearers.persons] = True
    return mask


def _provinces_of_sites() -> dict[str, list[str]]:
    """Site to the names of its province, in all languages."""
    rows = list(Site.objects.order_by(*BY_PLACE).values_list("key", "province"))
    names: dict[str, set[str]] = {province: {province} for _, province in rows if province}
    for language in LANGUAGES:
        with override(language):
            for province, texts in names.items():
                texts.add(str(labels.label(province, "province")))
    return {key: sorted(names[province]) for key, province in rows if province}


def _names_of_organisations() -> dict[str, list[str]]:
    rows = Organisation.objects.values_list("key", "name")
    texts = {key: [name] for key, name in rows}
    others = OrganisationName.objects.order_by("pk").values_list("organisation__key", "name")
    for key, name in others:
        texts[key].append(name)
    return texts
