"""The pages that only a copy has: its search, and all names in the order of the alphabet."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from sexton.web.copies import catalogue

PAGE = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """An initial letter, its place in the address, and how many names begin with it."""

    letter: str
    slug: str
    names: int
    alphabet: str


def search(request: HttpRequest) -> HttpResponse:
    """The box, answered by a script; without one, the letters by which names are looked up."""
    language = get_language() or settings.LANGUAGE_CODE
    below = "" if language == settings.LANGUAGE_CODE else f"{language}/"
    root = "../" * (1 + bool(below))
    context = {"alphabets": _alphabets(), "root": root, "below": below}
    return render(request, "copy/search.html", context)


def letters(request: HttpRequest) -> HttpResponse:
    return render(request, "copy/names.html", {"alphabets": _alphabets()})


def names(request: HttpRequest, letter: str) -> HttpResponse:
    """The names that begin with a letter, each with the man who bears it."""
    known = catalogue.current()
    found = next((one for one in _letters() if one.slug == letter), None)
    if found is None:
        raise Http404
    page = Paginator(known.letters[found.letter], PAGE).get_page(request.GET.get("page"))
    rows = [(form, known.persons[at], _sites(known, at)) for _, form, at in page]
    context = {"letter": found, "page": page, "rows": rows, "alphabets": _alphabets()}
    return render(request, "copy/names_letter.html", context)


def _sites(known: catalogue.Catalogue, at: int) -> list[object]:
    return [known.sites[site] for site in known.persons[at].sites]


def _letters() -> list[Letter]:
    return [
        Letter(letter, _slug(letter), len(names), _alphabet(letter))
        for letter, names in catalogue.current().letters.items()
    ]


def _alphabets() -> list[tuple[str, list[tuple[Letter, str]]]]:
    """Latin and Cyrillic letters with their addresses, the alphabet of the page first."""
    found: dict[str, list[tuple[Letter, str]]] = {}
    for letter in _letters():
        address = reverse("names-letter", args=[letter.slug])
        found.setdefault(letter.alphabet, []).append((letter, address))
    return list(found.items())


def _slug(letter: str) -> str:
    return letter if "a" <= letter <= "z" else f"letter-{ord(letter):04x}" if letter else "other"


def _alphabet(letter: str) -> str:
    if "a" <= letter <= "z":
        return "latin"
    return "cyrillic" if "\u0400" <= letter <= "\u052f" else "other"
