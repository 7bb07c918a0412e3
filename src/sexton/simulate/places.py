"""Settlements as an archive of the time writes them."""

from __future__ import annotations

from sexton.places import Place

TOWN_PEOPLE = 15_000


def russian_settlement(place: Place) -> str:
    """The settlement in the archive's words: "г. Курск", "с. Быково"; "" without a Russian name."""
    if not place.russian:
        return ""
    return ("г. " if place.population >= TOWN_PEOPLE else "с. ") + place.russian
