"""The path of a life on a map: where each step was, as far as known, in the order of the path.

The order is that of ``life_path``; where the days do not tell it, or a place is known by its
province alone, or sources put a step at several places, the line is dashed. A step that no source
puts anywhere is not here; one whose place nobody has coordinates for is named beside the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import get_language

from sexton.web.public import located
from sexton.web.public.drawings import credits_of
from sexton.web.public.geometry import WIDTH, Shape, Sheet, Town, sheet_around
from sexton.web.public.located import Located
from sexton.web.register import labels
from sexton.web.register.lives.accounts import Said
from sexton.web.register.lives.steps import Step

# What remembers a man, and what he was a member of, is not where he was.
NOT_HIS_WAY = frozenset({"commemoration", "marking", "membership"})
# They stand first and last in every life, whatever the days say.
FIXED = frozenset({"birth", "execution", "death", "burial", "exhumation", "reburial"})
PLACING = ("site", "organisation", "place")
RADIUS, TOGETHER = 22.0, 40.0
# Of names beside markers, in units of a sheet as it is on a small phone.
LETTER, BESIDE, LONGEST_NAME = 20.0, 14.0, 24
# No sheet shows less than this: without a coast or a province nobody knows where he is.
LEAST_KM = 150.0
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Stop:
    """A step at a place: its number on the map, what is said of it, how exactly the place is known.

    ``others`` are further places to which other sources put the same step; they are not drawn.
    """

    number: int
    kind: labels.Label
    name: str
    url: str
    where: Located
    others: Sequence[str]
    step: Step

    @property
    def is_sure(self) -> bool:
        return self.where.precision != "region" and not self.others

    @property
    def gazetteer_name(self) -> str:
        """The gazetteer's name, where it is another than what the source writes."""
        return self.where.name if self.where.name not in self.name else ""


@dataclass(frozen=True, slots=True)
class Pin:
    """One or several stops at one spot of the sheet, with where their name stands, if it can."""

    x: float
    y: float
    numbers: str
    name: str
    reach: float
    label: tuple[float, str] | None = None

    @property
    def half(self) -> float:
        """Half the width of the marker, which holds all numbers."""
        return max(RADIUS, 7.0 * len(self.numbers) + 8)

    @property
    def width(self) -> float:
        return 2 * self.half


@dataclass(frozen=True, slots=True)
class Leg:
    """The line from one stop to the next; dashed where order or place is not certain."""

    path: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class View:
    """Some stops on a sheet of their own."""

    sheet: Sheet
    land: Shape
    provinces: Shape
    towns: Sequence[Town]
    pins: Sequence[Pin]
    legs: Sequence[Leg]


@dataclass(frozen=True, slots=True)
class Journey:
    """All that ``_journey.html`` needs; without a view where fewer than two places are known.

    The second view, if any, shows from nearer what is one marker on the first.
    """

    stops: Sequence[Stop]
    unplaced: Sequence[tuple[labels.Label, str]]
    views: Sequence[View] = ()
    credits: Sequence[str | Promise] = ()

    @property
    def has_dashes(self) -> bool:
        return any(not leg.is_sure for view in self.views for leg in view.legs)


@dataclass(slots=True)
class _Found:
    """A step with the places that its standing accounts name."""

    step: Step
    places: list[tuple[Said, Located]] = field(default_factory=list)
    lost: list[Said] = field(default_factory=list)


def journey(path: Sequence[Step]) -> Journey:
    """The map of a path of life; asks the database nothing."""
    found = [_find(step) for step in path if not step.beside and step.kind not in NOT_HIS_WAY]
    stops = list(_stops(found))
    unplaced = [
        (labels.label(one.step.kind, "step"), _name(one.lost[0]))
        for one in found
        if one.lost and not one.places
    ]
    if not _is_apart(stops):
        return Journey(stops, unplaced)
    credits = credits_of(any(not stop.where.is_certain for stop in stops))
    return Journey(stops, unplaced, _views(stops), credits)


def _is_apart(stops: Sequence[Stop]) -> bool:
    """Whether there is more than one place."""
    return len({(stop.where.latitude, stop.where.longitude) for stop in stops}) >= FEWEST


def _views(stops: Sequence[Stop]) -> list[View]:
    sheet = _sheet(stops)
    groups = _groups(stops, sheet)
    views = [_view(stops, groups, sheet)]
    closest = max(groups, key=len)
    if len(groups) > 1 and _is_apart(closest):
        near = _sheet(closest)
        views.append(_view(closest, _groups(closest, near), near))
    return views


def _view(stops: Sequence[Stop], groups: Sequence[Sequence[Stop]], sheet: Sheet) -> View:
    pins = _labelled([_pin(group, sheet) for group in groups])
    towns = sheet.towns(_taken(pins))
    return View(sheet, sheet.land, sheet.provinces, towns, pins, _legs(stops, sheet))


