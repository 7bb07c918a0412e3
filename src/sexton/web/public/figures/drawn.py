"""Which plot a figure has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sexton.web.public import plots
from sexton.web.public.figures.shown import Line, Shown
from sexton.web.public.plots import Bar, Plot
from sexton.web.register.figures.model import Row

MOST = 25
# Two months make no line.
LEAST_POINTS = 3
# A plot of months shows the years that hold nearly all; the table has the others too.
LEAST_SHARE = 0.01


def plot(shown: Shown) -> SafeString | str:
    """The picture of a figure; "" where nothing is counted."""
    if not shown.figure.rows:
        return ""
    if shown.slug == "deaths-by-month":
        return _months(shown)
    if shown.slug == "growth":
        return _growth(shown)
    if shown.slug == "languages":
        return _bars(shown, column=1)
    return _bars(shown)


def unplotted(shown: Shown) -> int:
    """How many rows stand in the table only."""
    if shown.slug == "deaths-by-month":
        months = _whole_years(shown.figure.rows)
        return sum(1 for row in shown.figure.rows if row.key not in months)
    return 0 if shown.slug == "growth" else max(0, len(shown.figure.rows) - MOST)


def _bars(shown: Shown, column: int | None = None) -> SafeString:
    lines = shown.lines[:MOST]
    names = shown.columns if column is None else [shown.columns[column]]
    bars = [_bar(line, column, len(names)) for line in lines]
    desc = gettext("Lying bars, one for each row of the table below, in its order.")
    return plots.stacked(
        _plot(shown, desc, names[: plots.SERIES]), bars, possible=shown.slug == "ages"
    )


def _bar(line: Line, column: int | None, width: int) -> Bar:
    if column is not None:
        return Bar(line.name, (line.values[column],), line.lang)
    values = line.values
    if width > plots.SERIES:
        values = (*values[: plots.SERIES - 1], sum(values[plots.SERIES - 1 :]))
    return Bar(line.name, values, line.lang)


def _whole_years(rows: tuple[Row, ...]) -> list[str]:
    """The months of the years from the first to the last that holds a hundredth of all."""
    total = sum(row.total for row in rows)
    years: dict[int, int] = {}
    for row in rows:
        year = int(row.key[:4])
        years[year] = years.get(year, 0) + row.total
    full = [year for year, number in years.items() if number >= total * LEAST_SHARE]
    whole = range(min(full), max(full) + 1) if full else ()
    return [f"{year:04}-{month:02}" for year in whole for month in range(1, 13)]


def _months(shown: Shown) -> SafeString:
    values = {row.key: row.values for row in shown.figure.rows}
    months = _whole_years(shown.figure.rows)
    bars = [Bar(month, values.get(month, (0,))) for month in months]
    marks = {number: month[:4] for number, month in enumerate(months) if month.endswith("-01")}
    desc = gettext("Standing bars, one for each month; a month without a bar has no stated death.")
    return plots.columns(_plot(shown, desc), bars, marks)


def _growth(shown: Shown) -> SafeString:
    """The sums up to each month, so that a line never falls."""
    rows = shown.figure.rows
    if len(rows) < LEAST_POINTS:
        totals = [sum(column) for column in zip(*(row.values for row in rows), strict=True)]
        bars = [Bar(name, (n,)) for name, n in zip(shown.columns, totals, strict=True)]
        desc = gettext("Lying bars, one for each column of the table below.")
        return plots.stacked(_plot(shown, desc), bars)
    sums = zip(*(accumulate(column) for column in zip(*(row.values for row in rows), strict=True)),
               strict=True)  # fmt: skip
    bars = [Bar(row.key, tuple(values)) for row, values in zip(rows, sums, strict=True)]
    marks = {0: rows[0].key, len(rows) - 1: rows[-1].key}
    desc = gettext("A line for each column of the table below, adding up month by month.")
    return plots.lines(_plot(shown, desc, shown.columns), bars, marks)


def _plot(shown: Shown, desc: str, series: Sequence[str] = ()) -> Plot:
    return Plot(shown.slug, str(shown.words.title), desc, series)
