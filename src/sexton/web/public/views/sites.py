"""Sites: the list with its map, and the page of each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sexton.web.public import directions, maps, photographs
from sexton.web.public.footnotes import Footnotes
from sexton.web.register import queries
from sexton.web.register.burials import around, care, counts, dead, events, graves
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import (
    Finding,
    Grave,
    Image,
    Marker,
    Memorial,
    Site,
    SiteName,
)
from sexton.web.register.prepared import Prepared

LISTED = 50
MARKERS, GRAVES, PICTURES, FINDINGS = 20, 30, 24, 15
RELATED = ("source", "owner", "caretaker")
# What few sites have: it is asked once whether this one does.
SELDOM: dict[str, QuerySet[Any]] = {
    "graves": Grave.objects.all(),
    "markers": Marker.objects.all(),
    "memorials": Memorial.objects.all(),
    "images": Image.objects.all(),
    "other_names": SiteName.objects.all(),
    "findings": Finding.sites.through.objects.all(),
}


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
    """A site; ``?of=`` lists one group of its dead."""
    found = _site.first(key)
    if found is None:
        raise Http404
    roll = dead.roll(found)
    context = _dead(request, found, roll) | _counts(found, roll) | _what_stands(found)
    findings = queries.findings_at(found) if found.has_findings else []
    today = timezone.localdate()
    context |= {
        "site": found,
        "map": maps.draw([found], {found.pk: len(roll.ids)}) if found.latitude else None,
        "directions": directions.to(found),
        "own": Voice(found.source),
        "other_names": _other_names(found) if found.has_other_names else [],
        "care": care.of(found),
        "findings": findings[:FINDINGS],
        "more_findings": len(findings) > FINDINGS,
        "site_names": {one.key: one for finding in findings for one in finding.sites.all()},
        "today": today,
        "events": events.at_site(found, today),
        "nearby": around.near(found),
        "foot": Footnotes(),
    }
    return render(request, "site.html", context)


@Prepared
def _site(key: str) -> QuerySet[Site]:
    """The site with a key, and of which tables it has rows."""
    has = {f"has_{name}": Exists(rows.filter(site=OuterRef("pk"))) for name, rows in SELDOM.items()}
    return Site.objects.select_related(*RELATED).annotate(**has).filter(key=key)


def _dead(request: HttpRequest, found: Site, roll: dead.Roll) -> dict[str, object]:
    of = request.GET.get("of", "")
    of = of if of in dead.GROUPS else ""
    page = Paginator(roll.of(of), LISTED).get_page(request.GET.get("page"))
    return {
        "page": page,
        "dead": dead.told(found, roll, list(page), marked=found.has_markers),
        "numbers": roll.numbers(),
        "all_dead": len(roll.ids),
        "of": of,
        "query": f"of={of}" if of else "",
    }


def _counts(found: Site, roll: dead.Roll) -> dict[str, object]:
    stated = counts.stated(found)
    return {
        "stated": [(row, row.beside(len(roll.ids))) for row in stated],
        "by_source": counts.rows_by_source(roll),
    }


def _what_stands(found: Site) -> dict[str, object]:
    own_graves = graves.graves_of(found)
    shown = list(own_graves[: GRAVES + 1]) if found.has_graves else []
    pictured = found.has_images or found.has_markers or found.has_memorials
    own = photographs.at_site(found) if pictured else ()
    pictures = photographs.pictures(*own, most=PICTURES + 1) if own else []
    return {
        "standing": graves.standing(found, MARKERS if found.has_markers else 0),
        "graves": shown[:GRAVES],
        "all_graves": own_graves.count() if len(shown) > GRAVES else len(shown),
        "pictures": pictures[:PICTURES],
        "more_pictures": len(pictures) > PICTURES,
    }


def _other_names(found: Site) -> list[tuple[object, Voice]]:
    rows = found.other_names.select_related("source", "record__source").order_by("pk")
    return [(row, Voice.of_row(row)) for row in rows]
