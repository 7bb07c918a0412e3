"""Which groups the register suggests, and to whom."""

from __future__ import annotations

import pytest

from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.workbench.groups import keeping, proposing

from ..conftest import person

pytestmark = pytest.mark.django_db


def record(door, key: str, site=None, named=True, who=None, **fields: str) -> models.Record:
    extra = {"bodies": fields.pop("bodies")} if "bodies" in fields else {}
    row = models.Record(key=key, fields=fields, extra=extra, site=site, is_named=named)
    made = door.add(row)
    if who is not None:
        door.add(models.Membership(record=made, person=who, probability=1.0))
    return made


def found(user: User) -> dict[str, list[proposing.Shown]]:
    told: dict[str, list[proposing.Shown]] = {}
    for one in proposing.proposals(user):
        told.setdefault(one.proposal.kind, []).append(one)
    return told


@pytest.fixture
def ann(db: None) -> User:
    user = User.objects.create_user("ann", password="nine grey stones")
    roles.give(user, "researcher", by="a test", reason="a test")
    return user


def test_one_man_is_counted_once(site: models.Site, ann: User) -> None:
    with change("ann", "a list") as door:
        who = person(door, "p1")
        day = {"death_date": "2.5.1943"}
        record(door, "a", site, who=who, name="Иванов", **day)
        record(door, "b", site, who=who, name="Iwanow", death_date="1943-05-02")
        record(door, "c", site, name="Сидоров", death_date="мая 1943")
    assert found(ann) == {}
    with change("ann", "a list") as door:
        record(door, "d", site, named=False, death_date="02.05.1943")
    (day,) = found(ann)["day"]
    assert (day.proposal.bodies, day.proposal.unnamed) == (2, 1)
    assert day.title == "genk: the dead of 2 May 1943"
    plan = proposing.plan_of(day.proposal.key)
    assert [one.key for one in plan.graves] == ["a", "d"]
    keeping.make(plan, "ann", "as suggested")
    assert found(ann) == {}


def test_a_common_grave_holds_as_many_as_are_counted(site: models.Site, ann: User) -> None:
    with change("ann", "a plan") as door:
        record(door, "row", site, named=False, bodies="12")
        who = person(door, "p1")
        record(door, "stone", site, named=False, who=who)
        grave = door.add(models.Grave(site=site, key="genk-c", kind="common"))
        door.add(models.GraveCount(site=site, grave=grave, unknown=5))
        burial = door.add(models.Event(key="e1", kind="burial", site=site, grave=grave))
        door.add(models.Participant(event=burial, person=who, role="buried"))
    held = sorted(one.proposal.bodies for one in found(ann)["common_grave"])
    assert held == [5, 12]
    (plot,) = found(ann)["plot"]
    assert plot.proposal.bodies == 13


def test_who_fell_in_an_event_and_has_no_grave_is_a_name(site: models.Site, ann: User) -> None:
    with change("ann", "a page") as door:
        event = door.add(models.Event(key="mine", kind="death", title="Fire in the mine"))
        for key, where in (("a", site), ("b", site), ("c", None)):
            who = person(door, key)
            record(door, f"row-{key}", where, who=who, name=f"Иванов {key}")
            door.add(models.Participant(event=event, person=who, role="fell"))
    (one,) = found(ann)["event"]
    assert (one.title, one.proposal.bodies, len(one.proposal.names)) == ("Fire in the mine", 2, 1)
    made = keeping.make(proposing.plan_of(one.proposal.key), "ann", "as suggested")
    assert [row.name for row in made.names.all()] == ["record:row-c"] and made.event == event


def test_a_group_of_more_sites_is_for_who_works_everywhere(site: models.Site, ann: User) -> None:
    with change("ann", "a page") as door:
        other = door.add(models.Site(key="eisden", kind="cemetery_plot", municipality="Eisden"))
        event = door.add(models.Event(key="shot", kind="execution", title="Shot"))
        for key, where in (("a", site), ("b", other)):
            who = person(door, key)
            record(door, f"row-{key}", where, who=who, named=False)
            door.add(models.Participant(event=event, person=who, role="fell"))
    local = User.objects.create_user("local", password="nine grey stones")
    roles.give(local, "reviewer", by="a test", reason="a test", site=site)
    assert [one.title for one in found(ann)["event"]] == ["Shot"]
    assert found(local) == {}
    made = keeping.make(proposing.plan_of(found(ann)["event"][0].proposal.key), "ann", "x")
    assert keeping.groups_for(ann).get() == made and not keeping.groups_for(local).exists()
