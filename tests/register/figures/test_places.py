"""Named and unnamed by site, mines by year of death, origins as far as they can be read."""

from __future__ import annotations

import pytest

from sexton.web.register import models
from sexton.web.register.figures import facts, origins, places, shelf
from sexton.web.register.figures.model import DISAGREE, LONGER, NOT_READ, NOT_STATED
from sexton.web.register.history import change
from sexton.web.register.models import dated

from ..conftest import person, take_in, write_csv
from .test_lives import second_opinion, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afresh(settings, tmp_path) -> None:
    settings.HOME = tmp_path / "home"
    facts.forget()


def born(tmp_path, *texts: str) -> None:
    rows = [
        {"id": f"p{number}", "surname": f"P{number}", "birth_place": text}
        for number, text in enumerate(texts)
    ]
    take_in(write_csv(tmp_path / "born.csv", rows))


def test_named_and_unnamed_are_counted_apart_at_each_site(site) -> None:
    with change("a steward", "a list") as door:
        for key, named in (("a", True), ("b", False), ("c", False)):
            row = door.add(models.Record(key=key, site=site, is_named=named))
            man = door.add(models.Person(key=key, name=key, is_named=named))
            door.add(models.Membership(record=row, person=man, probability=1))
        person(door, "nowhere")
    for figure, key in ((places.sites(), "genk"), (places.communes(), "Genk")):
        assert told(figure) == ({key: (1, 2)}, {"no_grave": 1})
        assert figure.of == 4


def test_a_mine_has_its_dead_by_year_and_those_of_no_year(db: None) -> None:
    with change("a steward", "a card") as door:
        paper = door.add(models.Source(key="card", title="A card"))
        mine = door.add(models.Organisation(key="pit", kind="mine", name="Pit"))
        for number, day in enumerate(("3.5.1943", "1944", "", "1943/1945")):
            man = person(door, f"m{number}")
            door.add(models.Affiliation(person=man, organisation=mine, source=paper))
            if day:
                span = {k: v for k, v in dated(day).items() if k.endswith("_day")}
                door.add(
                    models.Claim(person=man, source=paper, property="death_date", value=day, **span)
                )
        person(door, "elsewhere")
    figure = places.mines()
    assert figure.columns == ("1943", "1944", NOT_STATED)
    assert told(figure) == ({"pit": (1, 1, 2)}, {"no_mine": 1})


READ = {
    "Prov. de Kharkov, Prosiany": ("UA", "UA.07", origins.NAMED),
    "Biélorussie": ("BY", "", origins.NAMED),
    "Stalingrad": ("RU", "RU.84", origins.FOUND),
    "Abalicha": ("", "", origins.NOTHING),
    "Biélorussie, Prov. de Kharkov": ("", "", origins.NOTHING),
}


@pytest.mark.parametrize("text", READ)
def test_an_origin_is_named_by_the_source_or_found_by_its_town_or_nothing(text: str) -> None:
    assert origins.origin_of(text) == READ[text]


def test_origins_that_cannot_be_read_or_disagree_stand_apart(tmp_path) -> None:
    born(tmp_path, "Prov. de Kharkov", "Biélorussie", "Abalicha", "", "Stalingrad")
    second_opinion("p4", "birth_place", "Prov. de Kharkov")
    republics, regions = places.republics(), places.regions()
    assert told(republics) == (
        {"UA": (1,), "BY": (1,)}, {DISAGREE: 1, NOT_READ: 1, NOT_STATED: 1},
    )  # fmt: skip
    assert told(regions) == (
        {"UA.07": (1,)}, {LONGER: 1, DISAGREE: 1, NOT_READ: 1, NOT_STATED: 1},
    )  # fmt: skip
    assert republics.counts["named"] == 2


def test_while_somebody_waits_few_places_are_read_and_the_rest_is_said(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(origins, "AT_ONCE", 1)
    born(tmp_path, "Biélorussie", "Ukraine")
    assert places.republics().counts["waiting"] == 1
    steps: list[tuple[str, int, int | None]] = []
    assert origins.catch_up(lambda *step: steps.append(step)) == 1
    assert len(steps) == 1
    facts.forget()
    assert told(places.republics())[0] == {"BY": (1,), "UA": (1,)}
    assert origins.catch_up() == 0


def test_a_broken_or_outdated_file_is_as_good_as_none(settings) -> None:
    shelf.store("thing", "1", [1, 2])
    assert shelf.load("thing", "1") == [1, 2]
    assert shelf.load("thing", "2") is None
    (settings.HOME / "derived" / "thing.json").write_text('{"version": "1", "da', encoding="utf-8")
    assert shelf.load("thing", "1") is None
    assert shelf.stamp("thing") > shelf.stamp("nothing") == 0
    settings.HOME.joinpath("file").write_text("", encoding="utf-8")
    settings.HOME = settings.HOME / "file"
    shelf.store("thing", "1", [])
    with shelf.alone("thing"):
        assert shelf.load("thing", "1") is None
