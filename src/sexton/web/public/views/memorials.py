"""Memorials: the list by kind and place, and the page of each."""

from collections import Counter

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.public import photographs
from sexton.web.public.footnotes import Footnotes
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.lives.localities import localities, named_in
from sexton.web.register.models import Memorial
from sexton.web.register.models.markers import MEMORIAL_KINDS

LISTED = 100


def memorial_list(request: HttpRequest) -> HttpResponse:
    """All memorials, or those of one ``?kind=`` or whose place holds ``?place=``."""
    kinds = Counter(Memorial.objects.order_by("kind").values_list("kind", flat=True))
    kind = request.GET.get("kind", "")
    kind = kind if kind in MEMORIAL_KINDS else ""
    place = request.GET.get("place", "").replace("\x00", "").strip()[:100]
    listed = Memorial.objects.select_related("site").order_by("place", "key")
    if kind:
        listed = listed.filter(kind=kind)
    if place:
        listed = listed.filter(Q(place__icontains=place) | Q(site__municipality__icontains=place))
    chosen = {"kind": kind, "place": place}
    context = {
        "kinds": sorted(kinds.items()),
        "chosen": chosen,
        "total": kinds.total(),
        "page": Paginator(listed, LISTED).get_page(request.GET.get("page")),
        "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
    }
    return render(request, "memorials.html", context)


def memorial(request: HttpRequest, key: str) -> HttpResponse:
    related = ("site", "source", "record__source")
    found = get_object_or_404(Memorial.objects.select_related(*related), key=key)
    texts = found.inscriptions.select_related("source", "record__source").order_by("pk")
    # Not every place of a memorial is a place that a source tells more of.
    place = next((slug for slug, _ in named_in(found.place)), "")
    context = {
        "memorial": found,
        "place_known": bool(place) and place in localities(),
        "own": Voice.of_row(found),
        "inscriptions": [(text, Voice.of_row(text)) for text in texts],
        "pictures": photographs.pictures(Q(memorial=found)),
        "foot": Footnotes(),
    }
    return render(request, "memorial.html", context)
