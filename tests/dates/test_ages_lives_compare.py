"""Ages, lives beside names, and distances between dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.dates import (
    DateReading,
    age_at,
    days_apart,
    overlap,
    read_age,
    read_date,
    read_life_range,
    span_from_age,
)

UNREAD = DateReading("?", "", None, None, "unreadable")


def reading(written: str) -> DateReading:
    found = read_date(written)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("age 29", 29, 29),
        ("Age 29. Escaped.", 29, 29),
        ("Aged 26; run over by a tram", 26, 26),
        ("Died at the age of 19.", 19, 19),
        ("35 ans", 35, 35),
        ("29 лет", 29, 29),
        ("22 Jahre", 22, 22),
        ("25 jaar", 25, 25),
        ("18-20 ans", 18, 20),
        ("env. 30 ans", 28, 32),
        ("in his 19th year", 18, 18),
        ("dans sa 19e année", 18, 18),
    ],
)
def test_an_age_as_written(written: str, low: int, high: int) -> None:
    age = read_age(written)
    assert age is not None
    assert (age.written, age.low, age.high) == (written, low, high)


@pytest.mark.parametrize(
    "written", ["", "29", "1944", "300 ans", "30-20 ans", "in his 400th year", "page 29"]
)
def test_no_age_is_written(written: str) -> None:
    assert read_age(written) is None


@given(st.text(max_size=50))
def test_any_text_as_an_age(written: str) -> None:
    age = read_age(written)
    assert age is None or (age.written == written and 0 <= age.low <= age.high)


def test_the_births_that_an_age_allows() -> None:
    span = span_from_age(29, date(1944, 9, 15))
    assert span is not None
    assert (span.first, span.last) == (date(1914, 9, 16), date(1915, 9, 15))
    assert span.edtf == "1914-09-16/1915-09-15"
    about = read_age("ca. 30 ans")
    assert about is not None
    wide = span_from_age(about, reading("1944"))
    assert wide is not None and (wide.first, wide.last) == (date(1911, 1, 2), date(1916, 12, 31))
    assert span_from_age(29, UNREAD) is None


@given(st.dates(date(1800, 1, 1), date(1990, 1, 1)), st.integers(0, 40_000))
def test_the_span_of_an_age_holds_the_birth(birth: date, days: int) -> None:
    death = date.fromordinal(birth.toordinal() + days)
    low, high = age_at(reading(birth.isoformat()), reading(death.isoformat())) or (-1, -1)
    assert low == high
    span = span_from_age(low, death)
    assert span is not None and span.first <= birth <= span.last


def test_ages_of_spans_and_of_a_death_before_birth() -> None:
    assert age_at(reading("1915"), reading("15 septembre 1944")) == (28, 29)
    assert (age_at(reading("30 janvier 1998"), reading("4 avril 1944")) or (0, 0))[1] < 0
    assert age_at(reading("1915"), UNREAD) is None


@pytest.mark.parametrize(
    ("written", "birth", "death"),
    [
        ("Ivan Aleksandrovich Kulkov (1923-1943)", "1923", "1943"),
        ("Serge Isakoff 1915-1944", "1915", "1944"),
        ("Пекшев Михаил Иванович (1918-...)", "1918", None),
        ("(?-1944)", None, "1944"),
        ("* 1.2.1913 † 19.2.1943", "1913-02-01", "1943-02-19"),
        ("01.02.1913 - 19.02.1943", "1913-02-01", "1943-02-19"),
    ],
)
def test_a_life_beside_a_name(written: str, birth: str | None, death: str | None) -> None:
    life = read_life_range(written)
    assert life is not None and life.written == written
    assert (life.birth.edtf if life.birth else None) == birth
    assert (life.death.edtf if life.death else None) == death


@pytest.mark.parametrize(
    "written", ["", "Kulkov", "7997-1489", "1944-1923", "1700-1944", "?-?", "Guerre 1941-1945"]
)
def test_no_life_is_written(written: str) -> None:
    assert read_life_range(written) is None


@given(st.text(max_size=40))
def test_any_text_as_a_life(written: str) -> None:
    life = read_life_range(written)
    assert life is None or (life.written == written and (life.birth or life.death))


def test_days_between_and_in_common() -> None:
    assert days_apart(reading("03.09.1944"), reading("03.11.1944")) == 61
    assert days_apart(reading("1944"), reading("août 1944")) == 0
    assert days_apart(reading("1944"), UNREAD) is None
    assert overlap(reading("1944"), reading("août 1944")) == 31
    assert overlap(reading("1943"), reading("1944")) == 0
    assert overlap(UNREAD, reading("1944")) == 0


SPAN = st.tuples(st.dates(), st.dates()).map(
    lambda ends: DateReading("", "", min(ends), max(ends), "partial")
)


@given(SPAN, SPAN)
def test_distance_and_overlap_are_symmetric_and_exclude_each_other(
    a: DateReading, b: DateReading
) -> None:
    assert days_apart(a, b) == days_apart(b, a)
    assert overlap(a, b) == overlap(b, a)
    assert (days_apart(a, b) == 0) == (overlap(a, b) > 0)
    assert a.years is not None and a.years[0] <= a.years[1]
    assert UNREAD.years is None and UNREAD.spans == ()
