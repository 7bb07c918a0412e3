"""Which addresses are part of a copy, and the file of each.

The file of an address is a function of the address alone, so that links can be written before the
page they lead to is made. Names are lower case and free of what a USB stick's file system or
another machine's cannot bear.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

URLCONF = "sexton.web.copies.urls"
STATIC = "static/"
# Rooms of which nothing is copied, and pages that answer what somebody typed.
ROOMS_LEFT_OUT = (
    "sexton.web.accounts",
    "sexton.web.steward",
    "sexton.web.contributions",
    "django.contrib.admin",
)
NAMES_LEFT_OUT = frozenset({"suggest", "changes", "sitemap", "robots"})
# Files that stand at the root for all languages.
OF_ALL_LANGUAGES = frozenset({"photograph", "data-file"})
# Another form of the same page, or a window of a map: without end, or to be had on the site itself.
FORMS = frozenset({"format", "as", "view", "window", "bbox", "box", "zoom", "at", "q"})
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_UNSAFE = re.compile(r"[^a-z0-9_-]+")
_ENDING = re.compile(r"\.[a-z0-9]{1,6}$")
_WORD = re.compile(r"[a-z0-9]{1,20}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_KEPT = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: an address of the copy, or none; whether its filters were left out."""

    address: str = ""
    widened: bool = False


def local(href: str, base: str, prefix: str = "/") -> str | None:
    """The link as an address below ``prefix``, without the fragment; None where it leads out."""
    parts = urlsplit(urljoin(base, href))
    if parts.scheme or parts.netloc or not parts.path.startswith(prefix):
        return None
    return parts._replace(fragment="").geturl()


@lru_cache(maxsize=50_000)
def target(address: str, prefix: str, languages: frozenset[str]) -> Target:
    """What of ``address`` is in the copy, in one way of writing it."""
    parts = urlsplit(address)
    path = quote(unquote(parts.path), safe=_KEPT)
    if path.startswith(prefix + STATIC):
        return Target(path)
    if not _is_copied("/" + unquote(path).removeprefix(prefix), languages):
        return Target()
    pairs = [(name, value) for name, value in parse_qsl(parts.query) if value]
    if any(name in FORMS for name, _ in pairs):
        return Target()
    turned = [pair for pair in pairs if _is_page(*pair)]
    filters = [pair for pair in pairs if pair not in turned]
    widened = len(filters) > 1
    query = [] if widened else sorted([*filters, *((n, v) for n, v in turned if v != "1")])
    return Target(path + (f"?{urlencode(query)}" if query else ""), widened)


def _is_page(name: str, value: str) -> bool:
    return (name == "page" or name.endswith("_page")) and value.isdecimal()


def _is_copied(path: str, languages: frozenset[str]) -> bool:
    wanted = language_of(path) in languages
    try:
        match = resolve(path, urlconf=URLCONF)
    except Resolver404:
        return wanted  # a dead link, which is told, and not passed over in silence
    if not wanted and match.url_name not in OF_ALL_LANGUAGES:
        return False
    room = getattr(match.func, "__module__", "")
    named = (match.url_name or "").split("-")
    return not room.startswith(ROOMS_LEFT_OUT) and not NAMES_LEFT_OUT.intersection(named)


def language_of(path: str) -> str:
    """The language in which a path below the root is written."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@lru_cache(maxsize=50_000)
def file_of(address: str, prefix: str = "/") -> str:
    """The file of an address, below the folder of the copy, with ``/`` between its parts."""
    parts = urlsplit(address)
    path = unquote(parts.path).removeprefix(prefix)
    if path.startswith(STATIC):
        return path  # style sheets name their files as they are
    *folders, last = path.split("/")
    names = [_name(folder) for folder in folders if folder]
    query = parse_qsl(parts.query)
    if query:
        # Of a page in the folder of the page; of data beside the data.
        data = _ENDING.search(last)
        if data:
            return "/".join([*names, _name(last[: data.start()]) + _variant(query, data[0])])
        names += [_name(last)] if last else []
        return "/".join([*names, _variant(query, ".html")])
    return "/".join([*names, _name(last) if last else "index.html"])


def _name(text: str) -> str:
    fits = _SAFE.fullmatch(text) and not text.endswith((".", ".html"))
    if fits and not _DEVICES.fullmatch(text):
        return text
    ending = _ENDING.search(text.lower())
    ending_text = ending[0] if ending and ending[0] != ".html" else ""
    plain = _UNSAFE.sub("-", text.lower().removesuffix(ending_text)).strip("-")[:40]
    return f"{plain or 'x'}~{_mark(text)}{ending_text}"


def _variant(query: Iterable[tuple[str, str]], ending: str) -> str:
    pairs = list(query)
    if all(_WORD.fullmatch(text) for pair in pairs for text in pair):
        return "~" + "_".join("-".join(pair) for pair in pairs) + ending
    return f"~{_mark(urlencode(pairs))}{ending}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def relative(file: str, seen_from: str) -> str:
    """``file`` as a link in the file ``seen_from``; both below the folder of the copy."""
    *own, _ = seen_from.split("/")
    *folders, last = file.split("/")
    shared = 0
    while shared < min(len(own), len(folders)) and own[shared] == folders[shared]:
        shared += 1
    steps = [*([".."] * (len(own) - shared)), *folders[shared:], last]
    return quote("/".join(steps), safe="/~._-")
