"""The bits that are shown add up to the total that is shown."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from sexton.web.workbench.case_page.facing import Side, side_by_side
from sexton.web.workbench.case_page.waterfall import WIDTH, tenths, waterfall

BITS = st.floats(-60, 60, allow_nan=False)


def field(bits: float, name: str = "name") -> dict[str, object]:
    return {"field": name, "bits": bits, "message": {"text": "x", "params": {}}, "left": "",
            "right": ""}  # fmt: skip


@given(st.lists(BITS, min_size=1, max_size=20))
def test_rounded_parts_add_up_and_stay_near_their_values(parts: list[float]) -> None:
    shown = tenths(parts)
    assert sum(shown) == round(math.fsum(part * 10 for part in parts))
    for tenth, part in zip(shown, parts, strict=True):
        assert abs(tenth - part * 10) <= 1


@given(BITS, st.lists(BITS, max_size=12), st.one_of(st.just(0.0), st.floats(-10, -0.1)))
def test_bars_join_each_other_and_end_at_the_total(
    prior: float, fields: list[float], searched: float
) -> None:
    fall = waterfall(prior, [field(bits) for bits in fields], searched)
    assert math.isclose(sum(bar.bits for bar in fall.parts), fall.total.bits, abs_tol=1e-6)
    exact = prior + math.fsum(fields) + searched
    assert abs(fall.total.bits - exact) <= 0.051
    assert len(fall.bars) == 2 + len(fields) + bool(searched)
    for bar in fall.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.02 and bar.width > 0
    assert -0.02 <= fall.zero <= WIDTH + 0.02


def test_what_speaks_for_and_against_is_told_apart() -> None:
    fall = waterfall(-10.0, [field(14.2), field(-3.1, "birth_date"), field(0.0, "camp")], 0.0)
    assert [bar.bits for bar in fall.bars] == [-10.0, 14.2, -3.1, 0.0, 1.1]
    assert [bar.field for bar in fall.speaking_for] == ["name"]
    assert [bar.field for bar in fall.speaking_against] == ["birth_date"]


def test_rows_stand_side_by_side_word_for_word() -> None:
    own = Side("A", "he", {"id": "g", "name": "SCHATUNOV", "language": "fr"},
               clues=[("camp", "VI K", "a letter")])  # fmt: skip
    other = Side("B", "b", {"name": "Шатунов", "birth_date": "1903"}, {"mine": "Winterslag"})
    rows = {row.field: row for row in side_by_side([own, other])}
    assert list(rows) == ["name", "birth_date", "camp", "mine"]
    assert [cell.text for cell in rows["name"].cells] == ["SCHATUNOV", "Шатунов"]
    assert rows["name"].cells[0].language == "fr"
    assert rows["camp"].cells[0].clues == [("VI K", "a letter")]
    assert rows["mine"].cells[0].text == ""
