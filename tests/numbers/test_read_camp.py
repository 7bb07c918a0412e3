"""``read_camp`` on every garble of the registers, and its laws for any text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.numbers import camps, read_camp

BELGIUM = Path(__file__).parents[2] / "data" / "belgium"


@pytest.mark.parametrize(
    ("written", "camp_id"),
    [
        ("IV H (304)", "stalag-304"),
        ("IV h (304)", "stalag-304"),
        ("IV H(304)", "stalag-304"),
        ("IVН", "stalag-304"),
        ("304", "stalag-304"),
        ("Stalag 304 (IV H) Zeithain", "stalag-304"),
        ("IV B", "stalag-iv-b"),
        ("шталаг IVВ", "stalag-iv-b"),
        ("VI K (326)", "stalag-326"),
        ("VI K 326", "stalag-326"),
        ("326 (VI K)", "stalag-326"),
        ("V IK", "stalag-326"),
        ("6 K", "stalag-326"),
        ("Stalag VI K (326)", "stalag-326"),
        ("VI K 108258", "stalag-326"),
        ("Lager Nr. 326", "stalag-326"),
        ("352", "stalag-352"),
        ("357", "stalag-357"),
        ("camp N°357", "stalag-357"),
    ],
)
def test_a_garbled_camp_is_recognised(written: str, camp_id: str) -> None:
    reading = read_camp(written)
    assert reading is not None and reading.best is not None
    assert reading.best.camp_id == camp_id
    assert len(reading.camps) == 1 and reading.best.probability >= 0.95


@pytest.mark.parametrize(
    ("written", "first", "second"),
    [
        ("IV B (304)", "stalag-304", "stalag-iv-b"),
        ("IV K (326)", "stalag-326", "stalag-iv-k"),
        ("IV K", "stalag-326", "stalag-iv-k"),
    ],
)
def test_both_camps_are_kept_where_numeral_and_number_disagree(
    written: str, first: str, second: str
) -> None:
    reading = read_camp(written)
    assert reading is not None
    assert [match.camp_id for match in reading.camps] == [first, second]
    assert reading.camps[0].probability > reading.camps[1].probability
    assert all(str(match.why) for match in reading.camps)


@pytest.mark.parametrize(
    ("written", "camp_id"),
    [("Stalag XI B", "stalag-xi-b"), ("XX A", "stalag-xx-a"), ("Oflag IV B", "oflag-iv-b")],
)
def test_a_camp_of_the_numbering_system_outside_the_table(written: str, camp_id: str) -> None:
    reading = read_camp(written)
    assert reading is not None and [m.camp_id for m in reading.camps] == [camp_id]


@pytest.mark.parametrize(
    "written", ["Stalag G.C.", "999", "Genk", "XIV B", "IV L", "x" * 100, "Oflag 304"]
)
def test_no_camp_is_read(written: str) -> None:
    reading = read_camp(written)
    assert reading is not None and reading.camps == () and reading.best is None


@pytest.mark.parametrize("written", ["", "  "])
def test_an_empty_cell_is_no_camp(written: str) -> None:
    assert read_camp(written) is None


def test_every_camp_of_the_belgian_register_but_one_is_read() -> None:
    with (BELGIUM / "entries.csv").open(encoding="utf-8", newline="") as file:
        cells = {row["stalag"] for row in csv.DictReader(file)} - {""}
    assert {c for c in cells if (r := read_camp(c)) and not r.camps} == {"Stalag G.C."}


def test_the_table_gives_a_source_for_every_camp() -> None:
    table = camps()
    assert len({camp.camp_id for camp in table}) == len(table)
    assert all(camp.source and (camp.number or camp.numeral) for camp in table)


@given(st.one_of(st.text(max_size=100), st.text(alphabet="IVXABHK 0346()stalgНВ", max_size=20)))
def test_any_text_is_kept_and_probabilities_stay_a_share(written: str) -> None:
    reading = read_camp(written)
    if reading is None:
        assert not written.strip()
        return
    assert reading.written == written
    shares = [match.probability for match in reading.camps]
    assert sum(shares) <= 1 and shares == sorted(shares, reverse=True)


@given(
    st.sampled_from([c for c in camps() if c.numeral]),
    st.sampled_from(["", " ", "  "]),
    st.sampled_from(["{} ({})", "{}({})", "Stalag {} {}", "{}, {}"]),
    st.booleans(),
)
def test_a_camp_reads_back_however_it_is_spaced(camp, space, layout, lower) -> None:  # type: ignore[no-untyped-def]
    text = layout.format(camp.numeral.replace(" ", space), camp.number or "")
    reading = read_camp(text.lower() if lower else text)
    assert reading is not None and reading.best is not None
    assert reading.best.camp_id == camp.camp_id
