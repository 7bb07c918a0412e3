"""The data behind a figure, to take away: CSV with a head that says what it is, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language

from sexton import __version__
from sexton.web.public.figures.shown import Line, Shown, named
from sexton.web.public.figures.words import GENERAL_BIAS
from sexton.web.register import queries

COUNTED, APART = "counted", "apart"
LICENCE = "Apache-2.0 for selection and columns; each fact stays with its source"
# A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Head = Sequence[tuple[str, str]]


def head(title: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """What every file begins with: what it is, of when, made by which version, its licence."""
    changed = queries.changed_at()
    return [
        ("title", title),
        ("register changed", changed.isoformat(timespec="seconds") if changed else ""),
        ("made by", f"Sexton {__version__}"),
        ("language", get_language() or "en"),
        ("licence", LICENCE),
        *more,
    ]


def figure_csv(shown: Shown) -> HttpResponse:
    listed = rows_of(shown)
    named_so = [*shown.figure.columns]
    named_so += sorted({name for row in listed for name in row["values"]} - {*named_so})
    rows = [
        [row["key"], row["name"], row["group"], *(row["values"].get(name, "") for name in named_so)]
        for row in listed
    ]
    columns = ["key", "name", "group", *named_so]
    return as_csv(f"{shown.slug}.csv", _head(shown), columns, rows)


def figure_json(shown: Shown) -> HttpResponse:
    said = dict(_head(shown))
    counts = {"of": shown.figure.of, **shown.figure.counts}
    return as_json(f"{shown.slug}.json", {**said, "counts": counts, "rows": rows_of(shown)})


def _head(shown: Shown) -> Head:
    words = shown.words
    told = "; ".join(f"{name}: {number}" for name, number in shown.denominator)
    bias = f"{words.bias} {GENERAL_BIAS}".strip()
    more = ("counted of", told), ("how it is counted", shown.how), ("what could bend it", bias)
    return head(str(words.title), *more)


def rows_of(shown: Shown) -> list[dict[str, Any]]:
    """All rows of a figure by name, those that stand apart after them."""
    lines = [(COUNTED, line) for line in named(shown.slug, shown.figure.rows)]
    lines += [(APART, line) for line in shown.apart]
    return [
        {
            "key": line.key,
            "name": line.name,
            "group": group,
            "values": dict(zip(_columns(shown, line), line.values, strict=True)),
        }
        for group, line in lines
    ]


def _columns(shown: Shown, line: Line) -> Sequence[str]:
    """The columns of a line; what no column parts counts persons."""
    columns = shown.figure.columns
    return columns if len(line.values) == len(columns) else ("persons",)


def as_csv(
    name: str, said: Head, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A CSV file; its head stands in lines that begin with #."""
    text = io.StringIO()
    for key, value in said:
        text.write(f"# {key}: {' '.join(value.split())}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_json(name: str, data: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _cell(value: Any) -> Any:
    """A text as it is, with an apostrophe where a spreadsheet would take it for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
