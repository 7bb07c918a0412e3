"""Who may do what: each role against each action, down to the site, and what is private."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.web.accounts import describe, policy, roles
from sexton.web.accounts.models import RoleAssignment, User
from sexton.web.accounts.policy import Grant, allowed
from sexton.web.accounts.rights import is_visible, may, may_drop, may_write, visible
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.past import register_now
from sexton.web.register.undo import undo

from .conftest import person

# Written out here, beside the policy's own table: a change of either is seen.
EXPECTED = {
    "reader": "read",
    "contributor": "read enter_desk contribute",
    "researcher": "read enter_desk contribute read_private search_archives work_cases assess",
    "reviewer": "read enter_desk contribute read_private search_archives read_letters judge "
    "work_cases assess decide_cases",
    "caretaker": "read enter_desk contribute read_private read_letters keep_site",
    "editor": "read enter_desk contribute read_private search_archives read_letters read_contacts "
    "keep_site judge work_cases assess decide_cases set_rules edit undo",
    "administrator": " ".join(policy.ACTIONS),
}
CASES = [(role, action) for role in policy.ROLES for action in policy.ACTIONS]
grants = st.lists(
    st.builds(Grant, st.sampled_from(policy.ROLES), st.none() | st.integers(1, 4)), max_size=4
)


@pytest.mark.parametrize(("role", "action"), CASES)
def test_what_a_role_may_do(role: str, action: str) -> None:
    said = action in EXPECTED[role].split()
    everywhere, here = (Grant(role),), (Grant(role, 7),)
    assert allowed(everywhere, action) is said
    assert allowed(everywhere, action, frozenset({7})) is said
    assert allowed(everywhere, action, frozenset()) is said
    assert allowed(here, action) is said
    assert allowed(here, action, frozenset({7})) is said
    free = action in {"read", "enter_desk"}
    assert allowed(here, action, frozenset({8})) is (said and free)
    assert allowed(here, action, frozenset({7, 8})) is (said and free)
    assert allowed(here, action, frozenset()) is (said and free)


def test_an_unknown_action_is_a_mistake_not_a_right() -> None:
    with pytest.raises(KeyError):
        allowed((Grant("administrator"),), "fly")


@given(grants, grants, st.sampled_from(list(policy.ACTIONS)), st.frozensets(st.integers(1, 4)))
@settings(max_examples=60)
def test_more_roles_never_take_a_right_away(held, more, action: str, sites) -> None:
    for asked in (None, sites):
        assert allowed(held, action, asked) <= allowed([*held, *more], action, asked)


def test_the_reference_is_what_the_policy_says() -> None:
    assert describe.TARGET.read_text("utf-8") == describe.text(), (
        "run: .venv/bin/python -m sexton.web.accounts.describe"
    )


def account(name: str, role: str = "", site: models.Site | None = None, **more: object) -> User:
    user = User.objects.create_user(name)
    if role:
        roles.give(user, role, by="an administrator", reason="a test", site=site, **more)
    return user


@pytest.fixture
def other(db: None) -> models.Site:
    with change("a steward", "a visit") as door:
        return door.add(models.Site(key="hasselt", municipality="Hasselt"))


def test_a_caretaker_keeps_his_site_and_no_other(site, other) -> None:
    ann = account("ann", "caretaker", site)
    with change("x", "y") as door:
        his = door.add(models.Grave(key="g1", site=site))
        not_his = door.add(models.Grave(key="g2", site=other))
        man = person(door, "p")
    assert may_write(ann, site) and may_write(ann, his) and may_drop(ann, his)
    assert not any(may_write(ann, row) for row in (other, not_his, man))
    assert not may(ann, "edit", site) and not may(ann, "give_roles")
    his.site = other
    assert not may_write(ann, his), "moved to a site that is not his"
    assert not may_write(ann, models.Site(key="new")), "a new site is nobody's"


def test_an_editor_of_a_site_edits_what_is_said_of_it_and_of_its_records(site, other) -> None:
    ann = account("ann", "editor", site)
    with change("x", "y") as door:
        man = person(door, "p")
        records = [door.add(models.Record(key=s.key, site=s)) for s in (site, other)]
    mine, not_mine = (models.Claim(record=r, property="name", value="x") for r in records)
    assert may_write(ann, mine) and may(ann, "judge", mine)
    assert not may_write(ann, not_mine) and not may(ann, "judge", not_mine)
    assert may_write(ann, models.Claim(site=site)) and may_write(ann, models.Event(site=site))
    assert not may_write(ann, models.Claim(site=site, person=man)), "a claim on a person"
    grave = models.Grave(site=other)
    assert not may_write(ann, models.Event(site=site, grave=grave)), "a grave elsewhere"
    assert not may_write(ann, models.Source(key="s"))


def test_nobody_writes_what_is_verbatim(site) -> None:
    boss = account("boss", "administrator")
    with change("x", "y") as door:
        record = door.add(models.Record(key="r", site=site))
    assert not may_write(boss, record) and not may_drop(boss, record)


def test_a_role_holds_until_its_last_day(site) -> None:
    today = timezone.localdate()
    ann = account("ann", "caretaker", site, until=today)
    bob = account("bob", "caretaker", site, until=today - timedelta(days=1))
    assert may_write(ann, site)
    assert not may_write(bob, site) and not bob.is_staff


def test_a_closed_account_is_a_reader(site) -> None:
    account("boss", "administrator")
    ann = account("ann", "editor")
    roles.close(ann, by="boss", reason="left us")
    ann = User.objects.get(username="ann")
    assert not ann.is_active and not may(ann, "edit") and may(ann, "read")
    assert may(AnonymousUser(), "read") and not may(AnonymousUser(), "enter_desk")


def test_the_history_says_who_gave_and_took_a_role(site) -> None:
    account("boss", "administrator")
    ann = account("ann", "caretaker", site)
    held = ann.roles.get()
    assert (held.change.by, held.change.reason) == ("an administrator", "a test")
    roles.take(held, by="boss", reason="moved away")
    past = models.History.objects.get(kind="roleassignment", object_id=held.pk)
    assert (past.ended.by, past.ended.reason, past.data["role"]) == (
        "boss", "moved away", "caretaker",
    )  # fmt: skip
    undo(past.ended, "boss", "a mistake")
    assert ann.roles.get().role == "caretaker"
    assert "roleassignment" in register_now().dump()


def test_giving_a_role_again_changes_until_when(site) -> None:
    ann = account("ann", "caretaker", site)
    roles.give(ann, "caretaker", by="x", reason="longer", site=site, until=date(2030, 1, 1))
    assert [(r.until, r.version) for r in ann.roles.all()] == [(date(2030, 1, 1), 2)]


@pytest.mark.parametrize(
    ("role", "with_site"), [("caretaker", False), ("administrator", True), ("researcher", True)]
)
def test_what_a_role_says_of_sites(site, role: str, with_site: bool) -> None:
    with pytest.raises(ValidationError):
        account("ann", role, site if with_site else None)


def test_the_last_administrator_stays(site) -> None:
    boss = account("boss", "administrator")
    with pytest.raises(roles.LastAdministrator):
        roles.take(boss.roles.get(), by="boss", reason="enough")
    with pytest.raises(roles.LastAdministrator):
        roles.close(boss, by="boss", reason="enough")
    assert User.objects.get().is_active and boss.roles.count() == 1
    account("ann", "administrator")
    roles.close(boss, by="ann", reason="enough")
    assert boss.roles.count() == 0


def test_roles_are_not_written_round_the_door(site) -> None:
    ann = account("ann", "caretaker", site)
    for behind in (
        lambda: RoleAssignment.objects.update(role="editor", site=None),
        lambda: RoleAssignment.objects.filter(user=ann).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            behind()


def _papers(site, other) -> dict[str, models.Image]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with change("a photographer", "photographs") as door:
        return {
            name: door.add(models.Image(file=name, **values))
            for name, values in {
                "open": {"use": "public"},
                "embargoed": {"use": "public", "hidden_until": tomorrow},
                "private": {"use": "private"},
                "at_his_site": {"use": "private", "site": site},
                "at_another": {"use": "private", "site": other},
            }.items()
        }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("", {"open"}),
        ("contributor", {"open"}),
        ("caretaker", {"open", "at_his_site"}),
        ("researcher", {"open", "embargoed", "private", "at_his_site", "at_another"}),
        ("editor", {"open", "embargoed", "private", "at_his_site", "at_another"}),
    ],
)
def test_who_sees_which_images(site, other, role: str, seen: set[str]) -> None:
    images = _papers(site, other)
    user = account("ann", role, site if role == "caretaker" else None)
    found = visible(user, models.Image.objects.all())
    assert set(found.values_list("file", flat=True)) == seen
    assert {name for name, image in images.items() if is_visible(user, image)} == seen


def test_relations_that_name_the_living_are_private(site) -> None:
    with change("x", "y") as door:
        man = person(door, "p")
        door.add(models.Relation(person=man, named="a cousin", private=True))
        door.add(models.Relation(person=man, named="his mother"))
    shown = {
        role: set(visible(account(role, role), models.Relation.objects.all()).values_list("named"))
        for role in ("contributor", "researcher", "reviewer")
    }
    assert shown["contributor"] == {("his mother",)}
    assert shown["researcher"] == shown["reviewer"] == {("his mother",), ("a cousin",)}
    assert visible(AnonymousUser(), models.Relation.objects.all()).count() == 1


def test_contributors_add_private_papers_and_change_their_own(site) -> None:
    ann, bob = account("ann", "contributor"), account("bob", "contributor")
    paper = models.Document(key="letter", title="A letter", use="private")
    assert may_write(ann, paper)
    assert not may_write(ann, models.Document(key="x", title="x", use="public"))
    assert not may_write(ann, models.Source(key="s", title="x"))
    with change("ann", "a letter of my aunt") as door:
        door.add(paper)
    assert may_write(ann, paper) and is_visible(ann, paper)
    assert not may_write(bob, paper) and not is_visible(bob, paper)
    assert not may_drop(ann, paper)
