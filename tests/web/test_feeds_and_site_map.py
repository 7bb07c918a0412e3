"""Feeds of changes, the site map and robots.txt."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sexton.web.public import inventory
from sexton.web.public.machines import sitemaps
from sexton.web.register import merging, models
from sexton.web.register.changed import INSIDE, PUBLIC, concerning, latest
from sexton.web.register.history import change, kind_of
from sexton.web.register.model_names import MODELS
from sexton.web.register.undo import undo

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LANGUAGES = {"en", "fr", "nl", "de", "ru"}


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(client: Client, address: str) -> ElementTree.Element:
    return ElementTree.fromstring(body(client, address))


def entries(client: Client, address: str) -> list[tuple[str, str]]:
    return [
        (entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}summary", ""))
        for entry in read(client, address).findall(f"{ATOM}entry")
    ]


@pytest.mark.parametrize("address", ["/changes.atom", "/ru/changes.atom",
                                     "/sites/genk/changes.atom",
                                     "/persons/en-emb-zolder-001/changes.atom"])  # fmt: skip
def test_a_feed_is_atom(client: Client, address: str) -> None:
    """What RFC 4287 asks of a feed and of its entries."""
    feed = read(client, address)
    assert feed.tag == f"{ATOM}feed"
    parts = ("id", "title", "updated")
    assert all(feed.findtext(ATOM + part) for part in parts)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link.get("href") for link in own] == [f"http://testserver{address}"]
    found = feed.findall(f"{ATOM}entry")
    assert found
    for entry in found:
        assert all(entry.findtext(ATOM + part) for part in (*parts, "summary"))
        assert entry.find(f"{ATOM}link").get("href").startswith("http")
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo
    ids = [entry.findtext(f"{ATOM}id") for entry in found]
    assert len(set(ids)) == len(ids)


def test_an_entry_is_the_same_in_every_language(client: Client) -> None:
    def ids(address: str) -> list[str]:
        return [e.findtext(f"{ATOM}id") for e in read(client, address).findall(f"{ATOM}entry")]

    assert ids("/changes.atom") == ids("/fr/changes.atom")


def test_a_feed_says_what_changed_and_why_not_who(client: Client) -> None:
    site = models.Site.objects.get(key="genk")
    with change("SECRET steward", "the commune's letter") as door:
        door.edit(site, municipality="Genk-Zuid")
        door.add(models.SiteName(site=site, name="Old yard"))
    for address in ("/changes.atom", "/sites/genk/changes.atom"):
        title, told = entries(client, address)[0]
        assert title == "the commune's letter"
        assert "Sites: 1 changed." in told
        assert "Other names of sites: 1 added." in told
        assert "SECRET" not in body(client, address).decode()
    assert entries(client, "/sites/chimay/changes.atom")[0][0] != "the commune's letter"


def test_what_is_taken_out_and_brought_back_is_told_as_such() -> None:
    with change("a test", "one in") as door:
        source = door.add(models.Source(key="one", title="One"))
        kept = door.add(models.Source(key="two", title="Two"))
    with change("a test", "one out") as door:
        door.drop(source)
        door.edit(kept, title="Two!")
        out = door.change
    undo(out, "a test", "one back")
    told = {one.change.reason: dict(one.deeds["source"]) for one in latest()[:3]}
    assert told == {
        "one in": {"added": 2},
        "one out": {"changed": 1, "taken_out": 1},
        "one back": {"added": 1, "changed": 1},
    }
    of_one = {one.change.reason: dict(one.deeds["source"]) for one in concerning(source)}
    assert of_one == {
        "one in": {"added": 1},
        "one out": {"taken_out": 1},
        "one back": {"added": 1},
    }


def test_a_person_who_was_joined_sees_the_records_come(client: Client) -> None:
    left = models.Record.objects.get(key="fr-methode-210")
    right = models.Record.objects.get(key="fr-methode-001")
    keep = min(left.membership.person.key, right.membership.person.key)
    merging.accept(left, right, "a test", "the same tag")
    title, told = entries(client, f"/persons/{keep}/changes.atom")[0]
    assert title == "the same tag"
    assert "Records of a person: 1 added" in told


def test_changes_that_no_page_shows_are_in_no_feed(client: Client) -> None:
    person = models.Person.objects.get(key="en-emb-zolder-001")
    before = entries(client, "/changes.atom")
    with change("a test", "SECRET relation") as door:
        door.add(models.Relation(person=person, named="SECRET", private=True))
    assert entries(client, "/changes.atom") == before
    with change("a test", "SECRET relation and a name") as door:
        door.add(models.Relation(person=person, named="SECRET", private=True))
        door.add(models.PersonName(person=person, written="Sigaev"))
    for address in ("/changes.atom", "/persons/en-emb-zolder-001/changes.atom"):
        assert entries(client, address)[0] == (
            "The register was changed",
            "Names of persons: 1 added.",
        )
        assert "SECRET" not in body(client, address).decode()


def test_every_kind_of_row_is_public_private_or_a_file() -> None:
    """A new kind is told of nowhere until somebody has thought about it."""
    private = {models.Relation, models.Document, models.Image, models.Region}
    assert {*PUBLIC, *INSIDE} | private == set(models.VERSIONED)
    assert not {*PUBLIC, *INSIDE} & private
    assert {kind_of(model) for model in PUBLIC} <= set(MODELS)


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/changes.atom")
    again = client.get("/changes.atom", headers={"if-none-match": first.headers["ETag"]})
    since = client.get("/changes.atom", headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, since.status_code) == (304, 304)
    with change("a test", "one more") as door:
        door.add(models.Source(key="one", title="One"))
    newer = client.get("/changes.atom", headers={"if-none-match": first.headers["ETag"]})
    assert newer.status_code == 200


def test_a_feed_of_nothing_says_so(client: Client, empty_register: None) -> None:
    models.Change.objects.filter(pk=-1).delete()
    assert read(client, "/changes.atom").findtext(f"{ATOM}updated")
    assert client.get("/sites/genk/changes.atom").status_code == 410


def test_the_site_map_holds_every_page_in_every_language(client: Client) -> None:
    index = read(client, "/sitemap.xml")
    parts = [loc.text.removeprefix("http://testserver") for loc in index.iter(f"{MAP}loc")]
    found: set[str] = set()
    for part in parts:
        for url in read(client, part).findall(f"{MAP}url"):
            address = url.findtext(f"{MAP}loc")
            assert address not in found
            found.add(address)
            others = {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
            assert set(others) == LANGUAGES | {"x-default"}
            assert address in others.values()
    pages = {f"http://testserver{page.address}" for page in inventory.pages()}
    assert pages <= found
    assert len(found) == 5 * len(pages)


def test_addresses_of_the_site_map_lead_somewhere(client: Client) -> None:
    urls = read(client, "/sitemaps/record.1.xml").findall(f"{MAP}url")[::97]
    for url in urls:
        path = url.findtext(f"{MAP}loc").removeprefix("http://testserver")
        assert client.get(path).status_code == 200, path


def test_the_site_map_says_when_a_page_last_changed(client: Client) -> None:
    with change("a test", "a name") as door:
        person = models.Person.objects.get(key="en-emb-zolder-001")
        door.add(models.PersonName(person=person, written="Sigaev"))
        day = timezone.localdate(door.change.at).isoformat()
    urls = read(client, "/sitemaps/person.1.xml").findall(f"{MAP}url")
    last = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in urls}
    assert last["http://testserver/persons/en-emb-zolder-001/"] == day
    assert None not in last.values()


def test_parts_are_cut_and_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PAGES", 30)
    index = read(client, "/sitemap.xml")
    parts = [loc.text for loc in index.iter(f"{MAP}loc") if "/person." in loc.text]
    assert len(parts) == -(-models.Person.objects.count() // 30)
    keys = [
        url.findtext(f"{MAP}loc")
        for part in parts
        for url in read(client, part.removeprefix("http://testserver")).findall(f"{MAP}url")
    ]
    assert len(keys) == len(set(keys)) == 5 * models.Person.objects.count()
    for wrong in ("person.99", "person.0", "nothing.1", "pages.2"):
        assert client.get(f"/sitemaps/{wrong}.xml").status_code == 404


def test_a_part_takes_few_questions(client: Client) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        body(client, "/sitemaps/person.1.xml")
    assert len(asked) <= 10


def test_robots_are_kept_from_the_desk_and_led_to_the_site_map(client: Client) -> None:
    text = body(client, "/robots.txt").decode()
    for closed in ("/steward/", "/ru/steward/", "/account/", "/de/search/"):
        assert f"Disallow: {closed}\n" in text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text


def test_the_public_address_is_used_where_it_is_known(client: Client, settings) -> None:
    settings.PUBLIC_URL = "https://graves.example"
    for address in ("/robots.txt", "/sitemap.xml", "/sitemaps/site.1.xml", "/changes.atom"):
        text = body(client, address).decode()
        assert "https://graves.example/" in text
        assert "testserver" not in text
