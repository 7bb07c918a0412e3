"""Days, months and years as addresses: ``1944-04-01``, ``1944-04``, ``1944``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sexton.dates import edtf_span, read_date

_WRITTEN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
LEVELS = {4: "year", 7: "month", 10: "day"}
_LONGEST = {"day": 31, "month": 366}


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year, by its EDTF text, with its first and last day."""

    edtf: str
    first: date
    last: date

    @property
    def level(self) -> str:
        return LEVELS[len(self.edtf)]

    @property
    def above(self) -> Period | None:
        """The month of a day, the year of a month."""
        return read_period(self.edtf[:-3]) if self.level != "year" else None

    @property
    def longest(self) -> int | None:
        """The longest span, in days, that is still told on the page of this period."""
        return _LONGEST.get(self.level)

    def holds(self, first: date, last: date) -> bool:
        return self.first <= first and last <= self.last


def read_period(text: str) -> Period | None:
    """The period with this address; None for anything else, a 31st of April too."""
    if not _WRITTEN.fullmatch(text) or text.startswith("0000"):
        return None
    span = edtf_span(text)
    # Months of 21 to 24 are seasons in EDTF.
    if span is None or (len(text) > 4 and not 1 <= int(text[5:7]) <= 12):
        return None
    return Period(text, span.first, span.last)


def written_period(text: str) -> Period | None:
    """The period that somebody means who writes ``text``, in any way that a source could."""
    reading = read_date(text)
    return read_period(reading.edtf.rstrip("~?%")) if reading else None
