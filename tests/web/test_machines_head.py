"""What the head of a page tells: linked data, addresses in every language, descriptions."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from sexton.web.public import inventory
from sexton.web.register import models, services
from sexton.web.register.history import change

from .conftest import Clusters, Member

pytestmark = pytest.mark.django_db

PERSON = "/persons/en-emb-zolder-001/"
LANGUAGES = ["en", "fr", "nl", "de", "ru"]


class Head(HTMLParser):
    """Links, properties and linked data of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.meta: dict[str, list[str]] = {}
        self.data: list[dict[str, Any]] = []
        self._reading = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.links.append(values)
        if tag == "meta":
            name = values.get("name") or values.get("property", "")
            self.meta.setdefault(name, []).append(values.get("content", ""))
        self._reading = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._reading:
            self.data.append(json.loads(data))
            self._reading = False

    def nodes(self, type_: str = "") -> list[dict[str, Any]]:
        told = [node for one in self.data for node in one["@graph"]]
        return [node for node in told if not type_ or type_ in node["@type"]]

    def linked(self, rel: str, **values: str) -> list[str]:
        return [
            link["href"]
            for link in self.links
            if link.get("rel") == rel and all(link.get(n) == v for n, v in values.items())
        ]


def head_of(client: Client, address: str, status: int = 200) -> Head:
    response = client.get(address)
    assert response.status_code == status, address
    return Head(response.content.decode())


def test_a_page_names_itself_and_its_other_languages(client: Client, settings) -> None:
    settings.PUBLIC_URL = "https://graves.example"
    head = head_of(client, "/ru/persons/?page=2&name=named")
    base = "https://graves.example"
    assert head.linked("canonical") == [f"{base}/ru/persons/?page=2"]
    alternates = {link["hreflang"]: link["href"] for link in head.links if "hreflang" in link}
    assert set(alternates) == {*LANGUAGES, "x-default"}
    assert alternates["de"] == f"{base}/de/persons/?page=2"
    assert alternates["x-default"] == alternates["en"] == f"{base}/persons/?page=2"


def test_without_a_public_address_they_are_those_of_this_site(client: Client) -> None:
    assert head_of(client, "/fr/sites/genk/").linked("canonical") == ["/fr/sites/genk/"]


def test_addresses_in_languages_are_those_that_django_makes(client: Client) -> None:
    from django.urls import translate_url

    from sexton.web.public.machines.addresses import in_language, neutral

    for path in ("/", "/sites/genk/", "/persons/", "/frames/"):
        for code, _ in configured.LANGUAGES:
            assert in_language(path, code) == (translate_url(path, code) if path != "/frames/"
                                               else in_language(path, code))  # fmt: skip
            assert neutral(in_language(path, code)) == path


