"""Every page as JSON: as its schema says, with sources, without what is private."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from sexton.web.public import inventory
from sexton.web.public.machines.kinds import REPRESENTATIONS
from sexton.web.public.machines.representations import ANSWERS
from sexton.web.register import models, services
from sexton.web.register.history import change

from .answers import AS_JSON, asked, assert_conforms, schemas
from .conftest import ROOT, Clusters, Member

pytestmark = pytest.mark.django_db

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
PERSON = "/persons/en-emb-zolder-001/"
EXAMPLES = {
    "person": [PERSON, "/ru/persons/en-emb-citadelle-001/"],
    "record": ["/records/fr-methode-210/"],
    "site": ["/sites/genk/", "/sites/genk/?page=1", "/sites/mochamps/"],
    "organisation": ["/organisations/stalag-304/"],
    "place": ["/places/zolder/"],
    "day": ["/days/1943-02-09/", "/days/1944/", "/days/1944-04/"],
    "search": ["/search/", "/search/?q=%D0%A8%D0%B0%D1%82%D1%83%D0%BD%D0%BE%D0%B2"],
    "persons": ["/persons/?name=unnamed", "/persons/?role=partisan&sources=several"],
    "organisations": ["/organisations/?kind=mine"],
    "findings": ["/findings/?state=accepted", "/fr/findings/?severity=error"],
}


def _everything(answer: Any) -> list[Any]:
    """All values of an answer, however deep."""
    if isinstance(answer, dict):
        return [answer, *(one for value in answer.values() for one in _everything(value))]
    if isinstance(answer, list):
        return [one for value in answer for one in _everything(value)]
    return [answer]


def test_every_kind_of_page_has_json_and_a_schema() -> None:
    kinds = inventory.kinds() | set(ANSWERS)
    assert kinds <= set(REPRESENTATIONS)
    assert set(REPRESENTATIONS) <= set(schemas())


def test_the_schemas_are_sound() -> None:
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


def test_one_page_of_each_kind_is_as_its_schema_says(client: Client) -> None:
    seen: set[str] = set()
    for page in inventory.pages():
        if page.kind not in seen:
            seen.add(page.kind)
            assert_conforms(page.kind, asked(client, page.address))
    assert seen == inventory.kinds()


@pytest.mark.parametrize("kind", EXAMPLES)
def test_pages_with_much_to_say_are_too(client: Client, kind: str) -> None:
    for address in EXAMPLES[kind]:
        answer = asked(client, address)
        assert_conforms(kind, answer)
        assert answer["kind"] == kind


def test_graves_memorials_and_all_that_the_pack_lacks_are_too(client: Client) -> None:
    with change("a test", "a grave with all that can stand on it") as door:
        source = models.Source.objects.first()
        site = models.Site.objects.get(key="genk")
        grave = door.add(models.Grave(site=site, key="genk-1", plot="B", source=source))
        marker = door.add(models.Marker(site=site, kind="cross", when="1945", source=source))
        person = models.Person.objects.get(key="en-emb-zolder-001")
        door.add(models.Marking(marker=marker, grave=grave, person=person))
        door.add(models.Inscription(marker=marker, text="ЗДЕСЬ", language="ru", source=source))
        event = door.add(models.Event(key="b1", kind="burial", grave=grave, source=source))
        door.add(models.Participant(event=event, person=person, role="buried"))
        door.add(models.SiteName(site=site, name="Genk-Winterslag", kind="former"))
        door.add(models.GraveCount(site=site, known=3, unknown=4, source=source))
    assert_conforms("site", asked(client, "/sites/genk/"))
    assert_conforms("person", asked(client, PERSON))
    grave = asked(client, "/graves/genk-1/")
    assert_conforms("grave", grave)
    assert [one["key"] for one in grave["persons"]["items"]] == ["en-emb-zolder-001"]
    assert [text["written"] for one in grave["markers"] for text in one["inscriptions"]] == [
        "ЗДЕСЬ"
    ]
    memorial = models.Memorial.objects.first()
    assert_conforms("memorial", asked(client, memorial.get_absolute_url()))
    assert_conforms("graves", asked(client, "/sites/genk/graves/"))
    assert_conforms("register", asked(client, "/sites/genk/register/"))


def test_a_browser_always_gets_the_page(client: Client) -> None:
    for accept in (BROWSER, "*/*", "", "image/png", "text/html, application/json;q=0.9"):
        response = client.get(PERSON, headers={"accept": accept})
        assert response.headers["Content-Type"].startswith("text/html"), accept
        assert "Accept" in response.headers["Vary"]
    assert client.get("/?format=xml").headers["Content-Type"].startswith("text/html")


def test_a_person_looks_at_the_json_by_the_address(client: Client) -> None:
    response = client.get(PERSON + "?format=json")
    assert response.headers["Content-Type"] == "application/json"
    assert json.loads(response.content)["id"] == "http://testserver" + PERSON


def test_what_is_kept_of_one_form_is_never_given_as_another(client: Client) -> None:
    """Also not where a program would take the page as well, but not so gladly."""
    forms = ("application/json, text/html;q=0.1", BROWSER, "application/ld+json", BROWSER)
    for _ in range(2):
        for accept in forms:
            response = client.get(PERSON, headers={"accept": accept})
            assert response.headers["Content-Type"].startswith(accept.partition(",")[0])


def test_json_says_that_the_answer_depends_on_what_is_accepted(client: Client) -> None:
    assert "Accept" in client.get(PERSON, headers=AS_JSON).headers["Vary"]


def test_what_a_thing_is_known_by_is_the_same_in_every_language(client: Client) -> None:
    english, russian = asked(client, "/sites/genk/"), asked(client, "/ru/sites/genk/")
    assert russian["id"] == english["id"] == "http://testserver/sites/genk/"
    assert russian["language"] == "ru"
    assert russian["sources"] == english["sources"]


def test_addresses_are_those_of_the_public_site(client: Client, settings) -> None:
    settings.PUBLIC_URL = "https://graves.example/"
    answer = asked(client, PERSON)
    assert answer["id"] == f"https://graves.example{PERSON}"
    assert "testserver" not in json.dumps(answer)


def test_every_account_names_its_sources_and_disagreements_stand_side_by_side(
    client: Client,
) -> None:
    answer = asked(client, PERSON)
    told = {source["id"] for source in answer["sources"]}
    voices = [one for one in _everything(answer) if isinstance(one, dict) and "preferred" in one]
    named = {one["source"] for one in voices if "source" in one}
    assert named and named <= told
    birth = next(step for step in answer["path"] if step["kind"] == "birth")
    accounts = birth["aspects"]["when"]["accounts"]
    assert "23 octobre 1919" in [written for one in accounts for written in one["writings"]]
    assert all(one["said_by"] for one in accounts)
    written = [row["name"] for row in answer["records"]]
    assert "СИГАЕВ Виктор" in written


def test_lists_lead_from_page_to_page(client: Client) -> None:
    first = asked(client, "/persons/?name=named&format=json")
    assert first["total"] == models.Person.objects.filter(is_named=True).count()
    assert first["previous"] is None
    second = asked(client, first["next"].removeprefix("http://testserver"))
    assert "name=named" in first["next"]
    assert (second["page"], second["previous"] is None) == (2, False)
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}


def test_errors_are_problems(client: Client) -> None:
    for address, status in (
        ("/persons/nobody/", 404),
        ("/nothing/", 404),
        ("/persons/?page=9999", 404),
        ("/persons/?page=x", 400),
    ):
        response = client.get(address, headers=AS_JSON)
        assert response.status_code == status, address
        assert response.headers["Content-Type"] == "application/problem+json"
        assert_conforms("problem", json.loads(response.content))
    refused = client.post("/sites/genk/", headers=AS_JSON)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
    assert_conforms("problem", json.loads(refused.content))


def test_the_key_of_a_record_leads_to_the_json_of_its_person(client: Client) -> None:
    for form in ("json", "jsonld"):
        response = client.get(f"/persons/ru-emb-zolder-001/?format={form}")
        assert response.status_code == 302
        assert response.url == f"{PERSON}?format={form}"


def test_pages_ask_the_database_a_few_times_only(
    client: Client, django_assert_max_num_queries: Callable
) -> None:
    for address, most in ((PERSON, 20), ("/sites/genk/", 24), ("/persons/", 10), ("/sites/", 8)):
        asked(client, address)  # what is counted once until the register changes
        with django_assert_max_num_queries(most):
            asked(client, f"{address}?page=1")


def _private() -> None:
    """What must never leave the register: relations, addresses, papers, contacts, who judged."""
    person = models.Person.objects.get(key="en-emb-zolder-001")
    site = models.Site.objects.get(key="genk")
    with change("SECRET steward", "SECRET reason: the daughter wrote") as door:
        living = {"kind": "child", "named": "SECRET daughter", "address": "SECRET street"}
        door.add(models.Relation(person=person, private=True, **living))
        mother = {"kind": "mother", "named": "Anna", "address": "SECRET village"}
        door.add(models.Relation(person=person, **mother))
        paper = door.add(models.Document(key="d", title="SECRET letter", text="SECRET"))
        door.add(models.Image(document=paper, site=site, file="SECRET.jpg", caption="SECRET"))
        grave = door.add(models.Grave(site=site, key="kin-grave"))
        extra = {"phone": "SECRET number", "email": "SECRET mail", "stone": "granite"}
        source = models.Source.objects.first()
        told = {"property": "phone", "value": "SECRET number"}
        door.add(models.Claim(grave=grave, source=source, **told))
        record = models.Record(
            key="kin", fields={"surname": "Sigajev", "name": "Sigajev"}, extra=extra,
            source=source, site=site,
        )  # fmt: skip
        door.add_many([record])
        door.add_many([models.Membership(record=record, person=person, probability=0.9)])
        door.add_many([models.Claim(record=record, **told)])


def test_nothing_private_is_in_any_form_of_a_page(client: Client) -> None:
    _private()
    answer = asked(client, PERSON)
    assert [one["named"] for one in answer["relations"]] == ["Anna"]
    kin = next(row for row in answer["records"] if row["key"] == "kin")
    assert kin["further_columns"] == {"stone": "granite"}
    of_things = (PERSON, "/sites/genk/", "/records/kin/", "/graves/kin-grave/")
    for address in (*of_things, "/sites/genk/register/", "/", "/persons/", "/findings/"):
        for form in ("json", "jsonld"):
            text = client.get(f"{address}?format={form}").content.decode()
            assert "SECRET" not in text, (address, form)
    for feed in ("/changes.atom", f"{PERSON}changes.atom", "/sites/genk/changes.atom"):
        assert "SECRET" not in client.get(feed).content.decode(), feed


def test_the_page_of_a_record_says_that_it_keeps_something_back(client: Client) -> None:
    _private()
    told = "how somebody can be reached is not shown"
    text = client.get("/records/kin/").content.decode()
    assert "SECRET" not in text and told in text
    assert told not in client.get("/records/fr-methode-210/").content.decode()


def test_simulated_persons_are_said_to_be_so(client: Client, empty_register: None) -> None:
    fields = {"surname": "Orlov", "source": "simulated: camp card"}
    with change("a test", "a simulated row") as door:
        door.add_many([models.Record(key="s1", fields=fields)])
    services.store_clusters(Clusters((Member("s1", "x", 0.9),), ()))
    for address in ("/persons/s1/", "/records/s1/"):
        assert asked(client, address)["simulated"] is True


def test_an_empty_register_answers(client: Client, empty_register: None) -> None:
    for kind in (*inventory.LISTS, *inventory.TEXTS):
        from django.urls import reverse

        assert_conforms(kind, asked(client, reverse(kind)))


def test_the_schemas_are_files_of_the_reference() -> None:
    text = Path(ROOT / "docs/reference/web-api.md").read_text("utf-8")
    missing = [name for name in schemas() if f"schemas/{name}.json" not in text]
    assert missing == []
