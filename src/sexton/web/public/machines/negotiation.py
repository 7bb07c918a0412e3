"""One address, several forms: the page for people, JSON and JSON-LD for programs.

A program says so by ``Accept``, a person who wants to look by ``?format=json``. A browser always
gets the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from sexton.web.public.machines import representations
from sexton.web.public.machines.forms import HTML, wanted
from sexton.web.public.machines.problems import instead_of, problem

READING = ("GET", "HEAD")
NO_JSON = "This page has no JSON yet; ask for text/html."


class Representations:
    """Answers for the views where JSON is wanted, and turns errors into problems then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_page(response):
            patch_vary_headers(response, ["Accept"])
            if response.status_code >= 400 and wanted(request) != HTML:
                return instead_of(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        form = wanted(request)
        match = request.resolver_match
        if form == HTML or match is None or not representations.is_page(match.url_name):
            return None
        if request.method not in READING:
            return _not_allowed() if representations.offers(match.url_name, form) else None
        if not representations.offers(match.url_name, form):
            return problem(406, NO_JSON) if not request.accepts(HTML) else None
        try:
            response = representations.answer(request, form, match.url_name, kwargs)
        except BadRequest as error:
            response = problem(400, str(error))
        patch_vary_headers(response, ["Accept"])
        return response


def _not_allowed() -> HttpResponse:
    told = problem(405)
    told.headers["Allow"] = ", ".join(READING)
    return told


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith(HTML)
