import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.places import (
    load_gazetteer,
    name_likeness,
    place_similarity,
    read_place,
    text_key,
)

REGISTER = Path(__file__).parents[2] / "data" / "belgium"
USSR = load_gazetteer("ussr")


def compare(a, b):
    return place_similarity(read_place(a, USSR), read_place(b, USSR))


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Abalicha", "Abalicha", "village"),
        ("Podporochki, Prov. de Léningrad", "Podporoshki, Leningrad region", "village"),
        (
            "Karmolino, district de Schëlkovo, Province de Moscou",
            "Кармолино, Щелковский р-н, Московской обл.",
            "village",
        ),
        ("Tchernychevo", "Tchernitchevo", "village"),
        ("Stalingrad", "Tsaritsyne", "village"),
        ("Khirlepy", "Hirlepy (Tchouvachie)", "village"),
        ("Bessarabie, Mogliv", "Besserabia, Mogliv", "village"),
        ("Retchetilowka", "District de Retchetilowka, Prov. de Poltava", "district"),
        ("Moscou", "Prov. de Moscou, District de Chtchyolkovo, Tchernychevo", "province"),
        ("Prov. de Rostov", "Rostov region", "province"),
        ("Oural", "Oremberg, dans l’Oural", "province"),
        ("Bessarabie", "RSS de Moldavie", "republic"),
        ("URSS (Ukraine)", "Ukraine", "republic"),
        ("Ukraine", "Kharkov", "republic"),
        ("obw. Swerdlowsk", "Нижняя Речичи, Свердловская обл.", "province"),
        ("Ermolaievo", "с. Ермолаево Башкирской АССР", "village"),
        # The gazetteer knows a Svobodny, another one: it only guesses which is meant.
        ("Swobodni", "Свободный, Свердловская обл.", "village"),
    ],
)
def test_agreement_at_the_narrowest_level_both_state(a, b, level):
    agreement = compare(a, b)
    assert (agreement.kind, agreement.level) == ("agree", level)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Poltava", "Moscou", "republic"),
        ("Biélorussie", "URSS (Ukraine)", "republic"),
        ("Pologne", "Ukraine", "republic"),
        ("Moscow region", "Leningrad region", "province"),
        ("Krasnodar", "Novossibirsk", "province"),
        ("Krasnodar", "Prov. de Kursk", "province"),
        ("Kharkov", "Abalicha", "village"),
        ("Grisky", "Pitchura", "village"),
    ],
)
def test_difference_says_at_which_level(a, b, level):
    agreement = compare(a, b)
    assert (agreement.kind, agreement.level) == ("differ", level)


def test_two_towns_of_one_province_far_apart_differ():
    agreement = compare("Nijni Taguil, région de Sverdlovsk", "Serov, région de Sverdlovsk")
    assert (agreement.kind, agreement.level) == ("differ", "village")
    assert agreement.distance_km > 50


def test_unlike_villages_of_one_province_agree_at_the_province_only():
    agreement = compare("Prov. de Smolensk, Korobino", "Смоленская обл., Дресвищи")
    assert (agreement.kind, agreement.level) == ("agree", "province")
    assert agreement.text_score < 0.6


@pytest.mark.parametrize(("a", "b"), [("Abalicha", "Ukraine"), ("URSS", "Kharkov"), ("15", "Omsk")])
def test_missing_is_not_contradicting(a, b):
    agreement = compare(a, b)
    assert (agreement.kind, agreement.level) == ("unknown", "")


def test_a_place_lies_at_no_distance_from_itself():
    agreement = compare("Koursk", "Курск")
    assert agreement.distance_km == 0
    assert agreement.text_score == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nofaja dubriewka", "Новая Чигла"),
        ("Verchnjaja petriewka", "Верхняя Черничи"),
        ("Staraja goesevka", "Старая Лисовка"),
        ("New York", "New Haven"),
    ],
)
def test_two_villages_are_not_alike_because_both_are_new(a, b):
    assert name_likeness(a, b) < 0.8


@pytest.mark.parametrize(("a", "b"), [("Новая Гута", "15"), ("15", "Верхняя Гута")])
def test_a_modifier_beside_what_does_not_sound_tells_nothing(a, b):
    assert name_likeness(a, b) == -1


def test_upper_is_not_lower_and_may_be_left_out():
    same = name_likeness("Nischnjaja halinawo", "Нижняя Галинаво")
    assert name_likeness("Werchnjaja halinawo", "Нижняя Галинаво") < same
    assert 0.8 < name_likeness("Halinawo", "Нижняя Галинаво") < same


def test_likeness_of_names_across_scripts():
    assert name_likeness("Schëlkovo", "Щелковский") > 0.9
    assert name_likeness("Kharkov", "Abalicha") < 0.5


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_compare_the_same_both_ways(a, b):
    left, right = read_place(a, USSR), read_place(b, USSR)
    if left is None or right is None:
        return
    one, other = place_similarity(left, right), place_similarity(right, left)
    assert (one.kind, one.level, one.text_score) == (other.kind, other.level, other.text_score)
    assert place_similarity(left, left).kind != "differ"


def test_no_place_of_the_register_differs_from_itself():
    with (REGISTER / "entries.csv").open(encoding="utf-8") as file:
        written = {row["birth_place_as_written"] for row in csv.DictReader(file)} - {""}
    assert [text for text in written if compare(text, text).kind == "differ"] == []


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Philadelphia, PA, USA", "Philadelphia, PA, USA", "agree"),
        ("Philadelphia, PA, USA", "Filadelfia, PA, USA", "agree"),
        ("Philadelphia", "Philadelphia, PA, USA", "agree"),
        ("Philadelphia, PA, USA", "Cranston, RI, USA", "differ"),
        ("Philadelphia, PA, USA", "Pittsburgh, PA, USA", "differ"),
        ("USA, Cranston", "USA, Philadelphia", "differ"),
    ],
)
def test_places_of_other_lands_are_compared_without_what_their_texts_share(a, b, kind):
    assert compare(a, b).kind == compare(b, a).kind == kind


def test_places_of_other_lands_are_counted_by_their_text_and_others_are_not():
    keys = [text_key(read_place(text, USSR)) for text in ("Cranston, RI, USA", "CRANSTON, RI, USA")]
    assert keys[0] == keys[1]
    assert keys[0].startswith("~") and keys[0].count("/") == 2
    assert text_key(read_place("Prov. de Poltava", USSR)) == ""


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bangor, ME, USA", "Oil City, PA, USA"),
        ("San Saba, TX, USA", "Tiff City, MO, USA"),
        ("Chester, PA, USA", "Manchester, NH, USA"),
    ],
)
def test_a_land_that_two_places_share_is_no_place(a, b):
    assert compare(a, b).kind != "agree"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Louisville, KY, USA", "Cleveland, OH, USA"),
        ("Chester, PA, USA", "Manchester, NH, USA"),
        ("Baltimore, MD, USA", "Lansing, MI, USA"),
    ],
)
def test_names_that_are_merely_alike_are_two_places_in_two_lands(a, b):
    assert compare(a, b).kind == "differ"


def test_one_name_in_two_lands_proves_nothing():
    assert compare("Pittsburg, KS, USA", "Pittsburgh, PA, USA").kind == "unknown"
