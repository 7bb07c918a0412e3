"""From an EDTF text (ISO 8601-2:2019) to the span of days it can mean.

The shapes that registers are full of (a day, a month, a year, with or without ``~`` and ``?``,
seasons, intervals, ``X`` for digits not known) are read here, because a list of 100,000 rows
calls this for every cell. Everything else of the standard goes to the ``edtf`` library.

How far "about" reaches is a rule of this project, since the standard leaves it open: two years
to each side of a year, a month of a month or season, three days of a day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from sexton.dates.values import Span

_SIMPLE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_MASKED = re.compile(r"(\d{2}XX|\d{3}X|\d{4}-XX|\d{4}-XX-XX|\d{4}-\d\d-XX)([~?%]?)", re.ASCII)
_LIKE_EDTF = re.compile(r"[-+?~%.:,/{}\[\]\dXYESTZ]*\d[-+?~%.:,/{}\[\]\dXYESTZ]*", re.ASCII)
_LONGEST = 64
_SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def season_span(year: int, season: int) -> tuple[date, date]:
    """Three whole months from March, June, September or December (21 spring … 24 winter).

    A winter is counted by the year of its December.
    """
    start = _SEASON_START[season]
    if season == 24:
        last = month_span(year + 1, 2)[1] if year < date.max.year else date.max
        return date(year, 12, 1), last
    return date(year, start, 1), month_span(year, start + 2)[1]


def _shift(day: date, days: int) -> date:
    """``day`` moved by ``days``, stopping at the ends of the calendar."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def _shift_years(day: date, years: int) -> date:
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _widen(span: tuple[date, date], parts: int) -> tuple[date, date]:
    first, last = span
    if parts == 1:
        return _shift_years(first, -2), _shift_years(last, 2)
    days = 31 if parts == 2 else 3
    return _shift(first, -days), _shift(last, days)


def _simple(match: re.Match[str]) -> tuple[date, date] | None:
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            single = date(year, int(month), int(day))
            span, parts = (single, single), 3
        elif month and int(month) in _SEASON_START:
            span, parts = season_span(year, int(month)), 2
        elif month:
            span, parts = month_span(year, int(month)), 2
        else:
            span, parts = (date(year, 1, 1), date(year, 12, 31)), 1
    except (ValueError, calendar.IllegalMonthError):
        return None
    return _widen(span, parts) if match[4] in ("~", "%") else span


def _masked(match: re.Match[str]) -> tuple[date, date] | None:
    text, mark = match[1], match[2]
    if "-" in text:
        plain = text.replace("-XX", "")
        return _span_days(plain + mark)
    low, high = int(text.replace("X", "0")), int(text.replace("X", "9"))
    if low < 1:
        return None
    span = date(low, 1, 1), date(high, 12, 31)
    return _widen(span, 1) if mark in ("~", "%") else span


def _library(text: str) -> tuple[date, date] | None:
    """Levels 1 and 2 of the standard that the fast paths leave out."""
    if len(text) > _LONGEST or not _LIKE_EDTF.fullmatch(text):
        return None
    from edtf import parse_edtf

    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_fuzzy(), parsed.upper_fuzzy()
        first, last = date(*low[:3]), date(*high[:3])
    except Exception:  # The library raises whatever its grammar runs into; the cell is not EDTF.
        return None
    return (first, last) if first <= last else None


def _side(text: str, end: date) -> tuple[date, date] | None:
    return (end, end) if text in ("..", "") else _span_days(text)


def _interval(text: str) -> tuple[date, date] | None:
    left, _, right = text.partition("/")
    if left in ("..", "") and right in ("..", ""):
        return None
    start, end = _side(left, date.min), _side(right, date.max)
    if start is None or end is None or "/" in right or start[0] > end[1]:
        return None
    return start[0], end[1]


def _span_days(text: str) -> tuple[date, date] | None:
    if match := _SIMPLE.fullmatch(text):
        return _simple(match)
    if "/" in text:
        return _interval(text)
    if match := _MASKED.fullmatch(text):
        return _masked(match)
    return _library(text)


@lru_cache(maxsize=1 << 15)
def edtf_span(text: str) -> Span | None:
    """The days an EDTF text can mean, or None when it is not EDTF or lies outside the calendar.

    Years before 1 and after 9999 have no days in Python's calendar and are not read.
    """
    days = _span_days(text)
    return Span(text, *days) if days else None


def one_day(day: date) -> Span:
    """The span of a single day."""
    return Span(day.isoformat(), day, day)
