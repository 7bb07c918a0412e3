"""What programs are told of searches, photographs, papers, figures and the map."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sexton.web.register import models
from sexton.web.register.history import change

from .answers import asked, assert_conforms

pytestmark = pytest.mark.django_db
PERSON = "/persons/en-emb-zolder-001/"


def test_a_search_is_narrowed_by_the_filters_of_the_page(client: Client) -> None:
    everybody = asked(client, "/search/?q=Genk")
    facet = next(one for one in everybody["facets"] if one["name"] == "state")
    assert len(facet["values"]) > 1
    for value in facet["values"]:
        answer = asked(client, f"/search/?q=Genk&state={value['value']}")
        assert_conforms("search", answer)
        assert answer["persons"]["total"] == value["persons"]
        assert answer["filters"] == {"state": [value["value"]]}
        assert answer["without_filters"] == everybody["persons"]["total"]


def test_a_search_is_turned_page_by_page(client: Client) -> None:
    first = asked(client, "/search/?q=Genk")["persons"]
    assert first["pages"] > 1
    second = asked(client, first["next"].removeprefix("http://testserver"))["persons"]
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}
    assert len(first["items"]) == len({one["id"] for one in first["items"]})
    asked(client, "/search/?q=Genk&page=9999", 404)
    asked(client, "/search/?q=Genk&page=x", 400)


def test_a_search_that_finds_nobody_leads_on(client: Client) -> None:
    answer = asked(client, "/search/?q=Wwwqqqzzz")
    assert_conforms("search", answer)
    assert answer["persons"]["items"] == [] or answer["is_weak"]


def test_no_archive_is_searched_for_programs(client: Client, monkeypatch) -> None:
    from sexton.web.research import archives

    def fail(*args: object) -> None:
        raise AssertionError("an archive was asked")

    monkeypatch.setattr(archives, "beside", fail)
    assert asked(client, "/search/?q=Orlov")["query"] == "Orlov"


def test_the_list_of_persons_tells_its_filters(client: Client) -> None:
    everybody = asked(client, "/persons/")
    assert everybody["filters"] == {}
    for facet in everybody["facets"]:
        value = facet["values"][0]
        answer = asked(client, f"/persons/?{facet['name']}={value['value']}")
        assert answer["total"] == value["persons"], facet["name"]


def _image(number: int, **more: object) -> models.Image:
    given: dict[str, object] = {
        "digest": f"{number:064x}", "file": f"{number}.jpg", "width": 1200, "height": 800,
        "use": "public", "rights_holder": "A. Photographer", "licence": "CC BY 4.0",
        "caption": f"picture {number}", "alt": {"en": "A row of crosses"},
    }  # fmt: skip
    return models.Image(**{**given, **more})


def _captions(answer: Any) -> list[str]:
    return sorted(one["caption"] for one in answer["pictures"])


def test_photographs_are_told_where_they_stand_and_only_the_public_ones(client: Client) -> None:
    soon = timezone.localdate() + timedelta(days=1)
    with change("a test", "photographs") as door:
        source = models.Source.objects.first()
        site = models.Site.objects.get(key="genk")
        grave = door.add(models.Grave(site=site, key="genk-1", plot="B", source=source))
        memorial = models.Memorial.objects.first()
        person = models.Person.objects.get(key="en-emb-zolder-001")
        shown: dict[str, Any] = {
            "site": site, "grave": grave, "memorial": memorial, "person": person,
        }  # fmt: skip
        for place, (name, thing) in enumerate(shown.items()):
            of = {name: thing, "source": source}
            door.add(_image(10 * place + 1, **of))
            door.add(_image(10 * place + 2, **of, use="private"))
            door.add(_image(10 * place + 3, **of, use="on_request"))
            door.add(_image(10 * place + 4, **of, hidden_until=soon))
            door.add(_image(10 * place + 5, **of, use="private", shows_living=True))
    for place, (name, thing) in enumerate(shown.items()):
        answer = asked(client, thing.get_absolute_url())
        assert_conforms(name, answer)
        assert _captions(answer) == [f"picture {10 * place + 1}"]
        told = answer["pictures"][0]
        assert (told["rights_holder"], told["licence"]) == ("A. Photographer", "CC BY 4.0")
        assert told["id"].startswith("http://testserver/photographs/")
        assert told["source"] in {one["id"] for one in answer["sources"]}


def test_papers_of_a_person_are_told_as_far_as_they_are_public(client: Client) -> None:
    soon = timezone.localdate() + timedelta(days=1)
    record = models.Record.objects.filter(membership__person__key="en-emb-zolder-001").first()
    with change("a test", "papers") as door:
        for key, more in {
            "open": {"use": "public", "licence": "CC0"},
            "closed": {"use": "private"},
            "later": {"use": "public", "hidden_until": soon},
        }.items():
            door.add(models.Document(key=key, title=key, text="a text", record=record, **more))
    answer = asked(client, PERSON)
    assert_conforms("person", answer)
    assert [(one["key"], one["licence"]) for one in answer["documents"]] == [("open", "CC0")]


def test_a_figure_has_the_rows_of_its_file(client: Client) -> None:
    for told in asked(client, "/numbers/")["figures"]:
        address = told["id"].removeprefix("http://testserver")
        answer = asked(client, address)
        assert_conforms("number", answer)
        file = client.get(told["csv"].removeprefix("http://testserver")).content.decode()
        lines = [line for line in file.splitlines() if not line.startswith("# ")]
        listed = list(csv.DictReader(io.StringIO("\n".join(lines))))
        assert [row["key"] for row in answer["rows"]] == [
            row["key"].removeprefix("'") for row in listed
        ]
        assert answer["denominator"]
    asked(client, "/numbers/none/", 404)


def test_the_map_is_narrowed_by_layers_and_filters(client: Client) -> None:
    everything = asked(client, "/map/")
    layers = {one["layer"] for one in everything["places"]["items"]}
    assert layers > {"graves", "camps"}
    graves = asked(client, "/map/?layer=graves&site=genk")
    assert_conforms("map", graves)
    assert [one["key"] for one in graves["places"]["items"]] == ["site-genk"]
    assert graves["places"]["items"][0]["persons"] == asked(client, "/persons/?site=genk")["total"]
    assert everything["without_coordinates"]["total"] >= len(
        everything["without_coordinates"]["items"]
    )


def test_the_register_of_a_site_tells_of_each_of_its_dead(client: Client) -> None:
    answer = asked(client, "/sites/genk/register/")
    assert_conforms("register", answer)
    site = asked(client, "/sites/genk/")
    assert answer["groups"] == site["groups"]
    assert answer["persons"]["total"] == site["persons"]["total"] == sum(site["groups"].values())
    for one in answer["persons"]["items"]:
        assert one["said_by"] and all(form["said_by"] for form in one["forms"])
    restored = asked(client, "/sites/genk/?of=restored")["persons"]
    assert restored["total"] == site["groups"]["restored"]
    assert {one["group"] for one in restored["items"]} <= {"restored"}


def test_where_people_went_is_told_from_both_ends(client: Client) -> None:
    ways = []
    for one in asked(client, "/organisations/")["items"]:
        answer = asked(client, one["id"].removeprefix("http://testserver"))
        ways += [(one["key"], way, move["organisation"]["key"], move["persons"])
                 for way in ("from", "onward_to") for move in answer[way]]  # fmt: skip
    onward = {(here, there, persons) for here, way, there, persons in ways if way == "onward_to"}
    came = {(there, here, persons) for here, way, there, persons in ways if way == "from"}
    assert onward and onward == came


def test_statements_stand_beside_the_registers_own_count(client: Client) -> None:
    compared = asked(client, "/statements/?own=yes")["items"]
    assert compared and all(one["own_count"] is not None for one in compared)
    whole = asked(client, "/statements/")["items"]
    assert any(one["own_count"] is None and one["own_rule"] for one in whole)
    of_sites = asked(client, "/statements/?about=sites")["items"]
    assert of_sites and all(one["site"] for one in of_sites)


def test_sources_are_filtered_and_ordered_as_on_the_page(client: Client) -> None:
    listed = asked(client, "/sources/?language=ru&sort=title")["items"]
    assert listed and {one["language"] for one in listed} == {"ru"}
    titles = [one["title"] or "" for one in listed]
    assert titles == sorted(titles)
