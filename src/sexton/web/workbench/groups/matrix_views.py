"""The matrix of a group: the door before it, the table, what is supposed, one pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sexton.evidence import FieldEvidence
from sexton.linkage.group import NOTHING, Given, Impossible, Marginals, check, marginals, shifts
from sexton.web.register.models import Site
from sexton.web.research.archives import TROUBLES, may_search
from sexton.web.workbench.access import at_work
from sexton.web.workbench.groups import saying
from sexton.web.workbench.groups.gathering import Gathered, gather
from sexton.web.workbench.groups.givens import Pair, Wanted, given_by, marks_of
from sexton.web.workbench.groups.looking import Closed, closed_to, open_to
from sexton.web.workbench.groups.shown import Grave, Man, People, matrix_of, people_of
from sexton.web.workbench.groups.views import group_of
from sexton.web.workbench.groups.weighing import MOST_PAIRS, TooMany, evidence
from sexton.web.workbench.groups.words import COUNTED, chance
from sexton.web.workbench.models import Group

REFUSED, TOO_LARGE = 400, 422


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def group_matrix(request: HttpRequest, group: str) -> HttpResponse:
    """The matrix. Who has not judged all its pairs is warned before it opens."""
    found = group_of(request, group)
    by, archives = str(request.user.get_username()), may_search(request.user)
    closed = closed_to(found, by, archives)
    wanted = Wanted.of(request.GET)
    if request.method == "POST":
        open_to(closed.unseen, by)
        return redirect(_address(found, wanted))
    if "body" in request.GET or "name" in request.GET:
        return redirect(_address(found, wanted))
    if closed.unseen:
        return _door(request, found, closed)
    return _matrix(request, found, wanted, archives)


def _address(group: Group, wanted: Wanted) -> str:
    return reverse("group-matrix", args=[group.key]) + wanted.query


def _door(request: HttpRequest, group: Group, closed: Closed) -> HttpResponse:
    context = {"title": group.title, "group": group, "closed": closed, "unseen": len(closed.unseen)}
    return render(request, "workbench/group_door.html", context)


def _matrix(request: HttpRequest, group: Group, wanted: Wanted, archives: bool) -> HttpResponse:
    context: dict[str, Any] = {"title": group.title, "group": group, "wanted": wanted}
    try:
        found = gather(group)
    except TooMany as many:
        context |= {"pairs": many.pairs, "most": MOST_PAIRS}
        return render(request, "workbench/group_too_large.html", context, status=TOO_LARGE)
    context |= {
        "found": found,
        "troubles": [(pool, TROUBLES[kind]) for pool, kind in found.troubles.items()],
        "counted": COUNTED.items(),
    }
    status = 200
    if found.names:
        told = _told(found, wanted, archives)
        status = REFUSED if told.pop("refused") else 200
        context |= told
    return render(request, "workbench/group_matrix.html", context, status=status)


class _Supposed(NamedTuple):
    """What is supposed, as pairs of the matrix; and sentences on what could not be."""

    given: Given
    pairs: list[tuple[Pair, Grave, Man, bool]]
    wrong: list[str]


def _told(found: Gathered, wanted: Wanted, archives: bool) -> dict[str, Any]:
    """All that the page of a group with names shows."""
    marks = marks_of(found)
    people = people_of(found, marks, archives)
    odds = found.weights.group
    given, contradicting = given_by(marks, wanted.counted, odds)
    supposed = _supposed(found, people, wanted, given)
    before = marginals(odds, given)
    after = marginals(odds, given.beside(supposed.given)) if supposed.pairs else before
    changes = shifts(before, after) if supposed.pairs else []
    return {
        "people": people,
        "matrix": matrix_of(people, after, supposed.given, marks, wanted),
        "supposed": [
            (grave, man, same, wanted.without(pair).query)
            for pair, grave, man, same in supposed.pairs
        ],
        "wrong": supposed.wrong,
        "is_exact": after.is_exact,
        "refused": bool(supposed.wrong),
        "contradicting": [
            (people.graves[grave], people.men[man]) for grave, man in contradicting
        ],
        "changes": saying.changes_of(people, changes, supposed.given),
        "pools": saying.pools_of(people, odds, after),
        "statements": saying.statements_of(people, odds, after),
        "elsewhere": [man for man in people.seen if man.elsewhere],
        "pair": _pair(found, people, before, after, wanted),
        "whole": wanted.whole(not wanted.all).query,
    }  # fmt: skip


def _supposed(found: Gathered, people: People, wanted: Wanted, given: Given) -> _Supposed:
    """What the address supposes, as far as it can be beside what is given."""
    odds, man = found.weights.group, found.weights.bits.man
    supposed = _Supposed(NOTHING, [], [])
    asked = [(pair, True) for pair in wanted.same] + [(pair, False) for pair in wanted.apart]
    for pair, same in asked:
        edge = people.edge(pair, found.names, man)
        if edge is None:
            supposed.wrong.append(gettext("A pair of the address is not of this group."))
            continue
        one = Given(frozenset({edge})) if same else Given(frozenset(), frozenset({edge}))
        more = supposed.given.beside(one)
        try:
            check(odds, given.beside(more))
        except Impossible as refused:
            supposed.wrong.append(saying.why_not(people, refused))
            continue
        shown = people.men[edge[1]]
        if shown is not None:
            supposed.pairs.append((pair, people.graves[edge[0]], shown, same))
            supposed = supposed._replace(given=more)
    return supposed


class _Shown(NamedTuple):
    """One pair: its probability, its bits field by field, and where it can be supposed."""

    grave: Grave
    man: Man
    chance: str
    then: str
    evidence: tuple[FieldEvidence, ...]
    bits: float
    sites: dict[str, Site]
    simulated: bool
    is_same: bool
    is_apart: bool
    same: str
    apart: str
    back: str
    close: str


def _pair(
    found: Gathered, people: People, before: Marginals, after: Marginals, wanted: Wanted
) -> _Shown | None:
    if wanted.pair is None:
        return None
    edge = people.edge(wanted.pair, found.names, found.weights.bits.man)
    man = None if edge is None else people.men[edge[1]]
    if edge is None or man is None:
        return None
    grave = people.graves[edge[0]]
    at = next(at for at, row in enumerate(found.names) if row.pk == man.row.pk)
    fields = evidence(found.bodies[edge[0]], found.rows[at], found.lists, found.rules).fields
    return _Shown(
        grave, man, chance(float(before.probability[edge])),
        chance(float(after.probability[edge])) if after is not before else "",
        fields, sum(item.bits for item in fields), _sites(fields),
        grave.simulated or man.simulated,
        wanted.pair in wanted.same, wanted.pair in wanted.apart,
        wanted.supposing(wanted.pair, True).query, wanted.supposing(wanted.pair, False).query,
        wanted.without(wanted.pair).query, wanted.showing(None).query,
    )  # fmt: skip


def _sites(fields: Sequence[FieldEvidence]) -> dict[str, Site]:
    """The sites that the evidence names by their keys."""
    named = {text for item in fields for text in (item.left, item.right)}
    return {site.key: site for site in Site.objects.filter(key__in=named)}
