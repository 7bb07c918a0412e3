"""Saving on the stewards' desk: with a reason, through the door, without overwriting, undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.past import register_now

from .conftest import person


def signed_in(role: str, site: models.Site | None = None, name: str = "") -> Client:
    user = User.objects.create_user(name or role)
    roles.give(user, role, by="a test", reason="a test", site=site)
    client = Client()
    client.force_login(user)
    return client


def address(kind: str, view: str, *args: object) -> str:
    return reverse(f"admin:register_{kind}_{view}", args=args)


def form_of(client: Client, row: models.Versioned) -> dict[str, str]:
    """What the form of a row holds, as a browser would send it."""
    kind = row._meta.model_name
    form = client.get(address(kind, "change", row.pk)).context["adminform"].form
    sent = {}
    for bound in form:
        value = bound.field.widget.format_value(bound.field.prepare_value(bound.value()))
        if value not in (None, "", False):
            sent[bound.name] = value[0] if isinstance(value, list) else value
    return sent


def save(client: Client, row: models.Versioned, sent: dict[str, str]):
    return client.post(address(row._meta.model_name, "change", row.pk), sent)


def test_a_site_is_saved_with_a_reason(site) -> None:
    client = signed_in("editor")
    sent = form_of(client, site) | {"names": "fr: Genk\nru: Генк", "province": "Limburg"}
    assert "Nothing is saved yet." in save(client, site, sent).content.decode()
    site.refresh_from_db()
    assert site.version == 1
    done = save(client, site, sent | {"why": "the letter of 3 May"})
    assert done.status_code == 302, done.context["adminform"].form.errors
    site.refresh_from_db()
    assert (site.version, site.province, site.names) == (2, "Limburg", {"fr": "Genk", "ru": "Генк"})
    assert (site.change.by, site.change.reason) == ("editor", "the letter of 3 May")
    page = client.get(address("site", "history", site.pk)).content.decode()
    assert "the letter of 3 May" in page and "Limburg" in page


def test_what_is_saved_unchanged_is_no_change(site) -> None:
    client = signed_in("editor")
    before = models.Change.objects.count()
    assert save(client, site, form_of(client, site) | {"why": "nothing"}).status_code == 302
    assert models.Change.objects.count() == before


def test_two_editors_see_both_values_and_lose_none(site) -> None:
    ann, bob = signed_in("editor", name="ann"), signed_in("editor", name="bob")
    hers = form_of(ann, site) | {"municipality": "Hasselt", "facts": "by ann", "why": "a map"}
    his = form_of(bob, site) | {"municipality": "Bilzen", "owner": "", "why": "a letter"}
    assert save(ann, site, hers).status_code == 302
    told = save(bob, site, his)
    page = told.content.decode()
    assert "ann changed this" in page and "Hasselt" in page and "Bilzen" in page
    form = told.context["adminform"].form
    assert [(c.before, c.theirs, c.yours) for c in form.conflict] == [("Genk", "Hasselt", "Bilzen")]
    site.refresh_from_db()
    assert (site.municipality, site.facts) == ("Hasselt", "by ann")
    again = {k: form[k].value() for k in ("municipality", "facts", "seen")}
    assert again == {"municipality": "Bilzen", "facts": "by ann", "seen": "2"}
    assert save(bob, site, his | again).status_code == 302
    site.refresh_from_db()
    assert (site.municipality, site.facts, site.version) == ("Bilzen", "by ann", 3)


def test_what_was_typed_is_shown_when_the_row_is_gone(site) -> None:
    client = signed_in("editor")
    sent = form_of(client, site) | {"municipality": "Hasselt", "why": "a map"}
    with change("bob", "a double") as door:
        door.drop(site)
    told = save(client, site, sent)
    assert told.status_code == 409
    assert "Hasselt" in told.content.decode() and "a double" in told.content.decode()


def test_a_date_is_read_when_it_is_saved(site) -> None:
    client = signed_in("editor")
    sent = {"key": "e", "kind": "combat", "when": "3 May 1944", "site": "genk", "why": "a list"}
    assert client.post(address("event", "add"), sent).status_code == 302
    event = models.Event.objects.get()
    assert (event.when_edtf, str(event.first_day), event.site) == ("1944-05-03", "1944-05-03", site)


def test_a_claim_is_read_when_it_is_saved(site, source) -> None:
    client = signed_in("editor")
    with change("x", "y") as door:
        man = person(door, "p")
    sent = {"source": "letter", "person": "p", "property": "birth_date", "value": "3 May 1904"}
    assert client.post(address("claim", "add"), sent | {"why": "a letter"}).status_code == 302
    claim = models.Claim.objects.get()
    assert (claim.person, claim.read, str(claim.first_day)) == (man, "1904-05-03", "1904-05-03")


def test_a_person_is_entered_by_hand_until_records_speak_of_him(site) -> None:
    client = signed_in("editor")
    sent = {"key": "p", "name": "Иван ПЕТРОВ", "is_named": "on", "why": "a letter"}
    assert client.post(address("person", "add"), sent).status_code == 302
    man = models.Person.objects.get()
    assert (man.sort_name, man.record_count) == ("иван петров", 0)
    with change("x", "y") as door:
        record = door.add(models.Record(key="r", fields={"name": "Petrow"}))
        door.add(models.Membership(record=record, person=man, probability=1.0))
    assert client.post(address("person", "change", man.pk), sent).status_code == 403


def test_the_last_administrator_stays_at_the_desk_too(site) -> None:
    client = signed_in("administrator")
    held = User.objects.get().roles.get()
    page = reverse("admin:accounts_roleassignment_change", args=[held.pk])
    sent = {"until": "2020-01-01", "seen": "1", "why": "enough"}
    assert "make somebody else one first" in client.post(page, sent, follow=True).content.decode()
    made = address("change", "change", held.change_id)
    assert "make somebody else one first" in client.post(made, {"why": "x"}).content.decode()
    listed = reverse("admin:accounts_roleassignment_changelist")
    sent = {"action": "set_until", "_selected_action": held.pk, "value": "2020-01-01", "why": "x"}
    shown = client.post(listed, sent | {"step": "preview"})
    told = client.post(listed, sent | {"step": "apply", "digest": shown.context["digest"]})
    assert "make somebody else one first" in told.content.decode()
    held.refresh_from_db()
    assert held.version == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"site": "nowhere"}, "There is nothing with the key “nowhere”."),
        ({"latitude": "north"}, "Enter a number."),
        ({"key": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(site, sent, told: str) -> None:
    client = signed_in("editor")
    right = {
        "key": "g",
        "site": "genk",
        "kind": "single",
        "why": "a plan",
        "remarks": "by the wall",
    }
    page = client.post(address("grave", "add"), right | sent).content.decode()
    assert told in page and "by the wall" in page
    assert not models.Grave.objects.exists()


def test_a_caretaker_writes_only_at_his_site(site) -> None:
    with change("x", "y") as door:
        other = door.add(models.Site(key="hasselt", municipality="Hasselt"))
        grave = door.add(models.Grave(key="g", site=site))
    client = signed_in("caretaker", site)
    assert save(client, other, {"key": "hasselt", "why": "x", "seen": "1"}).status_code == 403
    moved = save(client, grave, form_of(client, grave) | {"site": "hasselt", "why": "moved"})
    assert "Your role does not allow" in moved.content.decode()
    assert client.post(address("person", "add"), {"key": "p", "why": "x"}).status_code == 403
    assert client.post(address("grave", "delete", grave.pk), {}).status_code == 200
    for role in ("contributor", "researcher", "reviewer"):
        assert signed_in(role).post(address("site", "change", site.pk), {}).status_code == 403
    assert models.Grave.objects.get().site == site


def bulk(client: Client, kind: str, action: str, rows, **sent: str):
    data = {"action": action, "_selected_action": [row.pk for row in rows], **sent}
    return client.post(address(kind, "changelist"), data)


def test_many_rows_are_shown_before_they_are_changed_at_once_and_undone(site) -> None:
    with change("x", "y") as door:
        other = door.add(models.Site(key="hasselt", province="Limburg"))
        third = door.add(models.Site(key="bilzen"))
    before = register_now().dump()
    client, rows = signed_in("editor"), [site, other, third]
    before = register_now().dump()
    asked = bulk(client, "site", "set_province", rows, index="0")
    assert "3 rows" in asked.content.decode()
    sent = {"value": "Limburg", "why": "the map of the province"}
    shown = bulk(client, "site", "set_province", rows, step="preview", **sent)
    assert [bool(line.refusal) for line in shown.context["lines"]] == [False, True, False]
    assert "it is so already" in shown.content.decode()
    assert register_now().dump() == before, "a preview writes nothing"
    done = bulk(
        client, "site", "set_province", rows, step="apply", digest=shown.context["digest"], **sent
    )
    made = models.Change.objects.order_by("-pk").first()
    assert done.url == address("change", "change", made.pk)
    assert set(models.Site.objects.values_list("province", flat=True)) == {"Limburg"}
    assert models.Site.objects.filter(change=made).count() == 2
    page = client.get(done.url).content.decode()
    assert "the map of the province" in page
    client.post(done.url, {"why": "the wrong map"})
    assert register_now().dump() == before


def test_what_is_done_is_what_was_shown(site) -> None:
    client = signed_in("editor")
    sent = {"value": "Limburg", "why": "a map"}
    shown = bulk(client, "site", "set_province", [site], step="preview", **sent)
    with change("bob", "meanwhile") as door:
        door.edit(site, municipality="Hasselt")
    told = bulk(
        client, "site", "set_province", [site], step="apply", digest=shown.context["digest"], **sent
    )
    assert "nothing was done yet" in told.content.decode()
    site.refresh_from_db()
    assert site.province == ""


def test_rows_beyond_a_role_are_refused_in_the_preview(site) -> None:
    with change("x", "y") as door:
        other = door.add(models.Site(key="hasselt"))
    client = signed_in("caretaker", site)
    sent = {"value": "Limburg", "why": "a map"}
    shown = bulk(client, "site", "set_province", [site, other], step="preview", **sent)
    assert [line.refusal for line in shown.context["lines"]] == [
        "",
        "your role does not reach to this",
    ]
    digest = shown.context["digest"]
    bulk(client, "site", "set_province", [site, other], step="apply", digest=digest, **sent)
    assert list(models.Site.objects.order_by("key").values_list("key", "province")) == [
        ("genk", "Limburg"), ("hasselt", ""),
    ]  # fmt: skip


def test_a_row_to_which_others_refer_stays(site) -> None:
    with change("x", "y") as door:
        grave = door.add(models.Grave(key="g", site=site))
    client = signed_in("editor")
    told = client.post(address("site", "delete", site.pk), {"step": "preview", "why": "a double"})
    assert "others refer to it" in told.content.decode()
    shown = client.post(address("grave", "delete", grave.pk), {"step": "preview", "why": "gone"})
    sent = {"step": "apply", "why": "gone", "digest": shown.context["digest"]}
    client.post(address("grave", "delete", grave.pk), sent)
    assert not models.Grave.objects.exists()
    past = models.History.objects.get(kind="grave")
    assert (past.ended.by, past.ended.reason) == ("editor", "gone")


def test_claims_are_judged_and_preferred_by_reviewers(source) -> None:
    with change("x", "y") as door:
        man = person(door, "p")
        claims = [
            door.add(models.Claim(person=man, source=source, property="birth_date", value=value))
            for value in ("1904", "1914")
        ]
    assert not signed_in("researcher").get(address("claim", "changelist")).context["action_form"]
    client = signed_in("reviewer")
    for action, chosen in (("judge_disproven", claims[:1]), ("prefer", claims[1:])):
        shown = bulk(client, "claim", action, chosen, step="preview", why="his card")
        sent = {"digest": shown.context["digest"], "why": "his card"}
        bulk(client, "claim", action, chosen, step="apply", **sent)
    states = models.Claim.objects.order_by("pk").values_list("state", "preferred", "reason")
    assert list(states) == [("disproven", False, "his card"), ("asserted", True, "his card")]


def test_records_are_joined_and_the_decision_withdrawn(site) -> None:
    with change("x", "y") as door:
        records = [door.add(models.Record(key=key, fields={"name": key})) for key in ("a", "b")]
        for record in records:
            man = person(door, record.key)
            door.add(models.Membership(record=record, person=man, probability=1.0))
    client = signed_in("reviewer")
    shown = bulk(client, "record", "decide_same", records, step="preview", why="one number")
    assert "2 persons" in shown.content.decode()
    sent = {"digest": shown.context["digest"], "why": "one number"}
    bulk(client, "record", "decide_same", records, step="apply", **sent)
    assert models.Person.objects.count() == 1
    link = models.RecordLink.objects.get()
    assert (link.decided, link.reason, link.change.by) == (True, "one number", "reviewer")
    shown = bulk(client, "recordlink", "withdraw", [link], step="preview", why="two numbers")
    sent = {"digest": shown.context["digest"], "why": "two numbers"}
    bulk(client, "recordlink", "withdraw", [link], step="apply", **sent)
    assert models.Person.objects.count() == 2 and not models.RecordLink.objects.exists()


def test_who_may_take_a_change_back(site) -> None:
    caretaker, contributor = signed_in("caretaker", site), signed_in("contributor")
    save(caretaker, site, form_of(caretaker, site) | {"municipality": "Hasselt", "why": "a map"})
    made = models.Change.objects.order_by("-pk").first()
    page = address("change", "change", made.pk)
    assert "Only who made this change" in contributor.get(page).content.decode()
    contributor.post(page, {"why": "no"})
    site.refresh_from_db()
    assert site.municipality == "Hasselt"
    assert caretaker.post(page, {"why": "my mistake"}).status_code == 302
    site.refresh_from_db()
    assert site.municipality == "Genk"


def test_roles_are_not_undone_by_an_editor(site) -> None:
    boss, editor = signed_in("administrator"), signed_in("editor")
    made = models.Change.objects.filter(reason="a test").order_by("-pk").first()
    page = address("change", "change", made.pk)
    assert "an administrator takes it back" in editor.get(page).content.decode()
    editor.post(page, {"why": "no"})
    assert User.objects.get(username="editor").roles.exists()
    boss.post(page, {"why": "yes"})
    assert not User.objects.get(username="editor").roles.exists()


def test_an_undo_that_later_changes_forbid_is_explained(site) -> None:
    client = signed_in("editor")
    first = site.change
    with change("bob", "a grave") as door:
        door.add(models.Grave(key="g", site=site))
    told = client.post(address("change", "change", first.pk), {"why": "all wrong"})
    assert "because of what came later" in told.content.decode()
    assert "a grave" in told.content.decode()
    assert models.Site.objects.exists()


def test_private_rows_leak_nowhere_on_the_desk(site) -> None:
    with change("an archivist", "a file") as door:
        man = person(door, "p")
        cousin = door.add(models.Relation(person=man, named="Cousin Secret", private=True))
        scan = door.add(models.Image(file="scan-secret.png", use="private", caption="Secret scan"))
        door.add(models.Region(image=scan, left=0, top=0, width=1, height=1, text="Secret text"))
    with change("an archivist", "an open file") as door:
        door.edit(scan, caption="Secret scan, cropped")
    made = list(models.Change.objects.order_by("-pk")[:2])
    pages = [
        *(address(k, "changelist") for k in ("relation", "image", "region")),
        *(address("change", "change", change_.pk) for change_ in made),
        address("person", "change", man.pk),
        address("relation", "changelist") + "?q=Secret",
    ]
    gone = [
        address("relation", "change", cousin.pk), address("image", "history", scan.pk),
        address("image", "change", scan.pk), address("relation", "history", cousin.pk),
    ]  # fmt: skip
    contributor, researcher = signed_in("contributor"), signed_in("researcher")
    for page in pages:
        assert "ecret" not in contributor.get(page).content.decode().replace(
            "?q=Secret", ""
        ).replace('value="Secret"', ""), page
    for page in gone:
        assert contributor.get(page, follow=True).content.decode().count("ecret") == 0, page
    seen = "".join(researcher.get(page).content.decode() for page in [*pages, *gone])
    for secret in ("Cousin Secret", "Secret scan", "Secret text"):
        assert secret in seen
