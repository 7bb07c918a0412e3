"""JSON of a camp, mine, movement or unit: who was there when, where from, and onward to."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import (
    days_of,
    organisation_ref,
    person_ref,
    stated,
    statements_json,
    step_json,
    told_by,
)
from sexton.web.register.lives import journeys, presence
from sexton.web.register.models import Organisation, Person

PAGE, MOVES = 100, 20


@json_of("organisation")
def organisation(asked: Asked, key: str) -> Json:
    """A camp, mine, movement or unit: its names, and who was there when, by which source."""
    found = presence.organisation(key)
    if found is None:
        raise Http404
    names = presence.names_of(found)
    everybody = presence.members_of_all()

    def there(page: list[int]) -> list[Json]:
        persons = Person.objects.in_bulk(page)
        listed = [persons[pk] for pk in page if pk in persons]
        return [
            {**person_ref(asked, one.person), "steps": [step_json(asked, s) for s in one.steps]}
            for one in presence.presences(found, names, listed)
        ]

    return {
        **organisation_json(asked, found),
        "part_of": organisation_ref(asked, found.parent),
        "parts": [organisation_ref(asked, part) for part in found.parts.all()],
        "other_names": [
            {
                "name": name.name,
                "language": stated(name.language),
                "kind": stated(name.kind),
                "concluded": stated(name.concluded),
                "when": days_of(name),
                **told_by(asked, name),
            }
            for name in names
        ],
        "statements": statements_json(
            asked, found.statements.select_related("source"), there=everybody
        ),
        **_moves(asked, found),
        "events": [step_json(asked, step) for step in presence.events_of(found)],
        "persons": asked.paged(everybody.get(found.pk, []), PAGE, there),
    }


def _moves(asked: Asked, found: Organisation) -> Json:
    """Where those who were there came from and went, most of them first; the largest of each."""
    moves = journeys.moves_of_all().get(found.pk) or journeys.Moves()
    before, after = (
        journeys.in_order_of_size(side)[:MOVES] for side in (moves.before, moves.after)
    )
    others = Organisation.objects.in_bulk({move.organisation for move in (*before, *after)})

    def tell(side: Sequence[journeys.Move]) -> list[Json]:
        return [
            {
                "organisation": organisation_ref(asked, others[move.organisation]),
                "persons": len(move.persons),
                "by_days": move.by_days,
            }
            for move in side
            if move.organisation in others
        ]

    return {"from": tell(before), "onward_to": tell(after)}


def organisation_json(asked: Asked, found: Organisation) -> Json:
    return {
        "id": asked.of(found),
        "key": found.key,
        "name": found.name,
        "organisation_kind": found.kind,
        "place": stated(found.place),
        "latitude": found.latitude,
        "longitude": found.longitude,
        "coordinates_from": stated(found.coord_source),
        "when": days_of(found),
        "remarks": stated(found.remarks),
        **told_by(asked, found),
    }
