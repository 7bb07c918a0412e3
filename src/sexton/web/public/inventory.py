"""Every page of the public site: for the site map, the static export, and the tests of all pages.

A new kind of page is entered here once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q
from django.urls import reverse

from sexton.web.public import photographs
from sexton.web.public.figures.words import WORDS
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.localities import localities
from sexton.web.register.models import (
    Grave,
    Memorial,
    Organisation,
    Person,
    Record,
    Site,
    Source,
)

LISTS = (
    "home",
    "map",
    "sites",
    "memorials",
    "persons",
    "organisations",
    "days",
    "places",
    "sources",
    "statements",
    "numbers",
)
TEXTS = ("findings", "about", "parts", "data")

# Files that a page offers beside itself: no pages, but part of the site wherever it is served from.
BESIDE = {
    "person": ("person-qr", "person-bibtex", "person-ris"),
    "record": ("record-bibtex", "record-ris"),
    "site": ("register-table",),
    "number": ("number-csv", "number-json"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the name of its address in the URL table, and the address in the active language."""

    kind: str
    address: str


def pages() -> Iterator[Page]:
    """All pages, the lists first, then those of each kind in the order of their keys."""
    for name in (*LISTS, *TEXTS):
        yield Page(name, reverse(name))
    for kind, keys in KINDS.items():
        for key in keys():
            yield Page(kind, reverse(kind, args=[key]))


def files() -> Iterator[Page]:
    """The files beside the pages of each kind, in the order of their keys; and photographs."""
    for kind, names in BESIDE.items():
        for key in KINDS[kind]():
            for name in names:
                yield Page(name, reverse(name, args=[key]))
    for name in ("statements-csv", "statements-json"):
        yield Page(name, reverse(name))
    for picture in photographs.pictures(Q()):
        for address in picture.addresses:
            yield Page("photograph", address)


def kinds() -> frozenset[str]:
    """The names of the addresses of all pages."""
    return frozenset((*LISTS, *TEXTS, *KINDS))


def _years() -> Iterator[str]:
    return (str(year) for year in chronicle.numbers_by_year())


def _places() -> Iterator[str]:
    return iter(localities())


def _sites_with_graves() -> Iterator[str]:
    found = Site.objects.filter(graves__isnull=False).distinct().order_by("key")
    return found.values_list("key", flat=True).iterator()


def _keys(model: type[Model]) -> Iterator[str]:
    return model._default_manager.order_by("key").values_list("key", flat=True).iterator()


KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "site": lambda: _keys(Site),
    "register": lambda: _keys(Site),
    "graves": _sites_with_graves,
    "grave": lambda: _keys(Grave),
    "memorial": lambda: _keys(Memorial),
    "person": lambda: _keys(Person),
    "organisation": lambda: _keys(Organisation),
    "source": lambda: _keys(Source),
    "record": lambda: _keys(Record),
    "place": _places,
    "day": _years,
    "number": lambda: iter(WORDS),
}
