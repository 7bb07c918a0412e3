"""Who changed what, when and why; nothing is lost, and everything can be taken back."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from sexton.web.register import guards, models
from sexton.web.register.history import Conflict, change
from sexton.web.register.past import register_at, register_now, states_of
from sexton.web.register.undo import CannotUndo, undo

from .conftest import person

pytestmark = pytest.mark.django_db


def edit(row, by="an editor", reason="better known", **values):
    with change(by, reason) as door:
        door.edit(row, **values)
    return door.written


def test_an_edit_keeps_who_when_why_and_what_was(site) -> None:
    before = timezone.now()
    made = edit(site, municipality="Hasselt")
    assert (site.municipality, site.version, site.change) == ("Hasselt", 2, made)
    assert (made.by, made.reason) == ("an editor", "better known")
    assert before <= made.at <= timezone.now() + timedelta(seconds=1)
    told = [(who.by, data["municipality"]) for who, data in states_of(site)]
    assert told == [("a steward", "Genk"), ("an editor", "Hasselt")]


def test_an_edit_that_changes_nothing_leaves_no_trace(site) -> None:
    assert edit(site, municipality="Genk") is None
    assert (models.Change.objects.count(), models.History.objects.count()) == (1, 0)


def test_many_edits_that_change_nothing_leave_no_trace(site) -> None:
    with change("x", "y") as door:
        assert door.edit_many(models.Site, {site.pk: {"municipality": "Genk"}}) == 0
    assert door.written is None


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("who", " ")])
def test_a_change_says_who_and_why(by: str, reason: str) -> None:
    with pytest.raises(ValueError, match="who makes it"), change(by, reason):
        pass


def test_values_that_a_column_refuses_are_refused(site) -> None:
    with pytest.raises(ValidationError, match="coord_precision"):
        edit(site, coord_precision="somewhere")
    with pytest.raises(ValidationError, match="site"), change("x", "y") as door:
        door.add(models.Grave(key="g"))
    assert models.Site.objects.get().version == 1


def test_the_second_of_two_editors_gets_a_clear_conflict(site) -> None:
    seen = models.Site.objects.get(pk=site.pk)
    edit(site, by="the first", municipality="Hasselt", heritage_status="listed")
    with pytest.raises(Conflict) as raised:
        edit(seen, by="the second", municipality="Genk-Zuid")
    assert "the first changed this" in str(raised.value)
    assert (raised.value.theirs, raised.value.yours) == (
        {"municipality": "Hasselt"},
        {"municipality": "Genk-Zuid"},
    )
    stored = models.Site.objects.get(pk=site.pk)
    assert (stored.municipality, stored.heritage_status, stored.version) == (
        "Hasselt",
        "listed",
        2,
    )
    edit(stored, by="the second", municipality="Genk-Zuid")
    assert models.Site.objects.get(pk=site.pk).heritage_status == "listed"


def test_a_form_says_which_version_it_showed(site) -> None:
    edit(site, municipality="Hasselt")
    fresh = models.Site.objects.get(pk=site.pk)
    with pytest.raises(Conflict), change("x", "y") as door:
        door.edit(fresh, seen=1, municipality="Bilzen")


def test_what_somebody_else_took_out_is_a_conflict(site) -> None:
    seen = models.Site.objects.get(pk=site.pk)
    with change("the first", "a double") as door:
        door.drop(site)
    with pytest.raises(Conflict, match="the first took this out"):
        edit(seen, municipality="Hasselt")


def test_all_of_a_change_happens_or_nothing(site) -> None:
    with pytest.raises(RuntimeError), change("x", "y") as door:
        door.edit(site, municipality="Hasselt")
        raise RuntimeError
    assert models.Site.objects.get().municipality == "Genk"
    assert models.Change.objects.count() == 1


def test_what_others_refer_to_is_not_dropped(site) -> None:
    with change("x", "y") as door:
        door.add(models.Grave(key="g", site=site))
    with pytest.raises(ProtectedError), change("x", "y") as door:
        door.drop(site)


def test_the_database_guards_every_table(site) -> None:
    made = set(guards.present(connection))
    for model in models.VERSIONED:
        assert f"{model._meta.model_name}_is_kept_when_dropped" in made
    for behind in (
        lambda: models.Site.objects.update(municipality="lost"),
        lambda: models.Site.objects.all().delete(),
        lambda: models.Change.objects.update(by="somebody else"),
        lambda: models.Change.objects.filter(pk=site.change_id)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            behind()
    edit(site, municipality="Hasselt")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.History.objects.update(data={})


def test_the_register_at_a_moment(site) -> None:
    start = models.Change.objects.get().at
    second = edit(site, municipality="Hasselt")
    with change("x", "y") as door:
        door.add(models.Grave(key="g", site=site))
    with change("x", "a double") as door:
        door.drop(models.Grave.objects.get())
    third = models.Change.objects.order_by("pk")[2].at
    assert register_at(start - timedelta(microseconds=1)).rows(models.Site) == {}
    assert register_at(start).row(models.Site, site.pk)["municipality"] == "Genk"
    assert register_at(second.at).row(models.Site, site.pk)["municipality"] == "Hasselt"
    assert register_at(second.at).rows(models.Grave) == {}
    assert [row["key"] for row in register_at(third).rows(models.Grave).values()] == ["g"]
    assert register_now().rows(models.Grave) == {}


def test_a_clock_put_back_does_not_disorder_history(site) -> None:
    first = models.Change.objects.get()
    with mock.patch.object(timezone, "now", return_value=first.at - timedelta(days=1)):
        second = edit(site, municipality="Hasselt")
    assert second.at > first.at
    assert register_at(first.at).row(models.Site, site.pk)["municipality"] == "Genk"


def test_undo_brings_back_what_was(site) -> None:
    with change("x", "y") as door:
        grave = door.add(models.Grave(key="g", site=site))
    before = register_now().dump()
    with change("an editor", "wrong") as door:
        door.edit(site, municipality="Hasselt")
        door.add(models.Grave(key="h", site=site))
        door.drop(grave)
    after = register_now().dump()
    back = undo(door.written, "an editor", "it was right")
    assert back.undoes == door.written
    assert register_now().dump() == before
    assert undo(back, "an editor", "no, it was wrong").undoes == back
    assert register_now().dump() == after
    assert register_at(back.at).dump() == before


def test_undo_is_refused_with_a_list_where_later_changes_build_on_it(site) -> None:
    first = edit(site, municipality="Hasselt")
    later = edit(site, by="the later", reason="a letter", municipality="Bilzen")
    with pytest.raises(CannotUndo) as raised:
        undo(first, "x", "y")
    assert [str(o) for o in raised.value.obstacles] == [
        f"site {site.pk} was changed later, by the later: a letter"
    ]
    assert models.Site.objects.get().municipality == "Bilzen"
    undo(later, "x", "y")
    undo(first, "x", "and then the first")
    assert models.Site.objects.get().municipality == "Genk"


def test_undo_is_refused_where_others_refer_to_what_would_go(site) -> None:
    with change("the later", "a plan") as door:
        door.add(models.Grave(key="g", site=site))
    with pytest.raises(CannotUndo, match=r"grave \d+, by the later \(a plan\), refers"):
        undo(site.change, "x", "y")


def test_undo_is_refused_where_what_it_needs_is_gone(site) -> None:
    with change("x", "y") as door:
        grave = door.add(models.Grave(key="g", site=site))
    with change("x", "a double") as door:
        door.drop(grave)
    dropped = door.written
    with change("x", "no such place") as door:
        door.drop(site)
    with pytest.raises(CannotUndo, match="taken out since"):
        undo(dropped, "x", "y")


def test_undo_is_refused_where_a_place_is_taken(site) -> None:
    with change("x", "a double") as door:
        door.drop(site)
    dropped = door.written
    with change("x", "y") as door:
        door.add(models.Site(key="genk"))
    with pytest.raises(CannotUndo, match="taken the place"):
        undo(dropped, "x", "y")


def test_two_edits_in_one_change_are_one_step_of_history(site) -> None:
    with change("x", "y") as door:
        door.edit(site, municipality="Hasselt")
        door.edit(site, municipality="Bilzen")
        other = door.add(models.Site(key="other"))
        door.drop(other)
    assert register_at(door.written.at).row(models.Site, site.pk)["municipality"] == "Bilzen"
    undo(door.written, "x", "y")
    assert [s.municipality for s in models.Site.objects.all()] == ["Genk"]


def test_a_person_of_hand_is_taken_back_with_what_came_with_him(db) -> None:
    with change("x", "a letter") as door:
        man = person(door, "ivan")
        door.add(models.PersonName(person=man, written="Ivan"))
    undo(door.written, "x", "y")
    assert not models.Person.objects.exists()


def test_a_person_on_whom_a_later_name_stands_stays(db) -> None:
    with change("x", "a letter") as door:
        man = person(door, "ivan")
    first = door.written
    with change("the later", "another") as door:
        door.add(models.PersonName(person=man, written="Ivan"))
    with pytest.raises(CannotUndo, match="personname"):
        undo(first, "x", "y")
    assert models.PersonName.objects.exists()
