"""What would be cut in stone: composed of sources, never guessed, looked at letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.names import script
from sexton.web.cases.plates import LINES, Plate, Voice, compose, proof
from sexton.web.cases.ranks import rank_in
from sexton.web.cases.romanising import CONVENTIONS, romanise

CARD = Voice("card 7", {
    "surname": "Шатунов", "given": "Афанасий", "patronymic": "Петрович", "birth_date": "12.03.1903",
    "birth_place": "Жуково", "rank": "красноармеец",
})  # fmt: skip
STONE = Voice("the stone", {"name": "SCHATUNOV Afanas", "death_date": "1943-05-02"})


def said(remarks) -> str:
    return " ".join(str(one) for one in remarks)


def test_a_plate_is_made_of_what_sources_write() -> None:
    assert compose([CARD, STONE], "fr") == Plate(
        cyrillic="Шатунов Афанасий Петрович", latin="Chatounov Afanassi Petrovitch",
        years="1903 – 1943", rank_cyrillic="красноармеец", rank_latin="soldat",
        origin_cyrillic="Жуково", origin_latin="Joukovo",
    )  # fmt: skip


def test_what_no_source_gives_is_empty() -> None:
    plate = compose([STONE], "nl")
    assert plate.cyrillic == "" and plate.latin == "SCHATUNOV Afanas"
    assert plate.years == "? – 1943"
    assert said(proof(plate, [STONE], "nl").remarks["cyrillic"]).startswith("No source writes")
    assert compose([], "de") == Plate()


@pytest.mark.parametrize(("written", "years"), [("1903", "1903"), ("март 1903", "1903"),
                                                ("1902/1904", "?"), ("unknown", "?")])  # fmt: skip
def test_a_year_is_cut_only_where_it_can_be_no_other(written: str, years: str) -> None:
    voice = Voice("a list", {"birth_date": written, "death_date": "1943"})
    assert compose([voice], "fr").years == f"{years} – 1943"


def test_letters_of_the_other_alphabet_are_found() -> None:
    mixed = Plate(cyrillic="Шaтунов", latin="Сhatounov")
    found = proof(mixed, [CARD], "fr")
    assert "letter 2 of “Шaтунов” is the latin small letter a" in said(found.remarks["cyrillic"])
    assert "cyrillic capital letter es" in said(found.remarks["latin"])
    assert [one.sign for one in found.letters["cyrillic"] if one.odd] == ["a"]
    assert [one.sign for one in found.letters["latin"] if one.odd] == ["С"]


def test_a_spelling_that_no_source_has_is_remarked_and_who_writes_otherwise() -> None:
    found = proof(compose([CARD, STONE], "fr"), [CARD, STONE], "fr")
    assert found.remarks["cyrillic"] == []
    told = said(found.remarks["latin"])
    assert "No source writes “Chatounov" in told and "the stone writes the name “SCHATUNOV" in told
    slip = Plate(cyrillic="Шатунев Афанасий Петрович")
    assert "card 7 writes the name" in said(proof(slip, [CARD], "fr").remarks["cyrillic"])


def test_dates_that_differ_are_named_with_their_sources() -> None:
    other = Voice("a letter", {"birth_date": "1904"})
    told = said(proof(compose([CARD, other], "fr"), [CARD, other], "fr").remarks["years"])
    assert "1903 (card 7); 1904 (a letter)" in told


def test_a_letter_without_a_rule_is_said() -> None:
    tatar = Voice("a card", {"name": "Қасымов"})
    assert "Қ" in said(proof(compose([tatar], "de"), [tatar], "de").remarks["latin"])


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("Шатунов", ["Chatounov", "Sjatoenov", "Schatunow", "Shatunov"]),
        ("Щербаков", ["Chtcherbakov", "Sjtsjerbakov", "Schtscherbakow", "Shcherbakov"]),
        ("Пушкин", ["Pouchkine", "Poesjkin", "Puschkin", "Pushkin"]),
        ("Сергей", ["Sergueï", "Sergej", "Sergei", "Sergey"]),
        ("Еремеев", ["Eremeev", "Jeremejev", "Jeremejew", "Yeremeyev"]),
        ("ЮРИЙ", ["IOURI", "JOERI", "JURI", "YURY"]),
    ],
)
def test_each_language_has_its_custom(name: str, spelt: list[str]) -> None:
    assert [romanise(name, code) for code in CONVENTIONS] == spelt


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЖШЯ -"), st.sampled_from(CONVENTIONS))
def test_russian_becomes_latin_word_by_word(text: str, code: str) -> None:
    latin = romanise(text, code)
    assert script(latin) in {"latin", "none"}
    assert latin == "".join(
        romanise(part, code) for part in text.replace(" ", "- -").split("-")
    ) or (latin.count(" ") == text.count(" ") and latin.count("-") == text.count("-"))


@given(st.text(alphabet="abcXYZ éß.,'-1"), st.sampled_from(CONVENTIONS))
def test_what_is_latin_stays_as_it_is(text: str, code: str) -> None:
    assert romanise(text, code) == text


@given(st.dictionaries(st.sampled_from(LINES), st.text(max_size=40)), st.sampled_from(CONVENTIONS))
def test_any_text_can_be_proofread(lines: dict[str, str], code: str) -> None:
    plate = Plate.of(lines)
    found = proof(plate, [CARD, STONE], code)
    assert Plate.of(plate.lines()) == plate
    for name, text in plate.lines().items():
        assert "".join(one.sign for one in found.letters[name]) == text


def test_a_rank_is_told_in_each_language_or_stays_in_its_own() -> None:
    assert rank_in("мл. лейтенант", "fr") == "sous-lieutenant"
    assert rank_in("Soldat", "ru") == "красноармеец"
    assert (rank_in("военврач", "ru"), rank_in("военврач", "fr")) == ("военврач", "")
    assert (rank_in("chauffeur", "ru"), rank_in("chauffeur", "fr")) == ("", "chauffeur")
    assert rank_in("", "de") == ""
