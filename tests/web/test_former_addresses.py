"""An address that led somewhere once says what happened, and leads to where the records are now."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from sexton.web.register import merging, models
from sexton.web.register.former import former
from sexton.web.register.history import change

pytestmark = pytest.mark.django_db


def _person(key: str, *records: str) -> models.Person:
    """A person whose key is that of no record, with records of his own."""
    with change("a test", "a person to be joined or parted") as door:
        rows = [models.Record(key=one, fields={"surname": "Orlov"}) for one in records]
        door.add_many(rows)
        person = door.add(models.Person(key=key, name="Orlov", record_count=len(rows)))
        door.add_many(
            [models.Membership(record=row, person=person, probability=0.9) for row in rows]
        )
    return person


def _join(left: str, right: str, reason: str = "the same tag") -> None:
    of = models.Record.objects.get
    merging.accept(of(key=left), of(key=right), "SECRET steward", reason)


def test_the_address_of_a_man_who_was_joined_leads_to_him(client: Client) -> None:
    _person("a-man", "r1")
    _person("b-man", "r2")
    assert client.get("/persons/b-man/").status_code == 200
    _join("r1", "r2")
    for language in ("", "/ru"):
        response = client.get(f"{language}/persons/b-man/")
        assert (response.status_code, response.url) == (301, f"{language}/persons/a-man/")
        # A decision can be taken back: nobody may remember the way for ever.
        assert response.headers["Cache-Control"] == "max-age=3600"
    assert client.get("/persons/b-man/changes.atom").url == "/persons/a-man/changes.atom"


def test_it_is_his_own_again_when_the_decision_is_taken_back(client: Client) -> None:
    _person("a-man", "r1")
    _person("b-man", "r2")
    _join("r1", "r2")
    link = models.RecordLink.objects.get(decided=True)
    merging.withdraw(link, "a test", "it was another man")
    assert client.get("/persons/a-man/").status_code == 200
    assert client.get("/persons/r2/").status_code == 200  # a key of its own, by its record
    assert client.get("/persons/b-man/").url == "/persons/r2/"


def test_a_person_whose_records_went_apart_leads_to_all_of_them(client: Client) -> None:
    _person("a-man", "r1")
    _person("c-man", "r3")
    gone = _person("b-man", "r2", "r4")
    with change("SECRET steward", "two men after all") as door:
        for record, to in (("r2", "a-man"), ("r4", "c-man")):
            member = models.Membership.objects.get(record__key=record)
            door.edit(member, person=models.Person.objects.get(key=to))
        door.drop(gone)
    response = client.get("/persons/b-man/")
    text = response.content.decode()
    assert response.status_code == 410
    assert "/persons/a-man/" in text and "/persons/c-man/" in text
    assert "two men after all" in text
    assert "SECRET" not in text
    answer = client.get("/persons/b-man/", headers={"accept": "application/json"})
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"]) == (410, 410)
    assert told["now"] == [f"http://testserver/persons/{key}/" for key in ("a-man", "c-man")]
    assert told["reason"] == "two men after all"


def test_what_was_taken_out_says_since_when(client: Client) -> None:
    with change("a test", "a source by mistake") as door:
        source = door.add(models.Source(key="mistake", title="A mistake"))
    with change("SECRET steward", "taken back") as door:
        door.drop(source)
    for address in ("/sources/mistake/", "/de/sources/mistake/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "taken back" in response.content.decode()
    assert "SECRET" not in response.content.decode()


def test_the_reason_of_a_change_of_private_things_is_not_told(client: Client) -> None:
    with change("a test", "a source by mistake") as door:
        source = door.add(models.Source(key="mistake", title="A mistake"))
    person = models.Person.objects.first()
    with change("a test", "SECRET: the daughter asked") as door:
        door.drop(source)
        door.add(models.Relation(person=person, named="a daughter", private=True))
    text = client.get("/sources/mistake/").content.decode()
    assert "No longer here" in text
    assert "SECRET" not in text


def test_what_never_was_is_not_found(client: Client) -> None:
    for address in ("/persons/nobody/", "/sources/abc/", "/records/x/y/", "/sites/nowhere/"):
        assert client.get(address).status_code == 404, address
    assert former("person", "") is None
    assert former("place", "zolder") is None
    assert former("person", models.Person.objects.first().key) is None
