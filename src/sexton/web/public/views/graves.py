"""Graves: the list of a site's, and the page of each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.public import directions, photographs
from sexton.web.public.footnotes import Footnotes
from sexton.web.register.burials import counts, events, graves
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Site

LISTED, LYING, SLOTS = 200, 60, 100


def grave_list(request: HttpRequest, key: str) -> HttpResponse:
    """All graves of a site that lie in no other."""
    site = get_object_or_404(Site, key=key)
    page = Paginator(graves.graves_of(site), LISTED).get_page(request.GET.get("page"))
    return render(request, "graves.html", {"site": site, "page": page, "graves": list(page)})


def grave(request: HttpRequest, key: str) -> HttpResponse:
    found = graves.grave(key)
    if found is None:
        raise Http404
    who = graves.occupants(found)
    page = Paginator(who.ids, LYING).get_page(request.GET.get("page"))
    slots = list(found.slots.order_by("number", "pk")[: SLOTS + 1])
    context = {
        "grave": found,
        "site": found.site,
        "own": Voice.of_row(found),
        "directions": directions.to(found),
        "page": page,
        "lying": graves.lying(found, who, list(page)),
        "slots": slots[:SLOTS],
        "more_slots": len(slots) > SLOTS,
        "markers": graves.markers_on(found),
        "counts": counts.of_grave(found.pk),
        "claims": graves.claims_on(found),
        "history": events.at_grave(found.pk),
        "pictures": photographs.pictures(*photographs.at_grave(found)),
        "foot": Footnotes(),
    }
    return render(request, "grave.html", context)