def _find(step: Step) -> _Found:
    """The places of a step, by the first aspect that has one: a site says more than a text."""
    found = _Found(step)
    for aspect in PLACING:
        accounts = step.aspects[aspect].standing if aspect in step.aspects else []
        for said in (account.said for account in accounts):
            where = _where(step.kind, aspect, said)
            if where is not None:
                found.places.append((said, where))
            elif aspect != "organisation" or (said.organisation and said.organisation.place):
                found.lost.append(said)
        if found.places:
            return found
    return found


def _where(kind: str, aspect: str, said: Said) -> Located | None:
    if said.site is not None:
        return located.of_site(said.site)
    if said.organisation is not None:
        return located.of_organisation(said.organisation)
    if aspect != "place":
        return None
    return located.birth(said.text) if kind == "birth" else located.of_text(said.text)


def _stops(found: Sequence[_Found]) -> Iterator[Stop]:
    placed = [one for one in found if one.places]
    for number, one in enumerate(placed, start=1):
        (said, where), *others = one.places
        kind = labels.label(one.step.kind, "step")
        elsewhere = [_name(other) for other, spot in others if spot != where]
        yield Stop(number, kind, _name(said), _url(said), where, elsewhere, one.step)


def _name(said: Said) -> str:
    if said.site is not None:
        return said.site.name_in(get_language() or "en")
    return said.organisation.name if said.organisation is not None else said.text


def _url(said: Said) -> str:
    shown = said.site or said.organisation
    return shown.get_absolute_url() if shown else ""


def _sheet(stops: Sequence[Stop]) -> Sheet:
    """A sheet that holds all stops, and the circles of those known by their province alone."""
    corners = []
    for stop in stops:
        where = stop.where
        reach = where.radius_km if where.precision == "region" else 0.0
        up = reach / 111.2
        across = up / max(0.2, math.cos(math.radians(where.latitude)))
        for sign in (-1, 1):
            corners.append((where.latitude + sign * up, where.longitude + sign * across))
    return sheet_around(corners, LEAST_KM)


def _legs(stops: Sequence[Stop], sheet: Sheet) -> list[Leg]:
    legs = []
    for one, other in pairwise(stops):
        (x1, y1), (x2, y2) = _spot(one, sheet), _spot(other, sheet)
        if math.dist((x1, y1), (x2, y2)) > 1:
            sure = one.is_sure and other.is_sure and _in_order(one.step, other.step)
            legs.append(Leg(f"M{x1} {y1}L{x2} {y2}", sure))
    return legs


def _in_order(one: Step, other: Step) -> bool:
    """Whether one certainly came before the other: by their days, or as every life goes."""
    if one.kind in FIXED or other.kind in FIXED:
        return True
    return one.window[1] <= other.window[0]


def _spot(stop: Stop, sheet: Sheet) -> tuple[float, float]:
    return sheet.place(stop.where.latitude, stop.where.longitude)


def _groups(stops: Sequence[Stop], sheet: Sheet) -> list[list[Stop]]:
    """Stops that would hide each other share a marker, which shows all their numbers."""
    groups: list[list[Stop]] = []
    for stop in stops:
        spot = _spot(stop, sheet)
        near = (g for g in groups if math.dist(_spot(g[0], sheet), spot) < TOGETHER)
        group = next(near, None)
        if group is None:
            groups.append([stop])
        else:
            group.append(stop)
    return groups


def _pin(group: Sequence[Stop], sheet: Sheet) -> Pin:
    x, y = _spot(group[0], sheet)
    first, name = group[0], group[0].name
    regions = [stop.where.radius_km for stop in group if stop.where.precision == "region"]
    reach = sheet.units(max(regions, default=0.0))
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 2].rstrip(' ,')}…"
    numbers = [stop.number for stop in group]
    if numbers == list(range(first.number, first.number + len(numbers))) and len(numbers) > 2:
        return Pin(x, y, f"{first.number}–{numbers[-1]}", short, reach)
    return Pin(x, y, ", ".join(map(str, numbers)), short, reach)


def _labelled(pins: Sequence[Pin]) -> list[Pin]:
    """Names beside the markers, to the right or left, where they hide nothing and fit."""
    boxes = [(pin.x - pin.half, pin.y - RADIUS, pin.x + pin.half, pin.y + RADIUS) for pin in pins]
    done = []
    for pin in pins:
        long = LETTER * len(pin.name)
        for x, anchor in ((pin.x + pin.half + BESIDE, "start"), (pin.x - pin.half - BESIDE, "end")):
            left = x if anchor == "start" else x - long
            box = (left, pin.y - 18, left + long, pin.y + 18)
            if box[0] > 0 and box[2] < WIDTH and not any(_touch(box, other) for other in boxes):
                boxes.append(box)
                pin = replace(pin, label=(round(x, 1), anchor))
                break
        done.append(pin)
    return done


def _touch(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _taken(pins: Sequence[Pin]) -> list[tuple[float, float]]:
    """Where no town's name should stand: the markers, and along their names."""
    taken = [(pin.x, pin.y) for pin in pins]
    for pin in pins:
        if pin.label:
            x, anchor = pin.label
            sign = 1 if anchor == "start" else -1
            taken += [(x + sign * LETTER * at, pin.y) for at in range(0, len(pin.name), 3)]
    return taken
