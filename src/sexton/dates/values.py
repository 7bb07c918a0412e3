"""What a written date means: a span of days, never more than the writing allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sexton.messages import Message

Quality = Literal["exact", "partial", "approximate", "garbled", "unreadable"]


@dataclass(frozen=True, slots=True)
class Span:
    """The days ``first`` to ``last``, both inclusive, with their EDTF text (ISO 8601-2).

    An open side of an interval is ``date.min`` or ``date.max``.
    """

    edtf: str
    first: date
    last: date

    @property
    def is_full(self) -> bool:
        """Whether the span is a single day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as ``written``, its EDTF text, and the days ``first`` to ``last`` it can mean.

    quality: ``exact`` one day; ``partial`` a month, a year or a range; ``approximate`` said to be
    about or perhaps; ``garbled`` the writing is broken but still says this; ``unreadable`` then
    ``edtf`` is "" and there is no span. ``alternatives`` are other spans the same writing can
    mean, less likely than the reading itself. ``note`` says what was unusual, or is None.
    """

    written: str
    edtf: str
    first: date | None
    last: date | None
    quality: Quality
    alternatives: tuple[Span, ...] = ()
    note: Message | None = field(default=None, compare=False)

    @property
    def is_full(self) -> bool:
        """Whether the reading is a single day."""
        return self.first is not None and self.first == self.last

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of the span; None when nothing could be read."""
        if self.first is None or self.last is None:
            return None
        return self.first.year, self.last.year

    @property
    def spans(self) -> tuple[Span, ...]:
        """The reading's own span, then the alternatives; empty when unreadable."""
        if self.first is None or self.last is None:
            return ()
        return (Span(self.edtf, self.first, self.last), *self.alternatives)
