"""Ages: how old a man was, as written, and what an age says of the birth date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from sexton.dates.values import DateReading, Span

OLDEST = 120

_ABOUT = (
    r"(?P<about>env(?:iron|\.)?|vers|ca?\.|circa|um|etwa|ongeveer|about|around|~"
    r"|ок(?:оло|\.)|około)?"
)
_YEAR_WORDS = r"ans?|years?|yrs?|jahren?|jaar|jahre?|j|лет|год(?:а|ов)?|років|роки?|lata?|lat"
_STATED = re.compile(
    rf"\b(?:aged|age|âgé(?:e)?\s+de|âge|alter|im\s+alter\s+von|leeftijd|oud|возраст[еа]?|в\s+возрасте|wiek)"
    rf"\s*:?\s*(?:of\s+)?{_ABOUT}\s*(?P<low>\d{{1,3}})(?:\s*[-–]\s*(?P<high>\d{{1,3}}))?\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"{_ABOUT}\s*\b(?P<low>\d{{1,3}})(?:\s*[-–]\s*(?P<high>\d{{1,3}}))?\s*(?:{_YEAR_WORDS})\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:in\s+his|in\s+her|dans\s+sa|im|in\s+zijn|на)\s+(?P<nth>\d{1,3})\.?\s*"
    r"(?:st|nd|rd|th|e|ème|ste|de|-?м)?\s+(?:year|année|lebensjahr|levensjaar|году)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AgeReading:
    """An age in completed years, ``low`` to ``high`` inclusive, as ``written``."""

    written: str
    low: int
    high: int


def _ordinal(written: str) -> AgeReading | None:
    match = _ORDINAL.search(written)
    nth = int(match["nth"]) if match else 0
    return AgeReading(written, nth - 1, nth - 1) if 1 <= nth <= OLDEST else None


def read_age(written: str) -> AgeReading | None:
    """The age in a text such as ``age 29``, ``35 ans``, ``29 лет``, ``in his 19th year`` (18).

    "About" leaves two years to each side. None when no age up to 120 is written. A bare number
    is no age: the caller knows whether its column holds ages.
    """
    match = _STATED.search(written) or _COUNTED.search(written)
    if not match:
        return _ordinal(written)
    low, high = int(match["low"]), int(match["high"] or match["low"])
    if not low <= high <= OLDEST:
        return None
    slack = 2 if match["about"] else 0
    return AgeReading(written, max(0, low - slack), high + slack)


def _years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 29 February becomes 28 February where it must."""
    year = max(day.year - years, date.min.year)
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _ends(on: date | DateReading) -> tuple[date, date] | None:
    if isinstance(on, date):
        return on, on
    return (on.first, on.last) if on.first is not None and on.last is not None else None


def span_from_age(age: int | AgeReading, on: date | DateReading) -> Span | None:
    """The days on which a person of that ``age`` on the day ``on`` can have been born.

    ``age`` is in completed years; None when ``on`` could not be read.
    """
    ends = _ends(on)
    if ends is None:
        return None
    low, high = (age, age) if isinstance(age, int) else (age.low, age.high)
    first = _years_before(ends[0], high + 1)
    first = min(first + timedelta(days=1), date.max)
    last = _years_before(ends[1], low)
    return Span(f"{first.isoformat()}/{last.isoformat()}", first, max(first, last))


def _completed_years(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_at(birth: DateReading, death: DateReading) -> tuple[int, int] | None:
    """Youngest and oldest age in completed years that two readings allow; None if one is unread.

    A death before the birth gives negative numbers.
    """
    born, died = _ends(birth), _ends(death)
    if born is None or died is None:
        return None
    return _completed_years(born[1], died[0]), _completed_years(born[0], died[1])
