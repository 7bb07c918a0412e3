"""The plots of the part on simulated archives, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from pathlib import Path

from benchmarks.linkage.scale.report import curves
from benchmarks.linkage.scale.run import METHODS, Figures
from benchmarks.names.reliability_plot import draw
from sexton.names.reliability import Bin

WIDTH, HEIGHT, MARGIN = 330, 260, 60
_COLOURS = {"Sexton": "#1f5fa8", "Splink 5": "#c45a1a", "Splink 5 + Daitch-Mokotoff": "#8a4fa0"}
_PANELS = (("Seconds", "seconds"), ("MB", "MB"))


def write_plots(figures: Sequence[Figures], folder: Path) -> None:
    """Reliability of all methods and sizes, and growth over sizes."""
    (folder / "linkage-calibration.svg").write_text(_calibration(figures), encoding="utf-8")
    (folder / "linkage-growth.svg").write_text(_growth(figures), encoding="utf-8")


def _calibration(figures: Sequence[Figures]) -> str:
    panels = []
    for found in sorted(figures, key=lambda each: METHODS.index(each["method"])):
        rows = found["subsets"]["named"]["told_bins"]
        all_of = sum(row[0] for row in rows) or 1
        bins: list[Bin | None] = [Bin(said, true, n / all_of, n) for n, said, true in rows]
        note = f"{found['size']:,} records, {all_of:,.0f} candidates"
        panels.append((found["method"], note, bins))
    return draw(panels)


def _growth(figures: Sequence[Figures]) -> str:
    """Two panels side by side, both axes logarithmic."""
    width, height = 2 * (WIDTH + MARGIN) + MARGIN, HEIGHT + 130
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="10" role="img" '
        'aria-label="Time and memory over the size of the archive">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for place, (title, unit) in enumerate(_PANELS):
        chosen = {key: points for key, points in curves(figures).items() if unit in key[1]}
        parts += _panel(title, chosen, MARGIN + place * (WIDTH + MARGIN))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(
    title: str, chosen: dict[tuple[str, str], list[tuple[int, float]]], left: float
) -> list[str]:
    points = [point for found in chosen.values() for point in found]
    if not points:
        return []
    sizes = [log10(size) for size, _ in points]
    costs = [log10(max(cost, 1e-3)) for _, cost in points]
    low, high = int(min(costs) // 1), int(-(-max(costs) // 1)) or 1
    first, last = min(sizes), max(max(sizes), min(sizes) + 1)

    def at(size: float, cost: float) -> tuple[float, float]:
        across = (log10(size) - first) / (last - first)
        up = (log10(max(cost, 1e-3)) - low) / max(1, high - low)
        return left + across * WIDTH, 30 + HEIGHT * (1 - up)

    parts = [
        f'<text x="{left}" y="20" font-weight="bold">{title}</text>',
        f'<rect x="{left}" y="30" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#888888"/>',
    ]
    for power in range(low, high + 1):
        _, y = at(10**first, 10.0**power)
        parts.append(
            f'<text x="{left - 5}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        )
        parts.append(f'<path d="M{left} {y:.1f}h{WIDTH}" stroke="#dddddd"/>')
    for size in sorted({size for size, _ in points}):
        x, _ = at(size, 1)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT + 44}" text-anchor="middle">{size:,}</text>')
    for number, ((method, name), found) in enumerate(chosen.items()):
        parts += _curve([at(*point) for point in sorted(found)], method, name, left, number)
    return parts


def _curve(
    points: list[tuple[float, float]], method: str, name: str, left: float, number: int
) -> list[str]:
    colour = _COLOURS[method]
    dashes = {"index seconds": "6 3", "index on disk MB": "2 3"}.get(name, "none")
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    y = HEIGHT + 62 + 13 * number
    stroke = f'stroke="{colour}" stroke-dasharray="{dashes}" stroke-width="1.5" fill="none"'
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    legend = f'<text x="{left + 34}" y="{y + 4}">{method}: {name}</text>'
    return [f'<path d="{path}" {stroke}/>', *dots, f'<path d="M{left} {y}h28" {stroke}/>', legend]
