"""Figures are counted once a version, whichever process asks, and anew when something changes."""

from __future__ import annotations

import pytest

from sexton.web.register import models
from sexton.web.register.figures import keep
from sexton.web.register.figures.model import Figure, Row
from sexton.web.register.history import change

from ..conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(monkeypatch, settings, tmp_path) -> list[int]:
    times: list[int] = []

    def count() -> Figure:
        times.append(models.Person.objects.count())
        return Figure("persons", (Row("all", (times[-1],)),), of=times[-1], counts={"x": 1})

    settings.HOME = tmp_path
    monkeypatch.setattr(keep, "COUNTED", {keep.NUMBERS: (count,)})
    monkeypatch.setattr(keep, "_held", {})
    return times


def test_a_change_is_counted_and_nothing_twice(counted: list[int], monkeypatch) -> None:
    assert keep.figures()["persons"].of == 0
    keep.figures()
    assert counted == [0]
    with change("a steward", "one") as door:
        person(door, "one")
    assert keep.figures()["persons"].of == 1
    monkeypatch.setattr(keep, "_held", {})  # another process
    assert keep.figures()["persons"] == Figure(
        "persons", (Row("all", (1,)),), of=1, counts={"x": 1}
    )
    assert counted == [0, 1]


def test_what_comes_in_while_counting_is_counted_next(counted: list[int], monkeypatch) -> None:
    def slow() -> Figure:
        counted.append(models.Person.objects.count())
        if len(counted) == 1:
            with change("a steward", "meanwhile") as door:
                person(door, "meanwhile")
        return Figure("persons", (), of=counted[-1])

    monkeypatch.setattr(keep, "COUNTED", {keep.NUMBERS: (slow,)})
    assert keep.figures()["persons"].of == 0
    assert keep.figures()["persons"].of == 1


def test_refreshing_counts_beforehand(counted: list[int]) -> None:
    from sexton.web.register import services

    services.refresh()
    assert counted == [0]
    keep.figures()
    assert counted == [0]
