"""Where degrees fall on a drawn sheet, and what land and which provinces lie under it.

All outlines are thinned files beside this module (``maps/README.md``). A sheet is equirectangular,
true at its middle: Belgium and Siberia are drawn by the same rule.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "maps"
WIDTH = 1000.0
# Height of a sheet as a share of its width, and what of it stays free around the places.
FLATTEST, TALLEST, MARGIN = 0.5, 0.66, 0.1
KM_OF_A_DEGREE = 111.2
# About as many dots as a sheet is wide on a page: lines are drawn no finer.
DOTS = 1400
# A page shows a town for orientation only where no place of its own is within this share of it.
APART = 0.055
_NUMBERS = re.compile(r"-?\d+")

TOWNS: dict[str, Promise] = {
    "brussels": _("Brussels"),
    "paris": _("Paris"),
    "berlin": _("Berlin"),
    "london": _("London"),
    "warsaw": _("Warsaw"),
    "prague": _("Prague"),
    "vienna": _("Vienna"),
    "riga": _("Riga"),
    "minsk": _("Minsk"),
    "kyiv": _("Kyiv"),
    "moscow": _("Moscow"),
    "saint_petersburg": _("Saint Petersburg"),
    "volgograd": _("Volgograd"),
    "baku": _("Baku"),
    "tbilisi": _("Tbilisi"),
    "tashkent": _("Tashkent"),
    "yekaterinburg": _("Yekaterinburg"),
    "novosibirsk": _("Novosibirsk"),
    "irkutsk": _("Irkutsk"),
    "vladivostok": _("Vladivostok"),
}

Spot = tuple[float, float]  # latitude, longitude
Window = tuple[float, float, float, float]  # west, south, east, north
Ring = list[tuple[float, float]]  # x, y on the grid of a file


@dataclass(frozen=True, slots=True)
class Shape:
    """SVG path data on the grid of a file, and the transformation that puts it on the sheet."""

    path: str
    transform: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town by which a reader finds the way: it says nothing of the register."""

    name: Promise
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing's ground: its window in degrees, and its size (``WIDTH`` wide)."""

    window: Window

    @property
    def per_lon(self) -> float:
        west, _, east, _ = self.window
        return WIDTH / (east - west)

    @property
    def per_lat(self) -> float:
        _, south, _, north = self.window
        return self.per_lon / math.cos(math.radians((south + north) / 2))

    @property
    def height(self) -> float:
        _, south, _, north = self.window
        return (north - south) * self.per_lat

    @property
    def viewbox(self) -> str:
        return f"0 0 {WIDTH:.0f} {self.height:.0f}"

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """The x and y of a place on this sheet."""
        west, _, _, north = self.window
        x, y = (longitude - west) * self.per_lon, (north - latitude) * self.per_lat
        return round(x, 1), round(y, 1)

    def units(self, km: float) -> float:
        """How long a distance is on the sheet."""
        return round(km / KM_OF_A_DEGREE * self.per_lat, 1)

    def holds(self, latitude: float, longitude: float) -> bool:
        west, south, east, north = self.window
        return west <= longitude <= east and south <= latitude <= north

    @property
    def land(self) -> Shape:
        """The land under the sheet: coasts alone."""
        grid = land()
        path = _land_path(_tile(self.window))
        return self._shape(
            path, grid["west"], grid["north"], grid["per_degree"], grid["per_degree"]
        )

    @property
    def provinces(self) -> Shape:
        """The provinces of Belgium, as they are today, by which its ground is known."""
        to = provinces()["projection"]
        path = _provinces_path(_size(self.window))
        return self._shape(path, to["west"], to["north"], to["per_lon"], to["per_lat"])

    def towns(self, taken: Iterable[tuple[float, float]] = ()) -> list[Town]:
        """Towns for orientation that lie on the sheet and apart from what it shows (x, y)."""
        shown = list(taken)
        found = []
        for name, (latitude, longitude) in land()["towns"].items():
            x, y = self.place(latitude, longitude)
            inside = 20 < x < WIDTH - 90 and 20 < y < self.height - 10
            if inside and all(math.dist((x, y), spot) > APART * WIDTH for spot in shown):
                found.append(Town(TOWNS[name], x, y))
                shown.append((x, y))
        return found

    def _shape(self, path: str, west: float, north: float, per_lon: float, per_lat: float) -> Shape:
        across, down = self.per_lon / per_lon, self.per_lat / per_lat
        x, y = self.place(north, west)
        return Shape(path, f"matrix({across:.5f} 0 0 {down:.5f} {x} {y})")


