"""Dates in words: ``17 août 1944``, ``1er décembre 1943``, ``January 31, 1942``, ``осень 1944``.

A text is cut into words and figures; each gets a letter for what it is, and the row of letters
says what the date is. ``D`` one or two figures, ``Y`` four figures, ``M`` month, ``S`` season,
``W`` a word that is none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sexton.dates.layouts import century_years, from_edtf, from_parts
from sexton.dates.spans import edtf_span
from sexton.dates.values import DateReading, Quality, Span
from sexton.dates.vocabulary import (
    SEASONS,
    fold_word,
    meanings,
    months,
    nearest_month,
    roman_month,
)
from sexton.messages import N_, Message

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)*|[?~±]")
_LONGEST = 80

MISPRINTED_MONTH = N_("“%(word)s” is read as a misprint of the month.")
ONLY_THE_YEAR = N_("Only the year could be read.")
NO_YEAR = N_("No year is written.")
ABOUT = N_("The date is given as approximate.")
PERHAPS = N_("The date is given as uncertain.")
TWO_WINTERS = N_("A winter can be counted by its first or its second year.")


@dataclass(slots=True)
class _Parts:
    """The row of letters of a text, and what stands behind each."""

    shape: str = ""
    values: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    def add(self, letter: str, value: str) -> None:
        self.shape += letter
        self.values.append(value)

    def value(self, letter: str) -> str:
        return self.values[self.shape.index(letter)]


def _add_figures(parts: _Parts, token: str) -> None:
    parts.add("Y" if len(token) == 4 else "D" if len(token) <= 2 else "W", token)


def _add_word(parts: _Parts, token: str) -> None:
    word = fold_word(token)
    kinds = meanings().get(word, frozenset())
    if word in months() or (roman_month(token) and "D" in parts.shape):
        parts.add("M", str(months().get(word) or roman_month(token)))
    elif season := next((name for name in SEASONS if name in kinds), None):
        parts.add("S", str(21 + SEASONS.index(season)))
    elif "first" in kinds:
        parts.add("D", "1")
    elif marks := kinds & {"approximate", "uncertain", "before", "after", "unknown"}:
        parts.flags |= marks
    elif not kinds:
        parts.add("W", word)


def _cut(text: str) -> _Parts:
    parts = _Parts()
    for token in _TOKEN.findall(text):
        if token.isdecimal() and token.isascii():
            _add_figures(parts, token)
        elif token in "?~±":
            parts.flags.add("uncertain" if token == "?" else "approximate")
        else:
            _add_word(parts, token)
    return parts


def _day(written: str, parts: _Parts) -> DateReading | None:
    first, month = parts.value("D"), int(parts.value("M"))
    if parts.shape == "DMD":
        return from_parts(written, int(first), month, parts.values[2].zfill(2), swappable=False)
    return from_parts(written, int(first), month, parts.value("Y"), swappable=False)


def _figures_only(written: str, parts: _Parts) -> DateReading | None:
    day, month, year = parts.values
    return from_parts(written, int(day), int(month), year, swappable=True)


def _year_first(written: str, parts: _Parts) -> DateReading | None:
    year, month, day = parts.values
    return from_parts(written, int(day), int(month), year, swappable=False)


def _month(written: str, parts: _Parts) -> DateReading | None:
    month = int(parts.value("M"))
    if "Y" in parts.shape:
        return from_edtf(written, f"{parts.value('Y')}-{month:02d}", "partial")
    figures = parts.value("D")
    if int(figures) <= 31:
        return _unreadable(written, NO_YEAR)
    year = century_years(figures)[0]
    return from_edtf(written, f"{year}-{month:02d}", "partial")


def _season(written: str, parts: _Parts) -> DateReading | None:
    year, season = parts.value("Y"), parts.value("S")
    if season != "24":
        return from_edtf(written, f"{year}-{season}", "partial")
    before = edtf_span(f"{int(year) - 1:04d}-24")
    others: tuple[Span, ...] = (before,) if before else ()
    return from_edtf(written, f"{year}-24", "partial", Message(TWO_WINTERS), others)


def _year(written: str, parts: _Parts) -> DateReading | None:
    return from_edtf(written, parts.value("Y"), "partial")


_SHAPES = {
    "DMY": _day,
    "MDY": _day,
    "YMD": _day,
    "YDM": _day,
    "DMD": _day,
    "DDY": _figures_only,
    "YDD": _year_first,
    "MY": _month,
    "YM": _month,
    "MD": _month,
    "DM": _month,
    "SY": _season,
    "YS": _season,
    "Y": _year,
}


def _unreadable(written: str, note: str = "") -> DateReading:
    return DateReading(written, "", None, None, "unreadable", (), Message(note) if note else None)


def _misprint(written: str, parts: _Parts) -> DateReading | None:
    """A word that nearly is a month stands where the month belongs."""
    shape = parts.shape.replace("W", "M")
    if parts.shape.count("W") != 1 or "M" in parts.shape or shape not in _SHAPES:
        return None
    position = parts.shape.index("W")
    word = parts.values[position]
    month = nearest_month(word)
    if month is None:
        return None
    values = [*parts.values[:position], str(month), *parts.values[position + 1 :]]
    found = _SHAPES[shape](written, _Parts(shape, values))
    if found is None or found.quality == "unreadable":
        return None
    note = Message(MISPRINTED_MONTH, {"word": word})
    return from_edtf(written, found.edtf, "garbled", note, found.alternatives)


def _the_year_alone(written: str, parts: _Parts) -> DateReading | None:
    years = {
        value for letter, value in zip(parts.shape, parts.values, strict=True) if letter == "Y"
    }
    if len(years) != 1 or not 1000 <= int(next(iter(years))) <= 2999:
        return None
    return from_edtf(written, years.pop(), "garbled", Message(ONLY_THE_YEAR))


def _hedged(reading: DateReading, flags: set[str]) -> DateReading | None:
    """``vers 1910`` and ``avant 1944``: the words about the date change its span."""
    if reading.quality == "unreadable" or not flags:
        return reading
    edtf, note = reading.edtf, reading.note
    quality: Quality = reading.quality
    hedges = flags & {"approximate", "uncertain"}
    if hedges and "/" not in edtf and edtf[-1].isdecimal():
        mark = "%" if len(hedges) == 2 else "~" if "approximate" in hedges else "?"
        edtf, note = edtf + mark, Message(PERHAPS if mark == "?" else ABOUT)
        quality = _weaker(quality, "approximate")
    if flags & {"before", "after"} and "/" not in edtf:
        edtf = f"../{edtf}" if "before" in flags else f"{edtf}/.."
        quality = _weaker(quality, "partial")
    return from_edtf(reading.written, edtf, quality, note, reading.alternatives)


def _weaker(quality: Quality, than: Quality) -> Quality:
    return quality if quality in ("garbled", "approximate") else than


def read_phrase(written: str, text: str) -> DateReading:
    """The reading of a date in words; quality ``unreadable`` when there is none."""
    if len(text) > _LONGEST:
        return _unreadable(written)
    parts = _cut(text)
    read = _SHAPES.get(parts.shape)
    found = read(written, parts) if read else _misprint(written, parts)
    if found is None and not ("unknown" in parts.flags and not parts.shape):
        found = _the_year_alone(written, parts)
    if found is None:
        return _unreadable(written)
    return _hedged(found, parts.flags) or _unreadable(written)
