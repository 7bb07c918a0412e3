"""Whole names: order, readings, swaps, initials, missing parts, double names, women, particles."""

from __future__ import annotations

import zlib
from dataclasses import replace
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.evidence import default_rules
from sexton.messages import LANGUAGES, translate
from sexton.names import (
    compare_names,
    compare_person_names,
    explain_names,
    halves,
    read_name,
    read_person_name,
)
from sexton.names.agreement import equivalent_bits, spelling_bits
from sexton.names.variants import mans_form
from sexton.names.whole import Chances

SURNAMES = st.sampled_from(
    ["Иванов", "Шатунов", "Schatunow", "Иванов-Петров", "von Berg", "Шафрова", "Gregorief"]
)
GIVEN = st.sampled_from(["Иван", "Jean", "Sergej", "Анна", "Мамед", "Afanas"])
PATRONYMICS = st.sampled_from(["Иванович", "Petrowitsch", "Гасан оглы", "Сергеевна"])
ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("AbИв ().,;-/\"«'oudit")), max_size=40
)


def ways(a, b):
    return {part.kind: part.way for part in compare_names(a, b).parts}


def cells(surname="", given_name="", patronymic=""):
    return read_person_name(surname=surname, given=given_name, patronymic=patronymic)


def bits(left, right):
    return compare_person_names(left, right).bits


@pytest.mark.parametrize(
    ("a", "b", "kind", "way"),
    [
        ("Иван Гавриленко", "GAVRILENKO Ivan", "surname", "spelling"),
        ("Jean Borovka", "Боровка Иван", "given", "equivalent"),
        ("J. Petrow", "Петров Иван", "given", "initial"),
        ("Ivanov I. P.", "Иванов Иван Петрович", "patronymic", "initial"),
        ("Иванов-Петров Сергей", "Petrow Sergej", "surname", "half"),
        ("Иванов Петров Сергей", "Ivanov Serge", "surname", "half"),
        ("Иванов-Петров Сергей", "Petrov-Ivanov Sergej", "surname", "turned"),
        ("Chafroff Marie", "Шафрова Мария", "surname", "woman"),
        ("von Berg Iwan", "Берг Иван", "surname", "particle"),
        ("фон Берг Иван", "Berg Iwan", "surname", "particle"),
        ("Тер-Петросян Арам", "Petrosian Aram", "surname", "particle"),
        ("von Berg Iwan", "Берг-Сидоров Иван", "surname", "half"),
        ("Мамедзаде Али", "Мамед Али", "surname", "particle"),
        ("Мамедов Али Гасан оглы", "Мамедов Али Гасанович", "patronymic", "father"),
        ("Massief Moisse", "Массив Иван Моисеевич", "given", "patronymic_as_given"),
    ],
)
def test_two_ways_to_write_one_name_agree(a, b, kind, way):
    assert ways(a, b)[kind] == way
    assert ways(b, a)[kind] == way
    assert compare_names(a, b).bits > 5


def test_double_names_written_with_a_blank_or_a_hyphen_are_one():
    apart = compare_names("Иванов Петров Сергей", "Ivanov-Petrov Serge")
    assert apart.bits > compare_names("Иванов Сергей", "Ivanov-Petrov Serge").bits + 3


def test_an_initial_that_does_not_fit_speaks_against():
    fits = compare_names("Ivanov I. P.", "Иванов Иван Петрович").bits
    assert compare_names("Ivanov S. P.", "Иванов Иван Петрович").bits < fits - 5
    assert compare_names("Ivanov I. S.", "Иванов Иван Петрович").bits < fits - 5


def test_another_person_is_another_person():
    assert compare_names("Ivan Petrov", "Климов Сергей").bits < -5
    assert compare_names("Иванов-Петров Иван", "Климов-Сидоров Сергей").bits < -5


@pytest.mark.parametrize(
    "text",
    [
        "Sidorov dit Schatunow Ivan",
        "Sidorov genannt Schatunow",
        "Сидоров он же Шатунов",
        "Sidorov (Schatunow) Ivan",
        "Sidorov/Schatunow Ivan",
        "Sidorov ou Schatunow",
        "Sidorov ook genaamd Schatunow",
        "Sidorov bekannt als Schatunow",
        "Сидоров, по документам Шатунов",
    ],
)
def test_another_form_beside_the_name_is_tried(text):
    comparison = compare_names(text, "Шатунов")
    assert comparison.bits > 5
    assert comparison.left.surname == "Schatunow" or comparison.left.surname == "Шатунов"
    sentences = " ".join(map(str, explain_names(comparison)))
    assert "another form" in sentences or "by-name" in sentences


def test_a_swap_is_told_and_never_beats_the_straight_order():
    straight, turned = cells("Гавриленко", "Иван"), cells("Ivan", "Gavrilenko")
    found = compare_person_names(turned, straight)
    assert {part.way for part in found.parts} == {"swapped"}
    assert 0 < found.bits < bits(cells("Gavrilenko", "Ivan"), straight)


