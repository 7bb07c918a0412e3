"""Reading a written place: its parts, and where on the map it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import sqrt
from operator import itemgetter
from typing import NamedTuple

from sexton.places.borders import Border, Extent
from sexton.places.folding import sounds, stem
from sexton.places.gazetteer import (
    ALTERNATE_HANDICAP,
    MOST_REMEMBERED,
    Gazetteer,
    Place,
    remember,
)
from sexton.places.model import PlaceMatch, PlacePart, PlaceReading
from sexton.places.modifiers import without_modifier
from sexton.places.splitting import split_place
from sexton.places.units import all_units, find_unit

SETTLEMENTS = ("village", "town", "unknown", "council")
LEVELS = (("village", SETTLEMENTS), ("district", ("district",)))
# A district is taken for a circle round its chief town.
DISTRICT_RADIUS_KM = 30.0
# The weight of all the places of that name which the gazetteer lacks, against a village of 1 that
# it holds: most villages have under 500 people and are missing, towns are nearly complete.
MISSING = {"village": 3.0, "council": 3.0, "unknown": 1.5, "town": 0.3, "district": 0.5}
NEGLIGIBLE = 0.002
LEAST_SHOWN = 0.005
MOST_MATCHES = 8
# The likeness of an alternate name of the same sound.
EXACT = 1 - ALTERNATE_HANDICAP
_INSIDE_NAME = re.compile(r"[\s\-–]+")


def read_place(written: str | None, gazetteer: Gazetteer) -> PlaceReading | None:
    """What a written place says, in any layout and language of the lists; None for an empty cell.

    ``matches`` may be empty: most villages stand in no gazetteer. A village that is not found
    leaves its district, province or republic as the match, with that one's radius. Readings are
    cached in the gazetteer.
    """
    if not written or written.isspace():
        return None
    reading = gazetteer.readings.get(written)
    if not isinstance(reading, PlaceReading):
        reading = _read(written, gazetteer)
        remember(gazetteer.readings, written, reading)
    return reading


def _read(written: str, gazetteer: Gazetteer) -> PlaceReading:
    parts = tuple([piece for part in split_place(written) for piece in _pieces(part, gazetteer)])
    return PlaceReading(written, parts, _matches(parts, gazetteer))


def _pieces(part: PlacePart, gazetteer: Gazetteer) -> tuple[PlacePart, ...]:
    """A part that is two known places ("Fastov-Kiev", "Karmolino Moscou") as two parts."""
    if part.kind != "unknown":
        return (part,)
    words = [word for word in _INSIDE_NAME.split(part.text) if len(word) > 3]
    if len(words) != 2 or without_modifier(part.text)[0]:
        return (part,)
    if _best_likeness(part.text, gazetteer) >= EXACT:
        return (part,)
    first, second = (_best_likeness(word, gazetteer) >= EXACT for word in words)
    # A first half in -o belongs to its name: Novo-, Staro-, Lugo-Chirokoïé.
    if (first and second and words[0][-1] not in "oо") or (
        " " in part.text and second and _is_chief_town(words[1])
    ):
        return tuple(replace(part, text=word) for word in words)
    return (part,)


def _best_likeness(text: str, gazetteer: Gazetteer) -> float:
    found = gazetteer.lookup(text)
    return found[0][1] if found else 0.0


def _is_chief_town(text: str) -> bool:
    return bool(find_unit(text, "province")[0])


class _Named(NamedTuple):
    """A place of the gazetteer, the code where it lies, and its weight among those of its name."""

    place: Place
    code: str
    weight: float


class Found(NamedTuple):
    """A place of the gazetteer, or the extent of a unit, that is perhaps meant."""

    probability: float
    level: str
    id: str
    where: Place | Extent


def _matches(parts: tuple[PlacePart, ...], gazetteer: Gazetteer) -> tuple[PlaceMatch, ...]:
    """From the narrowest level up: what one level leaves open goes to the next."""
    units = _narrowest_units(parts)
    borders = [gazetteer.border(unit) for unit in units]
    found: list[Found] = []
    left = 1.0
    for level, kinds in LEVELS:
        named = [part for part in parts if part.kind in kinds]
        if named:
            shares = _shares(named, borders, gazetteer)
            told = [(share * left, place) for share, place in shares]
            found += [
                Found(probability, level, place.place_id, place)
                for probability, place in (told if len(named) == 1 else _merged(told))
                if probability >= LEAST_SHOWN
            ]
            left *= 1 - sum([share for share, _ in shares])
    for unit, border in zip(units, borders, strict=True):
        if border.extent is not None and (share := left * 0.97 / len(units)) >= LEAST_SHOWN:
            found.append(Found(share, all_units()[unit].level, unit, border.extent))
    if len(found) > 1:
        found.sort(key=itemgetter(0), reverse=True)
    return tuple([match_of(one, gazetteer) for one in found[:MOST_MATCHES]])


def _shares(
    named: list[PlacePart], borders: list[Border], gazetteer: Gazetteer
) -> list[tuple[float, Place]]:
    """The places that the parts of one level mean, each part with the same share in them."""
    if len(named) == 1:
        return _weighed(named[0], borders, gazetteer)
    return [
        (share / len(named), place)
        for part in named
        for share, place in _weighed(part, borders, gazetteer)
    ]


def _merged(told: list[tuple[float, Place]]) -> list[tuple[float, Place]]:
    """Two names of one place ("Stalinabad, now Dushanbe") are one."""
    merged: dict[str, tuple[float, Place]] = {}
    for probability, place in told:
        before, _ = merged.get(place.place_id, (0.0, place))
        merged[place.place_id] = probability + before, place
    return list(merged.values())


def match_of(found: Found, gazetteer: Gazetteer) -> PlaceMatch:
    """What the gazetteer says of a place that is perhaps meant."""
    probability, level, place_id, where = found
    if isinstance(where, Place):
        name, unit = where.name, gazetteer.unit_of(where)
        radius = DISTRICT_RADIUS_KM if level == "district" else round(where.radius_km, 1)
    else:
        name, unit, radius = all_units()[place_id].name, place_id, where.radius_km
    share = round(probability, 4)
    return PlaceMatch(place_id, name, where.lat, where.lon, radius, share, level, unit)


def _narrowest_units(parts: tuple[PlacePart, ...]) -> list[str]:
    """The provinces that are written, or else the republics and countries."""
    for kind in ("province", "republic", "country"):
        units = [part.unit for part in parts if part.unit and part.kind == kind]
        if units:
            return list(dict.fromkeys(units))
    return []


def _weighed(
    part: PlacePart, borders: list[Border], gazetteer: Gazetteer
) -> list[tuple[float, Place]]:
    """The places a part can mean with their probabilities: likeness, size, and the written unit."""
    named = _named_like(part, gazetteer)
    weights = _inside(named, borders)
    missing = MISSING[part.kind] * (0.5 if borders else 1.0)
    total = sum(weights) + missing
    least = NEGLIGIBLE * total
    return [
        (weight / total, one.place)
        for weight, one in zip(weights, named, strict=True)
        if weight > least
    ]


def _inside(named: tuple[_Named, ...], borders: list[Border]) -> list[float]:
    """The weights, less outside the written units: what counts is the unit that fits best."""
    within = [
        [
            weight if code in border.codes else weight * border.weight(place)
            for place, code, weight in named
        ]
        for border in borders
    ]
    if len(within) == 1:
        return within[0]
    return [max(each) for each in zip(*within, strict=True)] or [one.weight for one in named]


def _named_like(part: PlacePart, gazetteer: Gazetteer) -> tuple[_Named, ...]:
    """Places of the part's name; for a district also those of which it is the adjective."""
    heard = sounds(part.text)
    if part.kind == "district":
        return _all_named(_of_district(heard, gazetteer).items())
    return _named_so(heard, gazetteer)


@lru_cache(maxsize=MOST_REMEMBERED)
def _named_so(heard: tuple[str, ...], gazetteer: Gazetteer) -> tuple[_Named, ...]:
    return _all_named(gazetteer.lookup_sounds(heard))


def _of_district(heard: tuple[str, ...], gazetteer: Gazetteer) -> dict[Place, float]:
    found = dict(gazetteer.lookup_sounds(heard))
    for sound in heard:
        for ending in ("", "A", "KA"):
            for place, likeness in gazetteer.lookup_sounds((stem(sound) + ending,)):
                found[place] = max(likeness - 0.02, found.get(place, 0.0))
    return found


def _all_named(found: Iterable[tuple[Place, float]]) -> tuple[_Named, ...]:
    return tuple([_Named(place, place.code, _weight(place, like)) for place, like in found])


def _weight(place: Place, likeness: float) -> float:
    """Likeness counts by powers (0.95 weighs an eighth of 1.0); size by the root of thousands."""
    return float(2.0 ** (-60 * (1 - likeness)) * sqrt(1 + place.population / 1000))
