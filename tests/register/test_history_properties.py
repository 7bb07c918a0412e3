"""Whatever is edited: any moment can be seen again, and taking all back gives the same register."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.past import register_at, register_now
from sexton.web.register.undo import CannotUndo, undo

pytestmark = pytest.mark.django_db(transaction=False)

KEYS = st.sampled_from(["a", "b", "c"])
TOWNS = st.text(alphabet="абGenk –’", max_size=12)
STEPS = st.one_of(
    st.tuples(st.just("site"), KEYS, TOWNS),
    st.tuples(st.just("grave"), KEYS, KEYS),
    st.tuples(st.just("drop grave"), KEYS),
    st.tuples(st.just("drop site"), KEYS),
)
CHANGES = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=5)
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def take(door, step) -> None:
    """Do a step where it can be done."""
    kind, key, *rest = step
    site = models.Site.objects.filter(key=key).first()
    grave = models.Grave.objects.filter(key=key).first()
    if kind == "site" and site:
        door.edit(site, municipality=rest[0])
    elif kind == "site":
        door.add(models.Site(key=key, municipality=rest[0]))
    elif kind == "grave" and not grave:
        at = models.Site.objects.filter(key=rest[0]).first()
        if at:
            door.add(models.Grave(key=key, site=at))
    elif kind == "drop grave" and grave:
        door.drop(grave)
    elif kind == "drop site" and site and not site.graves.exists():
        door.drop(site)


def emptied() -> None:
    with change("a test", "the next example") as door:
        for model in (models.Grave, models.Site):
            door.drop_all(model.objects.all())


@QUICK
@given(CHANGES)
def test_every_moment_can_be_seen_again_and_all_taken_back(changes) -> None:
    emptied()
    seen = [(None, register_now().dump())]
    for steps in changes:
        with change("somebody", "something") as door:
            for step in steps:
                take(door, step)
        if door.written:
            seen.append((door.written, register_now().dump()))
    for made, dump in seen[1:]:
        assert register_at(made.at).dump() == dump
    for (made, _), (_, before) in zip(reversed(seen[1:]), reversed(seen[:-1]), strict=True):
        undo(made, "somebody", "all of it was wrong")
        assert register_now().dump() == before
    for made, dump in seen[1:]:
        assert register_at(made.at).dump() == dump


@QUICK
@given(CHANGES, st.data())
def test_a_refused_undo_changes_nothing_and_another_only_its_own(changes, data) -> None:
    emptied()
    made = []
    for steps in changes:
        with change("somebody", "something") as door:
            for step in steps:
                take(door, step)
        made += [door.written] if door.written else []
    if not made:
        return
    chosen = data.draw(st.sampled_from(made))
    before = register_now().dump()
    try:
        back = undo(chosen, "somebody", "this one was wrong")
    except CannotUndo:
        assert register_now().dump() == before
    else:
        if back is not None:
            undo(back, "somebody", "it was right")
        assert register_now().dump() == before
