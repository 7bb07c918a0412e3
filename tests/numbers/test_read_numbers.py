"""``read_numbers`` and ``number_agreement``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.numbers import Agreement, number_agreement, read_numbers


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("108258", [("108258", "", "")]),
        ("7997-1489", [("7997", "1489", ""), ("1489", "", "")]),
        ("Nr. 12 345", [("12345", "", "")]),
        ("№ 12345", [("12345", "", "")]),
        ("1.234.567", [("1234567", "", "")]),
        ("108258/2", [("108258", "2", "")]),
        ("VI K 108258", [("108258", "", "VI K")]),
        ("326/108258", [("108258", "", "326")]),
        ("Stalag VI K (326) 108258", [("108258", "", "Stalag VI K (326)")]),
        ("5 678 IVВ", [("5678", "", "IVВ")]),
        ("108258; 12345", [("108258", "", ""), ("12345", "", "")]),
        ("1O8258", [("108258", "", "")]),
        ("10І258", [("101258", "", "")]),
        ("O8258", [("8258", "", "")]),
        ("VI K 326", []),
        ("inconnu", []),
        ("", []),
        ("1" * 500, []),
    ],
)
def test_the_numbers_of_a_cell(written: str, found: list[tuple[str, str, str]]) -> None:
    readings = read_numbers(written)
    assert [(n.digits, n.part, n.camp) for n in readings] == found
    assert all(n.written == written for n in readings)


def test_what_was_unusual_is_noted() -> None:
    assert "Letters" in str(read_numbers("1O8258")[0].note)
    assert "part" in str(read_numbers("7997-1489")[0].note)
    assert read_numbers("108258")[0].note is None


@given(st.text(max_size=250))
def test_any_text_gives_digits_only(written: str) -> None:
    for number in read_numbers(written):
        assert number.written == written
        assert number.digits.isascii() and number.digits.isdecimal()


@given(
    st.lists(st.integers(1, 10**7), min_size=1, max_size=4), st.sampled_from(["; ", ", ", " et "])
)
def test_numbers_read_back(numbers: list[int], between: str) -> None:
    found = read_numbers(between.join(f"№{number}" for number in numbers))
    assert [int(n.digits) for n in found] == list(dict.fromkeys(numbers))


@pytest.mark.parametrize(
    ("a", "b", "kind", "position"),
    [
        ("108258", "108258", Agreement.EXACT, None),
        ("0108258", "108258", Agreement.EXACT, None),
        ("108258", "108528", Agreement.TRANSPOSED, 3),
        ("108258", "108268", Agreement.ONE_DIGIT, 4),
        ("108258", "10258", Agreement.MISSING_DIGIT, 2),
        ("108258", "1082", Agreement.PREFIX, 4),
        ("108258", "8258", Agreement.PREFIX, 0),
        ("108258", "201345", Agreement.DIFFERENT, 0),
        ("108258", "1", Agreement.DIFFERENT, 1),
        ("", "", Agreement.DIFFERENT, 0),
        ("1082", "108258314", Agreement.PREFIX, 4),
        ("1092", "108258314", Agreement.DIFFERENT, 2),
    ],
)
def test_how_numbers_agree(a: str, b: str, kind: Agreement, position: int | None) -> None:
    agreement = number_agreement(a, b)
    assert (agreement.kind, agreement.position) == (kind, position)


DIGITS = st.from_regex(r"[1-9][0-9]{2,7}", fullmatch=True)


@given(st.text(alphabet="0123456789", max_size=8), st.text(alphabet="0123456789", max_size=8))
def test_the_order_does_not_matter(a: str, b: str) -> None:
    assert number_agreement(a, b).kind == number_agreement(b, a).kind


@given(DIGITS, st.data())
def test_a_single_slip_is_recognised(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(number) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    slipped = number[:place] + digit + number[place + 1 :]
    assert number_agreement(number, slipped).kind is Agreement.ONE_DIGIT
