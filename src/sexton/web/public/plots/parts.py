"""What the plots share: a frame with its words, patterns for the series, scales and texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH = 380
# Beyond these many series tone and pattern no longer tell them apart.
SERIES = 6


@dataclass(frozen=True, slots=True)
class Plot:
    """The words of a plot: its name, what it shows in a sentence, and the series' names."""

    key: str
    title: str
    desc: str
    series: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar by its name, one value for each series; ``lang`` is the language of the name."""

    name: str
    values: tuple[int, ...]
    lang: str = ""


def frame(plot: Plot, height: float, content: SafeString) -> SafeString:
    """The picture with its name and description, for those who see it and those who do not."""
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}</svg>',
        WIDTH, round(height), plot.key, plot.key, plot.key, plot.title, plot.key, plot.desc,
        _patterns(plot), content,
    )  # fmt: skip


def _patterns(plot: Plot) -> SafeString:
    """Lines, dots and crossed lines, by number of the series; the first is plain."""
    shapes = (
        'M0 6 6 0M-1 1 1-1M5 7 7 5', 'M0 3H6', 'M3 0V6', 'M0 0 6 6M6 0 0 6', 'M2 2h2v2h-2z',
    )  # fmt: skip
    return format_html(
        "<defs>{}</defs>",
        format_html_join(
            "",
            '<pattern id="{}-p{}" width="6" height="6" patternUnits="userSpaceOnUse">'
            '<rect class="under" width="6" height="6"/><path class="over" d="{}"/></pattern>',
            ((plot.key, number + 1, shape) for number, shape in enumerate(shapes)),
        ),
    )


def fill(plot: Plot, series: int) -> SafeString:
    """How a series is filled: plain, or with its pattern."""
    if series == 0:
        return mark_safe('class="s0"')
    return format_html('class="s" fill="url(#{}-p{})"', plot.key, min(series, SERIES - 1))


def text(x: float, y: float, said: object, kind: str = "", lang: str = "") -> SafeString:
    language = format_html(' lang="{}"', lang) if lang else ""
    place = f"{x:.1f}", f"{y:.1f}"
    return format_html('<text x="{}" y="{}" class="{}"{}>{}</text>', *place, kind, language, said)


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def legend(plot: Plot, top: float) -> tuple[SafeString, float]:
    """The names of the series with their patterns, from ``top`` down; and where it ends."""
    if len(plot.series) < 2:
        return mark_safe(""), top
    rows, x = [], 0.0
    for number, name in enumerate(plot.series):
        needed = 24 + 6.2 * len(name)
        if x and x + needed > WIDTH:
            x, top = 0.0, top + 18
        box = '<rect x="{}" y="{}" width="12" height="12" {}/>'
        rows.append(format_html(box, f"{x + 1:.1f}", f"{top:.1f}", fill(plot, number)))
        rows.append(text(x + 18, top + 10, name))
        x += needed + 10
    return joined(rows), top + 22


def ceiling(number: float) -> int:
    """A round number, not below ``number``, for the end of an axis."""
    if number <= 5:
        return 5
    for step in (1, 2, 2.5, 5, 10):
        power = 10 ** (len(str(int(number))) - 1)
        if step * power >= number:
            return int(step * power)
    return int(number)


def amount(number: int) -> str:
    return number_format(number, force_grouping=number >= 10_000)


def shortened(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"
