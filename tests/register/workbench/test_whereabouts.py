"""Places and days of two rows on one map and one line."""

from __future__ import annotations

from datetime import date

import pytest

from sexton.web.register.models import Site
from sexton.web.workbench.case_page.facing import Side
from sexton.web.workbench.case_page.whereabouts import WIDTH, whereabouts

GENK = Site(key="genk", municipality="Genk", latitude=50.96, longitude=5.5)


def side(letter: str, **fields: str) -> Side:
    return Side(letter, f"man {letter}", fields)


def test_days_of_both_stand_on_one_line() -> None:
    own = side("A", birth_date="1903", death_date="1943-05-02")
    other = side("B", birth_date="1911-06-29")
    birth, death = whereabouts([own, other], {}).panels
    assert (birth.first, birth.last) == (date(1903, 1, 1), date(1911, 6, 29))
    first, second = (lane.bars[0] for lane in birth.lanes)
    assert first.x < second.x and first.width > second.width
    assert second.x + second.width <= WIDTH
    # Who says nothing has a lane without a bar: missing is not contradicting.
    assert [len(lane.bars) for lane in death.lanes] == [1, 0] and not death.lanes[1].words


def test_a_date_that_can_mean_two_days_has_two_bars() -> None:
    [panel] = whereabouts([side("A", death_date="03/04/1943"), side("B")], {}).panels
    assert len(panel.lanes[0].bars) == 2


@pytest.mark.parametrize("written", ["nobody knows", ""])
def test_what_is_no_date_makes_no_line(written: str) -> None:
    assert not whereabouts([side("A", birth_date=written), side("B")], {}).panels


def test_places_are_listed_and_those_that_are_known_are_drawn() -> None:
    own = side("A", birth_place="Stalingrad", burial_place="genk")
    other = side("B", birth_place="Qwrtzp", burial_place="genk")
    found = whereabouts([own, other], {"genk": GENK})
    assert [(spot.letter, spot.field, spot.where is None) for spot in found.spots] == [
        ("A", "birth_place", False),
        ("A", "burial_place", False),
        ("B", "birth_place", True),
        ("B", "burial_place", False),
    ]
    assert found.drawing is not None
    names = {pin.name: (pin.layer, pin.url) for pin in found.drawing.pins}
    # Both lie at one spot: one mark that names both.
    together = [name for name in names if "A: " in name and "B: " in name]
    assert len(names) == 2 and names[together[0]] == ("several", "#place-2")


def test_without_places_there_is_no_map() -> None:
    found = whereabouts([side("A"), side("B", death_place="Qwrtzp")], {})
    assert found.drawing is None and len(found.spots) == 1
