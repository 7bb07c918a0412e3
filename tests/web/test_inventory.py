"""The inventory holds every kind of page, and every address in it answers."""

from __future__ import annotations

from itertools import chain

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from sexton.web.public import inventory

pytestmark = pytest.mark.django_db
# Pages that are an answer to what somebody typed or did, not part of what the register says.
NOT_LISTED = {"search", "map-data", "suggest", "archive-record"}


def test_one_page_of_each_kind_answers(client: Client) -> None:
    seen: set[str] = set()
    for page in chain(inventory.pages(), inventory.files()):
        if page.kind not in seen:
            seen.add(page.kind)
            assert client.get(page.address).status_code == 200, page
    assert {"grave", "graves", "memorial", "register", "register-table"} <= seen


def test_every_public_address_is_in_it() -> None:
    from sexton.web.public import urls as public
    from sexton.web.research import urls as research

    named = {pattern.name for pattern in [*public.urlpatterns, *research.urlpatterns]}
    kinds = {page.kind for page in chain(inventory.pages(), inventory.files())}
    assert named - NOT_LISTED == kinds


def test_addresses_are_those_of_the_language_in_use() -> None:
    from django.utils import translation

    with translation.override("ru"):
        assert all(page.address.startswith("/ru/") for page in inventory.pages())
    assert get_resolver().resolve(reverse("home")).url_name == "home"
