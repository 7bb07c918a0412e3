"""Dates in figures: ``02.04.1944``, ``3-11-1944``, ``23/10/1919``, ``17.VIII.44``, ``1944-08-17``.

The European order, day before month, is the default; the other order is kept as an alternative
wherever it is a date too, because clerks and spreadsheets swap the two. A year of two figures
from 00 to 59 is read in the 1900s; from 60 to 99 in the 1800s, with the 1900s as an alternative:
the dead of the two World Wars were born from the 1860s on.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from sexton.dates.spans import edtf_span, one_day
from sexton.dates.values import DateReading, Quality, Span
from sexton.dates.vocabulary import roman_month
from sexton.messages import N_, Message

CENTURY_PIVOT = 60

_DAY_FIRST = re.compile(
    r"(\d{1,2})\s?[./\-–,]\s?(\d{1,2}|[IVXivxХІхі]{1,4})\s?[./\-–,]\s?(\d{4}|['’]?\d{2})"
    r"\.?\s*(?:г\.?|года|году|р\.?|року|r\.?|roku)?",
    re.ASCII,
)
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})\.?", re.ASCII)
_MONTH_YEAR = re.compile(
    r"(?:(?:XX|xx|ХХ|хх|\?\??|--?|\.\.|0?0)[./\-])?(\d{1,2}|[IVXivxХІхі]{1,4})[./\-](\d{4})",
    re.ASCII,
)
_NEIGHBOURING_DAYS = re.compile(r"(\d{1,2})[-–/](\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_LOOKALIKES = str.maketrans({**dict.fromkeys("OoОо", "0"), **dict.fromkeys("IlІі|", "1"), "З": "3"})
_ONLY_FIGURES = re.compile(r"[\dOoОоIlІі|З]+(?:[./\-][\dOoОоIlІі|З]+){2}", re.ASCII)

SWAPPED = N_("Day and month may be swapped.")
MONTH_FIRST = N_("The month stands before the day.")
NO_SUCH_DAY = N_("There is no such day; only what is possible was read.")
LETTERS_FOR_FIGURES = N_("Letters stand where figures belong.")
CENTURY_INFERRED = N_("The century is not written.")


def century_years(figures: str) -> tuple[int, ...]:
    """The years that two figures (or four) can mean, the likelier first."""
    figures = figures.lstrip("'’")
    year = int(figures)
    if len(figures) == 4:
        return (year,)
    return (1900 + year,) if year < CENTURY_PIVOT else (1800 + year, 1900 + year)


def _valid(year: int, month: int, day: int) -> bool:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and day >= 1):
        return False
    return day <= 28 or day <= calendar.monthrange(year, month)[1]


def _what_is_possible(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else f"{year:04d}"


def from_edtf(
    written: str,
    edtf: str,
    quality: Quality,
    note: Message | None = None,
    alternatives: tuple[Span, ...] = (),
) -> DateReading | None:
    """A reading whose span is what its EDTF text means; None when that has no days."""
    span = edtf_span(edtf)
    if span is None:
        return None
    return DateReading(written, edtf, span.first, span.last, quality, alternatives, note)


def from_day(written: str, day: date, alternatives: tuple[Span, ...], note: str) -> DateReading:
    """A reading that is one day."""
    message = Message(note) if note else None
    return DateReading(written, day.isoformat(), day, day, "exact", alternatives, message)


def from_parts(
    written: str, day: int, month: int, figures: str, swappable: bool
) -> DateReading | None:
    """The reading of a day, a month and the figures of a year; None when no year is possible.

    ``swappable``: both stand in figures, so the other order is possible too.
    """
    year, *other_years = century_years(figures)
    if year < 1:
        return None
    note = "" if len(figures) == 4 else CENTURY_INFERRED
    days = [one_day(date(y, month, day)) for y in other_years if _valid(y, month, day)]
    if swappable and month != day and _valid(year, day, month):
        if not _valid(year, month, day):
            return from_day(written, date(year, day, month), (), MONTH_FIRST)
        days.insert(0, one_day(date(year, day, month)))
        note = note or SWAPPED
    if _valid(year, month, day):
        return from_day(written, date(year, month, day), tuple(days), note)
    if day == 0:
        return from_edtf(written, _what_is_possible(year, month), "partial")
    return from_edtf(written, _what_is_possible(year, month), "garbled", Message(NO_SUCH_DAY))


def _day_first(written: str, text: str) -> DateReading | None:
    match = _DAY_FIRST.fullmatch(text)
    if not match:
        return None
    roman = roman_month(match[2])
    if roman is None and not match[2].isdecimal():
        return None
    month = roman or int(match[2])
    return from_parts(written, int(match[1]), month, match[3], swappable=roman is None)


def _year_first(written: str, text: str) -> DateReading | None:
    match = _YEAR_FIRST.fullmatch(text)
    if not match:
        return None
    return from_parts(written, int(match[4]), int(match[3]), match[1], swappable=False)


def _month_and_year(written: str, text: str) -> DateReading | None:
    """``12.1944``, ``XII.1944`` and ``??.12.1944``: the day is not written."""
    match = _MONTH_YEAR.fullmatch(text)
    month = match and (roman_month(match[1]) or (match[1].isdecimal() and int(match[1])))
    if not match or not month or not 1 <= month <= 12:
        return None
    return from_edtf(written, f"{match[2]}-{month:02d}", "partial")


def _neighbouring_days(written: str, text: str) -> DateReading | None:
    """``24-25.12.1943``: one of two days, or from one to the other."""
    match = _NEIGHBOURING_DAYS.fullmatch(text)
    if not match:
        return None
    month = f"{match[4]}-{int(match[3]):02d}"
    return from_edtf(written, f"{month}-{int(match[1]):02d}/{month}-{int(match[2]):02d}", "partial")


def read_figures(written: str, text: str) -> DateReading | None:
    """The reading of a date in figures, or None when ``text`` has another layout."""
    reading = (
        _day_first(written, text)
        or _year_first(written, text)
        or _month_and_year(written, text)
        or _neighbouring_days(written, text)
    )
    if reading or not _ONLY_FIGURES.fullmatch(text):
        return reading
    repaired = text.translate(_LOOKALIKES)
    if repaired == text or not (match := _DAY_FIRST.fullmatch(repaired)):
        return None
    found = from_parts(written, int(match[1]), int(match[2]), match[3], swappable=True)
    if not found:
        return None
    return from_edtf(
        written, found.edtf, "garbled", Message(LETTERS_FOR_FIGURES), found.alternatives
    )