@given(SURNAMES, GIVEN, SURNAMES, GIVEN)
@settings(max_examples=60, deadline=None)
def test_no_swap_beats_the_straight_order_of_the_same_words(surname, name, other, second):
    right = cells(other, second)
    same = cells(other, second)
    assert bits(same, right) >= bits(cells(second, other), right) - 1e-9
    left = cells(surname, name)
    assert bits(left, right) == pytest.approx(bits(right, left), abs=1e-9)


class AnyBits:
    """Bits of no meaning, from -12 to 20, so that every way to compare two names may win."""

    def __init__(self, seed):
        self.seed = seed

    def bits(self, kind, left, right):
        return zlib.crc32(f"{self.seed} {kind} {sorted((left, right))}".encode()) % 3200 / 100 - 12


def _either(source, left, right):
    known = equivalent_bits(left, right)
    weighed = (spelling_bits(source, kind, left, right) for kind in ("surname", "given"))
    return min(weighed) if known is None else known


@given(st.integers(0, 10**6), SURNAMES, GIVEN, PATRONYMICS, SURNAMES, GIVEN, PATRONYMICS)
@settings(max_examples=300, deadline=None)
def test_no_other_order_of_the_parts_weighs_more_than_what_is_found(
    seed, surname, name, father, other, second, fathers
):
    """What the comparison leaves out, since it cannot weigh more, is worked out here in full."""
    source, cost = AnyBits(seed), log2(Chances().fields_swapped)
    left, right = cells(surname, name, father), cells(other, second, fathers)
    found = compare_person_names(left, right, spellings=source)
    straight = compare_person_names(cells("", "", father), cells("", "", fathers), spellings=source)
    given_part = compare_person_names(cells("", name), cells("", second), spellings=source)
    swapped = _either(source, surname, second) + _either(source, name, other) + cost
    moved = max(
        spelling_bits(source, "patronymic", surname, fathers),
        spelling_bits(source, "patronymic", father, other),
    )
    if {part.way for part in found.parts} & {"swapped", "patronymic"} or found.bits <= 0:
        assert found.bits >= swapped + straight.bits - 1e-9
        assert found.bits >= moved + cost + given_part.bits - 1e-9


@given(SURNAMES, GIVEN, PATRONYMICS, SURNAMES, GIVEN)
@settings(max_examples=60, deadline=None)
def test_a_missing_part_says_nothing(surname, name, patronymic, other, second):
    """A patronymic that only one side has neither raises nor lowers what the rest says."""
    left, right = cells(surname, name, patronymic), cells(other, second)
    with_it, without = compare_person_names(left, right), bits(cells(surname, name), right)
    tried = {part.way for part in with_it.parts} & {"patronymic", "patronymic_as_given"}
    assert with_it.bits >= without - 1e-9
    assert tried or with_it.bits == pytest.approx(without, abs=1e-9)


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_any_two_texts_are_compared_symmetrically_and_told(a, b):
    there, back = compare_names(a, b), compare_names(b, a)
    assert there.bits == pytest.approx(back.bits, abs=1e-6)
    assert there.bits == pytest.approx(sum(part.bits for part in there.parts), abs=1e-6)
    for language in LANGUAGES:
        assert all(translate(message, language) for message in explain_names(there))


def test_a_text_that_names_nobody_says_nothing():
    found = compare_names("Ici repose un soldat russe", "Иванов Иван")
    assert (found.bits, found.parts, found.left) == (0.0, (), None)


def test_readings_share_the_probability_and_are_not_added_up():
    one = read_person_name("Назар Иван")
    assert len(one.forms) > 1
    only = replace(one, forms=(replace(one.forms[0], probability=1.0),))
    assert bits(one, only) <= bits(only, only)


def test_halves_leave_particles_out():
    assert halves("Иванов-Петров") == ("Иванов", "Петров")
    assert halves("Garcia Lorca") == ("Garcia", "Lorca")
    assert halves("von Berg") == halves("Тер-Петросян") == halves("Иванов") == ()


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("Шафрова", "Шафров"),
        ("Никитина", "Никитин"),
        ("Вронская", "Вронский"),
        ("Chafrova", "Chafrov"),
        ("Vronskaja", "Vronskij"),
        ("Иванов", "Иванов"),
        ("Шевченко", "Шевченко"),
        ("Klima", "Klima"),
    ],
)
def test_the_mans_form_of_a_womans_surname(woman, man):
    assert mans_form(woman) == man


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Тер Петросян Арам", ("Тер Петросян", "Арам")),
        ("Мамед заде Али", ("Мамед заде", "Али")),
        ("фон дер Берг Иван", ("фон дер Берг", "Иван")),
        ("Ван Иван", ("Ван", "Иван")),
    ],
)
def test_particles_stay_with_their_surname(text, expected):
    reading = read_name(text)[0]
    assert (reading.surname, reading.given) == expected


def test_the_chances_are_those_of_the_rules():
    table = default_rules().tables["names"]
    assert {name: getattr(Chances(), name) for name in table} == dict(table)
