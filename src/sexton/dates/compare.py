"""How two readings lie to each other in time."""

from __future__ import annotations

from sexton.dates.values import DateReading, Span

Dated = DateReading | Span


def days_apart(a: Dated, b: Dated) -> int | None:
    """Fewest days between the two spans: 0 when they share a day, None when one is unread."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def overlap(a: Dated, b: Dated) -> int:
    """Number of days that both spans contain; 0 when one is unread."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return 0
    return max(0, (min(a.last, b.last) - max(a.first, b.first)).days + 1)
