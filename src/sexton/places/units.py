"""Republics, provinces and historical regions, by any name that the lists use for them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from sexton.places.folding import sounds, stem

# Below this share of equal letters a province is another province (Orel and Orenburg: 0.5).
LEAST_LIKENESS = 82
# Sounds that are so much less like (of 100) than the best are told apart by their spelling.
NEARLY = 8.0
_LATIN = str.maketrans(
    dict(zip("абвгґдеёзиіїйклмнопрстуфыэ", "abvggdeeziiijklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ь": "", "ъ": "", "є": "ye"}
)
_KIND_WORDS = re.compile(r" (?:обл\.|область|край|АССР|ССР|а\.о\.|н\.о\.)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A country, republic, province or historical region, with the GeoNames codes it covers.

    ``centre`` is (lat, lon, radius in km) where the table gives it, else None: the gazetteer then
    takes the towns with these codes.
    """

    unit_id: str
    kind: str
    parent: str
    codes: frozenset[str]
    centre: tuple[float, float, float] | None
    name: str
    names: tuple[str, ...]

    @property
    def level(self) -> str:
        """republic for countries and republics, province for all below."""
        return "republic" if self.kind in ("country", "republic") else "province"

    @property
    def holds_countries(self) -> bool:
        """Whether whole countries are among the codes."""
        return any(code.endswith(".*") for code in self.codes)

    def covers(self, code: str) -> bool:
        """Whether a place with this code ("UA.07") lies in the unit."""
        return code in self.codes or code.partition(".")[0] + ".*" in self.codes


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one of the package's tab-separated tables."""
    text = files("sexton.places").joinpath("tables", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _unit(row: dict[str, str]) -> Unit:
    numbers = [float(part) for part in row["centre"].split(",") if part]
    centre = (numbers[0], numbers[1], numbers[2]) if numbers else None
    names = (row["name_1941"], *row["other_spellings"].split("|"))
    return Unit(
        row["unit_id"],
        row["kind"],
        row["parent"],
        frozenset(row["codes"].split()),
        centre,
        row["name_1941"],
        names,
    )


@cache
def all_units() -> dict[str, Unit]:
    """Every unit by its id."""
    return {row["unit_id"]: _unit(row) for row in read_table("units.tsv")}


@cache
def units_of_1941() -> tuple[Unit, ...]:
    """The units that were there in 1941, provinces before republics."""
    there = [unit for unit in all_units().values() if unit.kind != "historical"]
    return tuple(sorted(there, key=lambda unit: unit.level == "republic"))


@cache
def _by_sound(level: str) -> dict[str, list[tuple[str, str]]]:
    """(unit id, name) of a level by the sound of each name and by its stem.

    Харьков sounds as the stem of Горьковская: the spelling tells them apart.
    """
    named = [
        (sound, unit.unit_id, bare)
        for unit in all_units().values()
        if unit.level == level
        for bare in (_KIND_WORDS.sub("", name) for name in unit.names)
        for sound in sounds(bare)[:1]
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    for sound, unit_id, name in named:
        found.setdefault(sound, []).append((unit_id, name))
    for sound, unit_id, name in named:
        if (unit_id, name) not in found.setdefault(stem(sound), []):
            found[stem(sound)].append((unit_id, name))
    return found


@lru_cache(maxsize=50_000)
def find_unit(text: str, level: str, fuzzy: bool = False) -> tuple[str, float]:
    """The unit of this level that ``text`` names and how well (0..1); ("", 0) when none does.

    ``fuzzy`` allows a clerk's slip; it is for text that says it is a province.
    """
    index = _by_sound(level)
    heard = sounds(text)
    for sound in (*heard, *map(stem, heard)):
        if sound in index:
            return _closest(text, index[sound]), 1.0
    bare = stem(heard[0]) if heard else ""
    if fuzzy and len(bare) > 3:
        hits = _nearest(bare, level)
        if hits:
            named = [pair for sound in hits for pair in index[sound]]
            return _closest(text, named), max(hits.values())
    return "", 0.0


@lru_cache(maxsize=50_000)
def _nearest(bare: str, level: str) -> dict[str, float]:
    """The known sounds that are most like one, or nearly so, and how like (0..1)."""
    hits = process.extract(
        bare,
        _sounds_as_long(level, len(bare)),
        scorer=fuzz.ratio,
        score_cutoff=LEAST_LIKENESS,
        limit=8,
    )
    return {str(sound): score / 100 for sound, score, _ in hits if score >= hits[0][1] - NEARLY}


@lru_cache(maxsize=1000)
def _sounds_as_long(level: str, length: int) -> list[str]:
    """The known sounds that are not too long or short to be like one of this length."""
    return [
        sound
        for sound in _by_sound(level)
        if 200 * min(len(sound), length) >= LEAST_LIKENESS * (len(sound) + length)
    ]


def _closest(text: str, named: list[tuple[str, str]]) -> str:
    """Of units that sound alike (Харьковская, Горьковская) the one spelt most like the text."""
    spelt = _in_latin(text)
    return max(named, key=lambda pair: fuzz.ratio(spelt, _in_latin(pair[1])))[0]


@lru_cache(maxsize=4096)
def _in_latin(text: str) -> str:
    """A name in small Latin letters, so that Gorkovsk is more like Горьковская than Харьков."""
    return text.casefold().translate(_LATIN)
