"""A gazetteer: places with coordinates, found by how their names sound."""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from math import sqrt
from typing import TypeVar

from rapidfuzz import fuzz

from sexton.places.folding import key, sounds
from sexton.places.geo import distance_km
from sexton.places.units import Unit, all_units

GAZETTEERS = ("ussr", "belgium")
# Two spellings of one place share at least this much of their sound.
LEAST_LIKENESS = 0.8
# An alternate name counts less than the main one and the one of 1941 (Krasnoyarsk is "Krasnodor" in
# some alternate, but not what a man of Krasnodar means).
ALTERNATE_HANDICAP = 0.04
# Names of fewer consonants are too short to forgive a lost or added one.
SHORTEST_FORGIVEN = 4
# What is remembered of written names, for each kind of answer; then all of it is forgotten.
MOST_REMEMBERED = 100_000

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Place:
    """A settlement of the gazetteer; ``russian`` is its Russian name of 1941, "" if not known."""

    place_id: str
    name: str
    russian: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int

    def __hash__(self) -> int:
        return hash(self.place_id)

    @property
    def code(self) -> str:
        """Country and first-level code, as the table of units uses them: "UA.07"."""
        return f"{self.country}.{self.admin1}"

    @property
    def radius_km(self) -> float:
        """About how far the settlement reaches (2 km for a village, 22 km for Moscow in 2020)."""
        return 2 + sqrt(self.population) / 160


@dataclass(frozen=True, slots=True)
class Extent:
    """The circle that holds 95 % of a unit's towns."""

    lat: float
    lon: float
    radius_km: float


