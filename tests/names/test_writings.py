"""How else a name may be written: what a clerk of each country writes, and what was before it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sexton.names import script
from sexton.names.writings import cyrillic_readings, latin_writings, writings

LETTERS = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=14)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzéïšž'- ", min_size=1, max_size=18)
KINDS = st.sampled_from(["surname", "given", "patronymic"])


@pytest.mark.parametrize(
    ("cyrillic", "wanted"),
    [
        ("Шатунов", {"Schatunow", "Chatounov", "Sjatoenov", "Shatunov", "Szatunow", "Šatunov"}),
        ("Терещенко", {"Tereschtschenko", "Terechtchenko", "Teresjtsjenko", "Tereshchenko"}),
        ("Сергеевич", {"Sergejewitsch", "Sergueievitch", "Sergeyevich"}),
        ("Достоевский", {"Dostojewski", "Dostoievski", "Dostoyevsky"}),
        ("Исаков", {"Issakow", "Isakov", "Issakoff"}),
        ("Кульков", {"Kulkow", "Koulkov", "Koelkov"}),
    ],
)
def test_each_country_writes_in_its_own_way(cyrillic: str, wanted: set[str]) -> None:
    assert wanted <= set(latin_writings(cyrillic))


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("SCHATUNOV", "Шатунов"),
        ("Chatounov", "Шатунов"),
        ("Sjatoenov", "Шатунов"),
        ("Tereschtschenko", "Терещенко"),
        ("Soemkow", "Сумков"),
        ("Koulkov", "Кульков"),
        ("Isakoff", "Исаков"),
    ],
)
def test_the_name_before_the_clerk_is_the_likeliest_reading(latin: str, cyrillic: str) -> None:
    assert cyrillic_readings(latin, "surname")[0] == cyrillic


def test_a_given_name_of_another_country_leads_to_the_russian_one() -> None:
    assert writings("Laurent", "given").cyrillic[0] == "Лаврентий"
    assert "Afanassi" in writings("Afanas", "given").latin


def test_both_halves_of_a_double_surname_are_written_in_one_way() -> None:
    assert "Iouldachev-Petrov" in writings("Юлдашев-Петров", "surname").latin
    assert writings("Ivanov-Petrov", "surname").cyrillic[0] == "Иванов-Петров"


@given(LETTERS | LATIN, KINDS, st.integers(1, 12))
@example("x" * 40, "surname", 3)
@example("Ünal 3 ...", "given", 3)
@settings(max_examples=60, deadline=None)
def test_forms_are_few_and_told_once_and_hold_what_is_written(text, kind, most) -> None:
    found = writings(text, kind, most)
    assert found.all[:1] == ((" ".join(text.split()),) if text.split() else ())[:1]
    assert len(found.cyrillic) <= most and len(found.latin) <= most
    assert len({form.casefold() for form in found.all}) == len(found.all)
    assert all(script(form) == "cyrillic" for form in found.cyrillic)
    assert all(form.strip() == form and form for form in found.all)


@given(LETTERS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_in_latin_letters_holds_no_others(text: str) -> None:
    for form in latin_writings(text):
        assert script(form) in {"latin", "none"}
