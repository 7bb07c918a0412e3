"""A map without a map server: provinces as paths, sites as links, drawn by the page itself."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sexton.web.register.models import Site

OUTLINE = Path(__file__).parent / "maps" / "belgium.json"
RADIUS, GROWTH, MARGIN = 15.0, 5.0, 60.0
LEAST_WIDTH = 420.0


@dataclass(frozen=True, slots=True)
class Province:
    """A province's outline; ``chosen`` when the map shows it alone."""

    name: str
    path: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A site on the map: where, how large, and how many persons the register has there."""

    site: Site
    x: float
    y: float
    radius: float
    persons: int


@dataclass(frozen=True, slots=True)
class SiteMap:
    """All that the template needs to draw a map. ``viewbox`` is x, y, width, height."""

    viewbox: str
    provinces: Sequence[Province]
    markers: Sequence[Marker]
    credit: str
    unplaced: int


@cache
def outline() -> dict[str, Any]:
    """The thinned boundaries (see ``maps/README.md``)."""
    loaded: dict[str, Any] = json.loads(OUTLINE.read_text(encoding="utf-8"))
    return loaded


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Place on the grid of the outline."""
    p = outline()["projection"]
    return (longitude - p["west"]) * p["per_lon"], (p["north"] - latitude) * p["per_lat"]


def draw(
    sites: Iterable[Site], persons: dict[int, int], province: str = "", spread: float = 26.0
) -> SiteMap:
    """A map of ``sites``, sized by ``persons`` (site id to number), around a province if given."""
    listed = list(sites)
    placed = [site for site in listed if site.latitude is not None and site.longitude is not None]
    spots = {site.pk: project(site.latitude or 0, site.longitude or 0) for site in placed}
    box = _box(list(spots.values())) if province or len(placed) == 1 else _whole()
    scale = box[2] / outline()["width"]
    spots = _fan_out(placed, spots, spread * scale)
    markers = [_marker(site, spots[site.pk], persons.get(site.pk, 0), scale) for site in placed]
    return SiteMap(
        viewbox=" ".join(f"{value:.0f}" for value in box),
        provinces=[
            Province(name, path, name == province) for name, path in outline()["provinces"].items()
        ],
        # The large ones first, so that they do not cover the small ones.
        markers=sorted(markers, key=lambda marker: -marker.radius),
        credit=outline()["credit"],
        unplaced=len(listed) - len(placed),
    )


def _whole() -> tuple[float, float, float, float]:
    return 0.0, 0.0, float(outline()["width"]), float(outline()["height"])


def _box(spots: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """A window around the spots, not smaller than a region of some 60 km."""
    if not spots:
        return _whole()
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    width = max(max(xs) - min(xs) + 2 * MARGIN, LEAST_WIDTH)
    height = max(max(ys) - min(ys) + 2 * MARGIN, width * 0.7)
    width = max(width, height)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return middle[0] - width / 2, middle[1] - height / 2, width, height


def _marker(site: Site, spot: tuple[float, float], persons: int, scale: float) -> Marker:
    radius = (RADIUS + GROWTH * math.sqrt(persons)) * scale
    return Marker(site, round(spot[0], 1), round(spot[1], 1), round(radius, 1), persons)


def _fan_out(
    sites: Sequence[Site], spots: dict[int, tuple[float, float]], step: float
) -> dict[int, tuple[float, float]]:
    """Sites given by the middle of the same commune stand in a ring around it, all to be seen."""
    together: dict[tuple[float, float], list[Site]] = defaultdict(list)
    for site in sites:
        together[spots[site.pk]].append(site)
    result = {}
    for (x, y), group in together.items():
        for position, site in enumerate(group):
            angle = 2 * math.pi * position / len(group)
            away = step * (len(group) > 1)
            result[site.pk] = (x + away * math.cos(angle), y + away * math.sin(angle))
    return result
