"""Days, months and years: what happened then, and what may have."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sexton.web.public.references import References
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.periods import Period, read_period, written_period

PAGE = 40
LENGTH = {"year": len("1944-04"), "month": len("1944-04-01")}


def day_list(request: HttpRequest) -> HttpResponse:
    """The years with their dead; ``?day=`` leads to a day, however it is written."""
    written = request.GET.get("day", "").strip()
    period = written_period(written) if written else None
    if period:
        return redirect("day", period.edtf)
    context = {"written": written, "years": chronicle.numbers_by_year().items()}
    return render(request, "days.html", context)


def day(request: HttpRequest, edtf: str) -> HttpResponse:
    """A day (``1944-04-01``), a month or a year."""
    period = read_period(edtf)
    if period is None:
        raise Http404
    found = chronicle.entries_in(period)
    page = Paginator(found.entries, PAGE).get_page(request.GET.get("page"))
    happenings = chronicle.told(page)
    context = {
        "period": period,
        "found": found,
        "page": page,
        "happenings": happenings,
        "refs": References(happening.step for happening in happenings),
        "within": _within(period, found),
        "before": _beside(period, -1),
        "after": _beside(period, 1),
    }
    return render(request, "day.html", context)


def _within(period: Period, found: chronicle.Found) -> list[tuple[Period, int]]:
    """The months of a year or days of a month in which something is told, with how much."""
    length = LENGTH.get(period.level)
    if not length:
        return []
    numbers = Counter(
        entry.first.isoformat()[:length]
        for entry in found.entries
        if entry.first.isoformat()[:length] == entry.last.isoformat()[:length]
    )
    found = ((read_period(text), number) for text, number in sorted(numbers.items()))
    return [(one, number) for one, number in found if one and period.holds(one.first, one.last)]


def _beside(period: Period, step: int) -> Period | None:
    """The day, month or year before (-1) or after (1); None at the ends of the calendar."""
    edge = period.first if step < 0 else period.last
    try:
        other = edge + timedelta(days=step)
    except OverflowError:
        return None
    return read_period(other.isoformat()[: len(period.edtf)])
