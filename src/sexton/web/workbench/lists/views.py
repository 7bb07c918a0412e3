"""The work lists: cases, records without a case, both as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sexton.web.public.figures.files import as_csv, head
from sexton.web.research.filters import WHOLE
from sexton.web.workbench.access import at_work
from sexton.web.workbench.lists import cases, deeds, lines, saved, without, words
from sexton.web.workbench.lists.asked import CASES, SORT, TEXT, WITHOUT, Asked
from sexton.web.workbench.lists.dashboard import tiles
from sexton.web.workbench.lists.listing import Listing
from sexton.web.workbench.lists.readers import reader_of
from sexton.web.workbench.lists.records import Beside
from sexton.web.workbench.models import SavedFilter

PAGE = 50
EVERYTHING = "everything"
"""The parameter that asks for the whole list where its reader has a default filter."""
UNDO = "work_list_undo"
"""Under this name the session keeps the change that its maker may take back."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it is asked for: the numbers of the rows that fit, in their order."""

    asked: Asked
    found: Listing
    rows: list[int]

    @classmethod
    def of(cls, asked: Asked, found: Listing) -> Shown:
        return cls(asked, found, found.fitting(asked))


@at_work()
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases, by filters, words and order; what waits for the reader above them."""
    offered = list(saved.offered(request.user.get_username(), CASES.name))
    if default := _default(request, offered):
        return redirect(f"{reverse('cases')}?{default}")
    reader = reader_of(request.user)
    known, promises, found = cases.listing(reader)
    shown = Shown.of(Asked.of(CASES, request.GET), found)
    page = Paginator(shown.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **_context(request, shown, known.beside, offered),
        "title": _("Cases"),
        "page": page,
        "lines": list(lines.case_lines(known, promises, found, list(page))),
        "tiles": tiles(found, reader),
        "workers": list(deeds.workers().values()),
        "reader": reader,
        "total": int(found.within.sum()),
    }
    return render(request, "workbench/cases.html", context)


@at_work()
@require_safe
def without_list(request: HttpRequest) -> HttpResponse:
    """The records that have no case yet."""
    offered = list(saved.offered(request.user.get_username(), WITHOUT.name))
    if default := _default(request, offered):
        return redirect(f"{reverse('cases-without')}?{default}")
    known, found = without.listing(reader_of(request.user))
    shown = Shown.of(Asked.of(WITHOUT, request.GET), found)
    page = Paginator(shown.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **_context(request, shown, known.beside, offered),
        "title": _("Records without a case"),
        "page": page,
        "lines": list(lines.record_lines(known, list(page))),
        "total": int(found.within.sum()),
    }
    return render(request, "workbench/without.html", context)


@at_work()
@require_safe
def case_file(request: HttpRequest) -> HttpResponse:
    """The list of cases as it is asked for, as CSV."""
    known, promises, found = cases.listing(reader_of(request.user))
    shown = Shown.of(Asked.of(CASES, request.GET), found)
    told = lines.case_lines(known, promises, found, shown.rows)
    said = head("work list of cases", ("filter", shown.asked.query()))
    return as_csv("cases.csv", said, lines.COLUMNS, map(lines.case_cells, told))


@at_work()
@require_safe
def without_file(request: HttpRequest) -> HttpResponse:
    """The list of records without a case, as CSV."""
    known, found = without.listing(reader_of(request.user))
    shown = Shown.of(Asked.of(WITHOUT, request.GET), found)
    told = lines.record_lines(known, shown.rows)
    said = head("records without a case", ("filter", shown.asked.query()))
    return as_csv("without.csv", said, lines.RECORD_COLUMNS, map(lines.record_cells, told))


def _default(request: HttpRequest, offered: Sequence[SavedFilter]) -> str:
    """The query of the reader's default filter, where he asks for nothing."""
    row = None if request.GET else saved.default_of(offered, request.user.get_username())
    return saved.query_of(row) if row else ""


def _context(
    request: HttpRequest, shown: Shown, beside: Beside, offered: Sequence[SavedFilter]
) -> dict[str, Any]:
    """What both lists show: filters, what is chosen of them, saved ones, the order."""
    asked = shown.asked
    label = words.labeller({site.key: site for site in beside.sites.values()})
    whole = request.GET.get(WHOLE, "")
    last = request.session.get(UNDO)
    return {
        "asked": asked,
        "query": asked.query(),
        "facets": shown.found.facets(asked, words.TITLES, label, words.rank, whole),
        "chosen": [
            (words.TITLES[facet], label(facet, value), asked.turned(facet, value).query())
            for facet, value in asked.pairs
        ],
        "sorts": [(sort, words.SORTS[sort]) for sort in asked.kind.sorts],
        "text_name": TEXT,
        "sort_name": SORT,
        "saved": [(row, saved.query_of(row)) for row in offered],
        "own": request.user.get_username(),
        "undo": words.done(*last["done"]) if last else "",
    }
