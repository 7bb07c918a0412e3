"""The database keeps a row's state as the register tells it, to the letter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import models, states
from sexton.web.register.history import change, pieces, state_of

pytestmark = pytest.mark.django_db
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
JSON = st.dictionaries(
    TEXT,
    st.one_of(TEXT, st.booleans(), st.none(), st.integers(-9, 9), st.floats(-1, 1)),
    max_size=3,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXT, JSON, st.dates(date(1, 1, 1), date(9999, 1, 1)), st.booleans())
def test_the_database_keeps_what_the_row_says(source, text, told, day, yes) -> None:
    with change("x", "y") as door:
        claim = models.Claim(source=source, property="p", value=text, qualifiers=told,
                             first_day=day, preferred=yes, reason="seen")  # fmt: skip
        door.add_many([claim])
    wanted = state_of(models.Claim.objects.get(pk=claim.pk))
    with change("x", "y") as door:
        door.drop_ids(models.Claim, [claim.pk])
    kept = models.History.objects.get(kind="claim", object_id=claim.pk)
    assert kept.data == wanted
    assert [type(kept.data[name]) for name in wanted] == [type(v) for v in wanted.values()]
    assert (kept.version, kept.began, kept.ended) == (1, claim.change, door.written)


def test_numbers_with_a_point_are_told_by_the_register_itself() -> None:
    assert states.is_plain(models.Record)
    assert states.is_plain(models.Claim)
    for model in (models.Site, models.Membership, models.Statement):
        assert not states.is_plain(model)


def test_no_digit_of_a_place_is_lost() -> None:
    with change("x", "y") as door:
        site = door.add(models.Site(key="s", latitude=0.1 + 0.2, longitude=5.123456789012345))
    with change("x", "y") as door:
        door.drop_ids(models.Site, [site.pk])
    kept = models.History.objects.get(kind="site").data
    assert (kept["latitude"], kept["longitude"]) == (0.1 + 0.2, 5.123456789012345)


@given(st.sets(st.integers(1, 2000), max_size=400), st.integers(0, 1500), st.integers(0, 500))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pieces_name_the_ids_and_no_other(some, start, length) -> None:
    ids = sorted(some | set(range(start, start + length)))
    named: list[int] = []
    for piece in pieces(ids):
        told = dict(piece.children)
        named += told.get("pk__in") or range(told["pk__gte"], told["pk__lte"] + 1)
    assert sorted(named) == ids
