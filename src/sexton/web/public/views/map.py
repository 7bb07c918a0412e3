"""The map: a drawing and a list that need no script, and the same places as data for one."""

import json
import math
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from sexton.web.public import spots
from sexton.web.public.drawings import Drawing, Mark, credits_of, draw_places
from sexton.web.public.elsewhere import is_copy
from sexton.web.public.geometry import TOWNS, Sheet, Window, land, provinces, sheet_around
from sexton.web.public.spots import LAYERS, Spot
from sexton.web.research.filters import TITLES, Chosen, Facet, facets, shown_as_chosen

LISTED, LISTED_MISSING = 60, 200
OFFERED = ("state", "commune", "camp", "mine", "movement", "died", "origin", "role")
EVERYTHING = "all"
Rows = list[tuple[Spot, int]]


def map_page(request: HttpRequest) -> HttpResponse:
    """All places, or those of the filters and ``?layer=``; ``?box=`` is the part that is drawn."""
    chosen, layers = Chosen.of(request.GET), spots.layers_of(request.GET.getlist("layer"))
    rows = spots.shown(chosen, layers)
    box = request.GET.get("box", "")
    drawing = _draw(rows, _window(box), box == EVERYTHING, partial(_zoomed, chosen, layers))
    number_missing, missing = spots.missing(LISTED_MISSING)
    context = {
        "drawing": drawing,
        "page": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "chosen": chosen,
        "chips": _chips(chosen, layers),
        "facets": _facets(chosen),
        "layers": [(code, words, code in layers) for code, words in LAYERS.items()],
        "hidden": _unoffered(chosen),
        "is_part": bool(box),
        "whole_url": _address(chosen, layers),
        "all_url": _address(chosen, layers, box=EVERYTHING),
        "list_url": f"{reverse('persons')}?{chosen.query()}" if chosen else reverse("persons"),
        "data_url": f"{reverse('map-data')}?{_query(chosen, layers)}",
        "missing": missing,
        "number_missing": number_missing,
        "basemap": None if is_copy(request) else settings.SEXTON_BASEMAP,
        "query": _query(chosen, layers),
        "credits": credits_of(True),
    }
    context["rows"] = [(spot, n, spot.list_url(chosen)) for spot, n in context["page"]]
    return render(request, "map.html", context)


def map_data(request: HttpRequest) -> HttpResponse:
    """The places of the filters as GeoJSON, with their words in the language of the page."""
    chosen, layers = Chosen.of(request.GET), spots.layers_of(request.GET.getlist("layer"))
    text = json.dumps(_geojson(chosen, layers), ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/geo+json")


def _geojson(chosen: Chosen, layers: Sequence[str]) -> dict[str, object]:
    language = get_language() or "en"
    towns = {name: [str(TOWNS[name]), *place] for name, place in land()["towns"].items()}
    return {
        "type": "FeatureCollection",
        "towns": list(towns.values()),
        "features": [
            {
                "type": "Feature",
                "id": spot.key,
                "geometry": {
                    "type": "Point",
                    "coordinates": [round(spot.where.longitude, 5), round(spot.where.latitude, 5)],
                },
                "properties": {
                    "name": spot.name_in(language),
                    "url": spot.url,
                    "list": spot.list_url(chosen),
                    "layer": spot.layer,
                    "kind": str(spot.kind),
                    "persons": persons,
                    "events": spot.events,
                    "precision": str(spot.where.words),
                    "radius": round(spot.where.radius_km, 1),
                },
            }
            for spot, persons in spots.shown(chosen, layers)
        ],
    }


def _query(chosen: Chosen, layers: Sequence[str], **more: str) -> str:
    """The parameters of an address of the map; layers only where not all are shown."""
    own = [] if len(layers) == len(LAYERS) else [("layer", layer) for layer in layers]
    return urlencode([*own, *chosen, *((name, text) for name, text in more.items() if text)])


def _address(chosen: Chosen, layers: Sequence[str], **more: str) -> str:
    query = _query(chosen, layers, **more)
    return f"{reverse('map')}?{query}" if query else reverse("map")


def _zoomed(chosen: Chosen, layers: Sequence[str], window: Window) -> str:
    return _address(chosen, layers, box=",".join(f"{side:.3f}" for side in window))


def _chips(chosen: Chosen, layers: Sequence[str]) -> list[tuple[object, object, str]]:
    """What is chosen: of which facet, in words, and the address without it."""
    return [
        (TITLES[own.facet], own.words, _address(chosen.without(own.facet, own.value), layers))
        for own in shown_as_chosen(chosen)
    ]


def _facets(chosen: Chosen) -> list[Facet]:
    """The facets that the form offers, each with its most frequent values."""
    return [facet for facet in facets(chosen) if facet.name in OFFERED]


def _unoffered(chosen: Chosen) -> list[tuple[str, str]]:
    """What the form keeps without showing it: other facets, and second values of one."""
    return [
        (facet, value)
        for facet, value in chosen
        if facet not in OFFERED or value != chosen.values[facet][0]
    ]


def _window(box: str) -> Window | None:
    """``west,south,east,north`` as numbers; None where that is no part of the world."""
    try:
        west, south, east, north = (float(side) for side in box.split(","))
    except ValueError:
        return None
    sides = west, south, east, north
    inside = -180 <= west < east <= 200 and -85 <= south < north <= 85
    return sides if inside and all(map(math.isfinite, sides)) else None


def _home() -> Window:
    """The window of the country whose provinces are drawn."""
    grid = provinces()
    to = grid["projection"]
    east = to["west"] + grid["width"] / to["per_lon"]
    return to["west"], to["north"] - grid["height"] / to["per_lat"], east, to["north"]


def _draw(rows: Rows, window: Window | None, everything: bool, zoom) -> Drawing | None:
    language = get_language() or "en"
    marks = [
        Mark(spot.where.latitude, spot.where.longitude, spot.name_in(language), spot.url,
             spot.layer, persons, spot.where.radius_km)
        for spot, persons in rows
    ]  # fmt: skip
    if not marks:
        return None
    if window:
        west, south, east, north = window
        return draw_places(marks, sheet_around([(south, west), (north, east)], 3.0), zoom)
    whole = Sheet(_home())
    near = [mark for mark in marks if whole.holds(mark.latitude, mark.longitude)]
    fitted = marks if everything or not near else near
    sheet = sheet_around([(mark.latitude, mark.longitude) for mark in fitted])
    return draw_places(marks, sheet, zoom)
