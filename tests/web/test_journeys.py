"""The path of a life on a map: in the order of the path, dashed where that is not certain."""

from __future__ import annotations

import math
import re

import pytest
from django.test import Client

from sexton.web.public.journeys import Journey, journey
from sexton.web.register.lives.accounts import (
    Voice,
    said_organisation,
    said_site,
    said_text,
    said_when,
)
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import Organisation, Person, Site, Source
from sexton.web.register.models import dated as dates_of

from .test_lives_pages import address_of
from .test_public_pages import text_of

GENK = Site(pk=1, key="genk", names={"en": "Genk", "ru": "Генк"}, latitude=50.96, longitude=5.50,
            coord_source="municipality")  # fmt: skip
LIEGE = Site(pk=2, key="liege", names={"en": "Liège"}, latitude=50.64, longitude=5.57)
NOWHERE = Organisation(pk=1, key="iv-b", kind="camp", name="Stalag IV B", place="Nowhere at all")
MINSK = Organisation(pk=2, key="352", kind="camp", name="Stalag 352", place="Minsk")
ZOLDER = Organisation(pk=3, key="zolder", kind="mine", name="Zolder mine", place="Zolder")
ONE, OTHER = Voice(Source(pk=1, key="a")), Voice(Source(pk=2, key="b"))


def step(kind: str, *said: tuple[str, object, Voice], when: str = "") -> Step:
    made = Step(kind)
    for aspect, what, voice in said:
        made.hear(aspect, what, voice)
    if when:
        days = dates_of(when)
        made.hear(
            "when", said_when(when, *(days[n] for n in ("when_edtf", "first_day", "last_day"))), ONE
        )
    return made


def born(place: str) -> Step:
    return step("birth", ("place", said_text(place), ONE))


def buried(*sites: Site) -> Step:
    voices = (ONE, OTHER)
    told = [("site", said_site(site), voice) for site, voice in zip(sites, voices, strict=False)]
    return step("burial", *told)


def held(organisation: Organisation, kind: str = "captivity", when: str = "") -> Step:
    return step(kind, ("organisation", said_organisation(organisation), ONE), when=when)


def names(found: Journey) -> list[str]:
    return [stop.name for stop in found.stops]


def dashes(found: Journey) -> list[bool]:
    return [not leg.is_sure for leg in found.views[0].legs]


def test_stops_stand_in_the_order_of_the_path() -> None:
    found = journey([born("Smolensk"), held(MINSK), held(ZOLDER, "work"), buried(GENK)])
    assert names(found) == ["Smolensk", "Stalag 352", "Zolder mine", "Genk"]
    assert [stop.number for stop in found.stops] == [1, 2, 3, 4]
    assert [pin.numbers for pin in found.views[0].pins] == ["1", "2", "3, 4"]


def test_places_that_lie_together_are_shown_from_nearer() -> None:
    _, near = journey([born("Smolensk"), held(ZOLDER, "work"), buried(GENK)]).views
    assert [pin.numbers for pin in near.pins] == ["2", "3"]
    assert len(near.legs) == 1


def test_a_line_is_dashed_where_the_order_is_not_known() -> None:
    unsure = journey([born("Smolensk"), held(MINSK), held(ZOLDER, "work"), buried(GENK)])
    assert dashes(unsure) == [False, True, False]
    days = (("captivity", MINSK, "1942"), ("work", ZOLDER, "1943"))
    sure = [held(camp, kind, when) for kind, camp, when in days]
    assert dashes(journey([born("Smolensk"), *sure, buried(GENK)])) == [False, False, False]


def test_a_line_is_dashed_where_a_place_is_known_by_its_province_alone() -> None:
    found = journey([born("Prov. de Smolensk, Korobino"), buried(GENK)])
    assert dashes(found) == [True]
    circle = found.views[0].pins[0]
    stop = found.stops[0]
    assert circle.reach == pytest.approx(found.views[0].sheet.units(stop.where.radius_km))
    assert circle.x - circle.reach > 0  # the whole circle is on the sheet


