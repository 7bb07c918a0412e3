"""A gazetteer: places with coordinates, found by how their names sound."""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from math import sqrt
from typing import TypeVar

from rapidfuzz import fuzz, process

from sexton.places.borders import Border, Extent, border_of
from sexton.places.folding import key, sounds
from sexton.places.geo import distance_km
from sexton.places.units import Unit, all_units, units_of_1941

GAZETTEERS = ("ussr", "belgium")
# Two spellings of one place share at least this much of their sound.
LEAST_LIKENESS = 0.8
ROUNDING = 0.01
# An alternate name counts less than the main one and the one of 1941 (Krasnoyarsk is "Krasnodor" in
# some alternate, but not what a man of Krasnodar means).
ALTERNATE_HANDICAP = 0.04
# Names of fewer consonants are too short to forgive a lost or added one.
SHORTEST_FORGIVEN = 4
# What is remembered of written names, for each kind of answer; then all of it is forgotten.
MOST_REMEMBERED = 100_000

Name = TypeVar("Name")
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


@dataclass(eq=False)
class Gazetteer:
    """Places by sound, and the extents of the units they lie in.

    ``readings`` caches what `read_place` made of each written place.
    """

    name: str
    places: tuple[Place, ...]
    by_key: dict[str, tuple[tuple[int, str, float], ...]]
    readings: dict[str, object] = field(default_factory=dict)
    _extents: dict[str, Extent | None] = field(default_factory=dict)
    _units_of_code: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, ...], tuple[tuple[Place, float], ...]] = field(default_factory=dict)
    _borders: dict[str, Border] = field(default_factory=dict)

    def lookup(self, text: str) -> tuple[tuple[Place, float], ...]:
        """The places whose name sounds like ``text``, each with its likeness (0..1), best first."""
        return self.lookup_sounds(sounds(text))

    def lookup_sounds(self, heard: tuple[str, ...]) -> tuple[tuple[Place, float], ...]:
        """As `lookup`, for a name whose sounds are known already."""
        found = self._found.get(heard)
        if found is None:
            found = remember(self._found, heard, tuple(self._ranked(heard)))
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

    def _candidates(self, sound: str) -> list[tuple[int, float]]:
        consonants = key(sound)
        if len(consonants) < 2:
            return []
        found = self._scored(sound, (consonants,))
        if not found and len(consonants) >= SHORTEST_FORGIVEN:
            found = self._scored(sound, self._near_keys(consonants))
        return found

    def _scored(self, sound: str, keys: Iterable[str]) -> list[tuple[int, float]]:
        known: list[tuple[int, str, float]] = []
        for consonants in keys:
            known += self.by_key.get(consonants, ())
        alike = process.extract(
            sound,
            [heard for _, heard, _ in known],
            scorer=fuzz.ratio,
            score_cutoff=100 * LEAST_LIKENESS - ROUNDING,
            limit=None,
        )
        scored = [(known[at], score / 100) for _, score, at in alike]
        return [
            (position, likeness)
            for (position, _, handicap), like in scored
            if (likeness := like - handicap) >= LEAST_LIKENESS
        ]

    def _near_keys(self, consonants: str) -> set[str]:
        """Keys of the index with one consonant lost, added or replaced."""
        shorter = _without_one(consonants)
        longer = [self._shortened.get(short, "") for short in (consonants, *shorter)]
        return {*" ".join(longer).split(), *[short for short in shorter if short in self.by_key]}

    @cached_property
    def _shortened(self) -> dict[str, str]:
        """The keys, blanks between, by each writing without one of their consonants."""
        shortened: dict[str, str] = {}
        for known in self.by_key:
            for short in _without_one(known):
                others = shortened.get(short)
                shortened[short] = f"{others} {known}" if others else known
        return shortened

    def prepare(self) -> None:
        """Make now what is else made when it is first asked for: for processes that are forked."""
        self._near_keys("")
        _ = self.by_id
        for unit_id in all_units():
            self.border(unit_id)
        for group in self.by_code.values():
            self.unit_of(group[0])

    @cached_property
    def by_id(self) -> dict[str, Place]:
        """The places by their ids."""
        return {place.place_id: place for place in self.places}

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
        unit = self._units_of_code.get(code)
        if unit is None:
            covering = (unit.unit_id for unit in units_of_1941() if unit.covers(code))
            unit = self._units_of_code[code] = next(covering, place.country)
        return unit

    def border(self, unit_id: str) -> Border:
        """The codes of the places that lie in a unit, and how far its neighbourhood reaches."""
        border = self._borders.get(unit_id)
        if border is None:
            # Who writes that a place is Soviet leaves none of them out.
            codes = self.by_code.keys() if unit_id == "SU" else self._codes(all_units()[unit_id])
            border = self._borders[unit_id] = border_of(frozenset(codes), self.extent(unit_id))
        return border

    def extent(self, unit_id: str) -> Extent | None:
        """Where a unit lies: its own centre, or its towns; None when neither is known."""
        if unit_id not in self._extents:
            self._extents[unit_id] = self._measure(all_units()[unit_id])
        return self._extents[unit_id]

    def _codes(self, unit: Unit) -> list[str]:
        """The codes of the places that lie in a unit."""
        if unit.holds_countries:
            return [*filter(unit.covers, self.by_code)]
        return [code for code in self.by_code if code in unit.codes]

    def _measure(self, unit: Unit) -> Extent | None:
        if unit.centre:
            return Extent(*unit.centre)
        towns = [town for code in self._codes(unit) for town in self.by_code[code]]
        if not towns:
            return None
        lat = sum(town.lat for town in towns) / len(towns)
        lon = sum(town.lon for town in towns) / len(towns)
        middle = Extent(lat, lon, 0)
        reach = sorted(distance_km(middle, town) for town in towns)
        return Extent(round(lat, 3), round(lon, 3), round(reach[int(0.95 * (len(reach) - 1))]) + 10)


def remember(known: dict[Name, Answer], text: Name, answer: Answer) -> Answer:
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
