"""Letters of readers: the form, the receipt, what keeps machines out, and who sees what."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from sexton.web.accounts import policy, roles, throttle
from sexton.web.accounts.models import Attempt, User
from sexton.web.contributions import forms, letters, subjects
from sexton.web.contributions.models import Contribution, Step
from sexton.web.register.models import Person, Site

pytestmark = pytest.mark.django_db
FORM = "/contribute/?about=person:fr-methode-210"
SAID = {
    "text": "He was my grandfather's brother. <b>Look</b> at the letter.",
    "how_known": "a letter of 1946",
    "relation": "relative",
    "name": "Anna Secret-Name",
    "contact": "anna@private.example",
    "consent": "on",
    "website": "",
}
PRIVATE = ("Secret-Name", "private.example")
LETTERS = {"reviewer", "caretaker", "editor", "administrator"}
CONTACTS = {"editor", "administrator"}


def stamp(seconds_ago: int = 60) -> str:
    """The stamp of a page that was opened some time ago."""
    signer = signing.TimestampSigner(salt=forms.SALT)
    value = f":{signing.b62_encode(int(timezone.now().timestamp()) - seconds_ago)}"
    return f"{value}:{signer.signature(value)}"


def send(client: Client, address: str = FORM, ip: str = "192.0.2.1", **more: str):
    return client.post(address, {**SAID, "opened": stamp(), **more}, REMOTE_ADDR=ip)


def key_of_a_person() -> str:
    return Person.objects.get(name__contains="SCHATUNOV").key


@pytest.fixture
def letter() -> tuple[Contribution, str]:
    """A letter about a site."""
    said = {name: SAID[name] for name in ("text", "how_known", "relation", "name", "contact")}
    return letters.send(subjects.read("site:genk"), "fr", **said)


def signed_in(role: str, site: Site | None = None) -> Client:
    user = User.objects.create_user(f"{role}-{site.key}" if site else role)
    if role != "reader":
        roles.give(user, role, site=site, by="a test", reason="a test")
    client = Client()
    client.force_login(user)
    return client


def desk(letter: Contribution) -> str:
    return f"/steward/contribution/{letter.pk}/change/"


def test_a_letter_is_sent_and_seen_by_its_link_alone(client: Client) -> None:
    about = f"/contribute/?about=person:{key_of_a_person()}"
    page = client.get(about).content.decode()
    assert "SCHATUNOV" in page and "one year after" in page and "I agree" in page
    sent = send(client, about)
    assert sent.status_code == 302
    assert "sessionid" not in client.cookies
    receipt = Client().get(sent.url)
    text = receipt.content.decode()
    kept = Contribution.objects.get()
    assert f"Your letter, number {kept.pk}" in text and "Received, not read yet" in text
    assert f"http://testserver{sent.url}" in text
    assert "&lt;b&gt;Look&lt;/b&gt;" in text and "Anna Secret-Name" in text
    assert "no-store" in receipt["Cache-Control"] and 'content="noindex"' in text
    assert kept.subject_key == key_of_a_person() and kept.language == "en"
    assert sent.url.rstrip("/").rpartition("/")[2] not in repr(list(Contribution.objects.values()))


def test_nothing_of_it_is_on_any_public_page(client: Client) -> None:
    key = key_of_a_person()
    before = client.get(f"/persons/{key}/").content
    send(client, f"/contribute/?about=person:{key}")
    after = Client().get(f"/persons/{key}/").content
    assert before == after
    found = Client().get("/search/?q=Secret-Name").content.decode()
    assert "grandfather" not in found and "private.example" not in found


@pytest.mark.parametrize("language", ["", "/fr", "/nl", "/de", "/ru"])
def test_in_every_language(client: Client, language: str) -> None:
    assert client.get(f"{language}/contribute/").status_code == 200
    sent = send(client, f"{language}/contribute/")
    assert sent.url.startswith(f"{language}/contributions/")
    assert client.get(sent.url).status_code == 200
    assert Contribution.objects.get().language == (language.strip("/") or "en")


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ("site:genk", "site"),
        ("organisation:stalag-304", "organisation"),
        ("record:fr-methode-210", "record"),
        ("", ""),
        ("person:nobody", ""),
        ("user:1", ""),
        ("site:genk\x00", "site"),
        ("person:" + "x" * 5000, ""),
    ],
)
def test_what_it_is_about(client: Client, about: str, kind: str) -> None:
    assert client.get("/contribute/", {"about": about}).status_code == 200
    assert send(client, f"/contribute/?{urlencode({'about': about})}").status_code == 302
    kept = Contribution.objects.get()
    assert kept.subject_kind == kind and bool(kept.subject_name) == bool(kind)


def test_a_letter_about_a_record_is_of_its_site(client: Client) -> None:
    send(client, "/contribute/?about=record:fr-methode-210")
    record = subjects.read("record:fr-methode-210").row
    assert Contribution.objects.get().site_key == record.site.key


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "This field is required"),
        ({"text": "   "}, "This field is required"),
        ({"text": "x" * 10_001}, "at most 10000"),
        ({"text": "a\x00b"}, "signs that cannot be shown"),
        ({"text": "a\x1bb"}, "signs that cannot be shown"),
        ({"how_known": "x" * 2001}, "at most 2000"),
        ({"name": "x" * 201}, "at most 200"),
        ({"contact": "a\x00b"}, "Null characters"),
        ({"relation": "king"}, "not one of the available choices"),
        ({"consent": ""}, "Without your consent"),
        ({"website": "http://buy.example"}, "a machine had sent it"),
        ({"opened": ""}, "open for more than a day"),
        ({"opened": "forged:1:2"}, "open for more than a day"),
        ({"opened": stamp(25 * 3600)}, "open for more than a day"),
        ({"opened": ""}, "open for more than a day"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(client: Client, wrong: dict, told: str) -> None:
    refused = send(client, **wrong)
    text = refused.content.decode()
    assert refused.status_code == 400 and told in text
    assert "a letter of 1946" in text or "how_known" in wrong
    assert not Contribution.objects.exists()


def test_who_is_too_quick_can_send_it_again(client: Client) -> None:
    refused = send(client, opened=stamp(0))
    assert "very quick" in refused.content.decode()
    fresh = re.search(r'name="opened" value="([^"]+)"', refused.content.decode())[1]
    assert fresh.count(":") >= 2


def test_a_form_needs_its_token_and_says_so() -> None:
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(FORM, SAID)
    assert refused.status_code == 403
    assert "keep one cookie" in refused.content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', strict.get(FORM).content.decode())
    assert set(strict.cookies) == {"csrftoken"}
    data = {**SAID, "opened": stamp(), "csrfmiddlewaretoken": token[1]}
    assert strict.post(FORM, data).status_code == 302


def test_one_address_sends_a_few_letters_an_hour(client: Client) -> None:
    for _ in range(throttle.LETTERS.failures):
        assert send(client).status_code == 302
    refused = send(client)
    assert refused.status_code == 429 and "in 60 minutes" in refused.content.decode()
    assert send(client, ip="192.0.2.2").status_code == 302
    assert "192.0.2" not in repr(list(Attempt.objects.values()))
    Attempt.objects.update(at=timezone.now() - throttle.LETTERS.within)
    assert send(client).status_code == 302


def test_a_flood_from_everywhere_is_held_up(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(letters, "MOST_A_DAY", 1)
    assert send(client).status_code == 302
    refused = send(client, ip="192.0.2.9")
    assert refused.status_code == 429 and "Please come tomorrow" in refused.content.decode()


def test_letters_do_not_hold_up_signing_in(client: Client) -> None:
    for _ in range(throttle.LETTERS.failures):
        send(client)
    throttle.begin("ann", "192.0.2.1")


def test_the_writer_adds_and_what_was_settled_is_new_again(client: Client, letter) -> None:
    kept, secret = letter
    letters.decide(kept, "declined", "ann", "no source")
    there = f"/contributions/{secret}/"
    more = {"deed": "add", "text": "There is a photograph, too.", "opened": stamp()}
    assert client.post(there, more).status_code == 302
    text = client.get(there).content.decode()
    assert "There is a photograph, too." in text
    kept.refresh_from_db()
    assert kept.state == "new" and kept.settled_at is None
    assert client.post(there, {**more, "text": ""}).status_code == 400


def test_not_more_than_some_additions(client: Client, letter, monkeypatch) -> None:
    monkeypatch.setattr(letters, "MOST_ADDED", 1)
    more = {"deed": "add", "text": "more", "opened": stamp()}
    assert client.post(f"/contributions/{letter[1]}/", more).status_code == 302
    refused = client.post(f"/contributions/{letter[1]}/", more)
    assert refused.status_code == 400 and "nothing more can be added" in refused.content.decode()


def test_a_withdrawn_letter_leaves_nothing_but_that_it_was(client: Client, letter) -> None:
    kept, secret = letter
    letters.add(kept, "more of grandfather")
    letters.decide(kept, "answered", "ann", "asked Anna", "Dear Anna")
    there = f"/contributions/{secret}/"
    unsure = client.post(there, {"deed": "withdraw"})
    assert unsure.status_code == 400 and "you are sure" in unsure.content.decode()
    assert client.post(there, {"deed": "withdraw", "sure": "on"}).status_code == 302
    stored = repr([*Contribution.objects.values(), *Step.objects.values()])
    assert not any(word in stored for word in (*PRIVATE, "grandfather", "Anna", "1946"))
    text = client.get(there).content.decode()
    assert "Withdrawn by the writer" in text and "Nothing of what was written is kept" in text
    letters.withdraw(kept)
    assert Step.objects.filter(state="withdrawn").count() == 1
    for deed in ("add", "withdraw"):
        again = {"deed": deed, "text": "x", "sure": "on", "opened": stamp()}
        client.post(there, again)
    assert Contribution.objects.get().text == ""


def test_no_other_link_opens_a_letter(client: Client, letter) -> None:
    for other in ("x", letter[0].secret, letter[1][:-1], "a" * 5000, str(letter[0].pk)):
        assert client.get(f"/contributions/{other}/").status_code == 404


def test_names_and_addresses_go_a_year_after_it_is_settled(client: Client, letter) -> None:
    kept, _ = letter
    letters.decide(kept, "taken_up", "ann", "change 7")
    assert letters.forget_old() == 0
    Contribution.objects.update(settled_at=timezone.now() - letters.KEPT - timedelta(days=1))
    send(client)
    kept.refresh_from_db()
    assert (kept.name, kept.contact) == ("", "") and kept.text


def test_the_log_is_written_once(letter) -> None:
    step = letter[0].steps.get()
    step.reason = "another"
    with pytest.raises(TypeError):
        step.save()
    for state, by in (("new", "ann"), ("withdrawn", "ann"), ("read", "")):
        with pytest.raises(ValueError, match="cannot make"):
            letters.decide(letter[0], state, by, "why")
    with pytest.raises(ValueError, match="who deletes"):
        letters.delete(letter[0], "", "why")


@pytest.mark.parametrize("role", policy.ROLES)
def test_who_sees_letters_and_who_wrote_them(letter, role: str) -> None:
    site = Site.objects.get(key="genk") if role in policy.SITE_NEEDED else None
    client = signed_in(role, site)
    inside = 200 if role in LETTERS else 403
    answer = client.get(desk(letter[0]), follow=True)
    assert answer.status_code == inside
    text = answer.content.decode()
    assert ("grandfather" in text) == (role in LETTERS)
    assert any(word in text for word in PRIVATE) == (role in CONTACTS)
    queue = client.get("/steward/contribution/", follow=True)
    assert queue.status_code == inside
    assert not any(word in queue.content.decode() for word in PRIVATE)
    deleted = client.post(desk(letter[0]), {"deed": "delete", "why": "it harms"}, follow=True)
    assert deleted.status_code == (200 if role in CONTACTS else 403)
    assert Contribution.objects.filter(state="deleted").exists() == (role in CONTACTS)


def test_an_anonymous_reader_sees_no_desk(client: Client, letter) -> None:
    assert client.get(desk(letter[0])).status_code == 302
    assert client.get("/steward/contribution/").status_code == 302


@pytest.mark.parametrize("role", ["reviewer", "caretaker", "editor"])
def test_a_role_for_a_site_reaches_to_its_letters_alone(client: Client, letter, role: str) -> None:
    send(client, f"/contribute/?about=person:{key_of_a_person()}")
    other = Contribution.objects.exclude(pk=letter[0].pk).get()
    there = signed_in(role, Site.objects.get(key="genk"))
    assert there.get(desk(letter[0])).status_code == 200
    assert there.get(desk(other)).status_code == 302, "as if it were not there"
    assert there.get("/steward/contribution/").content.decode().count("/change/") == 1
    elsewhere = signed_in(role, Site.objects.get(key="chimay"))
    assert elsewhere.get(desk(letter[0])).status_code == 302


def test_names_and_addresses_cannot_be_guessed_by_searching(letter) -> None:
    client = signed_in("reviewer")
    assert "/change/" in client.get("/steward/contribution/?q=grandfather").content.decode()
    for word in ("Secret-Name", "anna@private.example"):
        assert "/change/" not in client.get(f"/steward/contribution/?q={word}").content.decode()
    for lookup in ("name__startswith=A", "contact__contains=private"):
        assert client.get(f"/steward/contribution/?{lookup}").status_code == 400


def test_a_steward_decides_and_the_writer_sees_the_answer(client: Client, letter) -> None:
    kept, secret = letter
    there = signed_in("reviewer")
    seen = letters.last_step(kept)
    said = {
        "deed": "decide", "state": "answered", "reason": "for us only", "answer": "We thank you.",
        "seen": seen,
    }  # fmt: skip
    assert there.post(desk(kept), {**said, "reason": ""}).status_code == 400
    assert there.post(desk(kept), {**said, "state": "withdrawn"}).status_code == 400
    assert there.post(desk(kept), said).status_code == 302
    page = there.get(desk(kept)).content.decode()
    assert "reviewer" in page and "for us only" in page and "We thank you." in page
    text = client.get(f"/contributions/{secret}/").content.decode()
    assert "Answered" in text and "We thank you." in text
    assert "for us only" not in text and "reviewer" not in text
    late = there.post(desk(kept), said)
    assert late.status_code == 400 and "happened to this letter meanwhile" in late.content.decode()
    letters.withdraw(kept)
    gone = there.post(desk(kept), {**said, "seen": letters.last_step(kept)})
    assert gone.status_code == 400 and "Nothing of what was written" in gone.content.decode()
    assert not kept.steps.exclude(text="").exists()


def test_the_forms_of_the_desk_need_their_token(letter) -> None:
    strict = Client(enforce_csrf_checks=True)
    user = User.objects.create_user("eve")
    roles.give(user, "editor", by="a test", reason="a test")
    strict.force_login(user)
    assert strict.post(desk(letter[0]), {"deed": "delete", "why": "x"}).status_code == 403
    assert Contribution.objects.get().text
