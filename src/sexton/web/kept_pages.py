"""Pages kept until the register changes, and the answer "nothing new" without making them again.

What an anonymous reader sees is a function of the address, the register and the day ("next
ceremony"), so it can be kept. A page that depends on anything else says so with ``Cache-Control``
(``no-store``, ``private`` or ``no-cache``), or sets a cookie, and is not kept. Nor is one that was
made while the search index was still behind the register.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_http_date_safe

from sexton.web.public.machines.forms import wanted
from sexton.web.register.state import version
from sexton.web.research import latest

PACKAGE = Path(__file__).resolve().parents[1]
MAKE_PAGES = {".py", ".html", ".mo", ".css", ".js", ".json", ".toml"}
LARGEST = 400_000  # bytes; larger answers are downloads, not pages
_HOW_LONG = {"no-store", "private", "no-cache"}


@dataclass(frozen=True, slots=True)
class Kept:
    """The whole answer, compressed or not as it was asked for."""

    content: bytes
    headers: dict[str, str]


class Shelf:
    """The answers used last, up to a number of bytes; shared by the threads of a process."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self.kept: OrderedDict[str, Kept] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        with self.lock:
            found = self.kept.get(key)
            if found:
                self.kept.move_to_end(key)
            return found

    def put(self, key: str, answer: Kept) -> None:
        with self.lock:
            if key in self.kept or len(answer.content) > self.room:
                return
            self.kept[key] = answer
            self.used += len(answer.content)
            while self.used > self.room:
                self.used -= len(self.kept.popitem(last=False)[1].content)


class KeptPages:
    """Answers an anonymous reader's GET from what is kept, else keeps what the page answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.shelf = Shelf(settings.KEPT_PAGES_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key(request)
        tag = f'W/"{key}"'
        if tag in request.headers.get("If-None-Match", ""):
            return HttpResponseNotModified(headers={"ETag": tag})
        kept = self.shelf.get(key)
        if kept is not None:
            return _unless_known(request, HttpResponse(kept.content, headers=kept.headers))
        latest.begin_page()
        response = self.get_response(request)
        if latest.was_behind():
            response["Cache-Control"] = "no-store"
        if not _is_for_all(response):
            return response
        response["ETag"] = tag
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        if len(response.content) <= LARGEST:
            self.shelf.put(key, Kept(response.content, dict(response.headers)))
        return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer, or that it has not changed since the day that is asked about."""
    modified = parse_http_date_safe(response.get("Last-Modified", ""))
    return get_conditional_response(request, last_modified=modified, response=response)


def _may_be_kept(request: HttpRequest) -> bool:
    """A reader without any cookie of ours: nothing on the page is about him."""
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    return request.method == "GET" and not ours & set(request.COOKIES)


def _key(request: HttpRequest) -> str:
    parts = (
        code_version(),
        version(),
        timezone.localdate().isoformat(),
        request.scheme,
        request.headers.get("Host", ""),
        request.get_full_path(),
        # Browsers differ in what they take; a form of a page is the same for all of them.
        wanted(request),
        "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@cache
def code_version() -> str:
    """A fingerprint of Sexton as installed: a page made by another version is another page."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in MAKE_PAGES)
    state = [(str(path.relative_to(PACKAGE)), path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(state).encode()).hexdigest()


def _is_for_all(response: HttpResponseBase) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    return not any(word in response.get("Cache-Control", "") for word in _HOW_LONG)
