"""What letters may have been, and readings with letters left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.names.doubtful import (
    MOST_GROUPS,
    MOST_SINGLE,
    MOST_SPELLINGS,
    UnclearReading,
    doubtful_letters,
    spelled_out,
)
from sexton.names.tables import read_table

LETTERS = st.text("abcdefgtuvwz", min_size=1, max_size=3)


def may_be(word: str, at: int) -> dict[str, str]:
    return {one.meant: one.table for one in doubtful_letters(word)[at].may_be}


def test_a_worn_capital_is_what_has_one_stroke_more() -> None:
    assert may_be("FOMIN", 0)["E"] == "worn.tsv"
    assert may_be("Шилов", 0)["Щ"] == "worn.tsv"


def test_a_misread_letter_is_what_the_table_of_handwriting_says() -> None:
    assert may_be("Tunov", 1)["n"] == "reading.tsv"
    assert may_be("Тунов", 2)["и"] == "cyrillic_variants.tsv"


def test_capitals_are_confused_at_the_beginning_alone() -> None:
    assert "F" in may_be("Tunov", 0) and "S" in may_be("Nov", 0)
    assert "s" not in may_be("Anov", 1)


def test_several_letters_may_have_been_one() -> None:
    assert "m" in may_be("Karnov", 2)
    assert "M" in may_be("KARNOV", 2)


def test_what_sounds_alike_is_no_doubt_about_a_letter() -> None:
    assert "ss" not in may_be("Isakov", 1)
    assert "а" not in may_be("Сомов", 1)


def test_each_doubt_says_why() -> None:
    for one in doubtful_letters("Schatunov"):
        assert len(one.may_be) <= MOST_SINGLE + MOST_GROUPS
        for doubt in one.may_be:
            assert doubt.meant and doubt.meant.lower() != one.seen.lower()
            assert doubt.seen.startswith(one.seen)
            assert doubt.reason in {"worn", "capitals", "kurrent", "minims", "read"}


def test_the_table_of_worn_letters_leads_from_one_capital_to_another() -> None:
    rows = list(read_table("worn.tsv"))
    pairs = [(row["cut"], row["seen"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    for cut, seen in pairs:
        assert cut != seen and cut.isupper() and seen.isupper() and len(cut) == len(seen) == 1


@given(st.text(max_size=12))
def test_any_text_has_a_doubt_for_each_letter(text: str) -> None:
    found = doubtful_letters(text)
    assert [one.seen for one in found] == [char for char in text if char.isalpha()]


def test_brackets_leave_letters_open() -> None:
    assert spelled_out("Scha[t|l]unov") == ("Schatunov", "Schalunov")
    assert spelled_out("Scha[t|]unov") == ("Schatunov", "Schaunov")
    assert spelled_out("Scha[t]unov A[f|t]anas") == ("Schatunov Afanas", "Schatunov Atanas")
    assert spelled_out(" Schatunov ") == ("Schatunov",)


@pytest.mark.parametrize(
    "reading", ["Scha[t|lunov", "Scha]unov", "a|b", "Sch[a[b]]", "Scha[]unov", "Scha[|]", "[1|2]"]
)
def test_a_reading_that_cannot_be_spelled_out_says_why(reading: str) -> None:
    with pytest.raises(UnclearReading) as told:
        spelled_out(reading)
    assert str(told.value)


def test_too_many_spellings_are_refused() -> None:
    with pytest.raises(UnclearReading, match="32"):
        spelled_out("[a|b]" * 5)


@given(st.lists(st.lists(LETTERS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_every_choice_is_spelled_out_once(choices: list[list[str]]) -> None:
    number = 1
    for options in choices:
        number *= len(options)
    reading = "-".join(f"[{'|'.join(options)}]" for options in choices)
    if number > MOST_SPELLINGS:
        with pytest.raises(UnclearReading):
            spelled_out(reading)
        return
    spellings = spelled_out(reading)
    assert len(spellings) == len(set(spellings))
    assert spellings[0] == "-".join(options[0] for options in choices)
    assert all(
        part in choices[at] for spelling in spellings for at, part in enumerate(spelling.split("-"))
    )
