"""Written dates, read into spans of days: what is written stays, precision is never invented."""

from __future__ import annotations

from sexton.dates.ages import AgeReading, age_at, read_age, span_from_age
from sexton.dates.compare import days_apart, overlap
from sexton.dates.lives import LifeRange, read_life_range
from sexton.dates.reading import read_date
from sexton.dates.spans import edtf_span
from sexton.dates.values import DateReading, Quality, Span

__all__ = [
    "AgeReading",
    "DateReading",
    "LifeRange",
    "Quality",
    "Span",
    "age_at",
    "days_apart",
    "edtf_span",
    "overlap",
    "read_age",
    "read_date",
    "read_life_range",
    "span_from_age",
]
