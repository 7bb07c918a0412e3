"""A stated number stands beside a count of the same thing, or beside why there is none."""

from __future__ import annotations

import csv

import pytest

from sexton.records import pack_path
from sexton.web.register import models
from sexton.web.register.figures import beside
from sexton.web.register.history import change

from ..conftest import person

COUNTED = (beside.OF_SITE, beside.OF_ORGANISATION, *beside.OF_ALL)
pytestmark = pytest.mark.django_db


def stated(door, measure: str, **about: object) -> models.Statement:
    key = f"s{models.Statement.objects.count()}"
    return door.add(models.Statement(key=key, subject="x", measure=measure, value="9", **about))


@pytest.fixture
def plot(site) -> models.Site:
    """Two at a plot, one of them unnamed; one at a memorial alone; a pit with one man."""
    with change("a steward", "a list") as door:
        memorial = door.add(models.Site(key="wall", kind="memorial"))
        for key, named, at, role in (
            ("a", True, site, "pow"), ("b", False, site, ""), ("c", True, memorial, "partisan"),
        ):  # fmt: skip
            row = door.add(models.Record(key=key, site=at, is_named=named))
            man = door.add(models.Person(key=key, name=key, is_named=named))
            door.add(models.Membership(record=row, person=man, probability=1))
            if role:
                door.add(models.Claim(record=row, property="role", value=role))
        top = door.add(models.Organisation(key="top", kind="resistance_movement", name="Top"))
        part = models.Organisation(key="part", kind="resistance_movement", name="P", parent=top)
        door.add(part)
        pit = door.add(models.Organisation(key="pit", kind="mine", name="Pit"))
        door.add(models.Affiliation(person=person(door, "miner"), organisation=pit))
        for key in ("one", "two"):
            door.add(models.Memorial(key=key, place="Liège", kind="plaque"))
    return site


WANTED = {
    "persons in the embassy register": 2,
    "burials not identified": 1,
    "prisoners of war and partisans buried": 1,
    "Cemeteries with Soviet graves": 1,
    "resistance movements": 1,
    "places with memorials to Soviet soldiers": 1,
}


@pytest.mark.parametrize("measure", WANTED)
def test_the_whole_register_is_counted_by_the_rule_of_the_measure(plot, measure: str) -> None:
    with change("a steward", "a paper") as door:
        statement = stated(door, measure)
    assert beside.own(statement).number == WANTED[measure]


def test_a_site_and_a_mine_are_counted_for_themselves(plot) -> None:
    pit = models.Organisation.objects.get(key="pit")
    measure = "prisoners of war and forced labourers who died at the mine"
    with change("a steward", "a paper") as door:
        of_site = stated(door, "persons buried", site=plot)
        of_pit = stated(door, measure, organisation=pit)
        of_nothing = stated(door, measure)
        of_one = stated(door, "resistance movements", site=plot)
    found = beside.own_counts([of_site, of_pit, of_nothing, of_one])
    assert found[of_site.pk] == beside.Own("persons_at_site", 2)
    assert found[of_pit.pk] == beside.Own("persons_of_organisation", 1)
    assert found[of_nothing.pk] == found[of_one.pk] == beside.Own(beside.NOT_CLEAR)


def test_another_measure_is_never_put_beside(plot) -> None:
    with change("a steward", "a paper") as door:
        graves = stated(door, "graves", site=plot)
        men = stated(door, "prisoners forced to labour in coal mines")
        strange = stated(door, "shoes")
    assert beside.own(graves) == beside.Own(beside.GRAVES)
    assert beside.own(men) == beside.Own(beside.ALL_MEN)
    assert beside.own(strange) == beside.Own(beside.NOT_CLEAR)


def test_every_measure_of_the_pack_has_been_judged() -> None:
    with (pack_path("belgium") / "statements.csv").open(encoding="utf-8") as file:
        measures = {" ".join(row["measure"].lower().split()) for row in csv.DictReader(file)}
    assert measures <= beside.RULES.keys() | beside.OTHER.keys()
    assert not beside.RULES.keys() & beside.OTHER.keys()
    assert set(beside.RULES.values()) <= {*COUNTED}


def test_every_rule_and_reason_has_words() -> None:
    from sexton.web.public.figures import own

    assert own.RULES.keys() == {*COUNTED}
    assert own.REASONS.keys() == {*beside.OTHER.values(), beside.NOT_CLEAR}


def test_many_statements_cost_no_more_queries_than_few(plot, queries) -> None:
    with change("a steward", "a paper") as door:
        rows = [stated(door, "persons buried", site=plot) for _ in range(20)]
    beside.own_counts(rows)
    with queries() as few:
        beside.own_counts(rows[:1])
    with queries() as many:
        beside.own_counts(rows)
    assert len(many) == len(few)
