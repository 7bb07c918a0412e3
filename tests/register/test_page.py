"""A person's page: every value leads to its sources, in a few queries."""

from __future__ import annotations

import pytest

from sexton.records import pack_path
from sexton.web.register import models, services
from sexton.web.register.page import person_page

from .conftest import take_in
from .test_batches import _One

pytestmark = pytest.mark.django_db


def test_dotsenkos_births_stand_side_by_side_with_their_sources(queries) -> None:
    take_in(pack_path("belgium"))
    named = models.Record.objects.filter(fields__surname__in=["Dotsenko", "Доценко"])
    keys = list(named.values_list("key", flat=True))
    services.store_clusters(_One(keys))
    key = models.Membership.objects.get(record__key=keys[0]).person.key
    with queries() as counted:
        page = person_page(key)
    assert len(counted) <= 20
    assert len(page.records) == len(keys) > 1
    for values in page.values.values():
        for value in values:
            assert value.sources
            assert all(source.url for source in value.sources)
    written = {claim.value for v in page.values["birth_date"] for claim in v.claims}
    assert written == {r.fields["birth_date"] for r in named if r.fields.get("birth_date")}


def test_there_is_no_page_of_nobody() -> None:
    assert person_page("nobody") is None
