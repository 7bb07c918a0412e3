"""Days and years of a simulated life, drawn as tables say, as numbers and as text."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.simulate.tables import read_table

FIRST_DAY = date(1890, 1, 1)
LAST_DAY = date(1945, 12, 31)
END_OF_WAR = date(1945, 5, 9)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
_FIRST_YEAR, _YEARS = FIRST_DAY.year, LAST_DAY.year - FIRST_DAY.year + 1
# Texts of dates are numbered: the days, then the years alone, then nothing.
NO_DATE = DAYS + _YEARS

Days = NDArray[np.int32]
Mask = NDArray[np.bool_]


def number_of(day: date) -> int:
    """Days since ``FIRST_DAY``."""
    return (day - FIRST_DAY).days


def day_of(number: int) -> date:
    """The day of a number."""
    return FIRST_DAY + timedelta(days=int(number))


@cache
def date_texts() -> tuple[str, ...]:
    """The text of every number: "1941-06-22", then "1941" for the year alone, then ""."""
    days = (day_of(number).isoformat() for number in range(DAYS))
    years = (str(_FIRST_YEAR + number) for number in range(_YEARS))
    return (*days, *years, "")


@cache
def _calendar() -> tuple[Days, Days, Days]:
    """Year, month and day of the month of every number."""
    days = [day_of(number) for number in range(DAYS)]
    return (
        np.array([day.year for day in days], np.int32),
        np.array([day.month for day in days], np.int32),
        np.array([day.day for day in days], np.int32),
    )


def years_of(days: Days) -> Days:
    """The years of days."""
    return _calendar()[0][days]


def year_alone(days: Days) -> Days:
    """The numbers of the texts that say only the year of ``days``."""
    return (DAYS + years_of(days) - _FIRST_YEAR).astype(np.int32)


def first_of_year(days: Days) -> Days:
    """1 January of the year of each day."""
    return _year_starts()[years_of(days) - _FIRST_YEAR]


def first_of_month(days: Days) -> Days:
    """The first day of the month of each day."""
    return (days - _calendar()[2][days] + 1).astype(np.int32)


@cache
def _year_starts() -> Days:
    years = range(_FIRST_YEAR, _FIRST_YEAR + _YEARS)
    return np.array([number_of(date(year, 1, 1)) for year in years], np.int32)


def day_month_swapped(days: Days) -> Days:
    """Day and month exchanged where that is another date; else the same day."""
    year, month, day = (part[days] for part in _calendar())
    swapped = _month_starts()[(year - _FIRST_YEAR) * 12 + np.minimum(day, 12) - 1] + month - 1
    found: Days = np.where(day <= 12, swapped, days).astype(np.int32)
    return found


@cache
def _month_starts() -> Days:
    years = range(_FIRST_YEAR, _FIRST_YEAR + _YEARS)
    return np.array([number_of(date(y, m, 1)) for y in years for m in range(1, 13)], np.int32)


@cache
def birth_year_shares() -> dict[int, float]:
    """The chance of each year of birth; the years of one group share its chance evenly."""
    shares: dict[int, float] = {}
    for row in read_table("birth_years"):
        years = range(int(row["first"]), int(row["last"]) + 1)
        shares.update({year: float(row["share"]) / len(years) for year in years})
    whole = sum(shares.values())
    return {year: share / whole for year, share in shares.items()}


@cache
def _birth_days() -> tuple[Days, NDArray[np.float64]]:
    """First day of each year of birth, and the years' chances cumulated."""
    shares = birth_year_shares()
    starts = np.array([number_of(date(year, 1, 1)) for year in shares], np.int32)
    return starts, np.cumsum(list(shares.values()))


def draw_births(random: np.random.Generator, size: int) -> Days:
    """Days of birth by the age pyramid, every day of a year alike."""
    starts, cumulated = _birth_days()
    years = np.searchsorted(cumulated, random.random(size), side="right")
    first = starts[np.minimum(years, len(starts) - 1)]
    births: Days = first + random.integers(0, 365, size, np.int32)
    return births


@cache
def _spans(table: str, weight: str) -> tuple[Days, Days, NDArray[np.float64]]:
    rows = read_table(table)
    first = np.array([number_of(date.fromisoformat(row["first"])) for row in rows], np.int32)
    last = np.array([number_of(date.fromisoformat(row["last"])) for row in rows], np.int32)
    weights = np.array([float(row[weight]) for row in rows])
    return first, last, np.cumsum(weights / weights.sum())


def draw_days(random: np.random.Generator, size: int, table: str, weight: str) -> Days:
    """Days as common as the column ``weight`` of ``table`` says of their spans."""
    first, last, cumulated = _spans(table, weight)
    span = np.minimum(np.searchsorted(cumulated, random.random(size), side="right"), len(first) - 1)
    within = random.random(size) * (last[span] - first[span] + 1)
    return (first[span] + within).astype(np.int32)
