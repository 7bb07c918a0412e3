"""What stands at the root of a copy beside its pages: read-me, first page, page not found."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string

from sexton.web.copies.pages import Plan

NAMES = dict(settings.LANGUAGES)


def files(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Each file with what is in it. The read-me speaks all languages, whichever were copied."""
    told = [(code, name, "index.html") for code, name in NAMES.items()]
    context = {"languages": told, "day": plan.day, "living": plan.living}
    # The mark at the beginning tells old editors that it is UTF-8.
    text = "\ufeff" + render_to_string("copy/readme.html", context)
    yield "README.txt", text.strip().replace("\n", "\r\n").encode() + b"\r\n"
    yield "404.html", _page("404", [(c, _at(plan, _root(c))) for c in plan.languages])
    if settings.LANGUAGE_CODE not in plan.languages:
        languages = [(code, _root(code), NAMES[code]) for code in plan.languages]
        yield "index.html", _page("first", languages)


def _root(code: str) -> str:
    return "index.html" if code == settings.LANGUAGE_CODE else f"{code}/index.html"


def _at(plan: Plan, file: str) -> str:
    """A page that answers at any address can link only to where the copy is known to stand."""
    return urljoin(plan.served_at, file) if plan.served_at else ""


def _page(name: str, languages: object) -> bytes:
    return render_to_string(f"copy/{name}.html", {"languages": languages}).encode()
