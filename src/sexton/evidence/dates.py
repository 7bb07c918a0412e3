"""What two dates say: agreement is worth more the rarer it is, a slip is likelier than chance."""

from __future__ import annotations

from datetime import date
from math import log2
from typing import NamedTuple

from sexton.dates import DateReading
from sexton.evidence.model import FieldEvidence, Shares
from sexton.evidence.rules import Rules
from sexton.messages import N_, Message

DAYS_OF_A_YEAR = 365.25
# That all years are alike counts like as many counted births.
_EVEN_RECORDS = 100.0
# Dates further apart than this are less often one man's: a slip is of days, months or few years.
YEARS_APART = 5


class _Level(NamedTuple):
    """How two dates agree: the chance of it for one man (m) and for two (u), and the sentence."""

    name: str
    m: float
    u: float
    text: str


class _Span(NamedTuple):
    first: date
    last: date
    days: int


def _span(reading: DateReading) -> _Span | None:
    first, last = reading.first, reading.last
    if first is None or last is None:
        return None
    return _Span(first, last, 1 if first == last else (last - first).days + 1)


def _gap(a: _Span, b: _Span) -> int:
    """Days between two spans; 0 when they overlap."""
    if a.last < b.first:
        return (b.first - a.last).days
    return (a.first - b.last).days if b.last < a.first else 0


def _parts_shared(a: date, b: date) -> int:
    return (a.year == b.year) + (a.month == b.month) + (a.day == b.day)


def _years_apart(a: _Span, b: _Span) -> bool:
    """Whether both are days, and so far apart that hardly a slip explains it."""
    return a.days == b.days == 1 and _far(a, b)


def _far(a: _Span, b: _Span) -> bool:
    return _gap(a, b) > YEARS_APART * DAYS_OF_A_YEAR


def _swapped(a: DateReading, b: DateReading) -> bool:
    x, y = a.first, b.first
    return bool(x and y and x.year == y.year and (x.month, x.day) == (y.day, y.month))


def _level(rules: Rules, name: str, u: float, text: str) -> _Level:
    section, _, level = name.partition(".")
    return _Level(name, rules.value(section, level), u, text)


def _evidence(field: str, level: _Level, left: DateReading, right: DateReading) -> FieldEvidence:
    message = Message(level.text, {"left": left.written, "right": right.written})
    copied = left.written == right.written
    bits = log2(level.m / min(level.u, 1.0))
    return FieldEvidence(field, bits, message, left.written, right.written, copied, level.name)


_BORN = {
    "same": N_("Born on the same day: %(left)s and %(right)s."),
    "swapped": N_("Born on the same day if day and month changed places: %(left)s and %(right)s."),
    "may": N_("The birth dates can be the same: %(left)s and %(right)s."),
    "part": N_("The birth dates differ in one part only: %(left)s and %(right)s."),
    "year": N_("The years of birth are one apart: %(left)s and %(right)s."),
    "sameyear": N_("The same year of birth, another day: %(left)s and %(right)s."),
    "differ": N_("The birth dates differ: %(left)s and %(right)s."),
    "apart": N_("The birth dates are many years apart: %(left)s and %(right)s."),
}
_DIED = {
    "same": N_("Died on the same day: %(left)s and %(right)s."),
    "late": N_(
        "The dates of death are days apart, as when one is of the registration: "
        "%(left)s and %(right)s."
    ),
    "may": N_("The dates of death can be the same: %(left)s and %(right)s."),
    "part": N_("The dates of death differ in one part only: %(left)s and %(right)s."),
    "differ": N_("The dates of death differ: %(left)s and %(right)s."),
    "apart": N_("The dates of death are many years apart: %(left)s and %(right)s."),
}


def year_share(year: int, shares: Shares, rules: Rules) -> float:
    """The share of men born in a year: counted, the rules' even spread counting like a hundred."""
    even = 1 / rules.value("birth", "years")
    count = shares.share("birth_year", "all", 0.0)
    counted = shares.share("birth_year", str(year), 0.0)
    return (counted + even * _EVEN_RECORDS) / (count + _EVEN_RECORDS)


