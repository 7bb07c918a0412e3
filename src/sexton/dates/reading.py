"""``read_date``: one written date, in any layout this package knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sexton.dates.layouts import from_edtf, from_parts, read_figures
from sexton.dates.phrases import read_phrase
from sexton.dates.spans import edtf_span
from sexton.dates.values import DateReading, Quality, Span
from sexton.dates.vocabulary import fold_word, meanings
from sexton.messages import N_, Message

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?", re.ASCII)
_SHORT_RANGE = re.compile(r"(\d{2})(\d{2})\s?[-–—/]\s?(\d{2})", re.ASCII)
_SPACED_RANGE = re.compile(r"(.{4,}?)(?:\s+[-–—]\s+|[–—]|\s*/\s*)(.{4,})")
_YEAR_RANGE = re.compile(r"(\d{4})\s?-\s?(\d{4})", re.ASCII)
_YEAR_BEFORE_OR_AFTER = re.compile(r"(\d{4})\s?[-–—]\s?(?:\.{2,3}|…|\?)?", re.ASCII)
_MAYBE_EDTF = re.compile(r"[\d\[{.Y?~%-][-+?~%.:,/{}\[\]\dXYESTZ]*", re.ASCII)
_LONGEST = 200

RANGE = N_("A range of dates is written.")
NO_DAY = N_("The day or month is not in the calendar; only what is possible was read.")
EARLIER_FIRST = N_("The range is written with the later date first.")
SEASON_OR_YEARS = N_("This can be a season of the year or a range of years.")


def _iso(written: str, text: str) -> DateReading | None:
    match = _ISO_DAY.fullmatch(text)
    if not match:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return from_parts(written, int(match[3]), int(match[2]), match[1], swappable=False)
    return DateReading(written, day.isoformat(), day, day, "exact")


def _edtf_quality(text: str, span: Span) -> Quality:
    if any(mark in text for mark in "~?%"):
        return "approximate"
    return "exact" if span.is_full else "partial"


def _edtf(written: str, text: str) -> DateReading | None:
    """``text`` as EDTF; ``1921-24`` is a winter there, and can be meant for 1921 to 1924."""
    if not _MAYBE_EDTF.fullmatch(text):
        return None
    span = edtf_span(text)
    if span is None:
        return None
    years = _short_range(written, text)
    others = years.spans if years else ()
    note = Message(SEASON_OR_YEARS) if others else None
    return DateReading(
        written, text, span.first, span.last, _edtf_quality(text, span), others, note
    )


def _short_range(written: str, text: str) -> DateReading | None:
    """``1942-44``: the second year is written with two figures (13 or more: not a month)."""
    match = _SHORT_RANGE.fullmatch(text)
    if not match or int(match[3]) <= max(12, int(match[2])):
        return None
    edtf = f"{match[1]}{match[2]}/{match[1]}{match[3]}"
    return from_edtf(written, edtf, "partial", Message(RANGE))


def _years(written: str, text: str) -> DateReading | None:
    """``1915-1944`` and ``1918-...``: years, or the years of a life."""
    if match := _YEAR_BEFORE_OR_AFTER.fullmatch(text):
        return from_edtf(written, f"{match[1]}/..", "partial", Message(RANGE))
    match = _YEAR_RANGE.fullmatch(text)
    if not match:
        return _short_range(written, text)
    return _from_to(written, _single(match[1], match[1]), _single(match[2], match[2]))


def _from_to(written: str, left: DateReading, right: DateReading) -> DateReading | None:
    """The range of two readings, the earlier first; None unless both can be read."""
    if left.first is None or right.last is None or "/" in left.edtf + right.edtf:
        return None
    note = RANGE
    if right.first is not None and right.first < left.first:
        left, right, note = right, left, EARLIER_FIRST
    hedged: Quality = "approximate" if "approximate" in (left.quality, right.quality) else "partial"
    quality: Quality = "garbled" if "garbled" in (left.quality, right.quality) else hedged
    return from_edtf(written, f"{left.edtf}/{right.edtf}", quality, Message(note))


def _split_by_word(text: str) -> tuple[str, str] | None:
    """Cut ``entre 1942 et 1944`` or ``mai bis juli 1943`` at the word between."""
    words = text.split()
    for position in range(1, len(words) - 1):
        if "until" in meanings().get(fold_word(words[position]), ()):
            left = [
                w for w in words[:position] if "between" not in meanings().get(fold_word(w), ())
            ]
            return " ".join(left), " ".join(words[position + 1 :])
    return None


def _range(written: str, text: str) -> DateReading | None:
    match = _SPACED_RANGE.fullmatch(text)
    halves = (match[1], match[2]) if match else _split_by_word(text)
    if not halves:
        return None
    left, right = (_single(half.strip(), half.strip()) for half in halves)
    if "garbled" in (left.quality, right.quality):
        return None
    return _from_to(written, left, right)


def _single(written: str, text: str) -> DateReading:
    return (
        _iso(written, text)
        or read_figures(written, text)
        or _edtf(written, text)
        or read_phrase(written, text)
    )


def _read(written: str) -> DateReading:
    text = " ".join(written.split())
    if len(text) > _LONGEST:
        return DateReading(written, "", None, None, "unreadable")
    found = _iso(written, text) or read_figures(written, text)
    if found:
        return found
    return (
        _edtf(written, text)
        or _years(written, text)
        or _range(written, text)
        or read_phrase(written, text)
    )


@lru_cache(maxsize=1 << 17)
def _read_cached(written: str) -> DateReading | None:
    if not written.strip():
        return None
    found = _read(written)
    return found if found.written == written else replace(found, written=written)


def read_date(written: str | None) -> DateReading | None:
    """Read one date cell as written, in whatever layout; None for an empty cell.

    Layouts: EDTF (ISO 8601-2), figures in the European order (the other order is kept among the
    alternatives), words in eight languages, seasons, ranges, "about", "before" and "after". Never
    raises; what cannot be read has quality ``unreadable`` and keeps ``written``.
    """
    return _read_cached(written) if written else None
