"""The evidence on a candidate as a waterfall: bars that begin where the one before ended.

Pure: it knows no database. Bits are shown in tenths, and the tenths shown add up to the total
shown: each part is rounded up or down so that nobody who adds them finds another number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 100.0
THINNEST = 0.6
"""A bar of no bits is still seen, as a line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of the sum: ``kind`` is prior, field, searched or total; ``bits`` as shown.

    ``x`` and ``width`` are where the bar stands in a drawing ``WIDTH`` wide. ``message`` is the
    sentence of a field as the evidence keeps it, ``left`` and ``right`` what the two rows say.
    """

    kind: str
    bits: float
    x: float
    width: float
    field: str = ""
    message: Mapping[str, Any] | None = None
    left: str = ""
    right: str = ""

    @property
    def side(self) -> str:
        """Whether it speaks for one man, against it, or neither."""
        return "for" if self.bits > 0 else "against" if self.bits < 0 else "neither"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All bars, the total last; ``zero`` is where no bits at all would be."""

    bars: tuple[Bar, ...]
    zero: float

    @property
    def total(self) -> Bar:
        return self.bars[-1]

    @property
    def parts(self) -> tuple[Bar, ...]:
        return self.bars[:-1]

    @property
    def speaking_for(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.kind == "field" and bar.side == "for"]

    @property
    def speaking_against(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.kind == "field" and bar.side == "against"]


def tenths(parts: Sequence[float]) -> list[int]:
    """Parts in tenths whose sum is the rounded sum, each less than one tenth from its own value.

    By largest remainders: all are rounded down, then those that lost most get a tenth each.
    """
    exact = [part * 10 for part in parts]
    down = [math.floor(value) for value in exact]
    missing = round(math.fsum(exact)) - sum(down)
    losers = sorted(range(len(exact)), key=lambda at: down[at] - exact[at])
    for at in losers[:missing]:
        down[at] += 1
    return down


def waterfall(prior: float, evidence: Sequence[Mapping[str, Any]], searched: float) -> Waterfall:
    """The bars of a candidate: his prior, each field of the evidence, failed searches, the total.

    ``evidence`` is that of the table of candidates (field, bits, message, left, right). Searches
    are a bar only where there were any.
    """
    exact = [prior, *(float(item["bits"]) for item in evidence), *([searched] if searched else [])]
    shown = [tenth / 10 for tenth in tenths(exact)]
    ends = [0.0]
    for bits in shown:
        ends.append(round(ends[-1] + bits, 1))
    low, high = min(ends), max(ends)
    scale = WIDTH / ((high - low) or 1.0)

    def bar(kind: str, start: float, end: float, **told: Any) -> Bar:
        x, width = (min(start, end) - low) * scale, abs(end - start) * scale
        width = max(width, THINNEST)
        x = min(x, WIDTH - width)
        return Bar(kind, round(end - start, 1), round(x, 2), round(width, 2), **told)

    bars = [bar("prior", ends[0], ends[1])]
    for at, item in enumerate(evidence, 1):
        told = {name: item[name] for name in ("field", "message", "left", "right")}
        bars.append(bar("field", ends[at], ends[at + 1], **told))
    if searched:
        bars.append(bar("searched", ends[-2], ends[-1]))
    bars.append(bar("total", 0.0, ends[-1]))
    return Waterfall(tuple(bars), round(-low * scale, 2))
