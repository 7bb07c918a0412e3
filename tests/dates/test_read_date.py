"""``read_date`` on what registers and archives write, and its laws for any text."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.dates import DateReading, edtf_span, read_date

BELGIUM = Path(__file__).parents[2] / "data" / "belgium"

DAYS = [
    ("02.04.1944", date(1944, 4, 2)),
    ("3-11-1944", date(1944, 11, 3)),
    ("23/10/1919", date(1919, 10, 23)),
    ("3/09/1944", date(1944, 9, 3)),
    ("1.4.1944 г.", date(1944, 4, 1)),
    ("17.VIII.44", date(1944, 8, 17)),
    ("17 VIII 1944", date(1944, 8, 17)),
    ("20/9/42", date(1942, 9, 20)),
    ("1944.08.17", date(1944, 8, 17)),
    ("1944-08-17 00:00:00", date(1944, 8, 17)),
    ("04/25/1944", date(1944, 4, 25)),
    ("17 août 1944", date(1944, 8, 17)),
    ("02 février 1920", date(1920, 2, 2)),
    ("1er décembre 1943", date(1943, 12, 1)),
    ("premier avril 1944", date(1944, 4, 1)),
    ("le 3 mars 1943", date(1943, 3, 3)),
    ("7 октября 1918 года", date(1918, 10, 7)),
    ("1-го апреля 1944 г.", date(1944, 4, 1)),
    ("8 травня 1943 року", date(1943, 5, 8)),
    ("17 sierpnia 1944 r.", date(1944, 8, 17)),
    ("24. Dezember 1943", date(1943, 12, 24)),
    ("January 31, 1942", date(1942, 1, 31)),
    ("31 mei 1943", date(1943, 5, 31)),
    ("17 08 1944", date(1944, 8, 17)),
    ("17 août 44", date(1944, 8, 17)),
]

SPANS = [
    ("1912", "1912", date(1912, 1, 1), date(1912, 12, 31), "partial"),
    ("1944 год", "1944", date(1944, 1, 1), date(1944, 12, 31), "partial"),
    ("1944-08", "1944-08", date(1944, 8, 1), date(1944, 8, 31), "partial"),
    ("février 1943", "1943-02", date(1943, 2, 1), date(1943, 2, 28), "partial"),
    ("août 1944", "1944-08", date(1944, 8, 1), date(1944, 8, 31), "partial"),
    ("Dec-42", "1942-12", date(1942, 12, 1), date(1942, 12, 31), "partial"),
    ("XII.1944", "1944-12", date(1944, 12, 1), date(1944, 12, 31), "partial"),
    ("??.05.1944", "1944-05", date(1944, 5, 1), date(1944, 5, 31), "partial"),
    ("1944-XX-XX", "1944-XX-XX", date(1944, 1, 1), date(1944, 12, 31), "partial"),
    ("1944-08-XX", "1944-08-XX", date(1944, 8, 1), date(1944, 8, 31), "partial"),
    ("194X", "194X", date(1940, 1, 1), date(1949, 12, 31), "partial"),
    ("194X~", "194X~", date(1938, 1, 1), date(1951, 12, 31), "approximate"),
    ("1944-00-00", "1944", date(1944, 1, 1), date(1944, 12, 31), "partial"),
    ("00.02.1943", "1943-02", date(1943, 2, 1), date(1943, 2, 28), "partial"),
    ("fall 1944", "1944-23", date(1944, 9, 1), date(1944, 11, 30), "partial"),
    ("automne 1944", "1944-23", date(1944, 9, 1), date(1944, 11, 30), "partial"),
    ("осень 1944", "1944-23", date(1944, 9, 1), date(1944, 11, 30), "partial"),
    ("1944-22", "1944-22", date(1944, 6, 1), date(1944, 8, 31), "partial"),
    ("1943-05/1943-07", "1943-05/1943-07", date(1943, 5, 1), date(1943, 7, 31), "partial"),
    ("../1944", "../1944", date.min, date(1944, 12, 31), "partial"),
    ("1944/..", "1944/..", date(1944, 1, 1), date.max, "partial"),
    ("avant 1944", "../1944", date.min, date(1944, 12, 31), "partial"),
    ("после 1944", "1944/..", date(1944, 1, 1), date.max, "partial"),
    ("1915-1944", "1915/1944", date(1915, 1, 1), date(1944, 12, 31), "partial"),
    ("1942-44", "1942/1944", date(1942, 1, 1), date(1944, 12, 31), "partial"),
    ("1918-...", "1918/..", date(1918, 1, 1), date.max, "partial"),
    ("entre 1942 et 1944", "1942/1944", date(1942, 1, 1), date(1944, 12, 31), "partial"),
    ("1943 ou 1944", "1943/1944", date(1943, 1, 1), date(1944, 12, 31), "partial"),
    ("mai 1943 - juin 1944", "1943-05/1944-06", date(1943, 5, 1), date(1944, 6, 30), "partial"),
    ("1944 - 1942", "1942/1944", date(1942, 1, 1), date(1944, 12, 31), "partial"),
    ("24-25.12.1943", "1943-12-24/1943-12-25", date(1943, 12, 24), date(1943, 12, 25), "partial"),
    ("vers 1910", "1910~", date(1908, 1, 1), date(1912, 12, 31), "approximate"),
    ("ca. 1910", "1910~", date(1908, 1, 1), date(1912, 12, 31), "approximate"),
    ("um 1910", "1910~", date(1908, 1, 1), date(1912, 12, 31), "approximate"),
    ("около 1910", "1910~", date(1908, 1, 1), date(1912, 12, 31), "approximate"),
    ("1944~", "1944~", date(1942, 1, 1), date(1946, 12, 31), "approximate"),
    ("ca. août 1944", "1944-08~", date(1944, 7, 1), date(1944, 10, 1), "approximate"),
    ("1944-08-17~", "1944-08-17~", date(1944, 8, 14), date(1944, 8, 20), "approximate"),
    ("1944?", "1944?", date(1944, 1, 1), date(1944, 12, 31), "approximate"),
    ("probablement 1944", "1944?", date(1944, 1, 1), date(1944, 12, 31), "approximate"),
    ("peut-être vers 1944", "1944%", date(1942, 1, 1), date(1946, 12, 31), "approximate"),
    ("vers 1942 - 1944", "1942~/1944", date(1940, 1, 1), date(1944, 12, 31), "approximate"),
    ("[1943,1944]", "[1943,1944]", date(1943, 1, 1), date(1944, 12, 31), "partial"),
    ("15 eptembre 1944", "1944-09-15", date(1944, 9, 15), date(1944, 9, 15), "garbled"),
    ("31.02.1943", "1943-02", date(1943, 2, 1), date(1943, 2, 28), "garbled"),
    ("1943-02-31", "1943-02", date(1943, 2, 1), date(1943, 2, 28), "garbled"),
    ("31 février 1943", "1943-02", date(1943, 2, 1), date(1943, 2, 28), "garbled"),
    ("45.13.1944", "1944", date(1944, 1, 1), date(1944, 12, 31), "garbled"),
    ("O2.O4.l944", "1944-04-02", date(1944, 4, 2), date(1944, 4, 2), "garbled"),
    ("mort en 1944 à Genk", "1944", date(1944, 1, 1), date(1944, 12, 31), "garbled"),
]


@pytest.mark.parametrize(("written", "day"), DAYS)
def test_a_full_date_is_one_day(written: str, day: date) -> None:
    reading = read_date(written)
    assert reading is not None
    assert (reading.first, reading.last, reading.quality) == (day, day, "exact")
    assert reading.is_full
    assert reading.edtf == day.isoformat()


@pytest.mark.parametrize(("written", "edtf", "first", "last", "quality"), SPANS)
def test_less_than_a_date_is_a_span(
    written: str, edtf: str, first: date, last: date, quality: str
) -> None:
    reading = read_date(written)
    assert reading is not None
    assert (reading.edtf, reading.first, reading.last, reading.quality) == (
        edtf,
        first,
        last,
        quality,
    )


@pytest.mark.parametrize(
    "written",
    [
        "?",
        "inconnu",
        "неизвестно",
        "-",
        "xyz",
        "3 mai",
        "août 12",
        "0000",
        "²²²²",
        "1 и 2",
        "9" * 300,
        "Y170000002",
        "1943 1944",
        "x 1943 y 1944",
        "../..",
        "1/2/3/4",
        "12.00.0000",
        "[1, 2",
        "mai" * 40,
    ],
)
def test_what_cannot_be_read_is_kept_and_has_no_span(written: str) -> None:
    assert read_date(written) == DateReading(written, "", None, None, "unreadable")


@pytest.mark.parametrize("written", [None, "", "  ", "\n\t"])
def test_an_empty_cell_is_no_date(written: str | None) -> None:
    assert read_date(written) is None


def test_the_swapped_order_is_an_alternative_and_not_the_reading() -> None:
    reading = read_date("03.11.1944")
    assert reading is not None and reading.first == date(1944, 11, 3)
    assert [span.first for span in reading.alternatives] == [date(1944, 3, 11)]
    assert [span.edtf for span in reading.spans] == ["1944-11-03", "1944-03-11"]


@pytest.mark.parametrize(
    "written", ["3 novembre 1944", "1944-11-03", "23.11.1944", "11.11.1944", "3.XI.1944"]
)
def test_no_swap_where_the_order_is_certain(written: str) -> None:
    reading = read_date(written)
    assert reading is not None and reading.alternatives == ()


def test_the_century_of_two_figures() -> None:
    young, old = read_date("14.5.25"), read_date("25.5.98")
    assert young is not None and young.first == date(1925, 5, 14) and young.alternatives == ()
    assert old is not None and old.first == date(1898, 5, 25)
    assert [span.first for span in old.alternatives] == [date(1998, 5, 25)]


def test_a_winter_is_counted_either_way() -> None:
    reading = read_date("hiver 1943")
    assert reading is not None
    assert (reading.first, reading.last) == (date(1943, 12, 1), date(1944, 2, 29))
    assert [(s.first, s.last) for s in reading.alternatives] == [
        (date(1942, 12, 1), date(1943, 2, 28))
    ]


def test_a_season_of_edtf_can_be_meant_as_years() -> None:
    reading = read_date("1921-24")
    assert reading is not None and reading.edtf == "1921-24"
    assert [span.edtf for span in reading.alternatives] == ["1921/1924"]


def test_every_date_of_the_belgian_register_is_read() -> None:
    qualities: dict[str, str] = {}
    for table, columns in (
        ("entries.csv", ("birth_date_as_written", "death_date_as_written")),
        ("identified_dead.csv", ("birth", "death")),
    ):
        with (BELGIUM / table).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cells = [row[column] for column in columns if row[column]]
                qualities |= {c: r.quality for c in cells if (r := read_date(c))}
    assert len(qualities) > 200
    assert {c for c, q in qualities.items() if q in ("garbled", "unreadable")} == {
        "15 eptembre 1944"
    }


def test_the_note_tells_what_was_misprinted() -> None:
    reading = read_date("15 eptembre 1944")
    assert reading is not None and "eptembre" in str(reading.note)


FRENCH = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
RUSSIAN = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
LAYOUTS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    lambda d: f"{d.day}-{d.month}-{d.year}",
    lambda d: f"{d.day}/{d.month:02d}/{d.year}",
    lambda d: f"{d.day}.{ROMAN[d.month - 1]}.{d.year}",
    lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    lambda d: f"{d.day} {FRENCH[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {RUSSIAN[d.month - 1]} {d.year} года",
    lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{ENGLISH[d.month - 1][:3]}. {d.day}, {d.year}",
]


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(LAYOUTS))
def test_a_date_reads_back_from_every_layout(day: date, layout) -> None:  # type: ignore[no-untyped-def]
    reading = read_date(layout(day))
    assert reading is not None and (reading.first, reading.last) == (day, day)


DATE_LIKE = st.text(alphabet="0123456789.-/?~X[]{},% OIVXlя", max_size=24)


@given(st.one_of(st.text(max_size=60), DATE_LIKE))
def test_any_text_is_kept_and_its_span_runs_forward(written: str) -> None:
    reading = read_date(written)
    if reading is None:
        assert not written.strip()
        return
    assert reading.written == written
    assert (reading.first is None) == (reading.last is None) == (reading.quality == "unreadable")
    for span in reading.spans:
        assert span.first <= span.last
        again = edtf_span(span.edtf)
        assert again is not None and (again.first, again.last) == (span.first, span.last)


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(LAYOUTS),
    st.sampled_from(["vers ", "avant ", "", "c. "]),
)
def test_the_edtf_of_a_reading_reads_back_to_the_same_span(day, layout, hedge) -> None:  # type: ignore[no-untyped-def]
    reading = read_date(hedge + layout(day))
    assert reading is not None
    again = read_date(reading.edtf)
    assert again is not None and (again.first, again.last) == (reading.first, reading.last)
