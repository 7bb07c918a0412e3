"""Every way by which the public hears of the register, each with what it says."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from django.test import Client
from django.utils import translation

from sexton.web.copies.making import make_copy
from sexton.web.public import inventory
from sexton.web.public.dumps import stored
from sexton.web.public.dumps.writing import write_dump
from sexton.web.public.machines import urls as machines
from sexton.web.public.urls import urlpatterns as public
from sexton.web.register.exports import write_sheets
from sexton.web.register.models import Person, Site, Source
from sexton.web.research.urls import urlpatterns as research

FORMS = ("", "?format=json", "?format=jsonld")
LANGUAGES = ("en", "ru")
QUERIES = ("SCHATUNOV", "108258", "1903", "VI K")
# Addresses that are no pages of the inventory: how each is asked here. A new one is entered here,
# or the test of all paths fails.
FEEDS = {"changes", "person-changes", "site-changes", "source-changes"}
ASKED = {"search", "suggest", "map-data", "robots", "sitemap", "sitemap-part", "data-file"}
NOT_PUBLIC = {"archive-record"}  # for who may search archives alone: tests/web/test_archives.py


def names() -> set[str]:
    """The names of all addresses of the public site."""
    patterns = chain(public, research, machines.urlpatterns, machines.whole_site)
    return {str(pattern.name) for pattern in patterns}


def covered() -> set[str]:
    """Those that are asked here."""
    pages = {page.kind for page in chain(inventory.pages(), inventory.files())}
    beside = set(chain(*inventory.BESIDE.values()))
    return pages | beside | set(inventory.kinds()) | FEEDS | ASKED | NOT_PUBLIC


def said(client: Client) -> dict[str, str]:
    """Address to what it answers, of all that is served."""
    return {address: asked(client, address) for address in dict.fromkeys(_addresses(client))}


def _addresses(client: Client) -> Iterator[str]:
    for code in LANGUAGES:
        forms = FORMS if code == "en" else FORMS[:1]
        with translation.override(code):
            for page in list(inventory.pages()):
                yield from (page.address + form for form in forms)
        root = "/" if code == "en" else f"/{code}/"
        yield from _feeds(root)
        for query in QUERIES:
            yield from (f"{root}search/?q={query}&format={form}" for form in ("html", "json"))
            yield f"{root}search/suggest/?q={query[:4]}"
    yield "/map/data.json"
    yield from [file.address for file in inventory.files()]
    yield from ("/robots.txt", "/sitemap.xml", "/data/SHA256SUMS", "/data/metadata.json")
    yield from (f"/sitemaps/{kind}.1.xml" for kind in ("pages", *inventory.KINDS))
    if found := stored.latest():
        yield from (f"/data/{file['name']}" for file in found[1]["files"])


def _feeds(root: str) -> Iterator[str]:
    yield f"{root}changes.atom"
    for name, model in (("persons", Person), ("sites", Site), ("sources", Source)):
        for key in model.objects.values_list("key", flat=True):
            yield f"{root}{name}/{key}/changes.atom"


def asked(client: Client, address: str) -> str:
    answer = client.get(address)
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return plain(whole.decode("utf-8", "replace"))


def written(folder: Path) -> dict[str, str]:
    """File to what is in it, of all that ``sexton export`` writes."""
    write_dump(folder / "dump")
    write_sheets(folder / "register")
    make_copy(folder / "site", ["en"])
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): plain(_text(path)) for path in files}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def plain(text: str) -> str:
    """A text without the ways in which HTML, addresses and JSON write a letter otherwise."""
    text = html.unescape(unquote(text))
    if "\\u" in text:
        text = text.replace('\\"', "'")
        text = "".join(_unescaped(text))
    return text.lower()


def _unescaped(text: str) -> Iterator[str]:
    before, *rest = text.split("\\u")
    yield before
    for part in rest:
        code, after = part[:4], part[4:]
        yield json.loads(f'"\\u{code}"') if len(code) == 4 and _is_hex(code) else f"\\u{code}"
        yield after


def _is_hex(code: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in code)
