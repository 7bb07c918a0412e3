"""How an archive contradicts a grave: dates and places of the true men, spoilt at stated rates.

The rates are judged from the lists of data/belgium, where two sources on one man often differ in a
day, give the year alone, or swap day and month; they are not measured on an archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SEED = 5


@dataclass(frozen=True)
class Odds:
    """Shares of the rows whose date or place is spoilt in each way."""

    birth_missing: float = 0.05
    birth_year_only: float = 0.30
    birth_swapped: float = 0.05
    birth_slipped: float = 0.15
    death_missing: float = 0.50
    death_slipped: float = 0.20
    place_missing: float = 0.15
    place_province_only: float = 0.25


def spoilt(rows: list[dict[str, str]], odds: Odds | None = None) -> list[dict[str, str]]:
    """The rows with their dates and places spoilt; the same each time."""
    odds, random = odds or Odds(), Random(SEED)
    return [
        row
        | {
            "birth_date": _birth(row["birth_date"], odds, random),
            "death_date": _death(row["death_date"], odds, random),
            "birth_place": _place(row["birth_place"], odds, random),
        }
        for row in rows
    ]


def _birth(written: str, odds: Odds, random: Random) -> str:
    drawn = random.random()
    for share, spoil in (
        (odds.birth_missing, lambda text: ""),
        (odds.birth_year_only, lambda text: text[:4]),
        (odds.birth_swapped, _swapped),
        (odds.birth_slipped, lambda text: _slipped(text, random)),
    ):
        if drawn < share:
            return str(spoil(written))
        drawn -= share
    return written


def _death(written: str, odds: Odds, random: Random) -> str:
    drawn = random.random()
    if drawn < odds.death_missing:
        return ""
    return _slipped(written, random) if drawn < odds.death_missing + odds.death_slipped else written


def _place(written: str, odds: Odds, random: Random) -> str:
    drawn = random.random()
    if drawn < odds.place_missing:
        return ""
    only_province = drawn < odds.place_missing + odds.place_province_only
    return written.partition(",")[0] if only_province else written


def _swapped(written: str) -> str:
    """Day and month changed places, where that is a date."""
    if len(written) != 10 or int(written[8:]) > 12:
        return written
    return f"{written[:4]}-{written[8:]}-{written[5:7]}"


def _slipped(written: str, random: Random) -> str:
    """A few days or a year or two off."""
    if len(written) == 10:
        day = date.fromisoformat(written)
        days = random.choice((-365, 365, -730, -30, -10, -2, -1, 1, 2, 10, 30))
        return (day + timedelta(days=days)).isoformat()
    return str(int(written[:4]) + random.choice((-2, -1, 1, 2))) if len(written) == 4 else written
