"""From one place of a life to the next: by days where they tell, else as lives go."""

from __future__ import annotations

import pytest

from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.lives import journeys
from sexton.web.register.models import dated

from ..conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> dict[str, models.Organisation]:
    with change("a steward", "papers") as door:
        kinds = {"camp": "camp", "second": "camp", "mine": "mine", "band": "resistance_movement"}
        made = {
            key: door.add(models.Organisation(key=key, kind=kind, name=key))
            for key, kind in kinds.items()
        }
        part = models.Organisation(
            key="part", kind="resistance_movement", name="part", parent=made["band"]
        )
        made["part"] = door.add(part)
    return made


def was_at(door, man: models.Person, place: models.Organisation, when: str = "") -> None:
    door.add(models.Affiliation(person=man, organisation=place, **dated(when)))


def ways(
    place: models.Organisation,
) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
    found = journeys.moves_of_all().get(place.pk) or journeys.Moves()
    before, after = (
        {pk: (len(move.persons), move.by_days) for pk, move in side.items()}
        for side in (found.before, found.after)
    )
    return before, after


def test_days_tell_the_order_against_the_usual_one(places) -> None:
    with change("a steward", "a card") as door:
        man = person(door, "man")
        was_at(door, man, places["mine"], "1942")
        was_at(door, man, places["camp"], "1943")
    assert ways(places["mine"]) == ({}, {places["camp"].pk: (1, 1)})
    assert ways(places["camp"]) == ({places["mine"].pk: (1, 1)}, {})


def test_without_days_lives_go_as_they_usually_do_and_only_to_the_next(places) -> None:
    with change("a steward", "a card") as door:
        for name in ("one", "two"):
            man = person(door, name)
            for place in ("band", "camp", "mine"):
                was_at(door, man, places[place])
    assert ways(places["camp"]) == ({}, {places["mine"].pk: (2, 0)})
    assert ways(places["mine"]) == ({places["camp"].pk: (2, 0)}, {places["band"].pk: (2, 0)})


def test_two_camps_without_days_have_no_order(places) -> None:
    with change("a steward", "a card") as door:
        man = person(door, "man")
        was_at(door, man, places["camp"])
        was_at(door, man, places["second"])
    assert journeys.moves_of_all() == {}


def test_nobody_moves_from_a_group_into_its_part(places) -> None:
    with change("a steward", "a card") as door:
        man = person(door, "man")
        was_at(door, man, places["band"], "1943")
        was_at(door, man, places["part"], "1944")
    assert journeys.moves_of_all() == {}
