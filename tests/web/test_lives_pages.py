"""The pages of lives: a person's path, organisations, days, places; each value with its source."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client

from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.models import dated

from .test_public_pages import LIGHT, MOST_OF_A_PERSON, Reader, prefixed, text_of

pytestmark = pytest.mark.django_db
DOTSENKO = "fr-methode-062"
ACCOUNT = re.compile(r"<dd>(?!<ul)(.*?)</dd>|<li>(.*?)</li>", re.S)


def address_of(record: str) -> str:
    person = models.Membership.objects.get(record__key=record).person
    return person.get_absolute_url()


def path_in(text: str) -> str:
    return text.split('<ol class="path">')[1].split("</section>")[0]


def steps_in(text: str) -> dict[str, str]:
    """The heading of each step to all that stands under it (under each, where there are two)."""
    parts = re.split(r"<h3>(.*?)</h3>", path_in(text))
    found: dict[str, str] = {}
    for heading, said in zip(parts[1::2], parts[2::2], strict=True):
        found[heading] = found.get(heading, "") + said
    return found


def test_dotsenkos_births_graves_divisions_and_deaths_are_on_his_page(client: Client) -> None:
    steps = steps_in(text_of(client, address_of(DOTSENKO)))
    wanted = {
        "Birth": ["18 February 1912", "17 November 1911", "the sources disagree", "Tsaritsyne"],
        "Unit and rank": ["89ème division", "99e division", "written differently"],
        "Death": ["1 April 1944", "March 1944", "the sources disagree", "Martinrive"],
        "Remembrance": ["/sites/sprimont-dotsenko-monument/"],
    }
    for step, texts in wanted.items():
        assert [text for text in texts if text not in steps[step]] == []
    graves = steps["Burial"] + steps.get("Reburial", "")
    assert "/sites/comblain-au-pont/" in graves
    assert "/sites/liege-citadelle/" in graves
    assert next(iter(steps)) == "Birth"


def test_every_value_of_the_path_links_to_a_record_that_gives_it(client: Client) -> None:
    text = text_of(client, address_of(DOTSENKO))
    accounts = [one or other for one, other in ACCOUNT.findall(path_in(text))]
    assert len(accounts) > 15
    for account in accounts:
        assert re.search(r'class="ref" href="/(records|sources)/[^"]+/"', account)
    row = models.Record.objects.get(key="fr-methode-b-017")
    (born,) = [account for account in accounts if "17 November 1911" in account]
    assert f"/records/{row.key}/" in born
    assert row.fields["birth_date"] in text_of(client, row.get_absolute_url())
    listed = text.split('class="references"')[1].split("</ol>")[0]
    assert row.source.get_absolute_url() in listed


def test_the_fullest_page_stays_light_and_cheap(
    client: Client, django_assert_max_num_queries
) -> None:
    address = address_of(DOTSENKO)
    with django_assert_max_num_queries(MOST_OF_A_PERSON):
        response = client.get(address)
    assert len(response.content) < LIGHT


def test_what_was_decided_is_shown_and_nothing_is_hidden(client: Client) -> None:
    claims = models.Claim.objects.filter(property="death_date", record__key="fr-methode-b-017")
    with change("a reviewer", "the stone") as door:
        claim = door.edit(claims.get(), state="disproven", reason="the monument <says> otherwise")
    died = steps_in(text_of(client, address_of(DOTSENKO)))["Death"]
    assert re.search(r"<s>\s*March 1944\s*</s>", died)
    assert "disproven" in died
    assert "the monument &lt;says&gt; otherwise" in died
    assert "the sources disagree" not in died
    with change("a reviewer", "the stone") as door:
        door.edit(claim, state="asserted", preferred=True, reason="the diary")
    died = steps_in(text_of(client, address_of(DOTSENKO)))["Death"]
    assert died.index("March 1944") < died.index("1 April 1944")
    assert "preferred" in died


@pytest.mark.parametrize(
    ("language", "month", "words"),
    [("en", "September 1942 to about 1943", "Escape"), ("ru", "сентябрь 1942", "Побег")],
)
def test_a_path_speaks_the_language_of_the_page(
    client: Client, language: str, month: str, words: str
) -> None:
    person = models.Membership.objects.get(record__key="fr-methode-210").person
    with change("a steward", "a card") as door:
        camp = models.Organisation.objects.get(key="stalag-304")
        values = {"person": person, "organisation": camp, "number": "108258"}
        door.add(models.Affiliation(**values, **dated("1942-09/1943~")))
        event = door.add(models.Event(key="flight", kind="escape", **dated("1943")))
        door.add(models.Participant(event=event, person=person))
    text = text_of(client, prefixed(person.get_absolute_url(), language))
    steps = steps_in(text)
    assert words in steps
    stay = next(said for said in steps.values() if "108258" in said)
    assert month in stay.lower() or month in stay
    assert "/organisations/stalag-304/" in stay
    assert 'class="missing"' in stay


def test_an_organisation_shows_who_was_there_by_which_record(client: Client) -> None:
    text = text_of(client, "/organisations/stalag-304/")
    named = models.Claim.objects.filter(property="camp", read="stalag-304")
    assert named.count() > 20
    for claim in named.select_related("record__membership__person"):
        assert f'href="{claim.record.membership.person.get_absolute_url()}"' in text
        assert f'class="ref" href="{claim.record.get_absolute_url()}"' in text
    assert "“<span" in text  # as the sources garble it
    listed = text_of(client, "/organisations/?kind=camp")
    assert "/organisations/stalag-304/" in listed
    persons = {claim.record.membership.person_id for claim in named}
    assert f"{len(persons)} persons in this register" in listed
    assert text_of(client, "/organisations/?kind=%22%3E&page=99")
    assert client.get("/organisations/nowhere/").status_code == 404


def test_a_day_tells_the_certain_from_the_possible(client: Client) -> None:
    claim = models.Claim.objects.filter(property="death_date", read="1943-02").first()
    man = claim.record.membership.person.get_absolute_url()
    day = text_of(client, "/days/1943-02-09/")
    assert man in day.split("Possibly then")[1]
    assert 'href="/days/1943-02-08/"' in day
    month = text_of(client, "/days/1943-02/")
    assert man in month.split("As a source says")[1].split("Possibly then")[0]
    assert 'href="/days/1943-02/"' in text_of(client, "/days/1943/")
    assert "9 февраля 1943 г." in text_of(client, "/ru/days/1943-02-09/")
    assert "tells of anything then" in text_of(client, "/days/1801-01-01/")


NOWHERE = ("/days/1943-02-30/", "/days/winter/", "/days/10000/", "/places/x/")


@pytest.mark.parametrize("address", NOWHERE)
def test_days_and_places_that_are_none_are_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31", "9999"])
def test_the_ends_of_the_calendar_have_pages_too(client: Client, edge: str) -> None:
    assert client.get(f"/days/{edge}/").status_code == 200


def test_a_day_is_found_however_it_is_written(client: Client) -> None:
    response = client.get("/ru/days/", {"day": " 9 мая 1943 "})
    assert (response.status_code, response.url) == (302, "/ru/days/1943-05-09/")
    text = text_of(client, "/days/?day=" + quote("<b>nobody</b> knows"))
    assert "“&lt;b&gt;nobody&lt;/b&gt; knows” cannot be read" in text
    assert 'aria-invalid="true"' in text


def test_a_place_gathers_its_dead_its_sites_and_its_other_writings(client: Client) -> None:
    text = text_of(client, "/places/zolder/")
    named = models.Claim.objects.filter(property="death_place", value__istartswith="Zolder")
    assert named.exists()
    for claim in named.select_related("record__membership__person"):
        assert claim.record.membership.person.get_absolute_url() in text
    assert client.get("/places/", {"name": "ZOLDER"}).url == "/places/zolder/"
    assert "/places/zolder/" in text_of(client, "/places/?name=zold")
    assert "No place is written like" in text_of(client, "/places/?name=Qwrtzp")
    site = models.Site.objects.exclude(municipality="").first()
    links = Reader(text_of(client, site.get_absolute_url())).links
    places = [link for link in links if re.fullmatch(r"/places/.+", link)]
    assert any(site.get_absolute_url() in text_of(client, place) for place in places)


def test_an_empty_register_has_empty_pages(client: Client, empty_register: None) -> None:
    for address, words in (
        ("/organisations/", "knows no camp"),
        ("/days/", "says when anybody died"),
        ("/places/", "names a place of death"),
    ):
        assert words in text_of(client, address)
