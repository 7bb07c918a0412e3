"""Signing in and out, passwords, what holds up who guesses, and what the cookies are."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sexton.web.accounts import links, roles, throttle
from sexton.web.accounts.models import Attempt, User

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"
PASSWORD = "nine grey stones at Zwartberg"


@pytest.fixture(autouse=True)
def quick_hashing(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann", "Ann Peeters", PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, name: str = "ann", **more: str):
    address = more.pop("address", "192.0.2.1")
    sent = {"username": name, "password": password, **more}
    return client.post(SIGN_IN, sent, REMOTE_ADDR=address)


def test_who_signs_in_sees_his_roles_and_signs_out(client: Client, ann: User) -> None:
    roles.give(ann, "editor", by="a test", reason="a test")
    assert client.get("/account/").url == f"{SIGN_IN}?next=/account/"
    assert sign_in(client, name=" ANN ").url == "/account/"
    page = client.get("/account/").content.decode()
    assert "Ann Peeters" in page and "Editor" in page and "/steward/" in page
    assert client.get("/account/sign-out/").status_code == 405, "a link must not sign anybody out"
    assert client.post("/account/sign-out/").url == "/"
    assert client.get("/account/").status_code == 302


def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: Client, ann: User) -> None:
    closed = User.objects.create_user("bob", password=PASSWORD)
    roles.close(closed, by="a test", reason="left")
    said = {
        re.search(r'role="alert">(.*?)</div>', sign_in(client, pw, name).content.decode(), re.S)[1]
        for name, pw in (("ann", "wrong"), ("nobody", "wrong"), ("bob", PASSWORD))
    }
    assert said == {"<p>No account that is open has this name and this password.</p>"}


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/steward/", "/steward/"),
        ("/ru/sites/", "/ru/sites/"),
        ("https://elsewhere.example/", "/account/"),
        ("//elsewhere.example/", "/account/"),
        ("javascript:alert(1)", "/account/"),
    ],
)
def test_it_leads_nowhere_but_into_this_site(client: Client, ann, wanted: str, leads: str) -> None:
    assert sign_in(client, next=wanted).url == leads


def test_the_desk_leads_to_the_sign_in_of_the_site(client: Client, ann: User) -> None:
    asked = client.get("/steward/site/", follow=True)
    assert asked.redirect_chain[-1][0] == f"{SIGN_IN}?next=/steward/site/"
    sign_in(client)
    refused = client.get("/steward/site/", follow=True)
    assert refused.status_code == 403
    assert "Your role does not allow this" in refused.content.decode()


def test_guessing_must_wait(client: Client, ann: User) -> None:
    for _ in range(throttle.PAIR.failures):
        assert sign_in(client, "wrong").status_code == 200
    told = sign_in(client)
    assert told.status_code == 429, "even with the right password"
    assert "Please wait 15 minutes" in told.content.decode()
    assert sign_in(client, address="192.0.2.2").status_code == 302, "elsewhere it can be done"
    Attempt.objects.update(at=timezone.now() - throttle.PAIR.within)
    assert sign_in(Client()).status_code == 302


def test_an_address_that_tries_many_names_must_wait(client: Client, ann: User) -> None:
    for number in range(throttle.ADDRESS.failures):
        assert sign_in(client, "wrong", f"name{number}").status_code == 200
    assert sign_in(client).status_code == 429
    assert sign_in(client, address="192.0.2.2").status_code == 302


def test_a_name_that_is_tried_from_many_addresses_must_wait(client: Client, ann: User) -> None:
    for number in range(throttle.NAME.failures):
        throttle.begin("ann", f"192.0.2.{number}")
    assert sign_in(client, address="198.51.100.1").status_code == 429
    Attempt.objects.update(at=timezone.now() - throttle.NAME.within - timedelta(seconds=1))
    assert sign_in(client, address="198.51.100.1").status_code == 302
    assert not Attempt.objects.exists(), "what is past is forgotten"


def test_success_forgets_the_failures_before(client: Client, ann: User) -> None:
    for _ in range(3):
        for _ in range(throttle.PAIR.failures - 1):
            assert sign_in(client, "wrong").status_code == 200
        assert sign_in(client).status_code == 302


def test_neither_names_nor_addresses_are_stored(client: Client, ann: User) -> None:
    sign_in(client, "wrong")
    stored = repr(list(Attempt.objects.values()))
    assert "ann" not in stored and "192.0.2.1" not in stored


def test_behind_a_proxy_only_its_own_word_counts(rf, settings) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.7", REMOTE_ADDR="10.0.0.1")
    assert throttle.address_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert throttle.address_of(request) == "192.0.2.7"


def test_a_one_time_link_sets_a_password_once(client: Client) -> None:
    user = User.objects.create_user("bob")
    assert sign_in(client, "", "bob").status_code == 200
    link = links.password_link(user)
    page = client.get(link)
    assert page.url.endswith("/set-password/"), "the token leaves the address"
    weak = client.post(page.url, {"new_password1": "bob12345", "new_password2": "bob12345"})
    assert "too short" in weak.content.decode()
    sent = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(page.url, sent).url == SIGN_IN
    assert "older than a day" in Client().get(link).content.decode()
    assert sign_in(client, name="bob").status_code == 302


def test_a_changed_password_signs_other_devices_out(client: Client, ann: User) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "seven wooden crosses of Genk"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", sent).url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_a_closed_account_is_signed_out_at_once(client: Client, ann: User) -> None:
    sign_in(client)
    roles.close(ann, by="a test", reason="left")
    assert client.get("/account/").status_code == 302


def test_the_cookies_are_for_this_site_and_no_script(client: Client, ann: User) -> None:
    cookies = sign_in(client).cookies
    session = cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax" and not session["max-age"]
    assert client.get(SIGN_IN).cookies["csrftoken"]["httponly"]


def test_without_its_token_no_form_is_taken(ann: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403


@pytest.mark.parametrize("address", [SIGN_IN, "/account/", "/steward/", "/steward/site/", "/ru/"])
def test_the_policy_is_as_strict_as_elsewhere(client: Client, ann: User, address: str) -> None:
    roles.give(ann, "administrator", by="a test", reason="a test")
    client.force_login(ann)
    page = client.get(address)
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "unsafe" not in policy
    text = page.content.decode()
    tags = r"<script(?! src=\"/static/| type=\"application/ld\+json\">)|\sstyle=|<style"
    assert re.findall(tags, text) == []
    assert not re.search(r"\son\w+=", text)


def test_signed_in_pages_are_kept_by_no_cache(client: Client, ann: User) -> None:
    roles.give(ann, "editor", by="a test", reason="a test")
    client.force_login(ann)
    for address in ("/account/", "/steward/", "/steward/relation/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]
