"""The page of the audit's findings: the open ones first, the settled ones folded below."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.register import auditing, labels, queries
from sexton.web.register import findings as register
from sexton.web.register.models import Finding

PAGE = 50
FOLDED = 20  # how many findings of a settled state stand below the open ones
SETTLED = ("accepted", "not_a_fault", "mended")


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
    counts = register.counts()
    narrowed = {name: chosen[name] for name in ("kind", "severity") if chosen[name]}
    listed = register.in_state(chosen["state"])
    shown = register.with_verdicts(listed.filter(**narrowed))
    context = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "states": [(state, counts[state]) for state in labels.FINDING_STATES],
        "settled": _settled(narrowed) if chosen["state"] == "open" else [],
        **_facets(listed),
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "total": sum(counts.values()),
        "audited_at": auditing.last_run(),
        "behind": not auditing.is_current(),
        "site_names": queries.sites_by_key(),
    }
    return render(request, "findings.html", context)


def _settled(narrowed: dict[str, str]) -> list[Group]:
    groups = []
    for state in SETTLED:
        found = register.in_state(state).filter(**narrowed)
        if shown := list(register.with_verdicts(found)[:FOLDED]):
            query = urlencode({"state": state, **narrowed})
            groups.append(Group(state, found.count(), shown, query))
    return groups


def _facets(listed: QuerySet[Finding]) -> dict[str, object]:
    """The kinds and severities among the findings of the state, with how many there are."""
    found = list(listed.values_list("kind", "severity"))
    severities = dict(queries.facets(severity for _, severity in found))
    return {
        "kinds": queries.facets(kind for kind, _ in found),
        "severities": [(s, severities[s]) for s in labels.SEVERITIES if s in severities],
    }
