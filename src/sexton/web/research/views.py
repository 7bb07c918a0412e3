"""The search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from sexton.web.research import archives
from sexton.web.research.filters import WHOLE, Chosen, shown_as_chosen
from sexton.web.research.leading_on import help_for
from sexton.web.research.search import find

LONGEST_QUERY = 200


def search(request: HttpRequest) -> HttpResponse:
    """A page of what answers ``?q=`` and fits the filters; without ``q`` the box alone."""
    query = asked_for(request)
    chosen = Chosen.of(request.GET)
    beside = archives.beside(request, query)
    context: dict[str, object] = {"q": query, "result": None, "archives": beside}
    if query:
        result = find(query, chosen, request.GET.get("page"))
        whole = request.GET.get(WHOLE, "")
        context |= {
            "result": result,
            "page": result.page,
            "facets": result.facets(q=query, **{WHOLE: whole}) if result.narrows else [],
            "chosen": shown_as_chosen(chosen, q=query),
            "unfiltered": Chosen().query(q=query),
            "query": chosen.query(q=query),
            "help": help_for(query, result.without_filters + len(result.sites)),
        }
    response = render(request, "search.html", context)
    if beside is not None:
        add_never_cache_headers(response)
    return response


def asked_for(request: HttpRequest) -> str:
    """What is asked: the text of ``?q=``, of a bearable length."""
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
