"""One box finds people by any script, spelling and order, and says why."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import models, services
from sexton.web.register.history import change
from sexton.web.research.filters import Chosen
from sexton.web.research.index import current
from sexton.web.research.reasons import SAME, Reason
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
    for query in ("Genk", "Генк", "genk"):
        assert "genk" in {site.key for site in find(query).sites}
        assert {site.municipality for site in find(query).sites} == {"Genk"}
    liege = {site.key for site in find("Liège").sites}
    assert liege and {site.key for site in find("Luik").sites} == liege
    assert {site.key for site in find("Льеж").sites} == liege


def test_a_name_and_a_place_find_who_lies_there() -> None:
    hits = find("Tabakov Genk").hits
    assert len(hits) == 2  # two men who must not be merged
    for hit in hits:
        assert [site.key for site in hit.sites] == ["genk"]
        assert "Genk" in str(hit.reasons[1])


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ("Чатунов 1903", SCHATUNOV, "Date of birth: 1903"),
        ("VI K 108258", "Ghwaleew Emeljan", "Camp: Stalag 326 (VI K)"),
        ("Stalag 326 Ghwaleew", "Ghwaleew Emeljan", "Camp: Stalag 326 (VI K)"),
        ("Schatunov mai 1943", SCHATUNOV, "Date of death: 7 mai 1943"),
        ("Schatunov 5.1943", SCHATUNOV, "Date of death: 7 mai 1943"),
        ("мая 1943 Шатунов", SCHATUNOV, "Date of death: 7 mai 1943"),
    ],
)
def test_each_piece_of_a_query_is_answered(query: str, name: str, reason: str) -> None:
    assert find(query).hits[0].person == person_of(record_named(name))
    assert reason in reasons(query)


@pytest.mark.parametrize("month", ["mai 1943", "mei 1943", "May 1943", "мая 1943", "1943-05"])
def test_a_place_and_a_month_find_who_died_there_then(month: str) -> None:
    found = find(f"Genk {month}")
    assert found.total == 6
    for hit in found.hits:
        assert "Genk" in str(hit.reasons[0])
        assert "mai 1943" in str(hit.reasons[1])
    assert [period.edtf for period in found.also.days] == ["1943-05"]
    assert "Genk" in {place.name for place in found.also.places}


def test_a_movement_is_found_in_either_script() -> None:
    dyadkin = {hit.person.pk for hit in find("За Родину").hits}
    assert dyadkin and {hit.person.pk for hit in find("Za Rodinu").hits} == dyadkin
    assert find("За Родину").also.organisations
    assert "Resistance movement: " in str(find("За Родину").hits[0].reasons[0])


def test_places_are_known_by_their_later_names_too() -> None:
    assert {h.person.pk for h in find("Волгоград").hits} == {
        h.person.pk for h in find("Stalingrad").hits
    }


def test_a_province_finds_its_sites_where_no_site_is_called_so() -> None:
    for query in ("Hainaut", "Henegouwen", "Эно"):
        provinces = {site.province for site in find(query).sites}
        assert provinces == {"Hainaut"}, query
    assert find("Genk Limburg").total >= 70


def test_a_word_written_twice_is_one_word() -> None:
    assert find("Tabakov tabakov").ids() == find("Tabakov").ids() != []


@pytest.mark.parametrize("query", ["а", "де", "VI", ".", "1", "в"])
def test_short_words_alone_name_nothing(query: str) -> None:
    found = find(query)
    assert not found.sites and found.total <= 1


def test_an_initial_is_that_of_the_given_name_first() -> None:
    assert "Given name Ivan" in " ".join(reasons("И. Третьяков"))


def test_a_republic_is_named_beside_the_place_that_lies_in_it() -> None:
    found = find("Ukraine")
    assert found.total > 10
    assert all("→ Ukrainian SSR" in " ".join(map(str, hit.reasons)) for hit in found.hits)


def test_who_states_nothing_of_it_is_not_contradicted() -> None:
    """Tactionoff's year is stated otherwise, and still he is the only one so called."""
    assert find("Tactionoff 1899").hits[0].person == person_of(record_named(TACTIONOFF))
    assert find("Tactionoff 1911").hits[0].bits > find("Tactionoff 1899").hits[0].bits


def test_pages_of_results_do_not_overlap_and_lose_nobody() -> None:
    found = find("1943")
    pages = [find("1943", page=number) for number in found.page.paginator.page_range]
    shown = [hit.person.pk for page in pages for hit in page.hits]
    assert shown == found.ids()
    assert len(set(shown)) == len(shown) == found.total > 20


def test_a_page_that_is_none_is_the_nearest_one() -> None:
    assert find("1943", page="x").page.number == 1
    last = find("1943").page.paginator.num_pages
    assert find("1943", page="9999").page.number == last


def test_filters_narrow_and_counts_are_of_all_who_answer() -> None:
    everybody = find("1943")
    narrowed = find("1943", Chosen.of({"site": "genk"}))
    assert 0 < narrowed.total < everybody.total == narrowed.without_filters
    for hit in narrowed.hits:
        assert "genk" in {site.key for site in hit.sites}
    counts = {facet.name: {v.value: v.count for v in facet.values} for facet in narrowed.facets()}
    assert counts["site"]["genk"] == narrowed.total
    assert sum(counts["commune"].values()) == narrowed.total


def test_a_hit_tells_who_writes_which_form() -> None:
    hit = find("Шатунов").hits[0]
    written, *given = hit.forms
    assert (written.text, written.sources, written.kind) == (SCHATUNOV, 1, "")
    restored = next(form for form in given if form.text.startswith("Шатунов"))
    assert (restored.kind, restored.basis) == ("restored", "reconstructed")
    assert hit.standing.codes == ("restored_printed",)


def test_a_page_of_hits_asks_the_database_the_same_whatever_their_number(
    client: Client, django_assert_max_num_queries
) -> None:
    for query in ("1943", "Qwrtzp"):  # what is made once for a state of the register is made now
        client.get("/search/", {"q": query})
    with django_assert_max_num_queries(24):
        client.get("/search/", {"q": "1943", "page": "2"})
    with django_assert_max_num_queries(24):
        client.get("/search/", {"q": "Schatunov"})


def test_the_page_keeps_query_and_filters_in_its_links(client: Client) -> None:
    text = client.get("/search/", {"q": "1943", "died": "1943"}).content.decode()
    assert 'href="?q=1943&amp;died=1943&amp;page=2"' in text
    assert 'href="?q=1943"' in text  # the filter taken away
    assert "Without the filters" in text
    nobody = client.get("/search/", {"q": "Schatunov", "died": "1999"}).content.decode()
    assert "Nobody who answers fits these filters" in nobody


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
    assert "/persons/?state=unnamed" in text


def test_an_empty_search_shows_the_box_alone(client: Client) -> None:
    text = client.get("/search/", {"q": "  "}).content.decode()
    assert "Nothing in this register" not in text


def test_an_empty_register_can_be_searched(client: Client, empty_register: None) -> None:
    text = client.get("/search/", {"q": "Ivan"}).content.decode()
    assert "Nothing in this register fits" in text


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
            assert "Ivan" in str(Reason(kind, "Iwan", "Ivan", how).message())
    assert "Jean" in str(Reason("given", "Иван", "Jean", "table").message())
    assert "I." in str(Reason("patronymic", "Ivanovitch", "I.", "initial").message())
    for kind in SAME:
        assert "1944" in str(Reason(kind, "1944", "1944").message())
    for kind in ("birth_date", "death_date", "event_date"):
        assert "open" in str(Reason(kind, "1944", "1944", "open").message())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_any_query_is_answered(client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200
