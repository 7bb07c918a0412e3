import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.places import PlaceReading, all_units, load_gazetteer, read_place

REGISTER = Path(__file__).parents[2] / "data" / "belgium"
USSR = load_gazetteer("ussr")


def parts(written):
    return [(part.text, part.kind) for part in read_place(written, USSR).parts]


def best(written):
    return read_place(written, USSR).matches[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "RSS d’Ukraine, Prov. de Zaporojié, District de Guenitchesk, Novo-Dmitrovka",
            [
                ("Ukraine", "republic"),
                ("Zaporojié", "province"),
                ("Guenitchesk", "district"),
                ("Novo-Dmitrovka", "unknown"),
            ],
        ),
        ("Prov. de Kursk, Streletsk", [("Kursk", "province"), ("Streletsk", "unknown")]),
        ("Prov. de Tambov Novo-Urevo", [("Tambov", "province"), ("Novo-Urevo", "unknown")]),
        (
            "S. Karmolino reg. Stchelkowo prov. Moskou",
            [("Karmolino", "village"), ("Stchelkowo", "district"), ("Moskou", "province")],
        ),
        (
            "Кармолино, Щелковский р-н, Московской обл.",
            [("Кармолино", "unknown"), ("Щелковский", "district"), ("Московской", "province")],
        ),
        (
            "Пензенская область, Н-Пестровский район, деревня Междуречье",
            [("Пензенская", "province"), ("Н-Пестровский", "district"), ("Междуречье", "village")],
        ),
        (
            "Retchetilowka; Poltava region, Reshetilovsky district, village of Tverdokhliby",
            [
                ("Retchetilowka", "unknown"),
                ("Poltava", "province"),
                ("Reshetilovsky", "district"),
                ("Tverdokhliby", "village"),
            ],
        ),
        (
            "Région de Krasnodar, Sotchi, rue Kirov, 15",
            [("Krasnodar", "province"), ("Sotchi", "unknown"), ("Kirov 15", "street")],
        ),
        (
            "RSS de Tchouvachie, district d’Alikovo, conseil rural de Charypkhino, "
            "village de Khirlepy (grave: RSSA de Tchouvachie, Nardynkino)",
            [
                ("Tchouvachie", "province"),
                ("Alikovo", "district"),
                ("Charypkhino", "council"),
                ("Khirlepy", "village"),
                ("Nardynkino", "unknown"),
            ],
        ),
        (
            "Oufa, République socialiste soviétique autonome de Bachkirie",
            [("Oufa", "unknown"), ("Bachkirie", "province")],
        ),
        ("domicilié à Koursk", [("Koursk", "unknown")]),
        ("Oural (probablement)", [("Oural", "province")]),
        ("URSS (Ukraine)", [("URSS", "country"), ("Ukraine", "republic")]),
        ("Tsaritsyne (serait né)", [("Tsaritsyne", "unknown")]),
        ("Krasnodar Territory", [("Krasnodar", "province")]),
        ("Provinz Charkow, Kreis Isjum", [("Charkow", "province"), ("Isjum", "district")]),
        ("г. Москва", [("Москва", "town")]),
        ("Fastov-Kiev", [("Fastov", "unknown"), ("Kiev", "unknown")]),
        ("Karmolino Moscou", [("Karmolino", "unknown"), ("Moscou", "unknown")]),
        (
            "Prov. de l’Altaï - District de Khabary, Novo-Platovo",
            [("Altaï", "province"), ("Khabary", "district"), ("Novo-Platovo", "unknown")],
        ),
    ],
)
def test_parts_and_their_kinds(written, expected):
    assert parts(written) == expected


@pytest.mark.parametrize(
    ("written", "place_id"),
    [
        ("Stalingrad", "472757"),
        ("Сталинград", "472757"),
        ("Tsaritsyne", "472757"),
        ("Stalinabad (aujourd’hui Douchanbé), RSS du Tadjikistan", "1221874"),
        ("Kouïbychev", "499099"),
        ("Tchkalov", "515003"),
        ("Vorochilovgrad", "702658"),
        ("Charkow", "706483"),
        ("Kharkov", "706483"),
        ("Koersk", "538560"),
        ("Jaroslawl", "468902"),
        ("Krivoï Rog", "703845"),
        ("Région de Krasnodar, Sotchi, rue Kirov, 15", "491422"),
        ("Krasnodar", "542420"),
        ("Libau en Lettonie (actuelle Liepāja)", "457954"),
        ("Ревель, Эстляндская губерния", "588409"),
    ],
)
def test_towns_under_their_names_of_1941_and_in_clerks_spelling(written, place_id):
    match = best(written)
    assert match.place_id == place_id
    assert match.level == "village"
    assert match.probability > 0.5
    assert match.radius_km < 30


