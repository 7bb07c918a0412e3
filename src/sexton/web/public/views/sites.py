"""Sites: the list with its map, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sexton.web.public import maps
from sexton.web.register import queries
from sexton.web.register.models import Record, Site


def site_list(request: HttpRequest) -> HttpResponse:
    """All sites, or those of ``?province=`` with the map around them."""
    everything = list(Site.objects.all())
    provinces = queries.facets(site.province for site in everything if site.province)
    chosen = request.GET.get("province", "")
    listed = [site for site in everything if not chosen or site.province == chosen]
    persons = queries.persons_by_site()
    context = {
        "provinces": sorted(provinces),
        "chosen": chosen,
        "total": len(everything),
        "rows": [(site, persons.get(site.pk, 0)) for site in listed],
        "map": maps.draw(listed, persons, chosen),
    }
    return render(request, "sites.html", context)


def site(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Site.objects.select_related("source"), key=key)
    persons = list(queries.persons_at(found))
    context = {
        "site": found,
        "map": maps.draw([found], {found.pk: len(persons)}) if found.latitude else None,
        "named": [person for person in persons if person.is_named],
        "unnamed": [person for person in persons if not person.is_named],
        "by_source": _rows_by_source(found),
        "statements": found.statements.select_related("source"),
        "site_names": queries.sites_by_key(),
        "findings": queries.findings_at(found),
        "nearby": _same_municipality(found),
    }
    return render(request, "site.html", context)


def _rows_by_source(site: Site) -> list[tuple[object, int, int]]:
    """Each source that lists dead of this site: how many rows, how many of them unnamed."""
    counts: dict[object, list[int]] = {}
    for record in Record.objects.filter(site=site).select_related("source"):
        pair = counts.setdefault(record.source, [0, 0])
        pair[0] += 1
        pair[1] += not record.is_named
    ordered = sorted(counts.items(), key=lambda item: -item[1][0])
    return [(source, rows, unnamed) for source, (rows, unnamed) in ordered]


def _same_municipality(site: Site) -> list[Site]:
    if not site.municipality:
        return []
    same = Site.objects.filter(municipality=site.municipality, province=site.province)
    return list(same.exclude(pk=site.pk))
