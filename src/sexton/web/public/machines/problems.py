"""Errors for programs: RFC 9457, problem details as JSON."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse

from sexton.web.public.machines.forms import PROBLEM


def problem(status: int, detail: str = "", **more: object) -> JsonResponse:
    """An error as JSON; ``type`` is left out, which means that the status says it all."""
    told: dict[str, object] = {"title": HTTPStatus(status).phrase, "status": status}
    if detail:
        told["detail"] = detail
    return JsonResponse({**told, **more}, status=status, content_type=PROBLEM)


def instead_of(response: HttpResponse) -> JsonResponse:
    """The problem for an error that a page tells of, with its headers that still hold.

    A view may have said more than its status in ``response.problem``.
    """
    more = getattr(response, "problem", {})
    told = problem(response.status_code, **more)
    for name in ("Allow", "Retry-After", "Vary"):
        if name in response.headers:
            told.headers[name] = response.headers[name]
    return told
