"""The search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.research.search import find

LONGEST_QUERY = 200


def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    return render(request, "search.html", {"q": query, "result": find(query) if query else None})
