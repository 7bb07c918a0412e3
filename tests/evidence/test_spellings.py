"""The bits of spellings as evidence weighs them: rarity by the letters, limited pair by pair."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.evidence.spellings import MODEL, joined_by_letters
from sexton.names import NameIndex, load_model
from sexton.names.agreement import spelling_bits
from sexton.names.background import rarity_bits

WORDS = st.text(alphabet="abdegiklmnorstuvzбвгдеклмнорст", min_size=1, max_size=10)


def test_a_garbled_rare_surname_speaks_for_one_man() -> None:
    pair = "Bezborodko", "Bezbovodka"
    assert spelling_bits(MODEL, "surname", *pair) > load_model("surname").bits(*pair) + 5


def test_agreement_says_no_more_than_the_commoner_name() -> None:
    common = rarity_bits("surname", "Иванов")
    assert spelling_bits(MODEL, "surname", "Иванов", "Ivanov") <= common


def test_a_name_alike_in_both_has_nearly_the_rarity_of_its_letters() -> None:
    bits = MODEL.bits("surname", "Bezborodko", "Bezborodko")
    assert bits == pytest.approx(rarity_bits("surname", "Bezborodko"), abs=3)


@pytest.mark.parametrize("pair", [("", "Ivanov"), ("Ivanov", "–")])
def test_no_letters_say_nothing(pair: tuple[str, str]) -> None:
    assert MODEL.bits("surname", *pair) == 0


@settings(deadline=None)  # the first comparison reads the tables
@given(WORDS, WORDS)
def test_the_order_of_two_spellings_does_not_matter(left: str, right: str) -> None:
    one, other = MODEL.bits("surname", left, right), MODEL.bits("surname", right, left)
    assert math.isclose(one, other, abs_tol=0.02)
    assert one >= -12.001


def test_found_by_the_index_or_weighed_alone_the_bits_are_the_same() -> None:
    names = ["Безбородко", "Bezborodko", "Bezbovodka", "Иванов", "Petrenko"]
    index = NameIndex(names, beam_bits=math.inf)
    _, found, bits = index.search_many(["Besborodko"], top=5, min_bits=-36.0)
    right = [names[position] for position in found]
    restored = joined_by_letters(
        "surname", ["Besborodko"], names, np.zeros_like(found), found, bits, index.are_latin(found)
    )
    alone = [MODEL.bits("surname", "Besborodko", name) for name in right]
    assert len(right) >= 3
    np.testing.assert_allclose(restored, alone, atol=0.05)


def test_many_pairs_of_few_names_weigh_what_each_pair_does():
    left = ["schatunov", "шатунов", "tretiakoff"]
    right = ["шатунов", "chatounov", "третьяков", "schatunow"]
    pairs = [(a, b) for a in range(len(left)) for b in range(len(right))]
    at_left, at_right = (np.array(column) for column in zip(*pairs, strict=True))
    model = load_model("surname")
    bits = np.array([model.bits(left[a], right[b]) for a, b in pairs])
    one_by_one = [MODEL.bits("surname", left[a], right[b]) for a, b in pairs]
    is_latin = np.array([False, True, False, True])[at_right]
    together = joined_by_letters("surname", left, right, at_left, at_right, bits, is_latin)
    assert together == pytest.approx(one_by_one, abs=1e-9)
