"""Counts of the dead as texts state them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.audit.stated_counts import read_counts


@pytest.mark.parametrize(
    ("written", "claims"),
    [
        ("5", [(5, 5, "")]),
        (
            "28 steles (embassy); 30 (worldwartours, tracesofwar)",
            [(28, 28, "embassy"), (30, 30, "worldwartours, tracesofwar")],
        ),
        ("7 of which 3 Soviet", [(3, 7, "")]),
        ("2 (perhaps 3)", [(2, 3, "perhaps 3")]),
        ("5 (+2 register-only)", [(5, 7, "+2 register-only")]),
        (
            "52 (erinnerungsatlas); between 14 and 52 (TASS 2025)",
            [(52, 52, "erinnerungsatlas"), (14, 52, "TASS 2025")],
        ),
        ("28 (worldwartours: only two; by name)", [(28, 28, "worldwartours: only two; by name")]),
        ("10 named in list", [(10, 10, "")]),
        ("1 Russian, 1 Italian (WWI)", []),
        ("", []),
        ("many", []),
    ],
)
def test_the_claims_of_a_cell(written: str, claims: list[tuple[int, int, str]]) -> None:
    assert [(c.low, c.high, c.by) for c in read_counts(written)] == claims


@given(st.text(max_size=60))
def test_any_text_gives_ordered_limits(written: str) -> None:
    assert all(claim.low <= claim.high for claim in read_counts(written))
