"""Who is searched for again, by the size of the archive and by what he states."""

from __future__ import annotations

import numpy as np
import pytest

from sexton.linkage.pools import ListPool
from sexton.linkage.screening.forms import Queries
from sexton.linkage.screening.other_routes import led_otherwise
from sexton.linkage.screening.passes import SETTLED, SETTLED_LEAST, screen_twice, settled_beside
from sexton.linkage.screening.screen import Screened
from sexton.linkage.screening.spelt import DEEP
from sexton.records import Record
from sexton.records.reading import read_person


@pytest.mark.parametrize(
    ("size", "expected"),
    [(50_000, SETTLED), (1_000_000, SETTLED), (10_000_000, SETTLED_LEAST), (10**9, SETTLED_LEAST)],
)
def test_both_ends(size: int, expected: float) -> None:
    assert settled_beside(size) == pytest.approx(expected)


def test_the_larger_the_archive_the_surer_a_man_must_be_found() -> None:
    sizes = range(500_000, 20_000_000, 500_000)
    settled = [settled_beside(size) for size in sizes]
    assert settled == sorted(settled, reverse=True)
    assert SETTLED_LEAST < settled_beside(3_000_000) < SETTLED


# Nobody of these lived.
WHOLE = {
    "surname": "Шатунов",
    "given": "Афанасий",
    "patronymic": "Фёдорович",
    "birth_date": "12.08.1904",
    "prisoner_number": "108258",
}
LONG = "Переверзенцев"


def person(number=0, **cells):
    filled = {name: cell for name, cell in cells.items() if cell}
    return read_person(Record(f"r{number}", filled, {}, "test", number + 1))


def shares_beside(states, silent):
    """Those of an archive of as many records that state all, and that state a name alone."""
    rows = [WHOLE] * states + [{"surname": "Шатунов"}] * silent
    return ListPool([person(number, **cells) for number, cells in enumerate(rows)]).shares([])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (WHOLE, True),
        (WHOLE | {"prisoner_number": ""}, True),
        (WHOLE | {"birth_date": ""}, True),
        (WHOLE | {"prisoner_number": "", "birth_date": ""}, False),
        (WHOLE | {"prisoner_number": "", "birth_date": "1904"}, False),
        (WHOLE | {"prisoner_number": "", "patronymic": ""}, False),
        (WHOLE | {"prisoner_number": "", "patronymic": "", "surname": LONG}, True),
        ({}, False),
    ],
)
def test_a_number_or_a_day_leads_to_a_man_without_his_surname(cells, expected) -> None:
    assert led_otherwise([person(**cells)], shares_beside(1, 1)).tolist() == [expected]


def test_nothing_leads_to_him_where_the_archive_states_neither() -> None:
    led = [led_otherwise([person(**WHOLE)], shares_beside(1, others)).item() for others in (3, 4)]
    assert led == [True, False]


def searched_deeply(odds, led, size=1_000_000):
    """Whom of some graves, to each of whom one man was found with such odds, is searched again."""
    graves = [person(number, **WHOLE) for number in range(len(odds))]
    asked = {}

    def screen(people, search):
        asked[search is DEEP] = [one.id for one in people]
        count = len(people)
        bits = np.log2([max(odds[graves.index(one)], 1e-300) for one in people])
        places = np.arange(count)
        rest = np.zeros(count)
        return Screened(places, places, bits, rest, count, Queries(), [], [], search is DEEP)

    found = screen_twice(graves, screen, 0.0, 0.0, size, np.array(led))
    assert asked[False] == [grave.id for grave in graves]
    assert sorted(found.left.tolist()) == [*range(len(odds))]
    return asked.get(True, [])


def test_who_is_found_more_probably_than_not_is_not_searched_for_again() -> None:
    assert searched_deeply([9.0, 0.9, 1.1, 0.1], [False] * 4) == ["r1", "r3"]
    assert searched_deeply([9.0, 1.1], [False] * 2) == []


def test_to_whom_other_routes_lead_is_searched_for_again_where_nobody_was_found() -> None:
    assert searched_deeply([0.1, 0.1, 1e-9], [False, True, True]) == ["r0"]
    assert searched_deeply([0.1, 0.0], [True, True]) == ["r1"]


def test_beside_ten_million_also_where_somebody_was() -> None:
    assert searched_deeply([20.0, 8.0, 2.0], [False, True, True], 10_000_000) == ["r2"]
    assert searched_deeply([8.0], [False], 10_000_000) == ["r0"]