@pytest.mark.parametrize(
    ("written", "unit", "level"),
    [
        ("Prov. de Kalinine, Khudarovo", "RU.77", "province"),
        ("Prov. de Kharkov, Prosiany", "UA.07", "province"),
        ("Горьковская обл.", "RU.51", "province"),
        ("région d’Orlov", "RU.56", "province"),
        ("RSSA de Mordovie", "RU.46", "province"),
        ("Biélorussie", "BY", "republic"),
        ("Provincie Woronezj", "RU.86", "province"),
        ("Gebiet Woronesch", "RU.86", "province"),
    ],
)
def test_a_province_is_a_wide_circle(written, unit, level):
    match = best(written)
    assert (match.place_id, match.level) == (unit, level)
    assert match.radius_km > 80


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("gebied Mosschovsk", "RU.47"),
        ("gebied Norosjilowgradskaja", "UA.14"),
        ("obw. Portawsk", "UA.18"),
        ("rég. de Couïbychivsk", "RU.65"),
        ("Gebiet Karininssk", "RU.77"),
        # By their sounds these two are one.
        ("Gebiet Gorkovssk", "RU.51"),
        ("Gebiet Charkowsk", "UA.07"),
        ("Горьковской обл.", "RU.51"),
        ("Харьковской обл.", "UA.07"),
    ],
)
def test_a_province_by_the_hand_of_any_clerk(written, unit):
    assert best(written).unit == unit


@pytest.mark.parametrize(
    ("written", "village", "unit"),
    [
        ("с. Ермолаево Башкирской АССР", ("Ермолаево", "village"), "RU.08"),
        ("г. Кусково Московской обл.", ("Кусково", "town"), "RU.47"),
        ("дер. Ивановка Щелковского р-на Московской обл.", ("Ивановка", "village"), "RU.47"),
    ],
)
def test_a_word_before_the_village_and_one_behind_the_province(written, village, unit):
    parts = read_place(written, USSR).parts
    assert (parts[0].text, parts[0].kind) == village
    assert parts[-1].unit == unit


@pytest.mark.parametrize("written", ["Niżnjaia biełki", "Verchnjaja petriewka", "Новая Чигла"])
def test_upper_and_new_are_no_villages_of_their_own(written):
    assert [part.text for part in read_place(written, USSR).parts] == [written]


def test_a_village_that_is_not_found_leaves_its_district():
    match = best("District de Retchetilowka, Prov. de Poltava, Tverdokhliby")
    assert (match.name, match.level, match.radius_km) == ("Reshetylivka", "district", 30.0)


def test_the_written_province_chooses_among_namesakes():
    stalingrad = best("Prov. de Stalingrad, District de Bykovo, Bykovo")
    assert (stalingrad.name, stalingrad.unit) == ("Bykovo", "RU.84")
    moscow = best("Bykovo, Moscow region")
    assert (moscow.name, moscow.unit) == ("Bykovo", "RU.47")


def test_none_found_is_an_answer():
    reading = read_place("Marmon-Levka", USSR)
    assert reading.matches == ()
    assert [part.text for part in reading.parts] == ["Marmon-Levka"]


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_empty_cell_is_no_place(empty):
    assert read_place(empty, USSR) is None


def test_every_birth_place_of_the_register_has_parts_and_keeps_its_text():
    with (REGISTER / "entries.csv").open(encoding="utf-8") as file:
        written = {row["birth_place_as_written"] for row in csv.DictReader(file)} - {""}
    assert len(written) > 100
    for text in written:
        reading = read_place(text, USSR)
        assert reading.written == text
        assert reading.parts, text


def test_most_birth_places_of_the_register_are_found_on_the_map():
    with (REGISTER / "entries.csv").open(encoding="utf-8") as file:
        written = {row["birth_place_as_written"] for row in csv.DictReader(file)} - {""}
    readings = [read_place(text, USSR) for text in written]
    found = [r for r in readings if sum(match.probability for match in r.matches) > 0.5]
    assert len(found) / len(readings) > 0.75


def test_belgian_places_in_either_language():
    belgium = load_gazetteer("belgium")
    assert read_place("Liège", belgium).matches[0].name == "Liège"
    assert read_place("Luik", belgium).matches[0].name == "Liège"
    hasselt = read_place("Hasselt, province de Limbourg", belgium)
    assert [(p.text, p.unit) for p in hasselt.parts][1] == ("Limbourg", "BE.Limburg")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_fault(text):
    reading = read_place(text, USSR)
    if reading is None:
        assert not text.strip()
        return
    assert isinstance(reading, PlaceReading)
    assert reading.written == text
    assert sum(match.probability for match in reading.matches) <= 1.001
    assert all(part.text for part in reading.parts)


_WORDS = (
    "Prov.|de|District|Région|RSS|d’Ukraine|Kursk|Курск|обл.|р-н|(|)|,|/|-|village|с.|rue|15|Moscou|"
    "region|né|à|of|г."
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split("|")), min_size=1, max_size=8).map(" ".join))
def test_words_of_places_in_any_order(text):
    reading = read_place(text, USSR)
    assert reading.written == text
    for match in reading.matches:
        assert -90 <= match.lat <= 90
        assert -180 <= match.lon <= 180
        assert 0 < match.probability <= 1
        assert match.radius_km > 0


@pytest.mark.parametrize("unit", [u for u in all_units().values() if u.parent != "BE"])
def test_the_archives_own_name_of_a_unit_reads_as_that_unit(unit):
    assert {part.unit for part in read_place(unit.name, USSR).parts} == {unit.unit_id}


def test_what_is_remembered_is_bounded_and_read_again_alike(monkeypatch):
    written = [f"{unit.name}, с. Ивановка" for unit in list(all_units().values())[:12]]
    readings = [read_place(text, USSR) for text in written]
    monkeypatch.setattr("sexton.places.gazetteer.MOST_REMEMBERED", 5)
    few = replace(USSR, readings={}, _found={})
    assert [read_place(text, few) for text in written] == readings
    assert len(few.readings) <= 5
