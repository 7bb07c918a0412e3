"""JSON of the map: its places as a list, with how exactly each is known."""

from __future__ import annotations

from django.utils.translation import get_language

from sexton.web.public import spots
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.searches import filters_json
from sexton.web.public.spots import Spot
from sexton.web.research.filters import Chosen

LISTED, LISTED_MISSING = 500, 200


@json_of("map")
def map_page(asked: Asked) -> Json:
    """All places, or those of the filters and ``?layer=``, most persons first; and what has none.

    Persons are counted where a source puts them; who is put at two places counts at both.
    """
    query = asked.request.GET
    chosen, layers = Chosen.of(query), spots.layers_of(query.getlist("layer"))
    number, missing = spots.missing(LISTED_MISSING)
    return {
        "filters": filters_json(chosen),
        "layers": layers,
        "geojson": asked.named("map-data"),
        "places": asked.paged(
            spots.shown(chosen, layers), LISTED, lambda page: _places(asked, page)
        ),
        "without_coordinates": {
            "total": number,
            "items": [
                {"page": asked.of(one.url), "name": one.name, "what": str(one.kind)}
                for one in missing
            ],
        },
    }


def _places(asked: Asked, page: list[tuple[Spot, int]]) -> list[Json]:
    language = get_language() or "en"
    return [
        {
            "key": spot.key,
            "page": asked.of(spot.url),
            "name": spot.name_in(language),
            "layer": spot.layer,
            "what": str(spot.kind),
            "latitude": round(spot.where.latitude, 5),
            "longitude": round(spot.where.longitude, 5),
            "coordinates_precision": spot.where.precision,
            "radius_km": round(spot.where.radius_km, 1),
            "persons": persons,
            "events": spot.events,
        }
        for spot, persons in page
    ]
