"""What the field knows can be said in the register: reburials, two graves, two under one stone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sexton.web.register import decisions, models
from sexton.web.register.history import change
from sexton.web.register.models import dated
from sexton.web.register.page import person_page

from .conftest import person, take_in, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(db: None):
    with change("a steward", "what is known") as opened:
        yield opened


def grave(door, site, key: str, **values) -> models.Grave:
    return door.add(models.Grave(site=site, key=key, **values))


def bury(door, who, where, when: str, kind: str = "burial", follows=None) -> models.Event:
    event = models.Event(
        key=f"{kind}-{where.key}-{who.key}", kind=kind, grave=where, follows=follows, **dated(when)
    )
    door.add(event)
    door.add(models.Participant(event=event, person=who, role="buried"))
    return event


def test_a_man_who_was_reburied(door, site) -> None:
    man = person(door, "man")
    first = bury(door, man, grave(door, site, "wood"), "03.1944")
    bury(door, man, grave(door, site, "honour-plot"), "1951", "reburial", follows=first)
    told = [
        (part.event.kind, part.event.grave.key, part.event.when_edtf)
        for part in person_page("man").events
    ]
    assert told == [("burial", "wood", "1944-03"), ("reburial", "honour-plot", "1951")]


def test_a_man_with_a_grave_and_a_cross_elsewhere(door, site) -> None:
    man = person(door, "man")
    bury(door, man, grave(door, site, "comblain"), "1944")
    empty = grave(door, site, "liege", kind="cenotaph")
    cross = door.add(models.Marker(site=site, kind="cross"))
    door.add(models.Marking(marker=cross, grave=empty, person=man))
    page = person_page("man")
    assert [part.event.grave.key for part in page.events] == ["comblain"]
    assert [(m.grave.key, m.grave.kind) for m in page.markings] == [("liege", "cenotaph")]


def test_two_graves_for_one_man_both_stand_with_their_sources(door, site, source) -> None:
    man = person(door, "man")
    for key in ("one", "two"):
        event = bury(door, man, grave(door, site, key), "1944")
        door.edit(event, source=source)
    assert [part.event.source for part in person_page("man").events] == [source, source]


def test_two_men_under_one_stone(door, site) -> None:
    stone = door.add(models.Marker(site=site, kind="stone", material="blue stone", **dated("1947")))
    door.add(models.Inscription(marker=stone, text="ICI REPOSENT\nDEUX RUSSES", language="fr"))
    for key in ("a", "b"):
        man = person(door, key)
        bury(door, man, grave(door, site, f"slot-{key}", kind="slot"), "1944")
        door.add(models.Marking(marker=stone, person=man))
    pages = [person_page(key) for key in ("a", "b")]
    texts = {i.text for p in pages for m in p.markings for i in m.marker.inscriptions.all()}
    assert texts == {"ICI REPOSENT\nDEUX RUSSES"}
    assert len({p.markings[0].marker_id for p in pages}) == 1


def test_a_common_grave_counts_known_and_unknown_by_category_and_source(door, site, source) -> None:
    common = grave(door, site, "pit", kind="common")
    slot = grave(door, site, "slot 3", kind="slot", within=common, row="B", number="3")
    values = {"site": site, "grave": common, "source": source}
    door.add(models.GraveCount(**values, known=9, unknown=5, **dated("2010")))
    door.add(models.GraveCount(**values, category="partisan", known=2, written="deux partisans"))
    door.add(models.GraveCount(**values, known=14, unknown=0, **dated("2021")))
    told = [(c.category, c.known, c.unknown) for c in common.counts.all()]
    assert told == [("all", 9, 5), ("all", 14, 0), ("partisan", 2, None)]
    assert list(common.slots.all()) == [slot]


def test_a_text_as_cut_with_its_photo_and_its_replacement(door, site, source) -> None:
    image = door.add(models.Image(file="a.jpg", site=site, licence="CC BY 4.0", use="public"))
    door.add(models.Region(image=image, left=0.1, top=0.2, width=0.5, height=0.1, text="PLOTNIKO"))
    old = door.add(models.Marker(site=site, kind="plate", **dated("1945/2014")))
    new = door.add(models.Marker(site=site, kind="plate", follows=old, **dated("2015")))
    for marker, text in ((old, "PLOTNIKO"), (new, "ПЛОТНИКОВ")):
        door.add(models.Inscription(marker=marker, text=text, photo=image, source=source))
    assert [i.text for i in new.follows.inscriptions.all()] == ["PLOTNIKO"]
    assert image.inscriptions.count() == 2
    with pytest.raises(ValidationError):
        door.add(models.Region(image=image, left=1.1, top=0, width=0, height=0))


def test_a_memorial_where_nobody_lies(door, site) -> None:
    stele = door.add(models.Memorial(site=site, key="stele", kind="stele", names={"fr": "Stèle"}))
    door.add(models.Inscription(memorial=stele, text="Слава", language="ru"))
    assert (str(stele), stele.inscriptions.get().text) == ("Stèle", "Слава")


def test_a_site_with_several_names_owner_and_caretaker(door, site, source) -> None:
    commune = door.add(models.Organisation(key="genk", kind="commune", name="Stad Genk"))
    school = door.add(models.Organisation(key="school", kind="school", name="A school"))
    door.edit(site, owner=commune, caretaker=school, heritage_status="listed 1998")
    door.edit(site, latitude=50.96, longitude=5.5, coord_precision="site", coord_source="visit")
    names = (("Zwartberg", "nl", "former"), ("Шахта", "ru", "local"))
    for name, language, kind in names:
        door.add(models.SiteName(site=site, name=name, language=language, kind=kind))
    assert {n.name for n in site.other_names.all()} == {"Zwartberg", "Шахта"}
    assert list(commune.owned_sites.all()) == list(school.kept_sites.all()) == [site]


def test_camps_numbers_mine_and_resistance_over_time(door, source) -> None:
    man = person(door, "man")
    stalag = door.add(models.Organisation(key="vi-k", kind="camp", name="Stalag VI K (326)"))
    door.add(models.OrganisationName(organisation=stalag, name="IV K (326)", kind="garbled"))
    mine = door.add(models.Organisation(key="mine", kind="mine", name="Zwartberg"))
    gang = door.add(
        models.Organisation(key="gang", kind="work_detachment", name="Kdo 5", parent=mine)
    )
    band = door.add(models.Organisation(key="za", kind="resistance_movement", name="Za Rodinu"))
    for where, when, number in (
        (stalag, "1942", "7997"),
        (gang, "1942-09/1943", ""),
        (band, "1944", ""),
    ):
        door.add(
            models.Affiliation(
                person=man, organisation=where, number=number, source=source, **dated(when)
            )
        )
    told = [(a.organisation.name, a.number, a.first_day) for a in person_page("man").affiliations]
    assert told == [
        ("Stalag VI K (326)", "7997", date(1942, 1, 1)),
        ("Kdo 5", "", date(1942, 9, 1)),
        ("Za Rodinu", "", date(1944, 1, 1)),
    ]
    assert gang.parent == mine


def test_kin_and_comrades_and_the_privacy_of_the_living(door) -> None:
    one, two = person(door, "one"), person(door, "two")
    door.add(models.Relation(person=one, other=two, kind="comrade"))
    door.add(models.Relation(person=one, named="a granddaughter", kind="kin", private=True))
    assert [(r.kind, r.other) for r in person_page("one").relations] == [("comrade", two)]
    with pytest.raises(ValidationError):
        door.add(models.Relation(person=one, kind="mother"))


def test_names_with_language_and_kind(door, source) -> None:
    man = person(door, "man")
    for written, language, kind in (
        ("Robelsovs Vasile", "fr", "on_stone"),
        ("Бобельцов Василий", "ru", "restored"),
    ):
        door.add(
            models.PersonName(
                person=man, written=written, language=language, kind=kind, source=source
            )
        )
    assert {(n.kind, n.language) for n in person_page("man").names} == {
        ("on_stone", "fr"),
        ("restored", "ru"),
    }


def test_a_source_is_part_of_a_fonds_of_a_holder(door) -> None:
    holder = door.add(models.Source(key="rgva", kind="holder", title="An archive"))
    fonds = door.add(models.Source(key="f1", kind="fonds", parent=holder, reference="F. 500"))
    page = door.add(models.Source(key="p1", kind="file", parent=fonds, read="part", licence="PD"))
    assert page.fonds() == [holder, fonds]


@pytest.mark.parametrize(
    ("written", "edtf", "first", "last"),
    [
        ("1912", "1912", date(1912, 1, 1), date(1912, 12, 31)),
        ("02.04.1944", "1944-04-02", date(1944, 4, 2), date(1944, 4, 2)),
        ("1942-09/1944-08", "1942-09/1944-08", date(1942, 9, 1), date(1944, 8, 31)),
        ("", "", None, None),
        ("nobody knows", "", None, None),
    ],
)
def test_dates_stand_as_written_and_as_read(written, edtf, first, last) -> None:
    values = dated(written)
    assert (values["when"], values["when_edtf"]) == (written, edtf)
    assert (values["first_day"], values["last_day"]) == (first, last)


def test_a_claim_has_a_source_and_a_verdict_a_reason(door, site, source) -> None:
    with pytest.raises(ValidationError):
        door.add(models.Claim(site=site, property="owner", value="Genk"))
    claim = door.add(models.Claim(site=site, source=source, property="owner", value="Genk"))
    with pytest.raises(ValidationError):
        decisions.judge(door, claim, "disproven", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        door.edit_many(models.Claim, {claim.pk: {"state": "disproven"}})


def test_one_claim_is_preferred_and_the_others_stay(tmp_path) -> None:
    rows = [{"id": "1", "surname": "Petrov", "birth_date": "1912"}]
    take_in(write_csv(tmp_path / "a.csv", rows))
    take_in(write_csv(tmp_path / "a.csv", [{**rows[0], "birth_date": "1913"}]))
    for wanted in ("1913", "1912"):
        with change("a reviewer", "z") as door:
            claim = models.Claim.objects.get(property="birth_date", value=wanted)
            decisions.prefer(door, claim, f"the card says {wanted}")
        shown = [value.shown for value in person_page("1").values["birth_date"]]
        assert shown == [wanted, *({"1912", "1913"} - {wanted})]
    assert models.Claim.objects.filter(preferred=True).count() == 1
    assert "birth_date" in person_page("1").disagreements()
