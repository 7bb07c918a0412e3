"""Who is in a copy and under which forms he is found: read once, for its search and its names.

It knows what the site's public search knows: names as records write them and as lists give them
(no conjectures), numbers, years and sites. What is private is in none of these.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models.fields.json import KT

from sexton.names import canonical_given
from sexton.web.copies.spelling import fold
from sexton.web.register.models import (
    Membership,
    NameKey,
    Organisation,
    Person,
    PersonName,
    Record,
    Site,
)
from sexton.web.register.state import version

KINDS = ("surname", "given", "patronymic", "table")  # "table": a given name in another language
NUMBERS, YEARS = "number", "year"
MOST_TOLD = 3  # dates of birth or death that stand beside a name


@dataclass(slots=True)
class Entry:
    """A person: all that stands in a line of a list. ``sites`` are places in the list of sites."""

    pk: int
    key: str
    name: str
    born: list[str] = field(default_factory=list)
    died: list[str] = field(default_factory=list)
    sites: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Catalogue:
    """``forms`` holds kind and form with the places of their bearers in ``persons``.

    Organisations with all their names: camps, mines, movements.
    """

    version: str
    persons: list[Entry]
    sites: list[Site]
    organisations: list[tuple[Organisation, list[str]]]
    forms: dict[tuple[str, str], list[int]]
    exact: dict[tuple[str, str], list[int]]
    letters: dict[str, list[tuple[str, str, int]]]


_lock = threading.Lock()
_current: Catalogue | None = None


def current() -> Catalogue:
    """The catalogue of the register as it is now."""
    global _current
    now = version()
    with _lock:
        if _current is None or _current.version != now:
            _current = _build(now)
        return _current


def _build(now: str) -> Catalogue:
    rows = Person.objects.order_by("key").values_list("pk", "key", "name", "is_named")
    persons = [Entry(pk, key, name if named else "") for pk, key, name, named in rows]
    place = {entry.pk: at for at, entry in enumerate(persons)}
    sites = list(Site.objects.order_by("key"))
    person_of = {
        record: place[person]
        for record, person in Membership.objects.values_list("record_id", "person_id").iterator()
    }
    _tell_days_and_sites(persons, person_of, {site.pk: at for at, site in enumerate(sites)})
    forms, exact = _forms(person_of, place)
    letters = _letters(persons, forms)
    return Catalogue(now, persons, sites, _organisations(), forms, exact, letters)


def _organisations() -> list[tuple[Organisation, list[str]]]:
    found = Organisation.objects.order_by("key").prefetch_related("other_names")
    return [(one, [one.name, *(other.name for other in one.other_names.all())]) for one in found]


def _tell_days_and_sites(
    persons: list[Entry], person_of: dict[int, int], site_at: dict[int, int]
) -> None:
    rows = Record.objects.order_by("key").values_list(
        "pk", "site_id", KT("fields__birth_date"), KT("fields__death_date")
    )
    for pk, site, born, died in rows.iterator():
        if pk not in person_of:
            continue
        entry = persons[person_of[pk]]
        for text, told in ((born, entry.born), (died, entry.died)):
            if text and text not in told and len(told) < MOST_TOLD:
                told.append(text)
        if site and site_at[site] not in entry.sites:
            entry.sites.append(site_at[site])


def _forms(
    person_of: dict[int, int], place: dict[int, int]
) -> tuple[dict[tuple[str, str], list[int]], dict[tuple[str, str], list[int]]]:
    names: dict[tuple[str, str], set[int]] = defaultdict(set)
    exact: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = NameKey.objects.order_by("record__key", "pk").values_list("kind", "written", "record_id")
    for kind, written, record in rows.iterator():
        if record in person_of:
            where = exact if kind in (NUMBERS, YEARS) else names
            where[(kind, written)].add(person_of[record])
    given = PersonName.objects.exclude(basis="conjecture").order_by("pk")
    for person, *parts in given.values_list("person_id", *KINDS[:3]).iterator():
        for kind, written in zip(KINDS, parts, strict=False):
            if written:
                names[(kind, written)].add(place[person])
    for (kind, written), bearers in list(names.items()):
        if kind == "given":
            for other in canonical_given(written):
                names[("table", other)] |= bearers
    return _sorted(names), _sorted(exact)


def _sorted(found: dict[tuple[str, str], set[int]]) -> dict[tuple[str, str], list[int]]:
    return {what: sorted(bearers) for what, bearers in sorted(found.items())}


def _letters(
    persons: list[Entry], forms: dict[tuple[str, str], list[int]]
) -> dict[str, list[tuple[str, str, int]]]:
    """Initial letter to folded form, form and bearer, in the order of the alphabet.

    By surname; who has none stands under the given name.
    """
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    placed: set[int] = set()
    for wanted in ("surname", "given"):
        bearers = list(_bearers(forms, wanted))
        for form, person in bearers:
            if wanted == "surname" or person not in placed:
                folded = fold(form)
                found[initial(folded)].append((folded, form, person))
        placed.update(person for _, person in bearers)
    order = {at: persons[at].name for at in placed}
    for entries in found.values():
        entries.sort(key=lambda entry: (entry[0], entry[1], order[entry[2]], entry[2]))
    return dict(sorted(found.items(), key=lambda item: (item[0] > "z", item[0] == "", item[0])))


def _bearers(forms: dict[tuple[str, str], list[int]], wanted: str) -> Iterator[tuple[str, int]]:
    for (kind, form), bearers in forms.items():
        if kind == wanted:
            for person in bearers:
                yield form, person


def initial(folded: str) -> str:
    """The first letter without its mark; "" for what begins with none."""
    first = next((char for char in folded if char.isalpha()), "")
    return {"š": "s", "č": "c", "ž": "z"}.get(first, first)
