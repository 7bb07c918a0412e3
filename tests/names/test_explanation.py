"""Why two spellings differ, in sentences: the channel is named, the surprising comes first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.messages import LANGUAGES, translate
from sexton.names import explain_comparison, load_model
from sexton.names.tables import read_table
from sexton.names.whys import hearing, reading, reason_of, spelling_reasons
from sexton.names.wording import REASONS, SPELLED, SPELLED_TWICE

NAMES = st.text(st.sampled_from("abchikosvwzžабвгжийошьщёіў -'^$"), max_size=12)


def told(a, b, kind="surname"):
    return [str(m) for m in explain_comparison(load_model(kind).compare(a, b), kind)]


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ("Schatunow", "Шатунов", "sch = ш, w = в: German spelling."),
        ("Chatounov", "Шатунов", "ch = ш, ou = у: French spelling."),
        ("Soemkov", "Сумков", "oe = у: Dutch spelling."),
        ("Ivanow", "Иванов", "w = в: German or Polish spelling."),
        ("Chatunov", "Schatunow", "ch = sch, v = w: one spelling is German, the other French."),
        ("Isakoff", "Исаков", "The ending “-off” for “-ов” is French, or that of émigrés."),
        ("Agafanov", "Агафонов", "“a” for “о”: unstressed “о” is heard as “а”."),
        ("Robelzov", "Бобельцов", "“r” read for “b”: as capitals they look alike."),
        ("Robelzov", "Бобельцов", "The soft sign “ь” is not written."),
        ("Plotniko", "Плотников", "A letter was lost: “в”."),
        ("Klimvo", "Климов", "Neighbouring letters changed places: “vo”, “ов”."),
        ("Klimvo", "Klimov", "Neighbouring letters changed places: “vo”, “ov”."),
        ("Іваненко", "Иваненко", "“і” for “и”: Ukrainian or Belarusian form."),
        ("Шафрова", "Шафров", "“ва” and “в”: the endings of a woman's and a man's name."),
        ("Koulkov", "Kulikov", "Only one of the two has “i”."),
        ("Иванов", "иванов", "Both are written alike."),
        ("Schatunow", "Шатунов", "The name is rare: that makes the agreement weigh more."),
        ("Ivanov", "Иванов", "The name is common: that makes the agreement weigh less."),
        ("…", "Иванов", "One of the two has no letters that could be compared."),
    ],
)
def test_what_happened_is_said(a, b, sentence):
    assert sentence in told(a, b)
    assert len(told(a, b)) == len(told(b, a))


def test_a_name_past_recognition_gets_one_sentence():
    assert len(told("Petrenko", "Иванов")) == 1
    assert "ruined" in told("Petrenko", "Иванов")[0]


def test_the_surprising_comes_before_the_regular():
    sentences = told("Guschwa", "Гуржва")
    assert sentences[0] == "A letter was lost: “р”."
    assert "German" in sentences[1]


@given(NAMES, NAMES)
@settings(max_examples=150, deadline=None)
def test_any_two_texts_are_told_in_one_to_five_sentences(a, b):
    assert 1 <= len(told(a, b)) <= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_words_and_quotation_marks(language):
    said = [
        translate(message, language)
        for a, b in (("Schatunow", "Шатунов"), ("Robelzov", "Бобельцов"))
        for message in explain_comparison(load_model("surname").compare(a, b))
    ]
    words = {
        "en": ("German spelling", "“r” read for “b”"),
        "fr": ("graphie allemande", "« r » lu pour « b »"),
        "nl": ("Duitse spelling", "“r” gelezen voor “b”"),
        "de": ("deutsche Schreibweise", "„r“ statt „b“ gelesen"),
        "ru": ("немецкое написание", "«r» прочитано вместо «b»"),
    }[language]
    for word in words:
        assert any(word in sentence for sentence in said)


def test_every_remark_of_the_tables_has_a_reason_that_can_be_told():
    rules = [*hearing().values(), *reading().values()]
    assert {rule.reason for group in rules for rule in group} <= set(REASONS)
    assert set(spelling_reasons().values()) - {""} <= set(REASONS)
    remarks = [row["why"] for row in read_table("hearing.tsv")]
    known = [remark for remark in remarks if reason_of(remark, "")]
    assert len(known) / len(remarks) > 0.95


def test_all_pairs_of_conventions_have_a_sentence():
    conventions = {key for key in SPELLED if len(key) == 1}
    assert len(SPELLED) == len(conventions) + len(SPELLED_TWICE) == 21


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="nickname"):
        explain_comparison(load_model("surname").compare("a", "b"), "nickname")
