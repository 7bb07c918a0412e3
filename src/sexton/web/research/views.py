"""The search, and the audit's findings."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.register import labels, queries
from sexton.web.register.models import Finding
from sexton.web.research.search import find

LONGEST_QUERY = 200
PAGE = 50


def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    return render(request, "search.html", {"q": query, "result": find(query) if query else None})


def findings(request: HttpRequest) -> HttpResponse:
    """All findings, or those of ``?kind=`` and ``?severity=``."""
    everything = list(Finding.objects.values_list("kind", "severity"))
    kind, severity = request.GET.get("kind", ""), request.GET.get("severity", "")
    chosen = Finding.objects.prefetch_related("records__membership__person", "sites")
    if kind:
        chosen = chosen.filter(kind=kind)
    if severity:
        chosen = chosen.filter(severity=severity)
    severities = dict(queries.facets(found for _, found in everything))
    context = {
        "page": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
        "kinds": queries.facets(found for found, _ in everything),
        "severities": [(s, severities[s]) for s in labels.SEVERITIES if s in severities],
        "chosen": {"kind": kind, "severity": severity},
        "total": len(everything),
        "site_names": queries.sites_by_key(),
    }
    return render(request, "findings.html", context)
