"""Every page of the public site: for the site map, the static export, and the tests of all pages.

A new kind of page is entered here once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from sexton.web.public.figures.words import WORDS
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.localities import localities
from sexton.web.register.models import Organisation, Person, Record, Site, Source

LISTS = (
    "home", "sites", "persons", "organisations", "days", "places", "sources", "statements",
    "numbers",
)  # fmt: skip
TEXTS = ("findings", "about", "parts")


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


def _years() -> Iterator[str]:
    return (str(year) for year in chronicle.numbers_by_year())


def _places() -> Iterator[str]:
    return iter(localities())


def _keys(model: type[Site | Person | Organisation | Record | Source]) -> Iterator[str]:
    return model.objects.order_by("key").values_list("key", flat=True).iterator()


KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "site": lambda: _keys(Site),
    "person": lambda: _keys(Person),
    "organisation": lambda: _keys(Organisation),
    "source": lambda: _keys(Source),
    "record": lambda: _keys(Record),
    "place": _places,
    "day": _years,
    "number": lambda: iter(WORDS),
}


def files() -> Iterator[Page]:
    """The files that lie beside pages: the data behind a figure, and all statements."""
    for kind in ("number-csv", "number-json"):
        for slug in WORDS:
            yield Page(kind, reverse(kind, args=[slug]))
    for kind in ("statements-csv", "statements-json"):
        yield Page(kind, reverse(kind))
