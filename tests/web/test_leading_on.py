"""A search that finds nothing or little leads on: near spellings, how to ask, what there is."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from sexton.web.register import models
from sexton.web.research import leading_on
from sexton.web.research.leading_on import help_for, near

pytestmark = pytest.mark.django_db


def page(client: Client, query: str, language: str = "") -> str:
    response = client.get(f"{language}/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "form"),
    [("Xatunowizz", "Chatunov"), ("Щатунович", "Шатунов"), ("Tretjekowitsch", "Tretiakov")],
)
def test_near_spellings_are_links_that_find(client: Client, query: str, form: str) -> None:
    found = list(near(f"{query} 1799"))
    assert 0 < len(found) <= leading_on.NEAR
    assert all(one.query == f"{one.form} 1799" for one in found)
    for one in found:
        assert "What may lead on" not in page(client, one.form), one


def test_a_word_with_figures_or_two_letters_has_no_near_spelling() -> None:
    assert list(near("108258x ab ? " + "\u0301")) == []


def test_every_query_is_led_on(client: Client) -> None:
    for query in ("Qwrtzp", "999999999", "?!", "x" * 200, "Qwrtzp Zzzyx Wvvvq Hhhhh Kkkkk"):
        assert help_for(query, 0) is not None
        assert client.get("/search/", {"q": query}).status_code == 200


def test_nothing_found_says_how_to_ask_what_there_is_and_where_to_write(client: Client) -> None:
    text = page(client, "Qwrtzp")
    records = models.Record.objects.count()
    assert "Nothing in this register fits “Qwrtzp”." in text
    assert f"{records} records" in text and "deaths of the years" in text
    assert "Genk" in text and 'href="/contribute/"' in text
    asked = re.findall(r'<li>By[^<]*<a href="([^"]+)"', text)
    assert len(asked) == 4
    for address in asked:
        assert (
            "Nothing in this register fits"
            not in client.get(html.unescape(address)).content.decode()
        )


def test_few_answers_lead_on_too_and_many_do_not(client: Client) -> None:
    few = page(client, "Шатунов")
    assert "Not the one you look for?" in few and "What this register covers" not in few
    assert "Not the one you look for?" not in page(client, "Ivan")
    assert "What may lead on" not in page(client, "Ivan")
    assert help_for("Ivan", leading_on.FEW + 1) is None and help_for("", 0) is None


def test_an_empty_register_leads_on_without_figures(client: Client, empty_register: None) -> None:
    text = page(client, "Шатунов")
    assert "What this register covers" not in text and "By a name" not in text
    assert 'href="/contribute/"' in text


def test_what_is_covered_is_kept_until_the_register_changes(django_assert_num_queries) -> None:
    counted = leading_on.coverage()
    with django_assert_num_queries(1):
        assert leading_on.coverage() is counted
    assert counted.figures["records"] == models.Record.objects.count()
    assert counted.first_year <= counted.last_year
