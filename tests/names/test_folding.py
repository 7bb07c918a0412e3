"""Folding: what is one letter in two alphabets becomes one, and nothing else does."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.names.folding import fold, lookalikes, script, typed_in_lookalikes, unify_signs

MIXED_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("ABCИФаевoIІïЇёЁßäšż -’–«\u0301\u030c"))
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванов", "cyrillic"),
        ("Ivanov", "latin"),
        ("IVН", "mixed"),
        ("326", "none"),
        ("", "none"),
        ("Ωmega", "latin"),
    ],
)
def test_script(text, expected):
    assert script(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IVН", "ivh"),
        ("РETROV", "petrov"),
        ("А. ALPENKO", "a. alpenko"),
        ("PERCHEVITS А.", "perchevits a."),
        ("Kузнецов", "кузнецов"),
        ("MAPKOB", "mapkob"),
        ("Naïdenov", "naidenov"),
        ("KOVALËV", "kovalev"),
        ("Ševčenko", "ševčenko"),
        ("Żukow", "žukow"),
        ("Chaïgné Łoś", "chaigne los"),
        ("Йо́жик Ёлкин", "йожик ёлкин"),
        ("Тогай‑Бай", "тогай-бай"),
        ("d’Arc", "d'arc"),
        ("  Ivan \u00a0 Petrov ", "ivan petrov"),
    ],
)
def test_fold(text, expected):
    assert fold(text) == expected


def test_lookalikes_say_where_and_what_was_meant():
    assert lookalikes("IVН") == ((2, "Н", "H"),)
    assert lookalikes("Иван") == ()
    assert lookalikes("CEPГЕЙ") == ((0, "C", "С"), (1, "E", "Е"), (2, "P", "Р"))


def test_a_word_with_letters_proper_to_both_alphabets_in_equal_number_is_left_alone():
    assert lookalikes("ИVA") == ()


def test_a_whole_word_of_lookalikes_is_offered_not_forced():
    assert typed_in_lookalikes("MAPKOB") == "МАРКОВ"
    assert lookalikes("MAPKOB") == ()
    assert typed_in_lookalikes("PETROV") is None
    assert typed_in_lookalikes("Mapkob") is None
    assert typed_in_lookalikes("KO") is None


@given(MIXED_TEXT)
def test_folding_twice_changes_nothing_more(text):
    once = fold(text)
    assert fold(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(MIXED_TEXT)
def test_every_lookalike_stands_where_it_says_and_is_intended_in_the_other_script(text):
    for position, char, intended in lookalikes(text):
        assert text[position] == char
        assert {script(char), script(intended)} == {"latin", "cyrillic"}


def test_reading_names_does_not_load_the_compiled_kernels():
    code = "import sys, sexton.names as n; n.fold('x'); sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_package_names_what_it_exports():
    import sexton.names

    assert "fold" in dir(sexton.names)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = sexton.names.no_such_name


RUSSIAN_OR_ASCII = st.one_of(
    st.text(alphabet="АБЁЖЙЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя- ", max_size=20),
    st.text(alphabet=st.characters(max_codepoint=127), max_size=20),
)


@given(RUSSIAN_OR_ASCII)
def test_plain_words_are_folded_as_they_are_beside_a_letter_that_is_not_plain(text):
    """The quick way for Russian and ASCII words gives what the long way gives."""
    assert f"{fold(text)} §".strip() == fold(f"{text} §")
    assert f"{unify_signs(text)} §".strip() == unify_signs(f"{text} §")
