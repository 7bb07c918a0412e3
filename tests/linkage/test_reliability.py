"""Scores, classes and intervals of what was stated."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.linkage.reliability import Told, classes, gain, scores, wilson


def test_scores_of_known_statements():
    found = scores([Told(0.8, 1.0), Told(0.8, 0.0), Told(0.3, 0.0)])
    assert found.pairs == 3
    assert found.log_loss == pytest.approx(-(log2(0.8) + log2(0.2) + log2(0.7)) / 3)
    assert found.brier == pytest.approx((0.04 + 0.64 + 0.09) / 3)
    assert found.ece == pytest.approx((0.6 + 0.3) / 3)


def test_a_sure_error_costs_much_but_not_everything():
    assert 20 < scores([Told(1.0, 0.0)]).log_loss < 40


def test_wilson_as_in_the_book():
    """Newcombe (1998), table I: 81 of 263, and 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=2e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=2e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(counted):
    count, n = counted
    low, high = wilson(count, n)
    assert 0 <= low <= count / n + 1e-12 and count / n - 1e-12 <= high <= 1


def test_classes_lose_nobody():
    told = [Told(n / 20, float(n % 2)) for n in range(21)]
    found = classes(told, [0.25, 0.5, 0.75])
    assert [one.pairs for one in found] == [5, 5, 5, 6]
    assert found[0].stated == pytest.approx(0.1) and found[0].same == pytest.approx(0.4)
    by_bits = classes(told, [0.0], by=[-1.0] * 20 + [3.0])
    assert [one.pairs for one in by_bits] == [20, 1]
    assert classes([], [0.5])[0].pairs == 0


def test_a_gain_is_told_from_none():
    before = [Told(0.5, float(n % 2), f"c{n}") for n in range(200)]
    better = [Told(0.9 if n % 2 else 0.1, float(n % 2), f"c{n}") for n in range(200)]
    low, high = gain(before, better)
    assert 0 < low <= high
    assert gain(before, before) == (0.0, 0.0)
    low, high = gain(better, before)
    assert high < 0
    assert gain(before, list(reversed(better))) == gain(before, better)
