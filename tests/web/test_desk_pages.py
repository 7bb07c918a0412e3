"""The stewards' desk over the Belgian register: every page, the search, what nobody may see."""

from __future__ import annotations

from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sexton.web.accounts import roles
from sexton.web.accounts.models import RoleAssignment, User
from sexton.web.register import models
from sexton.web.steward.registered import ROOMS, desk

pytestmark = pytest.mark.django_db


def signed_in(role: str, site: models.Site | None = None, name: str = "") -> Client:
    user = User.objects.create_user(name or role)
    roles.give(user, role, by="a test", reason="a test", site=site)
    client = Client()
    client.force_login(user)
    return client


def address(model: type, view: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def test_every_page_of_the_desk_can_be_opened() -> None:
    client = signed_in("administrator")
    assert client.get("/fr/steward/").status_code == 200
    for language, (model, room) in zip(cycle(("", "/ru")), ROOMS.items(), strict=False):
        pages = [address(model, "changelist")]
        row = model._default_manager.first()
        if row is not None:
            pages += [address(model, "change", row.pk), address(model, "history", row.pk)]
        opened = client.get(language + pages[0])
        if room(model, desk).has_add_permission(opened.wsgi_request):
            pages.append(address(model, "add"))
        answers = {page: client.get(language + page, follow=True).status_code for page in pages}
        assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        (models.Person, "Чатунов", "Afanas SCHATUNOV"),
        (models.Record, "Чатунов 1903", "SCHATUNOV"),
        (models.Claim, "Чатунов", "SCHATUNOV"),
        (models.Site, "Генк", "Genk"),
        (models.Source, "RUSSIA beyond", "Chafrova"),
    ],
)
def test_the_desk_finds_by_any_spelling(model: type, query: str, found: str) -> None:
    page = signed_in("reviewer").get(address(model, "changelist"), {"q": query})
    assert found in page.content.decode()
    assert 0 < page.context["cl"].result_count < model._default_manager.count() / 2


def test_lists_too_long_to_fold_are_searched_by_the_database(monkeypatch) -> None:
    client = signed_in("reviewer")
    for query in ("beyond russia", "methode"):
        found = []
        for most in (20_000, 1):
            monkeypatch.setattr("sexton.web.steward.searching.MOST_FOLDED", most)
            page = client.get(address(models.Source, "changelist"), {"q": query})
            found.append(set(page.context["cl"].queryset))
        assert found[0] == found[1] != set()


def test_the_best_persons_stand_first_until_another_order_is_asked() -> None:
    client, people = signed_in("reviewer"), address(models.Person, "changelist")
    best = client.get(people, {"q": "Шатунов"}).context["cl"].result_list[0]
    assert "SCHATUNOV" in best.name.upper()
    keys = [p.key for p in client.get(people, {"q": "Иван", "o": "1"}).context["cl"].result_list]
    assert keys == sorted(keys) and len(keys) > 1


def test_filters_find_what_is_missing() -> None:
    client = signed_in("editor")
    page = client.get(address(models.Site, "changelist"), {"has_latitude": "no"})
    expected = models.Site.objects.filter(latitude=None).count()
    assert page.context["cl"].result_count == expected
    chosen = {"by_province": "Limburg"}
    in_limburg = client.get(address(models.Site, "changelist"), chosen).context["cl"].result_count
    assert in_limburg == models.Site.objects.filter(province="Limburg").count() > 0


@pytest.mark.parametrize(
    "strange", ["?o=99", "?by_province=x", "?kind__exact=1", "?p=999", "?q=%00"]
)
def test_strange_addresses_do_no_harm(strange: str) -> None:
    page = signed_in("editor").get(address(models.Site, "changelist") + strange, follow=True)
    assert page.status_code in {200, 400}


def test_readers_see_no_desk() -> None:
    for model in ROOMS:
        client = Client()
        asked = client.get(address(model, "changelist"))
        assert asked.status_code == 302 and "sign-in" in asked.url


def test_public_pages_lead_stewards_to_the_desk() -> None:
    genk = models.Site.objects.get(key="genk")
    caretaker = signed_in("caretaker", genk)
    here = address(models.Site, "change", genk.pk)
    for page in ("/steward/", "/sites/genk/"):
        assert here in caretaker.get(page).content.decode()
        assert here not in Client().get(page, follow=True).content.decode()
    assert caretaker.get(here).status_code == 200


def test_only_administrators_see_accounts() -> None:
    for role in ("contributor", "researcher", "reviewer", "editor"):
        client = signed_in(role)
        assert client.get(address(User, "changelist")).status_code == 403
        assert client.get(address(RoleAssignment, "changelist")).status_code == 403
        assert "/steward/user/" not in client.get("/steward/").content.decode()


def test_accounts_are_made_given_roles_and_closed_at_the_desk() -> None:
    client = signed_in("administrator")
    made = client.post(address(User, "add"), {"username": "Carl"}, follow=True)
    assert "Small letters" in made.content.decode()
    made = client.post(address(User, "add"), {"username": "carl", "name": "Carl"}, follow=True)
    assert "/account/choose/" in made.content.decode()
    carl = User.objects.get(username="carl")
    assert not carl.has_usable_password()
    sent = {"user": "carl", "role": "caretaker", "why": "asked by the commune"}
    assert "name it" in client.post(address(RoleAssignment, "add"), sent).content.decode()
    client.post(address(RoleAssignment, "add"), sent | {"site": "genk"})
    given = carl.roles.get()
    assert (given.site.key, given.change.by) == ("genk", "administrator")
    page = address(User, "change", carl.pk)
    assert client.post(page, {"deed": "close", "why": ""}).status_code == 200
    assert User.objects.get(pk=carl.pk).is_active
    client.post(page, {"deed": "close", "why": "left"})
    assert not User.objects.get(pk=carl.pk).is_active and not carl.roles.exists()
    client.post(page, {"deed": "open"})
    assert User.objects.get(pk=carl.pk).is_active
    boss = User.objects.get(username="administrator")
    told = client.post(address(User, "change", boss.pk), {"deed": "close", "why": "x"}, follow=True)
    assert "make somebody else one first" in told.content.decode()
