"""Cyrillic in Latin letters by ISO 9: sign by sign, so that it can be turned back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sexton.names import transliterate
from sexton.names.transliteration import _SMALL

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def test_known_names() -> None:
    assert transliterate("Щербак Юрий Ильич") == "Ŝerbak Ûrij Ilʹič"
    assert transliterate("Хрущёв") == "Hruŝëv"
    assert transliterate("Їжакевич Євген") == "Ïžakevič Êvgen"
    assert transliterate("Быкаў") == "Bykaŭ"


def test_other_letters_stay() -> None:
    assert transliterate("SCHATUNOV (7)") == "SCHATUNOV (7)"


def test_every_letter_has_a_sign_of_its_own() -> None:
    assert set(RUSSIAN) <= set(_SMALL)
    assert len(set(_SMALL.values())) == len(_SMALL)


@given(st.text(alphabet=RUSSIAN + RUSSIAN.upper() + " -"))
def test_nothing_is_lost(text: str) -> None:
    """Two texts never become one: each sign stands for one letter."""
    back = {latin: letter for letter, latin in _SMALL.items()}
    back |= {
        latin.capitalize(): letter.upper() for latin, letter in back.items() if latin.isalpha()
    }
    latin = transliterate(text)
    restored = "".join(back.get(sign, sign) for sign in latin)
    assert restored.lower() == text.lower()
