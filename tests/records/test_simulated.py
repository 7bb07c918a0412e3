"""What ``sexton simulate`` makes is known again as simulated, whichever mark is left of it."""

from __future__ import annotations

import pytest

from sexton.records import Record
from sexton.records.simulated import is_simulated
from sexton.simulate import simulate_people


def record(id_: str = "card-1", **fields: str) -> Record:
    return Record(id_, fields, {}, "cards.csv", 1)


def test_every_simulated_record_is_known() -> None:
    for row in simulate_people(50, seed=3):
        assert is_simulated(record(row["id"]))
        assert is_simulated(record(source=row["source"]))
        assert is_simulated(record(remarks=row["remarks"]))


@pytest.mark.parametrize("fields", [{}, {"source": "camp card"}, {"remarks": "no such man known"}])
def test_others_are_not(fields: dict[str, str]) -> None:
    assert not is_simulated(record(**fields))
