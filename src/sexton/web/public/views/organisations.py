"""Organisations: camps, mines, movements; and who was there when, by which source."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.public.references import References
from sexton.web.register.lives import presence
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Organisation

PAGE = 40
LISTED = 100


def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations, or those of one ``?kind=``, with the number of persons of each."""
    kinds = Counter(Organisation.objects.order_by("kind").values_list("kind", flat=True))
    chosen = request.GET.get("kind", "")
    listed = Organisation.objects.filter(kind=chosen) if chosen in kinds else Organisation.objects
    page = Paginator(listed.order_by("kind", "name", "key"), LISTED).get_page(
        request.GET.get("page")
    )
    numbers = presence.numbers_of_members()
    context = {
        "kinds": sorted(kinds.items()),
        "chosen": chosen if chosen in kinds else "",
        "total": kinds.total(),
        "page": page,
        "rows": [(row, numbers.get(row.pk, 0)) for row in page],
        "query": f"kind={chosen}" if chosen in kinds else "",
    }
    return render(request, "organisations.html", context)


def organisation(request: HttpRequest, key: str) -> HttpResponse:
    found = presence.organisation(key)
    if found is None:
        raise Http404
    names = presence.names_of(found)
    page = Paginator(presence.members(found, names), PAGE).get_page(request.GET.get("page"))
    there = presence.presences(found, names, list(page))
    events = presence.events_of(found)
    steps = [*events, *(step for one in there for step in one.steps)]
    own = Voice.of_row(found)
    named = [(name, Voice.of_row(name)) for name in names]
    context = {
        "organisation": found,
        "own": own,
        "names": named,
        "parts": found.parts.all(),
        "events": events,
        "page": page,
        "presences": there,
        "refs": References(steps, [own, *(voice for _, voice in named)]),
    }
    return render(request, "organisation.html", context)
