"""The pages for what cannot be shown, and for what is no longer where it was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sexton.web.public.machines.addresses import Uris, base_of
from sexton.web.register.former import Former, former

FEEDS = "-changes"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing there, and never was; or what became of it, where the register remembers it."""
    match = request.resolver_match
    kind, key = (match.url_name or "", match.kwargs.get("key", "")) if match else ("", "")
    found = former(kind.removesuffix(FEEDS), key)
    if found is not None:
        return gone(request, found, kind)
    return render(request, "404.html", {"failed": True}, status=404)


def gone(request: HttpRequest, found: Former, kind: str) -> HttpResponse:
    """To the person of whom the records speak now; else a page that says what happened.

    A decision that joined two can be taken back, so nobody may remember the way for ever.
    """
    if len(found.persons) == 1:
        response = redirect(kind, found.persons[0].key, permanent=True)
        response.headers["Cache-Control"] = "max-age=3600"
        return response
    response = render(request, "gone.html", {"failed": True, "former": found}, status=410)
    uris = Uris(base_of(request))
    response.problem = {
        "detail": "It was in the register and is no more.",
        "since": found.ended.at.isoformat(timespec="seconds"),
        "reason": found.reason or None,
        "now": [uris.of(person) for person in found.persons],
    }
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Says so without asking the database, which may be what failed."""
    return render(request, "500.html", {"failed": True}, status=500)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: the browser keeps no cookies, or the page was left open."""
    return render(request, "403_csrf.html", status=403)
