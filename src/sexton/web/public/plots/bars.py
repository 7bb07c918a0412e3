"""Bars: lying ones for named things, standing ones for what follows in time."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sexton.web.public.plots.parts import (
    WIDTH,
    Bar,
    Plot,
    amount,
    ceiling,
    fill,
    frame,
    joined,
    legend,
    shortened,
    text,
)

LINE, THICK, NAME, NUMBER = 22, 13, 128, 44
# Longer names than this stand above their bars.
BESIDE, ABOVE, TALL = 17, 58, 34
HEIGHT, LEFT = 150, 28


def stacked(plot: Plot, bars: Sequence[Bar], possible: bool = False) -> SafeString:
    """Lying bars, the series one after the other; the number at the end is their sum.

    ``possible``: the last series is what may be as well, so the number gives both ends.
    """
    key, top = legend(plot, 2.0)
    above = any(len(bar.name) > BESIDE for bar in bars)
    left, line = (0, TALL) if above else (NAME, LINE)
    scale = (WIDTH - left - NUMBER) / max([sum(bar.values) for bar in bars], default=1)
    parts = [key]
    for number, bar in enumerate(bars):
        y = top + number * line
        if above:
            parts.append(text(0, y + 11, shortened(bar.name, ABOVE), "", bar.lang))
            y += 15
        else:
            parts.append(text(left - 8, y + 11, bar.name, "end", bar.lang))
        x = float(left)
        for series, value in enumerate(bar.values):
            if value:
                parts.append(_rect(plot, series, x, y, max(value * scale, 1), THICK))
            x += value * scale
        parts.append(text(x + 5, y + 11, _number(bar, possible)))
    if not above:
        parts.append(_axis(left, top - 3, left, top + len(bars) * line - 4))
    return frame(plot, top + len(bars) * line + 2, joined(parts))


def _number(bar: Bar, possible: bool) -> str:
    if possible and bar.values[-1]:
        return f"{amount(bar.values[0])}–{amount(sum(bar.values))}"
    return amount(sum(bar.values))


def columns(plot: Plot, bars: Sequence[Bar], marks: dict[int, str]) -> SafeString:
    """Standing bars, one for each step of time; ``marks`` are the words below, by position."""
    high = ceiling(max([sum(bar.values) for bar in bars], default=1))
    step = (WIDTH - LEFT - 4) / max(len(bars), 1)
    parts = [_level(high * share / 2, high) for share in range(3)]
    for position, bar in enumerate(bars):
        y = HEIGHT + 10.0
        for series, value in enumerate(bar.values):
            if value:
                tall = value * HEIGHT / high
                y -= tall
                x = LEFT + position * step + step * 0.1
                parts.append(_rect(plot, series, x, y, step * 0.8, tall))
    for position, words in marks.items():
        x = LEFT + position * step
        parts.append(_axis(x, HEIGHT + 10, x, HEIGHT + 16))
        parts.append(text(x + 3, HEIGHT + 24, words))
    return frame(plot, HEIGHT + 30, joined(parts))


def _level(value: float, high: int) -> SafeString:
    y = HEIGHT + 10 - value * HEIGHT / high
    words = amount(int(value)) if value == int(value) else ""
    return joined([_axis(LEFT, y, WIDTH, y), text(LEFT - 5, y + 4, words, "end")])


def _axis(x: float, y: float, to_x: float, to_y: float) -> SafeString:
    ends = (f"{number:.1f}" for number in (x, y, to_x, to_y))
    return format_html('<path class="axis" d="M{} {}L{} {}"/>', *ends)


def _rect(plot: Plot, series: int, x: float, y: float, wide: float, tall: float) -> SafeString:
    box = (f"{number:.1f}" for number in (x, y, wide, tall))
    return format_html('<rect x="{}" y="{}" width="{}" height="{}" {}/>', *box, fill(plot, series))
