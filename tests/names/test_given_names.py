"""Given names across languages, and the fathers behind patronymics."""

import csv
import lzma
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.names import (
    canonical_given,
    fold,
    given_names_equivalent,
    given_of_patronymic,
    is_given_name,
    is_patronymic,
)
from sexton.names.given_names import given_name_share, transliteration_key
from sexton.names.tables import read_table

BELGIUM = Path(__file__).parents[2] / "data" / "belgium"
DATA = Path(__file__).parents[2] / "data" / "names"
SOURCES = {
    "belgium register",
    "domain notes",
    "general knowledge of the field, wants citation",
    "russiannames 2.0.0 counts",
}


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Jean", "Иван"),
        ("Iogann", "Иван"),
        ("Laurent", "Лаврентий"),
        ("Vasile", "Василий"),
        ("Wassilij", "Василий"),
        ("Sergueï", "Сергей"),
        ("Evguenii", "Евгений"),
        ("Yevgeny", "Евгений"),
        ("Feodor", "Фёдор"),
        ("Fjodor", "Фёдор"),
        ("Федор", "Фёдор"),
        ("Pjotr", "Пётр"),
        ("Олександр", "Александр"),
        ("Лёва", "Лев"),
        ("Andrej", "Андрей"),
        ("Étienne", "Степан"),
        ("Youri", "Юрий"),
        ("Rakhmatula", "Рахматулла"),
        ("Катя", "Екатерина"),
    ],
)
def test_canonical_given(text, canonical):
    assert canonical_given(text)[0] == canonical
    assert is_given_name(text)


def test_an_ambiguous_form_stands_for_several_names():
    assert set(canonical_given("Georges")) == {"Юрий", "Георгий", "Егор"}
    assert set(canonical_given("Joseph-Anatoli")) == {"Иосиф", "Анатолий", "Юсуф"}


@pytest.mark.parametrize("text", ["", "Gabie", "123", "-", "Петров"])
def test_what_is_no_given_name_of_the_table(text):
    assert canonical_given(text) == ()
    assert given_names_equivalent(text, "Иван") is None


def test_equivalent_names_give_bits_by_their_rarity():
    common = given_names_equivalent("Jean", "Иван")
    rare = given_names_equivalent("Laurent", "Лаврентий")
    assert 3 < common < rare < 14
    assert given_names_equivalent("Ivan", "Pierre") is None


def test_an_ambiguous_form_says_less_than_a_plain_one():
    assert given_names_equivalent("Georges", "Егор") < given_names_equivalent("Egor", "Егор")
    assert given_names_equivalent("Alex", "Алексей") < given_names_equivalent("Alexis", "Алексей")


def test_a_double_name_agrees_through_either_part():
    assert given_names_equivalent("Joseph-Anatoli", "Анатолий") > 3
    assert given_names_equivalent("Joseph-Anatoli", "Josef") > 3


def test_bits_are_the_logarithm_of_the_ratio_of_probabilities():
    """A name spelt as in the table: log2 of one over its share, but for its rare namesakes."""
    from math import log2

    assert given_names_equivalent("Иван", "Иван") == pytest.approx(
        log2(1 / given_name_share("Иван")), abs=0.2
    )


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [
        ("Mikhaïlovitch", "Михаил"),
        ("Михайлович", "Михаил"),
        ("Iwanowitsch", "Иван"),
        ("Petrovič", "Пётр"),
        ("Vladimirovitsh", "Владимир"),
        ("Alexandrovna", "Александр"),
        ("Іванівна", "Иван"),
        ("Ильич", "Илья"),
        ("Jacovlevitch", "Яков"),
        ("Львович", "Лев"),
        ("Павловна", "Павел"),
        ("Nikititch", "Никита"),
        ("Semenovitch", "Семён"),
        ("Selivestrovitch", "Сильвестр"),
        ("Mamed-oglu", "Магомед"),
    ],
)
def test_given_of_patronymic(patronymic, father):
    assert given_of_patronymic(patronymic) == father
    assert is_patronymic(patronymic)


