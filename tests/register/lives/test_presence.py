"""Who was in an organisation: by affiliations, events and the records that name it."""

from __future__ import annotations

import pytest

from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.lives import presence
from sexton.web.register.models import dated

from ..conftest import person, take_in, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(tmp_path) -> models.Organisation:
    rows = [
        {"id": "a", "surname": "Petrov", "camp": "IV H (304)", "prisoner_number": "108258",
         "role": "pow", "source": "https://a.example"},
        {"id": "b", "surname": "Ivanov", "camp": "IV B", "role": "pow", "source": ""},
    ]  # fmt: skip
    take_in(write_csv(tmp_path / "a.csv", rows))
    with change("a steward", "the card") as door:
        paper = door.add(models.Source(key="card", title="A card"))
        made = door.add(models.Organisation(key="stalag-304", kind="camp", name="Stalag 304"))
        door.add(models.OrganisationName(organisation=made, name="IV H (304)", kind="garbled"))
        values = {"organisation": made, "source": paper}
        man = person(door, "Zoltan")
        door.add(models.Affiliation(person=man, role="cook", number="7", **values, **dated("1942")))
        event = models.Event(key="flight", kind="escape", place="Leuven", **values, **dated("1943"))
        door.add(event)
        door.add(models.Participant(event=event, person=person(door, "Runner")))
    return made


def page_of(camp: models.Organisation) -> dict[str, list]:
    found = presence.organisation(camp.key)
    names = presence.names_of(found)
    there = presence.members_of_all().get(found.pk, [])
    persons = list(models.Person.objects.in_bulk(there).values())
    return {one.person.name: list(one.steps) for one in presence.presences(found, names, persons)}


def test_everybody_whom_a_source_puts_there_is_there(camp) -> None:
    there = page_of(camp)
    assert set(there) == {"Petrov", "Runner", "Zoltan"}
    (stay,) = there["Petrov"]
    assert stay.says("number")[0].said.text == "108258"
    assert stay.says("organisation")[0].voices[0].record.key == "a"
    (stay,) = there["Zoltan"]
    said = {name: stay.says(name)[0].said for name in ("when", "role", "number")}
    assert (said["when"].edtf, said["role"].text, said["number"].text) == ("1942", "cook", "7")
    assert [step.kind for step in there["Runner"]] == ["escape"]
    assert [step.kind for step in presence.events_of(camp)] == ["escape"]


def test_the_list_counts_whom_the_page_shows(camp) -> None:
    assert presence.numbers_of_members() == {camp.pk: len(page_of(camp))}
    with change("a steward", "one more") as door:
        more = person(door, "more")
        door.add(models.Affiliation(person=more, organisation=camp))
    assert presence.numbers_of_members() == {camp.pk: len(page_of(camp))}


def test_many_members_cost_no_more_queries_than_few(camp, queries) -> None:
    with queries() as few:
        page_of(camp)
    with change("a steward", "a list") as door:
        for number in range(30):
            man = person(door, f"m{number}")
            door.add(models.Affiliation(person=man, organisation=camp))
    with queries() as many:
        page_of(camp)
    assert len(many) == len(few)
