"""The filters of search, list and map: what is chosen, who fits, and counts that are honest."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.research.filters import FACETS, Chosen, facets, fits, fitting
from sexton.web.research.stated import origins

pytestmark = pytest.mark.django_db


def at_site(key: str) -> set[int]:
    members = models.Membership.objects.filter(record__site__key=key)
    return set(members.values_list("person_id", flat=True))


def counts(chosen: Chosen, among: list[int] | None = None) -> dict[str, dict[str, int]]:
    shown = (facets(chosen, among, all=facet) for facet in FACETS)
    return {
        facet.name: {value.value: value.count for value in facet.values}
        for name, found in zip(FACETS, shown, strict=True)
        for facet in found
        if facet.name == name
    }


def test_nothing_chosen_is_everybody_in_the_order_of_the_list() -> None:
    assert fitting(Chosen()) == list(models.Person.objects.values_list("pk", flat=True))


def test_several_values_widen_and_several_facets_narrow() -> None:
    one, two = at_site("genk"), at_site("nidrum")
    assert set(fitting(Chosen.of({"site": "genk"}))) == one
    assert set(fitting(Chosen.of({"site": ["genk", "nidrum"]}))) == one | two
    died = set(fitting(Chosen.of({"died": "1943"})))
    assert set(fitting(Chosen.of({"site": "genk", "died": "1943"}))) == one & died


def test_every_count_is_the_number_of_persons_that_choosing_it_gives() -> None:
    for chosen in (Chosen(), Chosen.of({"site": "genk"}), Chosen.of({"died": "1943"})):
        for facet, values in counts(chosen).items():
            for value, count in values.items():
                others = Chosen({k: v for k, v in chosen.values.items() if k != facet})
                assert count == len(fitting(others.with_value(facet, value))), (facet, value)


def test_who_states_nothing_is_counted_and_can_be_chosen() -> None:
    everybody = set(fitting(Chosen()))
    for facet, values in counts(Chosen()).items():
        if "not-stated" in values:
            silent = set(fitting(Chosen.of({facet: "not-stated"})))
            others = tuple(value for value in values if value != "not-stated")
            stated = set(fitting(Chosen({facet: others})))
            assert silent | stated == everybody
            assert not silent & stated
    assert counts(Chosen())["camp"]["not-stated"] > 100


def test_sources_that_disagree_count_under_each_value() -> None:
    """One man of two records with two years of death, and a year that is disproven."""
    members = models.Membership.objects.filter(person__record_count__gt=1).select_related("record")
    first = members.order_by("pk")[0]
    second = members.filter(person=first.person).exclude(pk=first.pk)[0]
    with change("a test", "two years") as door:
        door.add_many(
            [
                models.Claim(
                    record=member.record,
                    property="death_date",
                    value=str(year),
                    read=str(year),
                    first_day=f"{year}-01-01",
                    last_day=f"{year}-12-31",
                    state=state,
                    reason="it is so" if state != "asserted" else "",
                )
                for member, year, state in (
                    (first, 1931, "asserted"), (second, 1932, "asserted"),
                    (second, 1933, "disproven"),
                )
            ]
        )  # fmt: skip
    for year in ("1931", "1932"):
        assert fitting(Chosen.of({"died": year})) == [first.person_id]
    assert fitting(Chosen.of({"died": "1933"})) == []


def test_a_time_of_several_years_is_stated_but_of_no_year() -> None:
    member = models.Membership.objects.order_by("pk")[0]
    with change("a test", "an open time") as door:
        door.add_many(
            [
                models.Claim(
                    record=member.record, property="death_date", value="1942-1944",
                    first_day="1942-01-01", last_day="1944-12-31",
                )
            ]
        )  # fmt: skip
    assert member.person_id in fitting(Chosen.of({"died": "no-year"}))
    assert member.person_id not in fitting(Chosen.of({"died": "not-stated"}))


def test_camps_mines_and_movements_are_those_of_the_organisations_pages() -> None:
    from sexton.web.register.lives.presence import numbers_of_members

    numbers = numbers_of_members()
    facet_of = {"camp": "camp", "mine": "mine", "resistance_movement": "movement"}
    shown = counts(Chosen())
    for row in models.Organisation.objects.filter(kind__in=facet_of):
        assert shown[facet_of[row.kind]].get(row.key, 0) == numbers.get(row.pk, 0), row.key


def test_a_birth_place_counts_for_what_it_names() -> None:
    assert origins("Prov. de Kursk, Streletsk") == ("RU.41", "RU")
    assert origins("RSSA de Mordovie")[-1] == "RU"
    assert origins("Lozovaya") == ("no-province",)
    assert origins("URSS") == ("no-province",)


def test_facets_of_some_persons_count_them_alone() -> None:
    some = sorted(at_site("genk"))[:7]
    assert sum(counts(Chosen(), some)["records"].values()) == 7
    assert counts(Chosen(), some)["commune"] == {"Genk": 7}
    assert counts(Chosen(), []) == {}
    assert fits(Chosen.of({"site": "genk"}), [*some, 999_999]) == some


def test_a_choice_is_an_address_and_can_be_read_again() -> None:
    chosen = Chosen.of({"site": ["genk", "nidrum"], "died": "1943", "q": "x"})
    assert Chosen.of(QueryDict(chosen.query(q="a b"))) == chosen
    assert chosen.query(q="a b") == "q=a+b&site=genk&site=nidrum&died=1943"
    assert chosen.without("site", "genk").query() == "site=nidrum&died=1943"
    assert not Chosen.of({"died": "1943"}).without("died", "1943")


def test_older_addresses_are_understood() -> None:
    assert Chosen.of({"name": "unnamed"}) == Chosen.of({"state": "unnamed"})
    assert Chosen.of({"sources": "several"}) == Chosen.of({"records": "several"})
    named = set(fitting(Chosen.of({"name": "named"})))
    assert named == set(models.Person.objects.filter(is_named=True).values_list("pk", flat=True))


def test_values_that_nobody_has_stay_chosen_and_are_shown(client: Client) -> None:
    text = client.get("/persons/", {"site": "<nowhere>"}).content.decode()
    assert "Nobody fits these filters" in text
    assert "&lt;nowhere&gt;" in text


def test_a_facet_shows_its_first_values_and_all_when_asked() -> None:
    site = next(facet for facet in facets(Chosen()) if facet.name == "site")
    whole = next(facet for facet in facets(Chosen(), all="site") if facet.name == "site")
    assert site.hidden and not whole.hidden
    assert len(whole.values) == len(site.values) + site.hidden
    assert site.all_query == "all=site"
    assert [v.count for v in whole.values[:-1]] == sorted(
        (v.count for v in whole.values[:-1]), reverse=True
    )
    assert whole.values[-1].value == "not-stated"


def test_the_list_of_persons_is_paged_within_a_choice(client: Client) -> None:
    text = client.get("/persons/", {"site": "genk"}).content.decode()
    assert "Page 1 of 2" in text
    assert 'href="?site=genk&amp;page=2"' in text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(st.sampled_from([*FACETS, "page", "all", "x"]), st.lists(st.text(), max_size=4))
)
def test_any_parameters_are_answered(client: Client, parameters: dict[str, list[str]]) -> None:
    assert client.get("/persons/", parameters).status_code == 200
    assert client.get("/search/", {"q": "Ivan", **parameters}).status_code == 200