def _birth_level(
    left: DateReading, right: DateReading, a: _Span, b: _Span, share: float, rules: Rules
) -> _Level:
    """``share``: of men born in that year."""
    days = DAYS_OF_A_YEAR / share
    both_full = a.days == 1 and b.days == 1
    if both_full and a.first == b.first:
        return _level(rules, "birth.same_day", 1 / days, _BORN["same"])
    if _gap(a, b) == 0:
        chance = (a.days + b.days - 1) / days
        return _level(rules, "birth.same_year", chance, _BORN["may"])
    if both_full and _swapped(left, right):
        return _level(rules, "birth.swapped", 1 / days, _BORN["swapped"])
    if both_full and _parts_shared(a.first, b.first) == 2:
        return _level(rules, "birth.one_part_off", 72 / days, _BORN["part"])
    if both_full and a.first.year == b.first.year:
        return _level(rules, "birth.same_year_other_day", share, _BORN["sameyear"])
    if not both_full and abs(a.first.year - b.first.year) <= 1:
        return _level(rules, "birth.year_off_by_one", 2 * share, _BORN["year"])
    coarse = "" if both_full else "_coarse"
    name, text = ("years_apart", "apart") if _far(a, b) else ("differs", "differ")
    share = rules.value("birth", f"{name}{coarse}_share")
    return _level(rules, f"birth.{name}{coarse}", share, _BORN[text])


def compare_births(
    left: DateReading, right: DateReading, shares: Shares, rules: Rules
) -> FieldEvidence | None:
    """Evidence of two birth dates; None when one of them cannot be read."""
    a, b = _span(left), _span(right)
    if a is None or b is None:
        return None
    years = {a.first.year, b.first.year}
    share = max([year_share(year, shares, rules) for year in years])
    return _evidence("birth_date", _birth_level(left, right, a, b, share, rules), left, right)


def _death_level(a: _Span, b: _Span, chances: tuple[float, float], rules: Rules) -> _Level:
    days = rules.value("death", "days")
    share, near = chances
    both_full = a.days == 1 and b.days == 1
    if both_full and a.first == b.first:
        return _level(rules, "death.same_day", share, _DIED["same"])
    gap = _gap(a, b)
    if gap == 0:
        chance = max((a.days + b.days - 1) / days, share)
        return _level(rules, "death.same_year_or_month", chance, _DIED["may"])
    if gap <= 3:
        return _level(rules, "death.days_late", near, _DIED["late"])
    if both_full and _parts_shared(a.first, b.first) == 2:
        return _level(rules, "death.one_part_off", 36 / days, _DIED["part"])
    if _years_apart(a, b):
        return _level(rules, "death.years_apart", 0.9, _DIED["apart"])
    name = "death.differs" if both_full else "death.differs_coarse"
    return _level(rules, name, 0.9, _DIED["differ"])


def compare_deaths(
    left: DateReading, right: DateReading, chances: tuple[float, float], rules: Rules
) -> FieldEvidence | None:
    """Evidence of two dates of death; ``chances`` are those of two men to have died on the day of
    ``left``, and within three days of it."""
    a, b = _span(left), _span(right)
    if a is None or b is None:
        return None
    return _evidence("death_date", _death_level(a, b, chances, rules), left, right)


def death_share_bases(rules: Rules) -> tuple[float, float]:
    """``chances`` when nothing was counted: a day, and the six days round it."""
    days = rules.value("death", "days")
    return 1 / days, 6 / days


_ITS_TIME = N_("He died when those of this list died: %(right)s.")
_ANOTHER_TIME = N_("Hardly anyone of this list died at that time: %(right)s.")


def quarter(day: date) -> str:
    """The quarter of a year, as a key for counting deaths: "1943-4"."""
    return f"{day.year}-{(day.month + 2) // 3}"


def compare_with_deaths_of_list(
    right: DateReading, shares: Shares, rules: Rules
) -> FieldEvidence | None:
    """Evidence of a date of death beside a record that states none, from those of its list.

    Who lies in cemeteries that were laid out in 1942 did not die in 1941. The quarters of both
    lists were counted; None where they were not. Some of the list may have died at any time.
    """
    span = _span(right)
    if span is None or quarter(span.first) != quarter(span.last):
        return None
    when = quarter(span.first)
    u = shares.share("died_right", when, 0.0)
    if u <= 0:
        return None
    other = rules.value("death", "other_period")
    m = (1 - other) * shares.share("died_left", when, 0.0) + other * u
    bits = log2(m / u)
    message = Message(_ITS_TIME if bits > 0 else _ANOTHER_TIME, {"right": right.written})
    return FieldEvidence("death_date", bits, message, "", right.written)