def sheet_around(spots: Sequence[Spot], least_km: float = 60.0) -> Sheet:
    """A sheet that holds all places, with room around them, at least ``least_km`` wide."""
    souths, norths = min(lat for lat, _ in spots), max(lat for lat, _ in spots)
    wests, easts = min(lon for _, lon in spots), max(lon for _, lon in spots)
    middle = max(-80.0, min(80.0, (souths + norths) / 2))
    narrow = math.cos(math.radians(middle))
    width = max((easts - wests) * narrow, least_km / KM_OF_A_DEGREE) * (1 + 2 * MARGIN)
    height = max(norths - souths, 0.0) * (1 + 2 * MARGIN)
    width = max(width, height / TALLEST)
    height = max(height, width * FLATTEST)
    lon, half_lon, half_lat = (wests + easts) / 2, width / narrow / 2, height / 2
    return Sheet((lon - half_lon, middle - half_lat, lon + half_lon, middle + half_lat))


@cache
def land() -> dict[str, Any]:
    """The thinned coasts, and the towns for orientation."""
    loaded: dict[str, Any] = json.loads((FOLDER / "land.json").read_text(encoding="utf-8"))
    return loaded


@cache
def provinces() -> dict[str, Any]:
    """The thinned provinces of Belgium."""
    loaded: dict[str, Any] = json.loads((FOLDER / "belgium.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _land_rings() -> list[Ring]:
    return [_walked(ring) for ring in land()["rings"]]


@cache
def _province_rings() -> list[Ring]:
    paths = provinces()["provinces"].values()
    parts = [part for path in paths for part in path.split("z") if part]
    return [_walked([int(number) for number in _NUMBERS.findall(part)]) for part in parts]


def _walked(numbers: Sequence[int]) -> Ring:
    """A first point and steps as the points that they lead to."""
    x = y = 0
    points: Ring = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _size(window: Window) -> float:
    """The power of two that is as wide and as high as a window, in degrees."""
    west, south, east, north = window
    return 2.0 ** math.ceil(math.log2(max(east - west, north - south, 1.0)))


def _tile(window: Window) -> Window:
    """A window of a coarse net that holds this one: few of them are ever cut out of the land."""
    size = _size(window)
    west, south = (math.floor(side / size * 2) * size / 2 for side in window[:2])
    return west, south, west + 1.5 * size, south + 1.5 * size


@lru_cache(maxsize=128)
def _land_path(tile: Window) -> str:
    grid = land()
    west, south, east, north = tile
    x = [(lon - grid["west"]) * grid["per_degree"] for lon in (west, east)]
    y = [(grid["north"] - lat) * grid["per_degree"] for lat in (north, south)]
    cut = (_clip(ring, x[0], y[0], x[1], y[1]) for ring in _land_rings())
    return _path(cut, (east - west) / 1.5 * grid["per_degree"] / DOTS)


@lru_cache(maxsize=16)
def _provinces_path(size: float) -> str:
    return _path(_province_rings(), size * provinces()["projection"]["per_lon"] / DOTS)


def _clip(ring: Ring, left: float, top: float, right: float, bottom: float) -> Ring:
    """A closed line cut to a window (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        if all(sign * (point[axis] - limit) >= 0 for point in ring):
            continue
        ring = _cut(ring, axis, limit, sign)
    return ring


def _cut(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    kept: Ring = []
    for a, b in pairwise([*ring, *ring[:1]]):
        inside_a, inside_b = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
        if inside_a != inside_b:
            share = (limit - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        if inside_b:
            kept.append(b)
    return kept


def _path(rings: Iterable[Ring], step: float) -> str:
    """Path data in whole numbers, without points that are nearer to the last than ``step``."""
    parts = []
    for ring in rings:
        points = _thinned(ring, step)
        if len(points) > 2:
            moves = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points)]
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(moves).replace(' -', '-')}z")
    return "".join(parts)


def _thinned(ring: Ring, step: float) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = round(x), round(y)
        if not points or math.dist(point, points[-1]) > step:
            points.append(point)
    return points