def test_a_page_leads_to_its_json_and_feeds(client: Client) -> None:
    head = head_of(client, "/fr/persons/?name=named")
    assert head.linked("alternate", type="application/json") == ["?name=named&format=json"]
    head = head_of(client, f"/fr{PERSON}")
    assert head.linked("alternate", type="application/atom+xml") == [
        f"/fr{PERSON}changes.atom",
        "/fr/changes.atom",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_described_in_the_readers_language(
    client: Client, language: str
) -> None:
    from django.utils import translation

    told: dict[str, str] = {}
    with translation.override(language):
        for page in inventory.pages():
            if page.kind not in told:
                head = head_of(client, page.address)
                told[page.kind] = head.meta["description"][0]
                assert head.meta["og:description"] == [told[page.kind]]
                assert head.meta["og:title"][0]
                assert head.meta["og:locale"][0].startswith(language)
                assert len(head.meta["og:locale:alternate"]) == 4
    assert all(0 < len(text) <= 300 for text in told.values())
    assert len(set(told.values())) == len(told)


def test_a_person_is_described_by_what_the_page_shows(client: Client) -> None:
    told = head_of(client, PERSON).meta["description"][0]
    assert "Zolder" in told
    assert "4 records of 4 sources" in told
    assert head_of(client, PERSON).meta["og:type"] == ["profile"]


def test_a_title_is_given_as_it_is_read(client: Client) -> None:
    with change("a test", "a title with signs") as door:
        door.add(models.Source(key="signs", title='A & B "<c>"'))
    head = head_of(client, "/sources/signs/")
    assert head.meta["og:title"] == ['A & B "<c>"']


def test_contradicting_accounts_are_assignments_and_none_is_chosen(client: Client) -> None:
    head = head_of(client, PERSON)
    person = head.nodes("crm:E21_Person")[0]
    assert person["name"]
    births = head.nodes("crm:E67_Birth")
    assert len(births) == 1
    assigned = [
        node
        for node in head.nodes("crm:E13_Attribute_Assignment")
        if node["crm:P140_assigned_attribute_to"] == {"@id": births[0]["@id"]}
        and node["crm:P177_assigned_property_of_type"]["@id"] == "crm:P4_has_time-span"
    ]
    step = next(s for s in _path(PERSON) if s.kind == "birth")
    assert len(assigned) == len(step.says("when"))
    assert all(node["crm:P70i_is_documented_in"] for node in assigned)
    standing = step.aspects["when"].standing
    assert ("birthDate" in person) == (len(standing) == 1)


def _path(address: str):
    from sexton.web.register.lives.path import life_path
    from sexton.web.register.page import person_page

    return life_path(person_page(address.split("/")[2]))


def test_a_second_date_takes_the_plain_one_away_and_a_decision_gives_it_back(
    client: Client,
) -> None:
    record = models.Record.objects.get(key="fr-methode-210")
    address = record.membership.person.get_absolute_url()
    with change("a test", "two dates") as door:
        one = door.add(models.Claim(record=record, property="birth_date", value="1.2.1911",
                                    read="1911-02-01", first_day="1911-02-01",
                                    last_day="1911-02-01"))  # fmt: skip
        door.add(models.Claim(record=record, property="birth_date", value="1909", read="1909",
                              first_day="1909-01-01", last_day="1909-12-31"))  # fmt: skip
    assert "birthDate" not in head_of(client, address).nodes("Person")[0]
    with change("a test", "the register of births") as door:
        door.edit(one, preferred=True, reason="the register of births")
    assert head_of(client, address).nodes("Person")[0]["birthDate"] == "1911-02-01"


def test_conjectures_are_no_names(client: Client) -> None:
    name = models.PersonName.objects.filter(basis="conjecture").first()
    person = head_of(client, name.person.get_absolute_url()).nodes("Person")[0]
    given = [one["@value"] if isinstance(one, dict) else one
             for one in person.get("alternateName", [])]  # fmt: skip
    assert given
    sure = set(name.person.names.exclude(basis="conjecture").values_list("written", flat=True))
    assert set(given) <= sure


def test_the_middle_of_a_commune_is_not_where_a_site_is(client: Client) -> None:
    rough = models.Site.objects.filter(coord_source="municipality").first()
    assert "geo" not in head_of(client, rough.get_absolute_url()).nodes("crm:E53_Place")[0]
    exact = models.Site.objects.exclude(latitude=None).exclude(coord_source="municipality").first()
    assert head_of(client, exact.get_absolute_url()).nodes("crm:E53_Place")[0]["geo"]


def test_the_first_page_says_how_to_search(client: Client) -> None:
    site = head_of(client, "/ru/").nodes("WebSite")[0]
    assert site["potentialAction"]["target"]["urlTemplate"] == "/ru/search/?q={search_term_string}"


def test_pages_of_things_say_where_they_stand(client: Client) -> None:
    crumbs = head_of(client, f"/de{PERSON}").nodes("BreadcrumbList")[0]["itemListElement"]
    assert [one["item"] for one in crumbs] == ["/de/persons/", f"/de{PERSON}"]


def test_linked_data_cannot_leave_its_element(client: Client, empty_register: None) -> None:
    nasty = "</script><script>alert(1)</script><!-- \u2028 & ]]>"
    fields = {"name": nasty, "surname": nasty, "birth_date": nasty, "language": "</script>"}
    with change("a test", "markup in the data") as door:
        source = door.add(models.Source(key="s", title=nasty))
        door.add_many([models.Record(key="r", fields=fields, source=source)])
    services.store_clusters(Clusters((Member("r", "x", 0.9),), ()))
    for address in ("/persons/r/", "/records/r/", "/sources/s/"):
        text = client.get(address).content.decode()
        block = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        assert len(block) == 1
        assert not re.search("[<>&\u2028]", block[0])
        assert nasty in json.dumps(json.loads(block[0]), ensure_ascii=False)


def test_linked_data_by_itself_is_what_the_page_holds(client: Client) -> None:
    for address in (PERSON, "/sites/genk/", "/organisations/stalag-304/", "/places/zolder/"):
        response = client.get(address, headers={"accept": "application/ld+json"})
        assert response.headers["Content-Type"] == "application/ld+json"
        told = json.loads(response.content)["@graph"]
        page = [
            node for node in head_of(client, address).nodes() if node["@type"] != "BreadcrumbList"
        ]
        assert [one["@type"] for one in told] == [one["@type"] for one in page]


def test_what_is_not_public_asks_not_to_be_indexed(client: Client) -> None:
    for address, status in (("/account/sign-in/", 200), ("/persons/nobody/", 404)):
        head = head_of(client, address, status)
        assert head.meta["robots"] == ["noindex"]
        assert head.data == [] and head.linked("canonical") == []
    assert head_of(client, "/search/?q=Orlov").meta["robots"] == ["noindex, follow"]
    assert "robots" not in head_of(client, "/").meta


def test_a_description_is_text(client: Client) -> None:
    for site in models.Site.objects.all()[:20]:
        told = head_of(client, site.get_absolute_url()).meta["description"][0]
        assert unescape(told) == told


def test_a_head_asks_the_database_nothing_that_the_page_did_not(
    client: Client, monkeypatch, django_assert_num_queries
) -> None:
    from sexton.web.public.templatetags import machines

    made: list[str] = []
    head_for = machines.head_of

    def counted(context: Any, title: str) -> Any:
        with django_assert_num_queries(0):
            head = head_for(context, title)
        made.append(head.canonical)
        return head

    monkeypatch.setattr(machines, "head_of", counted)
    first = {page.kind: page.address for page in reversed(list(inventory.pages()))}
    addresses = [PERSON, "/records/fr-methode-210/", "/organisations/stalag-304/", *first.values()]
    for address in addresses:
        client.get(address)
    assert set(made) == set(addresses)
