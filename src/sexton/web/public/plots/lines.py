"""Lines: how something grew, one line for each series, told apart by their dashes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sexton.web.public.plots.parts import WIDTH, Bar, Plot, amount, ceiling, frame, joined, text

HEIGHT, LEFT, RIGHT = 150, 44, 6
LINE = 18


def lines(plot: Plot, points: Sequence[Bar], marks: dict[int, str]) -> SafeString:
    """A line for each series through ``points``, each with a mark where it stands."""
    top = 4.0 + LINE * len(plot.series)
    high = ceiling(max([max(point.values) for point in points], default=1))
    step = (WIDTH - LEFT - RIGHT) / max(len(points) - 1, 1)
    parts = [_level(high * share / 2, high, top) for share in range(3)]
    for series, name in enumerate(plot.series):
        spots = [
            (LEFT + position * step, top + HEIGHT - point.values[series] * HEIGHT / high)
            for position, point in enumerate(points)
        ]
        parts.append(_line(series, spots))
        y = 10 + series * LINE
        parts.append(_line(series, [(2.0, y - 4.0), (30.0, y - 4.0)]))
        parts.append(text(38, y, name))
    for position, words in marks.items():
        x = LEFT + position * step
        parts.append(text(min(x, WIDTH - 60), top + HEIGHT + 16, words))
    return frame(plot, top + HEIGHT + 22, joined(parts))


def _line(series: int, spots: Sequence[tuple[float, float]]) -> SafeString:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dots = joined(
        format_html('<circle class="dot" cx="{}" cy="{}" r="2.5"/>', f"{x:.1f}", f"{y:.1f}")
        for x, y in spots
    )
    return format_html('<path class="line d{}" d="{}"/>{}', series, path, dots)


def _level(value: float, high: int, top: float) -> SafeString:
    y = top + HEIGHT - value * HEIGHT / high
    words = amount(int(value)) if value == int(value) else ""
    path = format_html('<path class="axis" d="M{} {}H{}"/>', LEFT, f"{y:.1f}", WIDTH)
    return joined([path, text(LEFT - 5, y + 4, words, "end")])
