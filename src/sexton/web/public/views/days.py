"""Days, months and years: what happened then, and what may have."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter, defaultdict
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

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
    context = {"written": written, "years": _years()}
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
        "within": (within := _within(period, found)),
        "calendar": _calendar(period, within),
        "before": _beside(period, -1),
        "after": _beside(period, 1),
    }
    return render(request, "day.html", context)


def _years() -> list[tuple[int, int, list[tuple[Period, int]]]]:
    """Each year with its dead, and the months in which a source says that somebody died."""
    months: dict[int, list[tuple[Period, int]]] = defaultdict(list)
    for text, number in chronicle.numbers_by_month().items():
        month = read_period(text)
        if month:
            months[month.first.year].append((month, number))
    return [(year, number, months[year]) for year, number in chronicle.numbers_by_year().items()]


def _calendar(period: Period, within: list[tuple[Period, int]]) -> dict[str, object] | None:
    """The weeks of a month, from Monday: each day of it with its page, and how much is told."""
    if period.level != "month":
        return None
    numbers = {day.first: number for day, number in within}
    weeks = Calendar().monthdatescalendar(period.first.year, period.first.month)
    return {
        "weekdays": [(WEEKDAYS[number], WEEKDAYS_ABBR[number]) for number in range(7)],
        "weeks": [
            [
                (day if day.month == period.first.month else None, numbers.get(day, 0))
                for day in week
            ]
            for week in weeks
        ],
    }


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
