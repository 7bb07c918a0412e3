"""The page of the audit's findings: the open ones first, the settled ones folded below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.register import auditing, labels, queries
from sexton.web.register import findings as register
from sexton.web.register.models import Finding

PAGE = 50
FOLDED = 20  # how many findings of a settled state stand below the open ones
SETTLED = ("accepted", "not_a_fault", "mended")


class Known(NamedTuple):
    """A finding as far as it is counted."""

    pk: int
    state: str
    kind: str
    severity: str


@dataclass(frozen=True, slots=True)
class Group:
    """The first findings of a state; how many there are, and the query that shows them all."""

    state: str
    count: int
    findings: list[Finding]
    query: str


def findings(request: HttpRequest) -> HttpResponse:
    """The findings of ``?state=`` (the open ones by default), ``?kind=`` and ``?severity=``.

    The page of the open findings has the settled ones below, folded.
    """
    chosen = {name: request.GET.get(name, "") for name in ("state", "kind", "severity")}
    if chosen["state"] not in labels.FINDING_STATES:
        chosen["state"] = "open"
    narrowed = {name: chosen[name] for name in ("kind", "severity") if chosen[name]}
    everything = [Known(*row) for row in register.states_of_all()]
    fitting = [f for f in everything if all(getattr(f, n) == v for n, v in narrowed.items())]
    settled = SETTLED if chosen["state"] == "open" else ()
    of = {state: [f.pk for f in fitting if f.state == state] for state in labels.FINDING_STATES}
    page = Paginator(of[chosen["state"]], PAGE).get_page(request.GET.get("page"))
    rows = _rows([*page, *(pk for state in settled for pk in of[state][:FOLDED])])
    counts = Counter(found.state for found in everything)
    context = {
        "page": page,
        "listed": [rows[pk] for pk in page if pk in rows],
        "states": [(state, counts[state]) for state in labels.FINDING_STATES],
        "settled": [_group(state, of[state], rows, narrowed) for state in settled if of[state]],
        **_facets([found for found in everything if found.state == chosen["state"]]),
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "total": len(everything),
        "audited_at": auditing.last_run(),
        "behind": not auditing.is_current(),
        "site_names": queries.sites_by_key(),
    }
    return render(request, "findings.html", context)


def _rows(pks: Sequence[int]) -> dict[int, Finding]:
    chosen = register.with_verdicts(Finding.objects.filter(pk__in=pks))
    return {finding.pk: finding for finding in chosen}


def _group(
    state: str, pks: Sequence[int], rows: dict[int, Finding], narrowed: dict[str, str]
) -> Group:
    shown = [rows[pk] for pk in pks[:FOLDED] if pk in rows]
    return Group(state, len(pks), shown, urlencode({"state": state, **narrowed}))


def _facets(listed: Sequence[Known]) -> dict[str, object]:
    """The kinds and severities among the findings of the state, with how many there are."""
    severities = dict(queries.facets(found.severity for found in listed))
    return {
        "kinds": queries.facets(found.kind for found in listed),
        "severities": [(s, severities[s]) for s in labels.SEVERITIES if s in severities],
    }
