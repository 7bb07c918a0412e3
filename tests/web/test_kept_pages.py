"""Pages are kept until the register changes, and only pages that are the same for everybody."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from sexton.web.accounts.models import User
from sexton.web.register import models
from sexton.web.register.history import change

pytestmark = pytest.mark.django_db
PAGE = "/sites/chimay/"


def queries_of(client: Client, **headers: str) -> tuple[object, int]:
    from django.db import connection

    with CaptureQueriesContext(connection) as counted:
        answer = client.get(PAGE, headers=headers)
    return answer, len(counted)


def test_the_second_reader_gets_the_same_page_without_its_queries(client: Client) -> None:
    first, made = queries_of(client)
    second, kept = queries_of(client)
    assert second.content == first.content and second.headers == first.headers
    assert kept < made and kept <= 2


def test_who_has_the_page_is_told_that_nothing_is_new(client: Client) -> None:
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content


def test_a_change_of_the_register_is_seen_at_once(client: Client) -> None:
    first = client.get(PAGE)
    site = models.Site.objects.get(key="chimay")
    with change("a test", "the page must follow") as door:
        door.edit(site, facts="A fact that was not there")
    changed = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and "A fact that was not there" in changed.content.decode()


def test_languages_and_formats_are_kept_apart(client: Client) -> None:
    english = client.get(PAGE).content
    assert client.get(f"/ru{PAGE}").content != english
    plain = client.get(PAGE)
    packed = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert plain.content == english
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers


def test_what_is_about_a_reader_is_not_kept(client: Client) -> None:
    client.get(PAGE)
    client.force_login(User.objects.create_user("ann", password="a long enough password"))
    signed_in = client.get(PAGE)
    assert "ann" in signed_in.content.decode()
    client.cookies.clear()
    assert "ann" not in client.get(PAGE).content.decode()
    client.get("/account/sign-in/")
    secrets = {client.cookies.clear() or client.get("/account/sign-in/").content for _ in "ab"}
    assert len(secrets) == 2


@override_settings(KEPT_PAGES_BYTES=0)
def test_without_room_every_page_is_made(client: Client) -> None:
    queries_of(client)
    _, second = queries_of(client)
    assert second > 2


def test_errors_are_not_kept(client: Client) -> None:
    assert client.get("/sites/later/").status_code == 404
    missing = client.get("/sites/later/")
    assert missing.status_code == 404 and not missing.headers.get("ETag", "").startswith("W/")
