"""Organisations: camps, mines, movements; who was there when, where from, and onward to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sexton.web.public import drawings, maps
from sexton.web.public.references import References
from sexton.web.register import labels
from sexton.web.register.figures.beside import own_counts
from sexton.web.register.figures.places import persons_of_sites
from sexton.web.register.lives import journeys, presence
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Organisation, Person, Site, Statement

PAGE, LISTED, EVENTS = 30, 100, 60
MOVES, NAMED = 20, 8


@dataclass(frozen=True, slots=True)
class Way:
    """A move as it is shown: to or from where, how many, the first of them by name."""

    organisation: Organisation
    number: int
    by_days: int
    persons: Sequence[Person]

    @property
    def more(self) -> int:
        return self.number - len(self.persons)


def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations, or those of one ``?kind=``, with the number of persons of each."""
    kinds = Counter(Organisation.objects.order_by("kind").values_list("kind", flat=True))
    chosen = request.GET.get("kind", "")
    listed = Organisation.objects.filter(kind=chosen) if chosen in kinds else Organisation.objects
    page = Paginator(listed.order_by("kind", "name", "key"), LISTED).get_page(
        request.GET.get("page")
    )
    numbers = presence.numbers_of_members()
    context = {
        "kinds": sorted(kinds.items()),
        "chosen": chosen if chosen in kinds else "",
        "introduction": labels.ABOUT_ORGANISATIONS.get(chosen, "") if chosen in kinds else "",
        "total": kinds.total(),
        "page": page,
        "rows": [(row, numbers.get(row.pk, 0)) for row in page],
        "query": f"kind={chosen}" if chosen in kinds else "",
    }
    return render(request, "organisations.html", context)


def organisation(request: HttpRequest, key: str) -> HttpResponse:
    found = presence.organisation(key)
    if found is None:
        raise Http404
    names = presence.names_of(found)
    everybody = presence.members_of_all()
    members = everybody.get(found.pk, [])
    page = Paginator(members, PAGE).get_page(request.GET.get("page"))
    moves = journeys.moves_of_all().get(found.pk) or journeys.Moves()
    sides = [journeys.in_order_of_size(side)[:MOVES] for side in (moves.before, moves.after)]
    passing = {person for side in sides for move in side for person in move.persons[:NAMED]}
    persons = Person.objects.in_bulk({*page, *passing})
    there = presence.presences(found, names, [persons[pk] for pk in page if pk in persons])
    events = presence.events_of(found)
    shown = events[:EVENTS]
    steps = [*shown, *(step for one in there for step in one.steps)]
    own = Voice.of_row(found)
    named = [(name, Voice.of_row(name)) for name in names]
    before, after = _ways(sides, persons)
    context = {
        "organisation": found,
        "own": own,
        "names": named,
        "parts": found.parts.all(),
        "statements": _statements(found, everybody),
        "map": _map(members),
        "drawing": drawings.draw_organisations([found]),
        "before": before,
        "after": after,
        "moves": [(gettext("From"), before), (gettext("Onward to"), after)],
        "events": shown,
        "more_events": len(events) - len(shown),
        "page": page,
        "presences": there,
        "refs": References(steps, [own, *(voice for _, voice in named)]),
    }
    return render(request, "organisation.html", context)


def _statements(found: Organisation, there: Mapping[int, list[int]]) -> list[Statement]:
    rows = list(found.statements.select_related("source"))
    counts = own_counts(rows, there)
    for row in rows:
        row.own = counts[row.pk]
    return rows


def _map(members: Sequence[int]) -> maps.SiteMap | None:
    """Where those lie who were there; none where nobody is known to lie anywhere."""
    people = set(members)
    numbers = {
        site: number
        for site, persons in persons_of_sites().items()
        if people and (number := len(persons & people))
    }
    sites = Site.objects.filter(pk__in=numbers, latitude__isnull=False) if numbers else []
    return maps.draw(sites, numbers) if sites else None


def _ways(
    sides: Sequence[Sequence[journeys.Move]], persons: Mapping[int, Person]
) -> list[list[Way]]:
    """Where from and onward to, with the names of a few."""
    pks = {move.organisation for side in sides for move in side}
    organisations = Organisation.objects.in_bulk(pks) if pks else {}
    return [
        [
            Way(
                organisations[move.organisation],
                len(move.persons),
                move.by_days,
                [persons[pk] for pk in move.persons[:NAMED] if pk in persons],
            )
            for move in side
        ]
        for side in sides
    ]
