"""How to get to a site: its coordinates as exact as they are, and no more."""

from __future__ import annotations

from dataclasses import dataclass

from sexton.web.register.models import Grave, Site

# Decimals of a degree that say something (a hundredth is about a kilometre), and the zoom of a map.
EXACT = {"grave": (6, 19), "plot": (5, 18), "site": (4, 17), "village": (3, 14)}
COARSE = (2, 12)
NOT_STATED = (3, 14)


@dataclass(frozen=True, slots=True)
class Directions:
    """Coordinates as text, by ``precision`` ("" where it is not stated), and two addresses."""

    latitude: str
    longitude: str
    precision: str
    source: str
    geo: str
    open_street_map: str


def to(place: Site | Grave) -> Directions | None:
    """The way to a site or grave; None where it has no coordinates."""
    if place.latitude is None or place.longitude is None:
        return None
    precision = place.coord_precision
    if not precision and place.coord_source == "municipality":
        precision = "municipality"
    decimals, zoom = COARSE
    if precision != "municipality":
        decimals, zoom = EXACT.get(precision, NOT_STATED)
    latitude, longitude = f"{place.latitude:.{decimals}f}", f"{place.longitude:.{decimals}f}"
    # A pin says "here": none is set in the middle of a commune.
    pin = f"?mlat={latitude}&mlon={longitude}" if precision in ("grave", "plot", "site") else ""
    view = f"#map={zoom}/{latitude}/{longitude}"
    return Directions(
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        source="" if place.coord_source == "municipality" else place.coord_source,
        geo=f"geo:{latitude},{longitude}",
        open_street_map=f"https://www.openstreetmap.org/{pin}{view}",
    )
