"""What stands on a stone, for one man whose truth is known (simulated: he never lived)."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.simulate.rates import Garbling, GraveShares
from sexton.simulate.stones import Dead, Habits, engraved, garbled, habits

CLEAN = Garbling(0.0, 0.0, 0.0)
MAN = Dead(
    surname="Жуков",
    given="Иван",
    patronymic="Петрович",
    sex="m",
    birth=date(1914, 5, 3),
    death=date(1943, 11, 20),
    settlement="с. Ключи",
    province="Курская обл.",
    numbers=((0, 12345),),
    rank="красноармеец",
    hand="German",
    place="Hamm",
    works="Sachsen",
)
GERMAN = Habits("German", given_first=False, capitals=False, months_in_words=False)
ALL = GraveShares(
    given_missing=0, given_initial=0, localised=0, patronymic=1, fields_swapped=0,
    patronymic_misplaced=0, other_hand=0, birth_date=1, birth_year_only=0, birth_slip=0,
    age_instead=0, death_date=1, death_coarse=0, death_late=0, death_slip=0, birth_place=1,
    death_place=1, number=1, number_slip=0, rank=1, garbling=CLEAN, look_alikes=0,
)  # fmt: skip


def stones(shares, ways=GERMAN, man=MAN, count=60):
    return [engraved(man, ways, shares, Random(seed)) for seed in range(count)]


def test_a_careful_german_clerk_writes_all_of_it():
    row = stones(ALL)[0]
    assert row["surname"] in {"Shukow", "Schukow"}
    assert (row["given"], row["patronymic"]) == ("Iwan", "Petrowitsch")
    assert row["name"] == f"{row['surname']} Iwan Petrowitsch"
    assert (row["birth_date"], row["death_date"]) == ("03.05.1914", "20.11.1943")
    assert (row["prisoner_number"], row["death_place"], row["rank"]) == (
        "12345",
        "Sachsen",
        "Soldat",
    )


@pytest.mark.parametrize(
    ("change", "field", "seen"),
    [
        ({"localised": 1}, "given", "Johann"),
        ({"given_missing": 1}, "given", ""),
        ({"given_initial": 1}, "given", "I."),
        ({"birth_year_only": 1}, "birth_date", "1914"),
        ({"age_instead": 1}, "birth_date", "29 Jahre"),
        ({"birth_date": 0}, "birth_date", ""),
        ({"patronymic": 0}, "patronymic", ""),
        ({"fields_swapped": 1}, "surname", "Iwan"),
    ],
)
def test_each_channel_does_what_it_says(change, field, seen):
    assert {row[field] for row in stones(replace(ALL, **change))} == {seen}


def test_a_death_is_registered_up_to_three_days_late():
    days = {row["death_date"] for row in stones(replace(ALL, death_late=1))}
    assert days == {"21.11.1943", "22.11.1943", "23.11.1943"}


def test_a_slip_of_the_birth_date_changes_it():
    days = {row["birth_date"] for row in stones(replace(ALL, birth_slip=1))}
    assert "05.03.1914" in days and "03.05.1914" not in days


def test_a_slip_of_the_number_changes_it():
    numbers = {row["prisoner_number"] for row in stones(replace(ALL, number_slip=1))}
    assert "12345" not in numbers and len(numbers) > 8


def test_months_are_in_the_language_of_the_cemetery():
    ways = replace(GERMAN, hand="French", months_in_words=True)
    assert stones(ALL, ways)[0]["birth_date"] == "3 mai 1914"


def test_a_misplaced_patronymic_stands_in_another_field():
    for row in stones(replace(ALL, patronymic_misplaced=1)):
        assert row["patronymic"] == ""
        assert "Petrowitsch" in {row["surname"], row["given"]}


def test_look_alike_letters_are_latin_capitals():
    man = replace(MAN, surname="Марков")
    same = replace(man, surname="Метро")
    assert {row["surname"] for row in stones(replace(ALL, look_alikes=1), man=same)} == {"METPO"}


@given(
    st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=14),
    st.sampled_from(["German", "French", "Dutch", "Polish"]),
    st.integers(0, 10**6),
)
def test_any_name_can_be_garbled_and_is_latin(name, hand, seed):
    wrecks = Garbling(one=0.4, two=0.3, four=0.3)
    written = garbled(name, hand, wrecks, Random(seed))
    assert not set(written.lower()) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")


@given(st.integers(0, 10**6), st.dates(date(1893, 1, 1), date(1926, 12, 31)))
def test_any_date_of_birth_can_slip(seed, born):
    shares = replace(ALL, birth_slip=1)
    row = engraved(replace(MAN, birth=born), GERMAN, shares, Random(seed))
    day, month, year = map(int, row["birth_date"].split("."))
    assert abs((date(year, month, day) - born).days) <= 3_660


def test_a_cemetery_keeps_its_habits():
    assert habits("Dutch", ALL, Random("x")) == habits("Dutch", ALL, Random("x"))
