"""Reading a written place: its parts, and where on the map it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from math import sqrt
from typing import NamedTuple

from sexton.places.folding import sounds, stem
from sexton.places.gazetteer import ALTERNATE_HANDICAP, Extent, Gazetteer, Place, remember
from sexton.places.geo import distance_km
from sexton.places.model import PlaceMatch, PlacePart, PlaceReading
from sexton.places.modifiers import without_modifier
from sexton.places.splitting import split_place
from sexton.places.units import all_units, find_unit

SETTLEMENTS = ("village", "town", "unknown", "council")
# A district is taken for a circle round its chief town.
DISTRICT_RADIUS_KM = 30.0
# The weight of all the places of that name which the gazetteer lacks, against a village of 1 that
# it holds: most villages have under 500 people and are missing, towns are nearly complete.
MISSING = {"village": 3.0, "council": 3.0, "unknown": 1.5, "town": 0.3, "district": 0.5}
# How much lighter a place weighs outside the province that is written: borders have moved
# (Guenitchesk lay in Zaporozhye in 1941, lies in Kherson today), so near it is likelier than far.
NEAR_OUTSIDE, FAR_OUTSIDE = 0.1, 0.0005
# A degree of latitude is 111.19 km on a globe.
LEAST_KM_OF_A_DEGREE = 111.0
NEGLIGIBLE = 0.002
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
    if written is None or not written.strip():
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


class _Found(NamedTuple):
    """A place of the gazetteer, or the extent of a unit, that is perhaps meant."""

    id: str
    level: str
    where: Place | Extent
    probability: float


def _matches(parts: tuple[PlacePart, ...], gazetteer: Gazetteer) -> tuple[PlaceMatch, ...]:
    """From the narrowest level up: what one level leaves open goes to the next."""
    units = _narrowest_units(parts)
    found: list[_Found] = []
    left = 1.0
    for level, kinds in (("village", SETTLEMENTS), ("district", ("district",))):
        named = [part for part in parts if part.kind in kinds]
        shares = [
            (place, probability / len(named))
            for part in named
            for place, probability in _weighed(part, units, gazetteer)
        ]
        found += [_Found(place.place_id, level, place, share * left) for place, share in shares]
        left *= 1 - sum([share for _, share in shares])
    found += _units_found(units, left, gazetteer)
    return _best(found, gazetteer)


def _best(found: list[_Found], gazetteer: Gazetteer) -> tuple[PlaceMatch, ...]:
    """The matches by probability; two names of one place ("Stalinabad, now Dushanbe") are one."""
    merged: dict[tuple[str, str], _Found] = {}
    for one in found:
        slot = (one.id, one.level)
        if slot in merged:
            one = one._replace(probability=one.probability + merged[slot].probability)
        merged[slot] = one
    ranked = sorted(merged.values(), key=lambda one: -one.probability)
    kept = [one for one in ranked if one.probability >= 0.005][:MOST_MATCHES]
    return tuple([_match(one, gazetteer) for one in kept])


def _match(found: _Found, gazetteer: Gazetteer) -> PlaceMatch:
    where = found.where
    if isinstance(where, Place):
        name, unit = where.name, gazetteer.unit_of(where)
        radius = DISTRICT_RADIUS_KM if found.level == "district" else round(where.radius_km, 1)
    else:
        name, unit, radius = all_units()[found.id].name, found.id, where.radius_km
    share = round(found.probability, 4)
    return PlaceMatch(found.id, name, where.lat, where.lon, radius, share, found.level, unit)


def _narrowest_units(parts: tuple[PlacePart, ...]) -> list[str]:
    """The provinces that are written, or else the republics and countries."""
    for kind in ("province", "republic", "country"):
        units = [part.unit for part in parts if part.unit and part.kind == kind]
        if units:
            return list(dict.fromkeys(units))
    return []


def _weighed(part: PlacePart, units: list[str], gazetteer: Gazetteer) -> list[tuple[Place, float]]:
    """The places a part can mean with their probabilities: likeness, size, and the written unit."""
    weights = [
        (place, _weight(place, likeness) * _inside(place, units, gazetteer))
        for place, likeness in _named_like(part, gazetteer)
    ]
    missing = MISSING[part.kind] * (0.5 if units else 1.0)
    total = sum([weight for _, weight in weights]) + missing
    return [(place, weight / total) for place, weight in weights if weight > NEGLIGIBLE * total]


def _named_like(part: PlacePart, gazetteer: Gazetteer) -> Iterable[tuple[Place, float]]:
    """Places of the part's name; for a district also those of which it is the adjective."""
    named = gazetteer.lookup(part.text)
    if part.kind != "district":
        return named
    found = dict(named)
    for sound in sounds(part.text):
        for ending in ("", "A", "KA"):
            for place, likeness in gazetteer.lookup_sound(stem(sound) + ending):
                found[place] = max(likeness - 0.02, found.get(place, 0.0))
    return found.items()


def _weight(place: Place, likeness: float) -> float:
    """Likeness counts by powers (0.95 weighs an eighth of 1.0); size by the root of thousands."""
    return float(2.0 ** (-60 * (1 - likeness)) * sqrt(1 + place.population / 1000))


def _inside(place: Place, units: list[str], gazetteer: Gazetteer) -> float:
    """1 inside a written unit or when none is written, less outside."""
    if not units:
        return 1.0
    return max([_inside_one(place, unit, gazetteer) for unit in units])


def _inside_one(place: Place, unit: str, gazetteer: Gazetteer) -> float:
    if place.code in gazetteer.covered(unit) or unit == "SU":
        return 1.0
    extent = gazetteer.extent(unit)
    return NEAR_OUTSIDE if extent and _is_near(place, extent) else FAR_OUTSIDE


def _is_near(place: Place, extent: Extent) -> bool:
    reach = 1.3 * extent.radius_km
    # Most places of the name are too far by their latitude alone.
    too_far = abs(place.lat - extent.lat) * LEAST_KM_OF_A_DEGREE > reach
    return not too_far and distance_km(extent, place) < reach


def _units_found(units: list[str], left: float, gazetteer: Gazetteer) -> list[_Found]:
    """The written provinces or republics themselves, sharing what the narrower levels left."""
    share = left * 0.97 / len(units) if units else 0.0
    return [
        _Found(unit, all_units()[unit].level, extent, share)
        for unit in units
        if (extent := gazetteer.extent(unit)) is not None
    ]
