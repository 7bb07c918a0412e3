"""Places drawn on a sheet: markers that are links, together where they would hide each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from sexton.web.public import located
from sexton.web.public.geometry import Shape, Sheet, Town, Window, land, provinces, sheet_around
from sexton.web.register.models import Organisation

RADIUS, GROWTH, LARGEST = 9.0, 2.4, 34.0
# Places nearer to each other than this (in units of a sheet) are one marker with their number.
CELL = 44.0
SMALLEST_KM = 6.0
# Each layer has a shape of its own beside its colour: corners as shares of the radius.
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "memorials": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "camps": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "mines": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    "movements": ((-1.15, -0.9), (1.15, -0.9), (0, 1.2)),
}
LAYER_OF_KIND = {
    "camp": "camps",
    "work_detachment": "camps",
    "hospital": "camps",
    "mine": "mines",
    "resistance_movement": "movements",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to draw: its name, address and layer (a class of the style sheet), its persons."""

    latitude: float
    longitude: float
    name: str
    url: str
    layer: str
    persons: int = 0
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A marker: one place, or several (``number``) with the address of the part that parts them."""

    x: float
    y: float
    radius: float
    name: str
    url: str
    layer: str
    persons: int
    number: int = 1

    @property
    def shape(self) -> str:
        """Path data of the marker."""
        corners = CORNERS.get(self.layer)
        if corners is None:
            r = self.radius
            return f"M{self.x - r:.1f} {self.y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
        spots = (f"{self.x + dx * self.radius:.1f} {self.y + dy * self.radius:.1f}"
                 for dx, dy in corners)  # fmt: skip
        return f"M{'L'.join(spots)}z"


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that ``_drawing.html`` needs. ``outside`` is how many places lie beyond the sheet."""

    sheet: Sheet
    land: Shape
    provinces: Shape
    towns: Sequence[Town]
    pins: Sequence[Pin]
    outside: int
    credits: Sequence[str | Promise]


def draw_places(
    marks: Sequence[Mark], sheet: Sheet | None = None, zoom: Callable[[Window], str] | None = None
) -> Drawing | None:
    """Places on a sheet, on one that fits them if none is given; None for no place.

    With ``zoom`` (window to address) those that are close together are one marker that leads to a
    nearer look; without it each stands for itself.
    """
    if sheet is None:
        if not marks:
            return None
        sheet = sheet_around([(mark.latitude, mark.longitude) for mark in marks])
    inside = [mark for mark in marks if sheet.holds(mark.latitude, mark.longitude)]
    groups = _groups(inside, sheet) if zoom else [[mark] for mark in inside]
    pins = [_pin(group, sheet, zoom) for group in groups]
    # The large ones first, so that they do not cover the small ones.
    pins.sort(key=lambda pin: (-pin.radius, pin.name))
    return Drawing(
        sheet=sheet,
        land=sheet.land,
        provinces=sheet.provinces,
        towns=sheet.towns((pin.x, pin.y) for pin in pins),
        pins=pins,
        outside=len(marks) - len(inside),
        credits=credits_of(any(mark.radius_km for mark in marks)),
    )


def credits_of(with_names: bool) -> list[str | Promise]:
    """Whose data a drawing uses; with the gazetteer's where places were found by their names."""
    own: list[str | Promise] = [provinces()["credit"] + ".", land()["credit"] + "."]
    return [*own, located.CREDIT] if with_names else own


def draw_organisations(organisations: Iterable[Organisation]) -> Drawing | None:
    """Camps, mines, movements on a small map of their own; None where no place of one is known."""
    marks = []
    for row in organisations:
        where = located.of_organisation(row)
        if where is not None:
            marks.append(
                Mark(where.latitude, where.longitude, row.name, row.get_absolute_url(),
                     LAYER_OF_KIND.get(row.kind, "places"), radius_km=where.radius_km)
            )  # fmt: skip
    if not marks:
        return None
    spots = [(mark.latitude, mark.longitude) for mark in marks]
    return draw_places(marks, sheet_around(spots, least_km=240.0))


def _groups(marks: Sequence[Mark], sheet: Sheet) -> list[list[Mark]]:
    """Each place with the nearest one before it that it would hide, in the order given."""
    groups: list[tuple[tuple[float, float], list[Mark]]] = []
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mark in marks:
        spot = sheet.place(mark.latitude, mark.longitude)
        column, row = int(spot[0] // CELL), int(spot[1] // CELL)
        around = [cells[column + dx, row + dy] for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        away = [(math.dist(spot, groups[n][0]), n) for near in around for n in near]
        distance, nearest = min(away, default=(math.inf, 0))
        if distance > CELL:
            cells[column, row].append(len(groups))
            groups.append((spot, [mark]))
        else:
            groups[nearest][1].append(mark)
    return [group for _, group in groups]


def _pin(group: Sequence[Mark], sheet: Sheet, zoom: Callable[[Window], str] | None) -> Pin:
    x, y = sheet.place(group[0].latitude, group[0].longitude)
    if len(group) == 1 or zoom is None:
        mark = group[0]
        radius = round(min(LARGEST, RADIUS + GROWTH * math.sqrt(mark.persons)), 1)
        return Pin(x, y, radius, mark.name, mark.url, mark.layer, mark.persons)
    names = ", ".join(mark.name for mark in group[:3])
    radius = round(min(LARGEST, RADIUS + 3 + GROWTH * math.sqrt(len(group))), 1)
    return Pin(x, y, radius, names, zoom(_window(group)), "several", 0, len(group))


def _window(group: Sequence[Mark]) -> Window:
    """The window in which these places stand apart, as far as they do at all."""
    spots = [(mark.latitude, mark.longitude) for mark in group]
    return sheet_around(spots, least_km=SMALLEST_KM).window
