"""The search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from sexton.web.research import archives
from sexton.web.research.leading_on import help_for
from sexton.web.research.search import find

LONGEST_QUERY = 200


def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    beside = archives.beside(request, query)
    result = find(query) if query else None
    context = {
        "q": query,
        "result": result,
        "archives": beside,
        "help": help_for(query, len(result.hits) + len(result.sites)) if result else None,
    }
    response = render(request, "search.html", context)
    if beside is not None:
        add_never_cache_headers(response)
    return response
