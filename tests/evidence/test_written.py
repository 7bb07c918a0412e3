"""How one man's name is written: levels, and what rules that lists re-estimated change."""

from __future__ import annotations

from dataclasses import replace
from math import log2

import pytest

from sexton.evidence import PersonReading, Shares, compare_people, default_rules
from sexton.evidence.written import SECTION, keys_of_given, level_of, moved
from sexton.messages import LANGUAGES, translate
from sexton.names import read_person_name
from sexton.names.parts import PartComparison

RULES = default_rules()


def told(**shares):
    tables = {**RULES.tables, SECTION: {**RULES.tables[SECTION], **shares}}
    return replace(RULES, tables=tables)


def person(surname, given):
    return PersonReading("a", read_person_name(surname=surname, given=given))


@pytest.mark.parametrize(
    ("kind", "left", "right", "bits", "level"),
    [
        ("surname", "Smith", "SMITH", 9.0, "surname_alike"),
        ("surname", "Smith", "Smyth", 4.0, "surname_spelt"),
        ("surname", "Smith", "Brown", -5.0, "surname_other"),
        ("given", "John", "Robert John", 1.0, "given_word"),
        ("given", "Bill", "Henry William", 1.0, "given_form"),
        ("given", "Edward", "Edwart", 3.0, "given_spelt"),
        ("given", "Rube", "Andrew", -4.0, "given_other"),
    ],
)
def test_levels(kind, left, right, bits, level):
    assert level_of(PartComparison(kind, bits, left, right)) == f"written.{level}"


def test_two_alphabets_and_parts_elsewhere_take_no_level():
    assert level_of(PartComparison("surname", 9.0, "Petrov", "Петров")) == ""
    assert level_of(PartComparison("given", 3.0, "J", "John", "initial")) == ""
    assert level_of(PartComparison("patronymic", 9.0, "Ivanovitsch", "Ivanovitch")) == ""


def test_the_rules_that_ship_move_nothing():
    assert moved(RULES) == {}


def test_lists_that_spell_alike_speak_against_two_spellings():
    left, right = person("Frazer", "George"), person("Frazier", "George")
    rules = told(surname_alike=0.98, surname_spelt=0.0325, given_alike=0.8)
    plain, changed = compare_people(left, right), compare_people(left, right, rules=rules)
    before = {item.field: item for item in plain.fields}
    after = {item.field: item for item in changed.fields}
    assert after["surname"].bits - before["surname"].bits == pytest.approx(log2(0.0325 / 0.52))
    assert after["given"].bits - before["given"].bits == pytest.approx(1.0)
    assert changed.bits == pytest.approx(sum(item.bits for item in changed.fields))
    assert "seldom" in str(after["surname"].message)
    assert len({translate(after["surname"].message, each) for each in LANGUAGES}) == len(LANGUAGES)
    assert after["given"].message == before["given"].message


def test_a_given_name_that_the_other_list_does_not_know_has_a_level_of_its_own():
    known = Shares({"given_right": dict.fromkeys(keys_of_given("Frank Charles"), 0.5)})
    right, rules = person("Holmes", "Edwin"), told(given_strange=0.1, given_strange_share=0.1)

    def said(given, shares, rules):
        found = compare_people(person("Holmes", given), right, shares, rules)
        return next(item for item in found.fields if item.field == "given")

    buck, frank = (said(given, known, rules) for given in ("Buck", "Frank"))
    assert (buck.level, frank.level) == ("written.given_strange", "written.given_other")
    assert abs(buck.bits) < 0.5 and frank.bits < -4
    assert said("Buck", Shares(), rules).level == "written.given_other"
    assert said("Buck", known, RULES).bits == said("Buck", Shares(), RULES).bits


def test_given_names_are_known_by_their_words_and_by_what_these_are_forms_of():
    assert {"russ", "russell"} <= keys_of_given("Russ")
    assert keys_of_given("Bill") & keys_of_given("Henry William")
    assert not keys_of_given("Chick") & keys_of_given("Elwood Marter")
