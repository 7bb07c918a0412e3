"""Reliability curves as a hand-made SVG: stated probability against the share that is true."""

from __future__ import annotations

from benchmarks.names.measures import wilson
from sexton.names.reliability import Bin

SIDE, GAP, ACROSS = 170, 58, 4
_COLOURS = {"frame": "#888888", "ideal": "#bbbbbb", "dot": "#1f5fa8"}


def _dot(found: Bin, x: float, y: float) -> str:
    """A dot with its Wilson interval; its area grows with the weight of the bin."""
    share = wilson(found.true * found.size, found.size)
    at = x + found.stated * SIDE
    low, high, middle = (y + SIDE * (1 - v) for v in (share.low, share.high, found.true))
    radius = 1.5 + 5 * found.weight**0.5
    dot = _COLOURS["dot"]
    return (
        f'<path d="M{at:.1f} {low:.1f}V{high:.1f}" stroke="{dot}"/>'
        f'<circle cx="{at:.1f}" cy="{middle:.1f}" r="{radius:.1f}" fill="{dot}" opacity="0.75"/>'
    )


def _panel(title: str, note: str, bins: list[Bin | None], x: float, y: float) -> list[str]:
    parts = [
        f'<text x="{x}" y="{y - 20}" font-weight="bold">{title}</text>',
        f'<text x="{x}" y="{y - 7}" fill="#555555">{note}</text>',
        f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" fill="none" '
        f'stroke="{_COLOURS["frame"]}"/>',
        f'<path d="M{x} {y + SIDE}L{x + SIDE} {y}" stroke="{_COLOURS["ideal"]}"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        across, down = x + tick * SIDE, y + SIDE * (1 - tick)
        parts.append(f'<text x="{across}" y="{y + SIDE + 13}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{x - 5}" y="{down + 4}" text-anchor="end">{tick:g}</text>')
    return parts + [_dot(found, x, y) for found in bins if found]


def draw(panels: list[tuple[str, str, list[Bin | None]]]) -> str:
    """The SVG text of panels (title, note, bins)."""
    rows = -(-len(panels) // ACROSS)
    width, height = ACROSS * (SIDE + GAP) + GAP, rows * (SIDE + GAP + 14) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="10" role="img" '
        'aria-label="Stated probability against the share that is true">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for number, (title, note, bins) in enumerate(panels):
        x = GAP / 1.5 + number % ACROSS * (SIDE + GAP)
        y = 40 + number // ACROSS * (SIDE + GAP + 14)
        parts += _panel(title, note, bins, x, y)
    foot = "across: stated probability; up: share that is true, with its Wilson 95 % interval"
    parts.append(f'<text x="{GAP / 1.5}" y="{height - 8}" fill="#555555">{foot}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
