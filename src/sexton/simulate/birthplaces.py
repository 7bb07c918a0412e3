"""Where simulated men were born: places of the gazetteer, and villages that it lacks.

Each birth place has five writings, as documents of the time word it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.places import all_units, load_gazetteer
from sexton.simulate.peoples import Drawing
from sexton.simulate.places import russian_settlement
from sexton.simulate.tables import read_table

# Most men of the Red Army came from villages: each place of the gazetteer has a weight of its own
# besides the root of its people today.
BASE_PEOPLE = 2_000
# Men born in a village that the gazetteer lacks (judged: it holds few villages). Provinces where
# villages bear Russian or Ukrainian names only.
OTHER_VILLAGE = 0.35
_SLAVIC = frozenset(("RU", "UA", "BY"))
# Wordings of a birth place: province and settlement; settlement of province; the settlement alone;
# the province alone; republic, province and settlement.
USUAL, GENITIVE, SETTLEMENT, PROVINCE, WITH_REPUBLIC = range(5)
WORDINGS = 5
_REPUBLICS = {"RU": "РСФСР", "UA": "УССР", "BY": "БССР"}


@dataclass(frozen=True, slots=True)
class BirthPlaces:
    """All birth places: settlement ("с. Быково") and province of each, and each people's drawing.

    ``texts[place * WORDINGS + wording]`` is a writing.
    """

    settlements: tuple[str, ...]
    provinces: tuple[str, ...]
    texts: tuple[str, ...]
    drawings: tuple[Drawing, ...]


def genitive(province: str) -> str:
    """The province in the genitive: "Курской обл.", "Алтайского края", "Татарской АССР"."""
    adjective, _, kind = province.partition(" ")
    if adjective.endswith(("ская", "цкая")):
        return f"{adjective[:-2]}ой {kind}"
    if adjective.endswith(("ский", "цкий")):
        return f"{adjective[:-2]}ого {kind.replace('край', 'края')}"
    return province


@cache
def birth_places() -> BirthPlaces:
    """The places of the gazetteer of the USSR with a Russian name, then the other villages."""
    ussr, units = load_gazetteer("ussr"), all_units()
    rows = [
        (russian_settlement(place), units[ussr.unit_of(place)].name, place.country, place.code)
        for place in ussr.places
        if place.russian
    ]
    weights = [np.sqrt(place.population + BASE_PEOPLE) for place in ussr.places if place.russian]
    rows, chances = _with_villages(rows, np.array(weights))
    texts = tuple(text for settlement, province, country, _ in rows
                  for text in _wordings(settlement, province, country))  # fmt: skip
    codes = [(country, code) for _, _, country, code in rows]
    drawings = tuple(_drawing(row, codes, chances) for row in read_table("peoples"))
    return BirthPlaces(
        tuple(row[0] for row in rows), tuple(row[1] for row in rows), texts, drawings
    )


def _with_villages(
    rows: list[tuple[str, str, str, str]], weights: NDArray[np.float64]
) -> tuple[list[tuple[str, str, str, str]], NDArray[np.float64]]:
    """A village of every common name in every province whose villages are Russian or Ukrainian."""
    provinces: dict[tuple[str, str, str], float] = {}
    for (_, province, country, code), weight in zip(rows, weights, strict=True):
        if country in _SLAVIC:
            key = (province, country, code)
            provinces[key] = provinces.get(key, 0.0) + float(weight)
    names = [row["name"] for row in read_table("villages")]
    added = [(f"с. {name}", *key) for key in provinces for name in names]
    shares = np.repeat([weight / len(names) for weight in provinces.values()], len(names))
    scale = OTHER_VILLAGE / (1 - OTHER_VILLAGE) * weights.sum() / shares.sum()
    return rows + added, np.concatenate([weights, shares * scale])


def _wordings(settlement: str, province: str, country: str) -> tuple[str, ...]:
    republic = _REPUBLICS.get(country)
    usual = f"{province}, {settlement}"
    return (
        usual,
        f"{settlement} {genitive(province)}",
        settlement,
        province,
        f"{republic}, {usual}" if republic else usual,
    )


def _drawing(
    row: dict[str, str], codes: list[tuple[str, str]], chances: NDArray[np.float64]
) -> Drawing:
    home = set(row["home"].split())
    inside = np.array([bool(home & set(code)) for code in codes])
    at_home = float(row["at_home"])
    shares = np.zeros(len(codes))
    for mask, share in ((inside, at_home), (~inside, 1 - at_home)):
        part = np.where(mask, chances, 0.0)
        shares += part / part.sum() * share
    return Drawing(np.arange(len(codes), dtype=np.int32), np.cumsum(shares / shares.sum()))