def test_sources_that_put_a_burial_at_two_sites_are_both_told() -> None:
    found = journey([born("Smolensk"), buried(GENK, LIEGE)])
    assert (found.stops[1].name, list(found.stops[1].others)) in [
        ("Genk", ["Liège"]),
        ("Liège", ["Genk"]),
    ]
    assert dashes(found) == [True]


def test_what_nobody_has_coordinates_for_is_named_and_not_drawn() -> None:
    found = journey([born("Smolensk"), held(NOWHERE), buried(GENK)])
    assert names(found) == ["Smolensk", "Genk"]
    assert [(str(kind), name) for kind, name in found.unplaced] == [("Captivity", "Stalag IV B")]
    assert dashes(found) == [False]


def test_what_happened_to_others_and_what_remembers_him_is_not_his_way() -> None:
    witnessed = step("execution", ("site", said_site(LIEGE), ONE))
    witnessed.beside = True
    remembered = step("commemoration", ("site", said_site(LIEGE), ONE))
    assert journey([witnessed, buried(GENK), remembered]).views == ()


@pytest.mark.parametrize("path", [[], [born("Abalicha")], [buried(GENK)], [buried(GENK)] * 2])
def test_fewer_than_two_places_are_no_map(path: list[Step]) -> None:
    assert journey(path).views == ()


def test_every_pin_and_name_is_on_its_sheet() -> None:
    far = [born("Vladivostok"), held(MINSK), buried(GENK)]
    for view in journey(far).views:
        for pin in view.pins:
            assert 0 < pin.x < 1000
            assert 0 < pin.y < view.sheet.height
            if pin.label:
                assert 0 < pin.label[0] < 1000
        spots = [(town.x, town.y) for town in view.towns] + [(p.x, p.y) for p in view.pins]
        assert all(math.dist(a, b) > 20 for n, a in enumerate(spots) for b in spots[n + 1 :])


# --- on the page of a person

DRAWN = "fr-methode-162"


@pytest.mark.django_db
def test_the_page_of_a_person_shows_the_path_with_a_list_that_says_the_same(client: Client) -> None:
    text = text_of(client, address_of(DRAWN))
    shown = text.split('class="journey">')[1].split("</section>")[0]
    assert shown.count('<g class="stop">') >= 2
    stops = shown.split('<ol class="stops">')[1]
    for words in ("Birth", "Captivity", "Burial", "/sites/genk/", "/organisations/stalag-352/"):
        assert words in stops
    assert "somewhere within" in stops
    assert "Dashed" in shown
    assert "GeoNames" in shown
    assert 'style="' not in shown


@pytest.mark.django_db
def test_a_path_without_a_map_says_why(client: Client) -> None:
    texts = [text_of(client, person.get_absolute_url()) for person in Person.objects.all()[:60]]
    drawn = [text for text in texts if 'class="journey"' in text]
    others = [text for text in texts if 'class="journey"' not in text and 'class="path"' in text]
    assert drawn
    assert others
    assert all("There is no map of this path" in text for text in others)


@pytest.mark.django_db
def test_the_map_of_a_path_asks_the_database_nothing(django_assert_num_queries) -> None:
    from sexton.web.register.lives.path import life_path
    from sexton.web.register.models import Membership
    from sexton.web.register.page import person_page

    path = life_path(person_page(Membership.objects.get(record__key=DRAWN).person.key))
    with django_assert_num_queries(0):
        found = journey(path)
    assert len(found.stops) == 3


@pytest.mark.django_db
def test_the_names_are_in_the_readers_language(client: Client) -> None:
    text = text_of(client, "/ru" + address_of(DRAWN))
    shown = text.split('class="journey">')[1].split("</section>")[0]
    assert "г. Генк" in shown
    assert "Москва" in shown
    assert not re.search(r">\s*(Birth|Captivity|Burial)", shown)
