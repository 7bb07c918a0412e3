"""Sources: what each holds, how much of it was read, and what the register took from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode

from sexton.web.register import queries
from sexton.web.register.figures import testimony
from sexton.web.register.figures.keep import of_sources
from sexton.web.register.models import Event, Organisation, Source

LISTED, PAGE, SHORT = 60, 100, 20
SORTS = ("records", "title", "shared", "statements")
Numbers = Mapping[str, int]


def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, or those of ``?language=``, ``?kind=`` and ``?read=``, ordered by ``?sort=``."""
    numbers = numbers_by_key()
    everything = _everything()
    chosen, sort = _asked(request.GET)
    page = Paginator(_listed(everything, numbers, chosen, sort), LISTED).get_page(
        request.GET.get("page")
    )
    context = {
        "total": len(everything),
        "page": page,
        "rows": [(source, numbers.get(source.key, {})) for source in page],
        "chosen": chosen,
        "sort": sort,
        "facets": {name: _facet(everything, name) for name in chosen},
        "query": urlencode({k: v for k, v in {**chosen, "sort": sort}.items() if v}),
    }
    return render(request, "sources.html", context)


def listed(query: Mapping[str, str], numbers: Mapping[str, Numbers]) -> list[Source]:
    """The sources that fit an address, in the order that it asks for."""
    return _listed(_everything(), numbers, *_asked(query))


def _everything() -> list[Source]:
    return list(Source.objects.order_by("title", "url", "key"))


def _asked(query: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The values that the filters are to have, and the order."""
    sort = query.get("sort", "records")
    chosen = {name: query.get(name, "") for name in ("language", "kind", "read")}
    return chosen, sort if sort in SORTS else "records"


def _listed(
    everything: Sequence[Source],
    numbers: Mapping[str, Numbers],
    chosen: Mapping[str, str],
    sort: str,
) -> list[Source]:
    found = [
        source
        for source in everything
        if all(not value or _value(source, name) == value for name, value in chosen.items())
    ]
    if sort != "title":
        found.sort(key=lambda source: -numbers.get(source.key, {}).get(sort, 0))
    return found


def source(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Source.objects.select_related("parent"), key=key)
    records = found.records.select_related("site", "membership__person").order_by("key")
    page = Paginator(records, PAGE).get_page(request.GET.get("page"))
    context = {
        "source": found,
        "fonds": found.fonds(),
        "numbers": numbers_by_key().get(key, dict.fromkeys(testimony.COLUMNS, 0)),
        "page": page,
        "records": list(page),
        "sites": found.sites.all(),
        "organisations": Organisation.objects.filter(source=found)[:PAGE],
        "events": Event.objects.filter(source=found)[:SHORT],
        "statements": found.statements.all(),
        "changed_at": queries.changed_at(),
    }
    return render(request, "source.html", context)


def numbers_by_key() -> dict[str, Numbers]:
    """What each source gives the register, by its key."""
    figure = of_sources()
    columns = figure.columns
    return {row.key: dict(zip(columns, row.values, strict=True)) for row in figure.rows}


NOT_STATED = "-"


def _value(source: Source, name: str) -> str:
    return str(getattr(source, name)) or NOT_STATED


def _facet(sources: list[Source], name: str) -> list[tuple[str, int]]:
    """Each value with its number, what is not stated last; nothing where all say the same."""
    counted = Counter(_value(source, name) for source in sources)
    ordered = sorted(counted.items(), key=lambda item: (item[0] == NOT_STATED, -item[1], item[0]))
    return ordered if len(ordered) > 1 else []
