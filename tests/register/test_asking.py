"""Which tables hold anything of a subject: one statement, and the same answer as their models."""

from __future__ import annotations

import pytest

from sexton.records import pack_path
from sexton.web.register.asking import Question, that_hold
from sexton.web.register.models import Claim, Event, PersonName, RecordLink, Relation

from .conftest import take_in

pytestmark = pytest.mark.django_db


def test_all_is_asked_at_once_and_answered_as_the_models_would(queries) -> None:
    take_in(pack_path("belgium"))
    named = PersonName.objects.values_list("person_id", flat=True).first()
    link = RecordLink.objects.first()
    site = Event.objects.filter(kind="commemoration", site__isnull=False).first().site_id
    asked = [
        ("names", Question(PersonName, ["person_id"], [named])),
        ("relations", Question(Relation, ["person_id"], [named])),
        ("links", Question(RecordLink, ["left_id", "right_id"], [0, link.right_id])),
        ("ceremonies", Question(Event, ["site_id"], [site], [("kind", ["commemoration"])])),
        ("births there", Question(Event, ["site_id"], [site], [("kind", ["birth", "draft"])])),
        ("care", Question(Claim, ["site_id"], [])),
    ]
    with queries() as counted:
        assert that_hold(asked) == {"names", "links", "ceremonies"}
    assert len(counted) == 1


def test_nothing_is_asked_of_nobody(queries) -> None:
    with queries() as counted:
        assert that_hold([("care", Question(Claim, ["site_id"], []))]) == set()
    assert len(counted) == 0