@dataclass(eq=False)
class Gazetteer:
    """Places by sound, and the extents of the units they lie in.

    ``readings`` caches what `read_place` made of each written place.
    """

    name: str
    places: tuple[Place, ...]
    by_key: dict[str, tuple[tuple[int, str, float], ...]]
    readings: dict[str, object] = field(default_factory=dict)
    _shortened: dict[str, list[str]] = field(default_factory=dict)
    _extents: dict[str, Extent | None] = field(default_factory=dict)
    _units_of_code: dict[str, str] = field(default_factory=dict)
    _found: dict[str, tuple[tuple[Place, float], ...]] = field(default_factory=dict)
    _covered: dict[str, frozenset[str]] = field(default_factory=dict)

    def lookup(self, text: str) -> tuple[tuple[Place, float], ...]:
        """The places whose name sounds like ``text``, each with its likeness (0..1), best first."""
        found = self._found.get(text)
        if found is None:
            found = remember(self._found, text, tuple(self._ranked(sounds(text))))
        return found

    def lookup_sound(self, sound: str) -> tuple[tuple[Place, float], ...]:
        """As `lookup`, for a name whose sound is known already."""
        slot = f"\0{sound}"
        found = self._found.get(slot)
        if found is None:
            found = remember(self._found, slot, tuple(self._ranked((sound,))))
        return found

    def other_sounds(self, text: str) -> frozenset[str]:
        """What the places that sound just like ``text`` sound like by all their names: Liège, Luik,
        Льеж."""
        exact = 1 - ALTERNATE_HANDICAP
        meant = {place.place_id for place, likeness in self.lookup(text) if likeness >= exact}
        return frozenset(sound for place in meant for sound in self._sounds_of[place])

    @cached_property
    def _sounds_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for known in self.by_key.values():
            for position, sound, _ in known:
                found.setdefault(self.places[position].place_id, set()).add(sound)
        return found

    def _ranked(self, heard: tuple[str, ...]) -> list[tuple[Place, float]]:
        best: dict[int, float] = {}
        for sound in heard:
            for position, likeness in self._candidates(sound):
                best[position] = max(likeness, best.get(position, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return [(self.places[position], likeness) for position, likeness in ranked[:40]]

    def _candidates(self, sound: str) -> Iterator[tuple[int, float]]:
        consonants = key(sound)
        if len(consonants) < 2:
            return
        found = list(self._scored(sound, consonants))
        if not found and len(consonants) >= SHORTEST_FORGIVEN:
            for other in self._near_keys(consonants):
                found.extend(self._scored(sound, other))
        yield from found

    def _scored(self, sound: str, consonants: str) -> Iterator[tuple[int, float]]:
        for position, known, handicap in self.by_key.get(consonants, ()):
            likeness = fuzz.ratio(sound, known) / 100 - handicap
            if likeness >= LEAST_LIKENESS:
                yield position, likeness

    def _near_keys(self, consonants: str) -> set[str]:
        """Keys of the index with one consonant lost, added or replaced."""
        if not self._shortened:
            shortened = defaultdict(list)
            for known in self.by_key:
                for short in _without_one(known):
                    shortened[short].append(known)
            self._shortened = dict(shortened)
        near = set(self._shortened.get(consonants, ()))
        for short in _without_one(consonants):
            near.update(self._shortened.get(short, ()))
            if short in self.by_key:
                near.add(short)
        return near

    @cached_property
    def by_code(self) -> dict[str, list[Place]]:
        """The places of each province code."""
        groups = defaultdict(list)
        for place in self.places:
            groups[place.code].append(place)
        return dict(groups)

    def unit_of(self, place: Place) -> str:
        """The id of the province of 1941 that covers the place, else of its republic."""
        code = place.code
        if code not in self._units_of_code:
            covering = [
                u for u in all_units().values() if u.kind != "historical" and u.covers(code)
            ]
            covering.sort(key=lambda unit: unit.level == "republic")
            self._units_of_code[code] = covering[0].unit_id if covering else place.country
        return self._units_of_code[code]

    def covered(self, unit_id: str) -> frozenset[str]:
        """The codes of the places that lie in a unit."""
        if unit_id not in self._covered:
            unit = all_units()[unit_id]
            self._covered[unit_id] = frozenset(filter(unit.covers, self.by_code))
        return self._covered[unit_id]

    def extent(self, unit_id: str) -> Extent | None:
        """Where a unit lies: its own centre, or its towns; None when neither is known."""
        if unit_id not in self._extents:
            self._extents[unit_id] = self._measure(all_units()[unit_id])
        return self._extents[unit_id]

    def _measure(self, unit: Unit) -> Extent | None:
        if unit.centre:
            return Extent(*unit.centre)
        towns = [
            town for code, group in self.by_code.items() if unit.covers(code) for town in group
        ]
        if not towns:
            return None
        lat = sum(town.lat for town in towns) / len(towns)
        lon = sum(town.lon for town in towns) / len(towns)
        middle = Extent(lat, lon, 0)
        reach = sorted(distance_km(middle, town) for town in towns)
        return Extent(round(lat, 3), round(lon, 3), round(reach[int(0.95 * (len(reach) - 1))]) + 10)


def remember(known: dict[str, Answer], text: str, answer: Answer) -> Answer:
    """Keep an answer among the ``known`` ones, of which there are never too many."""
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[text] = answer
    return answer


def _without_one(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) >= 4 else set()


def packed_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the package's compressed tables (``ussr``, ``ussr_names``…)."""
    packed = files("sexton.places").joinpath("tables", f"{name}.tsv.xz").read_bytes()
    lines = lzma.decompress(packed).decode("utf-8").split("\n")
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _place(row: dict[str, str]) -> Place:
    return Place(
        row["place_id"],
        row["name"],
        row["russian"],
        row["country"],
        row["admin1"],
        float(row["lat"]),
        float(row["lon"]),
        int(row["population"]),
    )


@cache
def load_gazetteer(name: str = "ussr") -> Gazetteer:
    """The packaged gazetteer ``ussr`` or ``belgium``; ValueError for another name."""
    if name not in GAZETTEERS:
        raise ValueError(f"no gazetteer {name!r}; there are {', '.join(GAZETTEERS)}")
    rows = packed_rows(name)
    index: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    for position, row in enumerate(rows):
        main, _, others = row["sounds"].partition(";")
        for handicap, heard in ((0.0, main), (ALTERNATE_HANDICAP, others)):
            for sound in filter(None, heard.split("|")):
                index[key(sound)].append((position, sound, handicap))
    by_key = {consonants: tuple(known) for consonants, known in index.items()}
    return Gazetteer(name, tuple(_place(row) for row in rows), by_key)
