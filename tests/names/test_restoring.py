"""Cyrillic names behind Latin ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.names import script
from sexton.names.composition import CONVENTIONS
from sexton.names.restoring import FARTHEST, restore


@pytest.mark.parametrize(
    ("written", "name", "convention"),
    [
        ("Schatunow", "шатунов", "de"),
        ("SCHATUNOV", "шатунов", "de"),
        ("Isakoff", "исаков", "fr"),
        ("Soemkov", "сумков", "nl"),
        ("Koulkov", "кульков", "fr"),
        ("Guschva", "гужва", "de"),
        ("Tereschtschenko", "терешченко", "de"),
    ],
)
def test_the_name_behind_a_spelling_is_among_the_first(
    written: str, name: str, convention: str
) -> None:
    found = {one.text: one.convention for one in restore(written)}
    assert found.get(name) == convention


def test_two_conventions_lead_to_two_names() -> None:
    found = {one.text: one.convention for one in restore("Chatunoff")}
    assert found["шатунов"] == "fr" and found["хатунов"] == "de"


def test_given_names_and_patronymics_have_their_own_letters() -> None:
    assert restore("Ivan", "given")[0].text == "иван"
    assert restore("Fedorovitch", "patronymic")[0].text in {"фёдорович", "федорович"}


def test_what_is_not_written_in_latin_letters_has_no_reading() -> None:
    assert restore("Шатунов") == restore("") == restore("123") == ()


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_readings_are_cyrillic_in_order_each_once(word: str) -> None:
    found = restore(word)
    assert len({one.text for one in found}) == len(found)
    bits = [one.bits for one in found]
    assert bits == sorted(bits, reverse=True)
    for one in found:
        assert one.text and script(one.text) == "cyrillic" and one.convention in CONVENTIONS
        assert one.bits > bits[0] - FARTHEST
