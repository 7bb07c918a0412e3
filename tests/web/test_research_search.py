"""One box finds people by any script, spelling and order, and says why."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import models, services
from sexton.web.register.history import change
from sexton.web.research.index import current
from sexton.web.research.reasons import Reason
from sexton.web.research.search import find

pytestmark = pytest.mark.django_db


def person_of(key: str) -> models.Person:
    return models.Membership.objects.get(record__key=key).person


def record_named(text: str) -> str:
    return models.Record.objects.get(fields__name=text).key


SCHATUNOV = "Afanas SCHATUNOV (Chatunov Afanasi Fedorovitch)"
TACTIONOFF = "Ivan TACTIONOFF (Tretiakov Ivan Ivanovitch)"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Schatunov", SCHATUNOV),
        ("schatunov", SCHATUNOV),
        ("Чатунов", SCHATUNOV),
        ("Шатунов", SCHATUNOV),
        ("Shatunov", SCHATUNOV),
        ("Szatunow", SCHATUNOV),
        ("Tretiakov", TACTIONOFF),
        ("Третьяков", TACTIONOFF),
        ("Третьяков Иван", TACTIONOFF),
        ("Иван Третьяков", TACTIONOFF),
        ("Tactionoff", TACTIONOFF),
        ("108258", "Ghwaleew Emeljan"),
    ],
)
def test_any_script_and_spelling_finds_the_person_first(query: str, name: str) -> None:
    found = find(query)
    assert found.hits, query
    assert found.hits[0].person == person_of(record_named(name))
    assert found.hits[0].reasons


def reasons(query: str) -> list[str]:
    return [str(reason) for reason in find(query).hits[0].reasons]


def test_the_reason_says_how_the_spelling_was_understood() -> None:
    told = " ".join(reasons("Chatounoff"))
    assert "“Chatounoff” can be the surname" in told
    told = " ".join(reasons("Szatunow"))
    assert "“Szatunow”" in told and "= sz" in told.replace("sz =", "= sz")
    assert "Prisoner number 108258" in reasons("108258")


def test_a_restored_form_is_called_so_and_joined_to_what_the_stone_says() -> None:
    first, restored, path, *details = reasons("Шатунов")
    assert first == "Surname Шатунов, as you wrote it"
    assert restored == "Шатунов is a restored form, made from another spelling"
    assert "ш = sch" in path
    assert "German spelling" in " ".join(details)


def test_the_form_on_the_stone_is_joined_to_the_restored_one() -> None:
    first, path, *details = reasons("Schatunov")
    assert first == "Surname SCHATUNOV, as you wrote it"
    assert "Шатунов" in path and "sch = ш" in path
    assert "German spelling" in " ".join(details)


def test_a_place_finds_its_sites() -> None:
    keys = {site.key for site in find("Genk").sites}
    assert "genk" in keys
    assert {site.municipality for site in find("Genk").sites} == {"Genk"}
    assert {site.key for site in find("Генк").sites} == {"genk"}


def test_a_name_and_a_place_find_who_lies_there() -> None:
    hits = find("Tabakov Genk").hits
    assert len(hits) == 2  # two men who must not be merged
    for hit in hits:
        assert [site.key for site in hit.sites] == ["genk"]
        assert "Genk" in str(hit.reasons[1])


def test_the_order_of_words_does_not_matter() -> None:
    def persons(query: str) -> list[int]:
        return [hit.person.pk for hit in find(query).hits]

    assert persons("Konovalov Fedor") == persons("Fedor Konovalov")


def test_a_year_and_a_name_are_more_than_the_name() -> None:
    assert find("Konovalov 1912").hits[0].bits > find("Konovalov").hits[0].bits


def test_the_beginning_of_a_name_is_enough() -> None:
    persons = [hit.person for hit in find("Tretia").hits]
    assert person_of(record_named(TACTIONOFF)) in persons


@pytest.mark.parametrize("query", ["Qwrtzp", "99999999", "∅", "x"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    found = find(query)
    assert (found.hits, found.sites) == ([], [])


def test_nobody_is_found_twice() -> None:
    found = [hit.person.pk for hit in find("Dotsenko Доценко Evgueni").hits]
    assert len(found) == len(set(found))


def test_what_stands_on_unnamed_graves_is_not_searched_as_a_name() -> None:
    assert all(hit.person.is_named for hit in find("soldat").hits)


def test_the_page_shows_hits_with_their_reasons(client: Client) -> None:
    text = client.get("/search/", {"q": "Шатунов"}).content.decode()
    assert "SCHATUNOV" in text
    assert "ш = sch" in text
    russian = client.get("/ru/search/", {"q": "Шатунов"}).content.decode()
    assert "может быть фамилией" in russian


def test_the_page_helps_when_nothing_is_found(client: Client) -> None:
    text = client.get("/search/", {"q": "Qwrtzp <b>"}).content.decode()
    assert "Nothing in this register fits" in text
    assert "&lt;b&gt;" in text
    assert "/persons/?name=unnamed" in text


def test_an_empty_search_shows_the_box_alone(client: Client) -> None:
    text = client.get("/search/", {"q": "  "}).content.decode()
    assert "Nothing in this register" not in text


def test_an_empty_register_can_be_searched(client: Client, empty_register: None) -> None:
    text = client.get("/search/", {"q": "Ivan"}).content.decode()
    assert "Nothing in this register fits" in text


def test_a_warm_search_is_quick() -> None:
    queries = ["Шатунов", "Tretiakov Ivan", "108258", "Genk"]
    for query in queries:
        find(query)
    times = []
    for query in queries:
        started = time.perf_counter()
        find(query)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.2


def test_the_index_follows_the_register() -> None:
    before = current()
    assert current() is before
    models.NameKey.objects.all().delete()
    record = models.Record.objects.first()
    fields = {"name": "Ферапонтов Сысой"}
    with change("a test", "a record that is new") as door:
        door.add_many([models.Record(key="new", fields=fields, source=record.source)])
    from .conftest import clusters_of_the_pack

    services.store_clusters(clusters_of_the_pack())
    services.rebuild_search()
    assert find("Ferapontow").hits[0].person.key == "new"


def test_every_kind_of_reason_has_a_sentence() -> None:
    for kind in ("surname", "given", "patronymic"):
        for how in ("same", "begins", "similar"):
            assert "Ivan" in str(Reason(1.0, kind, "Iwan", "Ivan", how).message())
    for kind in ("number", "year", "site"):
        assert "1944" in str(Reason(1.0, kind, "1944", "1944").message())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_any_query_is_answered(client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200
