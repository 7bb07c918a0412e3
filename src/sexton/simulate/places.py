"""Birth places of simulated persons, written as an archive of the time writes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.places import Gazetteer, Place, all_units, load_gazetteer

# Most men of the Red Army came from villages, but the gazetteer lacks most villages: each of its
# places has a weight of its own besides the root of its people today.
BASE_PEOPLE = 2_000
TOWN_PEOPLE = 15_000


@dataclass(frozen=True, slots=True)
class BirthPlaces:
    """Settlements and the provinces they lie in, with cumulated chances."""

    settlements: tuple[str, ...]
    provinces: tuple[str, ...]
    cumulated: NDArray[np.float64]

    def draw(self, random: np.random.Generator, size: int, only_province: float) -> list[str]:
        """``size`` written birth places; a share of them says only the province."""
        positions = np.searchsorted(self.cumulated, random.random(size), side="right")
        coarse = random.random(size) < only_province
        last = len(self.settlements) - 1
        found = []
        for position, short in zip(positions, coarse, strict=True):
            slot = min(int(position), last)
            province = self.provinces[slot]
            found.append(province if short else f"{province}, {self.settlements[slot]}")
        return found


def russian_settlement(place: Place) -> str:
    """The settlement in the archive's words: "г. Курск", "с. Быково"; "" without a Russian name."""
    if not place.russian:
        return ""
    return ("г. " if place.population >= TOWN_PEOPLE else "с. ") + place.russian


@cache
def birth_places() -> BirthPlaces:
    """All places of the gazetteer of the USSR that have a Russian name."""
    ussr: Gazetteer = load_gazetteer("ussr")
    units = all_units()
    named = [(place, russian_settlement(place)) for place in ussr.places if place.russian]
    weights = np.sqrt([place.population + BASE_PEOPLE for place, _ in named])
    return BirthPlaces(
        tuple(written for _, written in named),
        tuple(units[ussr.unit_of(place)].name for place, _ in named),
        np.cumsum(weights / weights.sum()),
    )
