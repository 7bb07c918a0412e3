"""Where they lie and died, whether they were prisoners, rank, unit, nationality and kin."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.dates import read_date
from sexton.evidence import PersonReading, Shares, compare_people, default_rules
from sexton.evidence.dependence import dampen
from sexton.evidence.model import FieldEvidence
from sexton.evidence.resting import likeness, settlements
from sexton.messages import Message
from sexton.names import read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.places import load_gazetteer, read_place

GAZETTEER = load_gazetteer("ussr")
NOBODY = read_person_name("", "", "", "", "")
RULES = default_rules()


def person(died="", died_at="", number="", camp="", **other):
    return PersonReading(
        id="a",
        name=other.pop("name", NOBODY),
        death=read_date(died),
        death_place=read_place(died_at, GAZETTEER) if died_at else None,
        numbers=read_numbers(number),
        camp=read_camp(camp),
        **other,
    )


def told(left, right, field, shares=None):
    found = compare_people(left, right, shares or Shares()).fields
    return next((item for item in found if item.field == field), None)


@pytest.mark.parametrize(
    ("lies", "died"),
    [("Genk", "г. Генк (Бельгия)"), ("Liège", "Льеж"), ("Luik", "Льеж"), ("Mons", "Bergen"),
     ("Heusden-Zolder", "Хёсден-Золдер")],
)  # fmt: skip
def test_who_died_where_the_grave_lies_speaks_for_one(lies, died):
    item = told(person(burial_place=lies), person(died_at=died), "death_place")
    assert item.bits > 5
    assert item.level == "resting.same"
    # The other way round it is the same.
    other = told(person(died_at=died), person(burial_place=lies), "death_place")
    assert other.bits == pytest.approx(item.bits)


def test_places_that_only_sound_alike_speak_for_one_less():
    alike = told(person(burial_place="Lens"), person(died_at="Франция, Ланс"), "death_place")
    assert alike.level == "resting.alike"
    one = told(person(burial_place="Genk"), person(died_at="Генк"), "death_place")
    assert 0 < alike.bits < one.bits - 1


def test_a_place_of_death_in_russia_is_no_commune_by_a_few_sounds():
    """Each of these was agreement in full, of a rare place, and outweighed a patronymic."""
    for lies, died in (("La Louvière", "Малая Вербки"), ("Amay", "Каменное"), ("Ittre", "Вири")):
        item = told(person(burial_place=lies), person(died_at=died), "death_place")
        assert item.level == "resting.alike", lies


def test_another_place_of_death_speaks_a_little_against():
    item = told(person(burial_place="Lens"), person(died_at="Бельгия, Генк"), "death_place")
    assert -1.5 < item.bits < 0
    assert item.level == "resting.differs"


@pytest.mark.parametrize("died", ["Stalag 326", "шталаг VI K", "Франция", "лагерь 304"])
def test_camps_and_countries_say_nothing_of_a_grave(died):
    assert settlements(died) == ()
    assert told(person(burial_place="Lens, France"), person(died_at=died), "death_place") is None


def test_a_mine_beside_the_commune_does_not_hide_the_commune():
    grave = person(burial_place="Genk", died_at="Winterslag")
    assert told(grave, person(died_at="Бельгия, Генк"), "death_place").bits > 5


def at_lens(share, count):
    shares = Shares({"died_where": {"Lens": share}, "died_counted": {"all": float(count)}})
    grave, card = person(burial_place="Lens"), person(died_at="г. Ленс")
    return told(grave, card, "death_place", shares).bits


def test_a_place_where_many_died_says_less_and_one_where_few_did_more():
    uncounted = at_lens(0.0, 0)
    assert 0 < at_lens(0.2, 1000) < uncounted < at_lens(1e-4, 10_000)
    # Of three records nobody knows how common a place is.
    assert at_lens(0.0, 3) == pytest.approx(uncounted, abs=0.1)


@pytest.mark.parametrize(("a", "b"), [("Zolder", "zolder"), ("Heusden-Zolder", "Хёсден-Золдер")])
def test_one_place_of_burial_written_twice_is_one(a, b):
    assert told(person(burial_place=a), person(burial_place=b), "burial_place").bits > 0


def test_two_places_of_burial_are_two():
    item = told(person(burial_place="Lens"), person(burial_place="Genk"), "burial_place")
    assert item.bits < 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_of_places_is_symmetric(a, b):
    assert likeness(a, b) == likeness(b, a)


def captive_bits(share, right):
    return told(person(role="pow"), right, "role", Shares({"captive": {"yes": share}})).bits


@given(st.floats(0.01, 0.99))
def test_camp_papers_are_weighed_as_chance_has_it(share):
    both = captive_bits(share, person(number="12345"))
    silent = captive_bits(share, person())
    assert silent < 0 < both
    # Over all records of other men the odds are even: none of them gains by being looked at.
    assert share * 2**both + (1 - share) * 2**silent == pytest.approx(1)


def test_captivity_says_nothing_where_it_was_not_counted_or_not_told():
    assert told(person(role="pow"), person(camp="Stalag VI K"), "role") is None
    shares = Shares({"captive": {"yes": 0.3}})
    assert told(person(role="partisan"), person(camp="Stalag VI K"), "role", shares) is None


def test_when_a_list_died_speaks_for_those_who_died_then():
    shares = Shares(
        {
            "died_left": {"1943-4": 0.4, "1941-4": 0.001},
            "died_right": {"1943-4": 0.05, "1941-4": 0.3},
        }
    )
    grave = person()
    then, before = (
        told(grave, person(died=day), "death_date", shares) for day in ("1943-11-02", "1941-11-02")
    )
    assert before.bits < -2 < 2 < then.bits
    assert told(grave, person(died="1943"), "death_date", shares) is None
    assert told(grave, person(died="1943-11-02"), "death_date", shares.of_one_list()) is None


@pytest.mark.parametrize(
    ("left", "right", "sign"),
    [
        ("soldaat", "красноармеец", 1),
        ("Unteroffizier", "мл. сержант", 1),
        ("lieutenant", "ст. лейтенант", 1),
        ("capitaine", "красноармеец", -1),
        ("soldat", "сержант", -1),
    ],
)
def test_ranks_are_compared_by_class_in_any_language(left, right, sign):
    item = told(person(rank=left), person(rank=right), "rank")
    assert item.bits * sign > 0


def test_an_unknown_rank_says_nothing():
    assert told(person(rank="mineur"), person(rank="красноармеец"), "rank") is None


def test_units_share_a_telling_word_or_number_in_any_alphabet():
    assert told(person(unit="brigade Za Rodinu"), person(unit="отряд «За Родину»"), "unit").bits > 0
    assert told(person(unit="Kommando 1042"), person(unit="раб. команда 1042"), "unit").bits > 0
    assert told(person(unit="armée secrète"), person(unit="armée rouge"), "unit") is None


def test_nationalities_other_than_what_was_said_of_everybody():
    assert (
        told(person(nationality="Géorgien"), person(nationality="грузин"), "nationality").bits > 0
    )
    assert told(person(nationality="Usbeke"), person(nationality="грузин"), "nationality").bits < 0
    assert told(person(nationality="Russe"), person(nationality="грузин"), "nationality") is None


def test_kin_of_one_name_speak_for_one_and_the_surname_does_not_count():
    name = read_person_name("", "Иванов", "Пётр", "", "")
    left = person(name=name, relatives="жена Иванова Мария")
    right = person(name=name, relatives="мать Анна Иванова")
    same = person(name=name, relatives="Frau Maria Iwanowa")
    assert told(left, replace(same, name=name), "relatives").bits > 0
    assert told(replace(left, relatives="жена Мария"), right, "relatives").bits < 0
    assert told(left, person(name=name), "relatives") is None


def item(field, bits):
    return FieldEvidence(field, bits, Message("", {}))


@given(st.lists(st.tuples(st.sampled_from(["surname", "given", "camp", "death_date",
                                           "death_place", "birth_date"]),
                          st.floats(-12, 25)), max_size=8))  # fmt: skip
def test_dampening_brings_bits_nearer_to_nothing_and_turns_none(found):
    items = [item(*each) for each in found]
    for before, after in zip(items, dampen(items, RULES), strict=True):
        assert abs(after.bits) <= abs(before.bits)
        assert after.bits * before.bits >= 0
        if before.bits <= 0 or before.field == "birth_date":
            assert after == before


def test_the_strongest_of_a_shared_fate_counts_in_full():
    shared = dampen([item("camp", 3.0), item("death_date", 9.0), item("death_place", 6.0)], RULES)
    part = RULES.value("dependence", "fate")
    assert [each.bits for each in shared] == pytest.approx([3 * part, 9, 6 * part])


def test_common_names_tell_all_and_rare_ones_less():
    common, rare = item("given", 4.0), item("given", 9.0)
    assert dampen([common], RULES)[0].bits == 4.0
    assert 4.5 < dampen([rare], RULES)[0].bits < 9.0


def test_the_larger_an_archive_the_rarer_surnames_of_which_it_tells():
    rare = item("surname", 18.0)
    told = [dampen([rare], RULES, records)[0].bits for records in (0, 10**6, 10**7, 10**9)]
    assert told[0] == told[1] < told[2] < told[3] == 18.0
    given = item("given", 9.0)
    assert dampen([given], RULES, 10**7) == dampen([given], RULES)
