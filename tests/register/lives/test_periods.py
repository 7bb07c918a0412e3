"""Addresses of days, months and years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.web.register.lives.periods import read_period, written_period


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from([4, 7, 10]))
def test_every_day_month_and_year_has_an_address(day, length) -> None:
    period = read_period(day.isoformat()[:length])
    assert period.holds(day, day)
    while period.above:
        assert period.above.holds(period.first, period.last)
        period = period.above
    assert period.level == "year"


@pytest.mark.parametrize(
    "text", ["", "1944-13", "1944-00", "1944-04-31", "1944-21", "0000", "1944-4", "44", "1944~"]
)
def test_nothing_else_has(text) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("9 mai 1943", "1943-05-09"),
        ("1.4.1944", "1944-04-01"),
        ("апрель 1944", "1944-04"),
        ("vers 1944", "1944"),
        ("1944", "1944"),
    ],
)
def test_a_period_is_understood_however_it_is_written(written, edtf) -> None:
    assert written_period(written).edtf == edtf


@pytest.mark.parametrize("written", ["nobody knows", "winter 1943", "1943/1944", "avant 1944"])
def test_other_times_have_no_page_of_their_own(written) -> None:
    assert written_period(written) is None
