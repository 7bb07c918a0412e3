"""Letters in a row: words asked one by one and together, smoothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.names.background import background_bits, load_background, rarity_bits, rarity_bits_many
from sexton.names.letter_models import counted_letters, letter_model

WORDS = st.text("abc", max_size=8).map(lambda text: f"^{text}$")


@settings(deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=6))
def test_many_words_are_told_what_each_is(counted, asked):
    model = counted_letters(counted, "latin")
    assert model.bits_many(asked).tolist() == pytest.approx([model.bits(word) for word in asked])


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), WORDS)
def test_counting_words_is_counting_their_groups(counted, asked):
    groups = [
        word[first : last + 1]
        for word in counted
        for last in range(1, len(word))
        for first in range(max(0, last - 3), last + 1)
    ]
    distinct = sorted(set(groups))
    model = letter_model(distinct, [float(groups.count(group)) for group in distinct], "latin")
    assert model.bits(asked) == pytest.approx(counted_letters(counted, "latin").bits(asked))


def test_the_probabilities_of_all_letters_add_up_to_one():
    model = counted_letters(["^abac$", "^cab$"], "latin")
    letters = "abcdefghijklmnopqrstuvwxyzčšž$"
    for begun in ("^", "^a", "^ab", "^zzz"):
        told = (model.added_bits(begun + letter, len(begun)) for letter in letters)
        assert sum(2.0**bits for bits in told) == pytest.approx(1, abs=1e-9)


@settings(deadline=None)
@given(WORDS, st.integers(2, 9))
def test_a_word_is_the_sum_of_its_parts(word, cut):
    model = counted_letters(["^abac$", "^cab$"], "latin")
    cut = min(cut, len(word))
    assert model.bits(word[:cut]) + model.added_bits(word, cut) == pytest.approx(model.bits(word))


def test_spellings_asked_together_are_as_rare_as_one_by_one():
    names = ["Schatunow", "Шатунов", "", "Iwanow", "Иванов", "Xyzzy", "Iwanow"]
    alone = [rarity_bits("surname", name) for name in names]
    assert rarity_bits_many("surname", names).tolist() == pytest.approx(alone, abs=1e-9)
    together = load_background("given", "latin").bits_many(["^iwan$", "^jean$", "^iwan$"])
    one_by_one = [background_bits("given", "latin", word) for word in ("^iwan$", "^jean$")]
    assert together.tolist() == pytest.approx([*one_by_one, one_by_one[0]], abs=1e-9)
