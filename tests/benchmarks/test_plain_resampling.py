"""How far chance goes between two methods on one list."""

from __future__ import annotations

from benchmarks.linkage.plain.material import PlainList
from benchmarks.linkage.plain.measures import Scored, best_f1
from benchmarks.linkage.plain.resampling import differences


def lists(number):
    """Two lists of so many persons, each in both."""
    left, right = ([{"id": f"{side}{n}"} for n in range(number)] for side in "lr")
    person = {row["id"]: row["id"][1:] for row in left + right}
    return PlainList("made-up", "", "", left, right, person)


def links(wrong, number=60):
    """Each left row with its own, some with the next person's."""
    return [
        Scored((f"l{n}", f"r{n + (n < wrong)}"), 0.9 - n / 1000, 0.9 - n / 1000)
        for n in range(number - 1)
    ]


def test_a_method_does_not_differ_from_itself():
    for found in differences(lists(60), links(3), links(3)):
        assert found == (0, 0, 0)


def test_the_interval_holds_the_difference_and_tells_a_large_one_from_chance():
    plain = lists(60)
    for few, many in ((links(1), links(2)), (links(1), links(30))):
        best, half = differences(plain, few, many)
        assert best.low <= best.value <= best.high
        assert best.value == best_f1(plain, few)[0] - best_f1(plain, many)[0]
        assert half.value > 0
    assert half.low > 0
    assert str(half).startswith("+0.")
