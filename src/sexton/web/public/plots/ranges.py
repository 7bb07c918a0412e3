"""Shares with the limits between which they lie, each beside a second mark: told and come true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sexton.web.public.plots.parts import WIDTH, Plot, frame, joined, text

HEIGHT, LEFT, TOP = 150, 44, 46


@dataclass(frozen=True, slots=True)
class Span:
    """A share (0 to 1) with its limits; ``mark`` is the second share."""

    low: float
    share: float
    high: float
    mark: float


def ranges(
    plot: Plot,
    spans: Sequence[tuple[str, Span | None]],
    levels: Sequence[tuple[float, str]],
) -> SafeString:
    """A dot with its limits and an open square for each span above its name; none for None.

    ``plot.series`` names the dot and the square; ``levels`` are the lines across, with their words.
    """
    step = (WIDTH - LEFT) / max(len(spans), 1)
    parts = [_level(level, words) for level, words in levels]
    for y, mark, words in ((10, _dot, plot.series[0]), (28, _square, plot.series[1])):
        parts += [mark(10, y), text(24, y + 4, words)]
    for position, (name, span) in enumerate(spans):
        x = LEFT + (position + 0.5) * step
        parts.append(text(x, TOP + HEIGHT + 18, name, "middle"))
        if span is not None:
            parts += [_whisker(x, span), _dot(x, _y(span.share)), _square(x + 12, _y(span.mark))]
    return frame(plot, TOP + HEIGHT + 24, joined(parts))


def _y(share: float) -> float:
    return TOP + HEIGHT * (1 - share)


def _whisker(x: float, span: Span) -> SafeString:
    low, high, left = f"{_y(span.low):.1f}", f"{_y(span.high):.1f}", f"{x - 4:.1f}"
    path = '<path class="whisker" d="M{} {}V{}M{} {}h8M{} {}h8"/>'
    return format_html(path, f"{x:.1f}", low, high, left, low, left, high)


def _dot(x: float, y: float) -> SafeString:
    return format_html('<circle class="dot" cx="{}" cy="{}" r="3.5"/>', f"{x:.1f}", f"{y:.1f}")


def _square(x: float, y: float) -> SafeString:
    corner = f"{x - 3.5:.1f}", f"{y - 3.5:.1f}"
    return format_html('<rect class="open" x="{}" y="{}" width="7" height="7"/>', *corner)


def _level(share: float, words: str) -> SafeString:
    y = _y(share)
    path = format_html('<path class="axis" d="M{} {}H{}"/>', LEFT, f"{y:.1f}", WIDTH)
    return joined([path, text(LEFT - 5, y + 4, words, "end")])
