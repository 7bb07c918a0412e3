"""Suggestions while typing: what they hold, in which order, and that they hold no more."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.web.register.models import Person
from sexton.web.research import suggest, suggestions
from sexton.web.research.sounds import MOST, sounds

pytestmark = pytest.mark.django_db


def suggested(client: Client, query: str, language: str = "") -> dict[str, list[dict[str, str]]]:
    response = client.get(f"{language}/search/suggest/", {"q": query})
    assert response.status_code == 200 and response["Content-Type"] == "application/json"
    return {group["label"]: group["items"] for group in response.json()["groups"]}


@pytest.mark.parametrize("typed", ["Scha", "scha", "Cha", "Sjat", "Szat", "Shat", "Шат", "ШАТУ"])
def test_any_spelling_of_a_beginning_leads_to_him(client: Client, typed: str) -> None:
    men = suggested(client, f"{typed} Afan" if len(typed) < 4 else typed)["Persons"]
    assert any("SCHATUNOV" in man["label"] for man in men)


@pytest.mark.parametrize(
    ("typed", "group", "label"),
    [
        ("Genk", "Sites", "Genk city cemetery"),
        ("Genk", "Communes", "Genk"),
        ("stal", "Camps", "Stalag 304"),
        ("Zwart", "Mines", "Zwartberg mine"),
        ("304", "Camps", "Stalag 304"),
        ("Третьяков Ив", "Persons", "TACTIONOFF"),
        ("Ив Третьяков", "Persons", "TACTIONOFF"),
    ],
)
def test_what_is_suggested(client: Client, typed: str, group: str, label: str) -> None:
    items = suggested(client, typed)[group]
    assert any(label in item["label"] for item in items)


def test_a_man_comes_with_his_dates_and_site(client: Client) -> None:
    (man,) = suggested(client, "Schatunov")["Persons"]
    assert man["hint"] == "born 1903, died 1943, Montignies-sur-Sambre cemetery"
    assert client.get(man["url"]).status_code == 200


def test_in_the_language_of_the_page(client: Client) -> None:
    groups = suggested(client, "Genk", "/ru")
    assert groups["Места"][0]["url"].startswith("/ru/sites/")
    said = client.get("/ru/search/suggest/", {"q": "Schatunov"}).json()["said"]
    assert said == "1 подсказка"


def test_two_common_words_lead_to_the_man_who_bears_both(client: Client) -> None:
    men = suggested(client, "Ivan Ivanovitch Tretia")["Persons"]
    assert ["TACTIONOFF" in man["label"] for man in men] == [True]


@pytest.mark.parametrize("typed", ["", " ", "a", "?", "\x00", "zzzzzzzzz", "é" * 500, "a " * 90])
def test_little_or_nothing_suggests_nothing(client: Client, typed: str) -> None:
    answer = client.get("/search/suggest/", {"q": typed}).json()
    assert answer["groups"] == [] and answer["said"] == "No suggestions"


@pytest.mark.parametrize("typed", ["iv", "ma", "al", "bo", "ste", "ch", "mi"])
def test_a_few_of_every_kind_and_no_more(client: Client, typed: str) -> None:
    groups = suggested(client, typed)
    assert 0 < sum(map(len, groups.values())) <= suggest.MOST
    assert len(groups["Persons"]) >= suggest.MOST // 2, "there are many such men"


def test_only_what_public_pages_show_is_suggested(client: Client) -> None:
    """Every suggestion is the page of somebody named in the register; nobody else comes in."""
    kept = suggestions.build("now")
    known = set(Person.objects.filter(is_named=True).values_list("pk", flat=True))
    assert {key for kind, key in kept.entries if kind == "person"} <= known


def test_it_is_one_answer_for_everybody(client: Client, django_assert_max_num_queries) -> None:
    client.get("/search/suggest/", {"q": "Schat"})
    with django_assert_max_num_queries(10):
        response = client.get("/search/suggest/", {"q": "Schat"})
    assert "public" in response["Cache-Control"] and response["ETag"], "kept as pages are"
    assert "Cookie" not in response.get("Vary", "") and not response.cookies
    assert client.post("/search/suggest/").status_code == 405


def test_an_empty_register_suggests_nothing(client: Client, empty_register: None) -> None:
    assert suggested(client, "Genk") == {}


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_has_few_sounds(text: str) -> None:
    found = sounds(text)
    assert len(found) <= MOST and len(set(found)) == len(found)
    assert all(re.fullmatch("[A-Z]+", sound) for sound in found)
