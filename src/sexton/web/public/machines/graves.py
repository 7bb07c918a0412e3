"""JSON of graves and memorials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from sexton.web.public import photographs
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.pictures import pictures_json
from sexton.web.public.machines.values import (
    claims_json,
    days_of,
    grave_ref,
    person_ref,
    site_ref,
    stated,
    step_json,
    told_by,
    voice_json,
)
from sexton.web.register.burials import events
from sexton.web.register.burials import graves as lying
from sexton.web.register.models import Grave, GraveCount, Inscription, Marker, Memorial, Site
from sexton.web.register.models.markers import MEMORIAL_KINDS

PAGE = 100


def grave_json(asked: Asked, grave: Grave) -> Json:
    """A slot for a body, a common grave, or a cenotaph."""
    return {
        **grave_ref(asked, grave),
        "latitude": grave.latitude,
        "longitude": grave.longitude,
        "coordinates_precision": stated(grave.coord_precision),
        "remarks": stated(grave.remarks),
        **told_by(asked, grave),
    }


@json_of("grave")
def grave(asked: Asked, key: str) -> Json:
    """A grave: who is held to lie there, what stood on it, what is counted and said of it."""
    found = lying.grave(key)
    if found is None:
        raise Http404
    who = lying.occupants(found)
    story = events.at_grave(found.pk)
    return {
        **grave_json(asked, found),
        "grave_kind": found.kind,
        "site": site_ref(asked, found.site),
        "within": grave_ref(asked, found.within) if found.within else None,
        "slots": [grave_ref(asked, one) for one in found.slots.order_by("number", "pk")],
        "markers": [_marked(asked, one) for one in lying.markers_on(found)],
        "counts": counts_json(asked, GraveCount.objects.filter(grave=found)),
        "claims": claims_json(asked, (claim for claim, _ in lying.claims_on(found))),
        "history": story_json(asked, story),
        "history_left_out": story.left,
        "pictures": pictures_json(asked, photographs.pictures(*photographs.at_grave(found))),
        "persons": asked.paged(
            who.ids, PAGE, lambda page: _lying(asked, lying.lying(found, who, page))
        ),
    }


def _lying(asked: Asked, page: Iterable[lying.Lying]) -> list[Json]:
    return [
        {
            **person_ref(asked, one.person),
            "taken_away": one.left,
            "said_by": [voice_json(asked, voice) for voice in one.voices],
        }
        for one in page
    ]


def _marked(asked: Asked, one: lying.Marked) -> Json:
    """A marker with its inscriptions."""
    marker: Marker = one.marker
    return {
        "kind": marker.kind,
        "material": stated(marker.material),
        "when": days_of(marker),
        "inscriptions": [inscription_json(asked, text) for text in one.inscriptions],
        **told_by(asked, marker),
    }


def inscription_json(asked: Asked, text: Inscription) -> Json:
    """A text as cut, letter by letter."""
    return {
        "written": text.text,
        "language": stated(text.language),
        "when": days_of(text),
        **told_by(asked, text),
    }


@json_of("memorial")
def memorial(asked: Asked, key: str) -> Json:
    """A monument or plaque with what is written on it, and its photographs."""
    rows = Memorial.objects.select_related("site", "source", "record__source")
    found = get_object_or_404(rows, key=key)
    return {
        **memorials_json(asked, [found])[0],
        "pictures": pictures_json(asked, photographs.pictures(Q(memorial=found))),
    }


@json_of("graves")
def graves(asked: Asked, key: str) -> Json:
    """All graves of a site, page by page."""
    found = get_object_or_404(Site, key=key)
    rows = Grave.objects.filter(site=found).select_related("source", "record__source")

    def tell(page: list[Grave]) -> list[Json]:
        return [grave_json(asked, one) for one in page]

    return {"site": site_ref(asked, found), **asked.paged(rows, PAGE, tell)}


@json_of("memorials")
def memorials(asked: Asked) -> Json:
    """All memorials, or those of ``?kind=`` and ``?place=``, page by page."""
    rows = Memorial.objects.select_related("site", "source", "record__source")
    if (kind := asked.value("kind")) in MEMORIAL_KINDS:
        rows = rows.filter(kind=kind)
    if place := asked.value("place").replace("\x00", ""):
        rows = rows.filter(Q(place__icontains=place) | Q(site__municipality__icontains=place))
    return asked.paged(
        rows.order_by("place", "key"), PAGE, lambda page: memorials_json(asked, page)
    )


def memorials_json(asked: Asked, page: Iterable[Memorial]) -> list[Json]:
    """Monuments and plaques with what is written on them, in one query for all."""
    rows = list(page)
    texts: dict[int | None, list[Inscription]] = defaultdict(list)
    for text in sourced(Inscription.objects.filter(memorial__in=rows)) if rows else ():
        texts[text.memorial_id].append(text)
    return [_memorial(asked, one, texts[one.pk]) for one in rows]


def _memorial(asked: Asked, found: Memorial, texts: Iterable[Inscription]) -> Json:
    """A monument or plaque, whether or not any lie there."""
    return {
        "id": asked.of(found),
        "key": found.key,
        "names": dict(found.names),
        "memorial_kind": found.kind,
        "place": stated(found.place),
        "site": site_ref(asked, found.site),
        "when": days_of(found),
        "remembers": stated(found.remembers),
        "remarks": stated(found.remarks),
        "inscriptions": [inscription_json(asked, one) for one in texts],
        **told_by(asked, found),
    }


def counts_json(asked: Asked, rows: QuerySet[GraveCount]) -> list[Json]:
    """What is counted in a site or a grave, as it is stated."""
    return [_count(asked, one) for one in sourced(rows)]


def _count(asked: Asked, count: GraveCount) -> Json:
    return {
        "category": count.category,
        "known": count.known,
        "unknown": count.unknown,
        "written": stated(count.written),
        "when": days_of(count),
        **told_by(asked, count),
    }


def story_json(asked: Asked, story: events.Story) -> list[Json]:
    return [
        {
            **step_json(asked, one.step),
            "persons": [person_ref(asked, person) for person in one.persons],
            "persons_left_out": one.more,
        }
        for one in story.happenings
    ]


def sourced(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with their source and record, in the order in which they came."""
    return rows.select_related("source", "record__source").order_by("pk")
