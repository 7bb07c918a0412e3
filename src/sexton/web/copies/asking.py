"""Asking the site for its pages without a server, as a reader who is nobody."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.test.utils import override_settings
from django.urls import set_script_prefix

from sexton.web.copies.addresses import URLCONF

# What serves a connection, not a page: compression, policies in headers, what is kept or unchanged.
LEFT_OUT = (
    "SecurityMiddleware",
    "CSPMiddleware",
    "PrivacyHeaders",
    "WhiteNoiseMiddleware",
    "KeptPages",
    "GZipMiddleware",
    "ConditionalGetMiddleware",
    "XFrameOptionsMiddleware",
)
NOWHERE = "http://copy.invalid/"  # the host of a site whose address nobody told


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered; ``leads_to`` for a redirection."""

    status: int
    type: str
    chunks: Iterator[bytes]
    leads_to: str = ""
    for_all: bool = True


class _Request(WSGIRequest):
    """A request of a host that need not be among those the server answers to."""

    def get_host(self) -> str:
        return str(self.META["SERVER_NAME"])


class Site(BaseHandler):
    """The site at ``base``, whose clock stands at the last change of the register.

    So "read on" and "the next" are told of that day, and the copy is the same on every day.
    """

    def __init__(self, base: str, now: datetime | None, living: str = "") -> None:
        super().__init__()
        self.base, self.now = urlsplit(base), now
        self.has_address, self.living = base != NOWHERE, origin_of(living)
        self.prefix = self.base.path.rstrip("/") + "/"
        kept = [name for name in settings.MIDDLEWARE if not name.endswith(LEFT_OUT)]
        with override_settings(MIDDLEWARE=kept):
            self.load_middleware()

    def ask(self, address: str) -> Answer:
        """The answer to a GET of ``address``, which begins with the site's prefix."""
        set_script_prefix(self.prefix)
        request = self._request(address)
        with _quiet(), standing_clock(self.now):
            response = self.get_response(request)
        return _answer(response)

    def _request(self, address: str) -> WSGIRequest:
        parts = urlsplit(address)
        path = "/" + unquote(parts.path).removeprefix(self.prefix)
        request = _Request(
            {
                "REQUEST_METHOD": "GET",
                "SCRIPT_NAME": self.prefix.rstrip("/"),
                "PATH_INFO": path.encode().decode("latin-1"),
                "QUERY_STRING": parts.query,
                "SERVER_NAME": self.base.netloc,
                "SERVER_PORT": "443" if self.base.scheme == "https" else "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_ACCEPT": "text/html",
                "wsgi.url_scheme": self.base.scheme,
                "wsgi.input": io.BytesIO(),
            }
        )
        request.urlconf = URLCONF  # type: ignore[attr-defined]
        # What pages say otherwise in a copy: see sexton.web.public.elsewhere.
        request.is_copy = True  # type: ignore[attr-defined]
        request.has_address = self.has_address  # type: ignore[attr-defined]
        request.living = self.living  # type: ignore[attr-defined]
        return request


def origin_of(address: str) -> str:
    """Scheme and host of an address, to which paths of the site are joined; "" of none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _answer(response: HttpResponseBase) -> Answer:
    told = response.get("Cache-Control", "")
    for_all = not response.cookies and "private" not in told and "no-store" not in told
    kind = response.get("Content-Type", "").split(";")[0]
    leads_to = response.get("Location", "") if 300 <= response.status_code < 400 else ""
    return Answer(response.status_code, kind, _chunks(response), leads_to, for_all)


def _chunks(response: HttpResponseBase) -> Iterator[bytes]:
    if not response.streaming:
        yield response.content  # type: ignore[attr-defined]
        return
    yield from response.streaming_content  # type: ignore[attr-defined]
    # Closing tells Django that a request is over; the connection is still wanted.
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


@contextmanager
def standing_clock(now: datetime | None) -> Iterator[None]:
    """Django's clock shows ``now``; None lets it run."""
    if now is None:
        yield
        return
    with patch("django.utils.timezone.now", lambda: now):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """What the site cannot answer is told in a list at the end, not line by line."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
