"""Which form of a page is asked for: the page for people, JSON, JSON-LD."""

from __future__ import annotations

from django.http import HttpRequest

HTML, JSON, LINKED = "text/html", "application/json", "application/ld+json"
PROBLEM = "application/problem+json"
OFFERED = (HTML, JSON, LINKED, PROBLEM)
FORMATS = {"json": JSON, "jsonld": LINKED}


def wanted(request: HttpRequest) -> str:
    """The form that is asked for; HTML where none is, or none that there is."""
    named = FORMATS.get(request.GET.get("format", ""))
    if named:
        return named
    found = request.get_preferred_type(list(OFFERED)) or HTML
    return JSON if found == PROBLEM else found