@pytest.mark.parametrize("text", ["Ivan", "Иван", "Kovaleva", "", "ович", "-"])
def test_what_is_no_patronymic(text):
    assert given_of_patronymic(text) is None
    assert not is_patronymic(text)


def test_an_unknown_father_is_not_invented():
    assert is_patronymic("Mekhdyevitch")
    assert given_of_patronymic("Mekhdyevitch") is None


def test_the_spellings_of_one_name_have_one_key():
    spellings = ["Sergueï", "Sergej", "Sergei", "Serguei", "Sergey", "Сергей"]
    assert {transliteration_key(s) for s in spellings} == {"sergei"}
    assert transliteration_key("Sachar") == transliteration_key("Захар")


def test_every_patronymic_of_the_register_is_told_as_one():
    with (BELGIUM / "entries.csv").open(encoding="utf-8", newline="") as file:
        patronymics = {row["patronymic"] for row in csv.DictReader(file)} - {""}
    assert len(patronymics) > 40
    assert [p for p in patronymics if not is_patronymic(p)] == []


def test_nine_in_ten_given_names_of_the_register_are_known():
    with (BELGIUM / "entries.csv").open(encoding="utf-8", newline="") as file:
        given_names = {row["given"] for row in csv.DictReader(file)}
    given_names = {g for g in given_names if g and "." not in g}
    known = [g for g in given_names if is_given_name(g)]
    assert len(known) / len(given_names) > 0.9


def test_the_table_is_sound():
    rows = list(read_table("given_names.tsv"))
    assert len({row["canonical"] for row in rows}) >= 150
    cited = {row["source"] for row in rows}
    assert {source for source in cited if not source.startswith("Wikidata Q")} == SOURCES
    assert {row["sex"] for row in rows} == {"m", "f"}
    assert {row["kind"] for row in rows} <= {
        "variant", "short", "ukrainian", "belarusian", "turkic", "caucasian", "local", "patronymic",
    }  # fmt: skip


def test_every_pair_said_to_stand_in_the_register_stands_there():
    names = ("name_pairs.csv", "identified_dead.csv", "entries.csv")
    text = " ".join((BELGIUM / name).read_text(encoding="utf-8") for name in names)
    words = {transliteration_key(word) for word in text.replace(",", " ").split()}
    for row in read_table("given_names.tsv"):
        if row["source"] == "belgium register":
            for form in row["forms"].split():
                assert transliteration_key(form) in words, (row["canonical"], form)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_compare_both_ways_alike(a, b):
    assert given_names_equivalent(a, b) == pytest.approx(given_names_equivalent(b, a))
    assert given_of_patronymic(a) is None or given_of_patronymic(a)


@given(st.sampled_from([row["canonical"] for row in read_table("given_names.tsv")]))
def test_every_name_of_the_table_is_itself(name):
    assert name in canonical_given(name)
    assert given_names_equivalent(name, name) > 0


def _data(name):
    with lzma.open(DATA / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_rows_that_cite_data_of_the_repository_are_true():
    """A cited Wikidata item has the name and every form of its row; a counted name was counted."""
    items = defaultdict(set)
    for row in _data("cyrillic_latin_pairs.tsv.xz"):
        items[row["wikidata"]] |= {fold(row["cyrillic"]), fold(row["latin"])}
    counted = {fold(row["name"]) for row in _data("given_counts.tsv.xz")}
    cited = 0
    for row in read_table("given_names.tsv"):
        if row["source"].startswith("Wikidata "):
            named = {fold(name) for name in (row["canonical"], *row["forms"].split())}
            assert named <= items[row["source"].removeprefix("Wikidata ")], row
            cited += 1
        elif row["source"] == "russiannames 2.0.0 counts":
            assert fold(row["canonical"]) in counted, row
            cited += 1
    assert cited > 200
