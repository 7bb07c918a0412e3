"""Places as sources write them: who died there, what happened, what of the register is there."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sexton.web.public.references import References
from sexton.web.register import queries
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.localities import entries_at, localities, slug_of
from sexton.web.register.models import Organisation, Site

PAGE = 40
LISTED = 200


def place_list(request: HttpRequest) -> HttpResponse:
    """All places, or those whose name holds ``?name=``; the name of one leads to it."""
    found = localities()
    written = request.GET.get("name", "").strip()
    wanted = slug_of(written)
    if wanted in found:
        return redirect("place", wanted)
    listed = [place for slug, place in found.items() if wanted in slug] if wanted else []
    context = {
        "written": written,
        "total": len(found),
        "page": Paginator(listed if written else list(found.values()), LISTED).get_page(
            request.GET.get("page")
        ),
        "query": f"name={wanted}" if written else "",
    }
    return render(request, "places.html", context)


def place(request: HttpRequest, slug: str) -> HttpResponse:
    found = localities().get(slug)
    if found is None:
        raise Http404
    page = Paginator(entries_at(found), PAGE).get_page(request.GET.get("page"))
    happenings = chronicle.told(page)
    persons = queries.persons_by_site() if found.sites else {}
    context = {
        "place": found,
        "sites": [
            (site, persons.get(site.pk, 0)) for site in Site.objects.filter(pk__in=found.sites)
        ],
        "organisations": Organisation.objects.filter(pk__in=found.organisations),
        "page": page,
        "happenings": happenings,
        "refs": References(happening.step for happening in happenings),
    }
    return render(request, "place.html", context)
