"""Communes and their provinces, from the tables beside this package."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sexton.places import distance_km


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, its province, and its chief place in degrees (None where not known)."""

    names: tuple[str, ...]
    province: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the map in degrees."""

    lat: float
    lon: float


def plain(name: str) -> str:
    """``name`` without case, accents, hyphens and apostrophes."""
    bare = unicodedata.normalize("NFD", name.casefold())
    return " ".join(
        re.findall(r"[^\W_]+", "".join(c for c in bare if not unicodedata.combining(c)))
    )


def _rows(table: str) -> list[list[str]]:
    text = (files(__package__) / "tables" / table).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


@cache
def communes() -> tuple[Commune, ...]:
    """Every commune of the table."""
    return tuple(
        Commune(
            tuple(names.split("|")),
            province,
            float(lat) if lat else None,
            float(lon) if lon else None,
        )
        for _, names, province, lat, lon in _rows("communes.tsv")
    )


@cache
def _by_name() -> dict[str, Commune]:
    return {plain(name): commune for commune in communes() for name in commune.names}


def find_commune(name: str) -> Commune | None:
    """The commune of this name in any of its languages."""
    return _by_name().get(plain(name))


@cache
def province_names() -> dict[str, str]:
    """The province by each of its names, folded."""
    return {
        plain(name): province
        for province, names in _rows("provinces.tsv")
        for name in names.split("|")
    }


def nearest_communes(point: Point, count: int) -> list[tuple[float, Commune]]:
    """The ``count`` communes whose chief places are nearest, with their distances in km."""
    placed = [
        (distance_km(point, Point(commune.lat, commune.lon)), commune)
        for commune in communes()
        if commune.lat is not None and commune.lon is not None
    ]
    return sorted(placed, key=lambda pair: pair[0])[:count]
