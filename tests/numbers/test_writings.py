"""The forms in which a number and its camp may stand in papers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sexton.numbers.writings import camp_writings, number_writings

CELLS = st.text("0123456789 -/.VIKXABstalg()№", max_size=24)


def test_number_and_camp_stand_in_either_order() -> None:
    wanted = {"VI K 108258", "108258/VI K", "326/108258", "326 (VI K) 108258", "108.258"}
    assert wanted <= set(number_writings("108258", "VI K"))
    assert wanted <= set(number_writings("108258", "Stalag 326"))


def test_the_camp_of_the_cell_goes_before_that_of_the_record() -> None:
    forms = number_writings("VI K 108258", "IV B")
    assert forms[0] == "VI K 108258" and not any("IV B" in form for form in forms)


def test_a_camp_that_nobody_knows_stands_as_it_is_written() -> None:
    assert "Camp Nowhere 55" in number_writings("55", "Camp Nowhere")
    assert camp_writings("Camp Nowhere") == ("Camp Nowhere",)


def test_a_camp_has_its_number_its_numeral_and_its_name() -> None:
    assert {"VI K", "Stalag 326", "Stalag VI K", "Stalag 326 (VI K)"} <= set(camp_writings("VI K"))


@given(CELLS, CELLS, st.integers(1, 12))
def test_forms_are_few_told_once_and_begin_as_written(number: str, camp: str, most: int) -> None:
    for forms in (number_writings(number, camp, most), camp_writings(number, most)):
        assert len(forms) <= most and len(set(forms)) == len(forms)
        assert forms[:1] == ((" ".join(number.split()),) if number.split() else ())
