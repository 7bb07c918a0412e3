"""The desk's search: persons by any spelling, as on the site; sites by their names; other texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from sexton.names import fold
from sexton.web.research.search import persons_like, sites_like

MOST_PERSONS = 1000
RANKED = 100
MOST_FOLDED = 20_000


def search(
    rows: QuerySet[Any], query: str, *, persons: str, sites: str, texts: Iterable[str], rank: bool
) -> QuerySet[Any]:
    """Those of ``rows`` that fit.

    ``persons`` and ``sites`` are the paths from a row to persons and sites ("" for none),
    ``texts`` fields of its own; with ``rank``, and when rows are persons, the best stand first.
    """
    wanted = Q(pk__in=_by_texts(rows, query, tuple(texts)))
    if sites:
        wanted |= Q(**{f"{sites}__in": sites_like(query)})
    found = persons_like(query)[:MOST_PERSONS] if persons else []
    if persons:
        wanted |= Q(**{f"{persons}__in": found})
    # By way of ids: a path to several persons would show a row several times.
    chosen = rows.filter(pk__in=rows.model._default_manager.filter(wanted).values("pk"))
    if rank and persons == "pk":
        places = [When(pk=pk, then=Value(n)) for n, pk in enumerate(found[:RANKED])]
        return chosen.order_by(Case(*places, default=Value(RANKED)), "pk") if places else chosen
    return chosen


def _by_texts(rows: QuerySet[Any], query: str, texts: tuple[str, ...]) -> Any:
    """Ids of rows whose texts hold all words, whatever their case.

    Rows are folded here, because SQLite knows capitals of ASCII only; where they are too many for
    that, the database looks for the words as they are written.
    """
    words = fold(query).split()
    if not texts or not words:
        return []
    if rows.order_by()[: MOST_FOLDED + 1].count() > MOST_FOLDED:
        wanted = Q()
        for word in query.split():
            anywhere = (Q(**{f"{text}__icontains": word}) for text in texts)
            wanted &= reduce(or_, anywhere)
        return rows.order_by().filter(wanted).values("pk")
    cells = rows.order_by().values_list("pk", *texts).iterator(chunk_size=2000)
    return [pk for pk, *values in cells if all(word in _folded(values) for word in words)]


def _folded(values: Iterable[Any]) -> str:
    return fold(" ".join(_strings(values)))


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield from map(str, value.values())
        elif value is not None:
            yield str(value)
