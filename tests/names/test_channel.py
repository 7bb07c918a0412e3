"""The channel model: bits for one name behind two spellings, and the alignment behind them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.names import load_model

MODEL = load_model("surname")
NAMES = st.text(alphabet="абвгдеёийкорсуцшщьюяіїabcdefhijlovwxyzčšž -'1A.Ш", max_size=14)


@pytest.mark.parametrize(
    ("written", "restored", "convention"),
    [
        ("Schatunow", "Шатунов", "de"),
        ("Chatounov", "Шатунов", "fr"),
        ("Soemkov", "Сумков", "nl"),
        ("Szatunow", "Шатунов", "pl"),
        ("Shatunov", "Шатунов", "en"),
        ("Šatunov", "Шатунов", "sci"),
    ],
)
def test_recognises_the_convention_that_a_spelling_follows(written, restored, convention):
    comparison = MODEL.compare(written, restored)
    assert comparison.convention == convention
    assert comparison.bits > 12


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Isakoff", "Исаков"),
        ("Guschva", "Гужва"),
        ("Gavelko", "Хавелко"),
        ("Kisilov", "Кизилов"),
        ("Soemkov", "Sumkow"),
        ("Chatunov", "Schatunow"),
        ("Талды", "Талда"),
        ("Фёдоров", "Федоров"),
        ("Dotsenko", "Dostenko"),
        ("Доценко", "Дцоенко"),
        ("Шевченка", "Шевченко"),
    ],
)
def test_two_spellings_of_one_name_speak_for_each_other(a, b):
    assert MODEL.bits(a, b) > 4


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Petrenko", "Иванов"),
        ("Ivanov", "Petrenko"),
        ("Иванов", "Петренко"),
        ("Soemkov", "Третьяков"),
    ],
)
def test_two_names_speak_against_each_other_but_never_without_end(a, b):
    assert -12.01 < MODEL.bits(a, b) < -8
    assert MODEL.compare(a, b).note in ("ruined", "")


def test_a_common_name_says_less_than_a_rare_one():
    assert MODEL.bits("Ivanov", "Иванов") + 4 < MODEL.bits("Schatunow", "Шатунов")
    assert MODEL.bits("Иванов", "Иванов") + 4 < MODEL.bits("Шатунов", "Шатунов")


def test_the_right_name_beats_a_likeness_of_it():
    assert MODEL.bits("Ivanof", "Иванов") > MODEL.bits("Ivanof", "Ивонов")


@settings(max_examples=40, deadline=None)
@given(NAMES, NAMES)
def test_laws_of_a_comparison(a, b):
    comparison = MODEL.compare(a, b)
    assert comparison.bits == MODEL.bits(a, b)
    assert MODEL.bits(b, a) == pytest.approx(comparison.bits, abs=1e-9)
    steps = math.fsum(step.bits for step in comparison.steps)
    assert steps + comparison.commonness == pytest.approx(comparison.bits, abs=1e-9)
    assert comparison.bits >= -12.001
    assert (comparison.a, comparison.b) == (a, b)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12))
def test_any_text_can_be_compared(text):
    assert math.isfinite(MODEL.bits(text, "Иванов"))
    assert math.isfinite(MODEL.bits("Ivanov", text))


def test_the_steps_spell_both_names():
    comparison = MODEL.compare("Schatunov", "Шатунов")
    assert "".join(step.left for step in comparison.steps) == "schatunov"
    assert "".join(step.right for step in comparison.steps) == "шатунов"
    assert ("sch", "ш") in [(step.left, step.right) for step in comparison.steps]


def test_a_name_without_letters_says_nothing():
    assert MODEL.bits("", "Иванов") == MODEL.bits("123", "?") == 0
    assert MODEL.compare("…", "Иванов").steps == ()
    assert MODEL.convention_bits("", "Иванов") == {}


def test_bits_under_each_convention_can_be_weighed_together():
    bits = MODEL.convention_bits("Schatunow", "Шатунов")
    assert set(bits) == {"de", "fr", "nl", "pl", "en", "sci"}
    assert max(bits, key=bits.get) == "de"


def test_many_pairs_give_the_same_numbers():
    pairs = [("Isakoff", "Исаков"), ("Ivanov", "Петров")]
    assert list(MODEL.bits_many(pairs)) == [MODEL.bits(a, b) for a, b in pairs]


def test_given_names_and_patronymics_have_their_own_commonness():
    assert load_model("given").bits("Iwan", "Иван") < MODEL.bits("Iwan", "Иван")
    assert load_model("patronymic").bits("Iwanowitsch", "Иванович") > 3
    assert load_model("given").bits("Tjedor", "Фёдор") > 5


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no kind of name 'nickname'"):
        load_model("nickname")
