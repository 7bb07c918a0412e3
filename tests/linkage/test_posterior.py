"""Probabilities: exact sums against plain enumeration, and propagation against exact sums."""

from __future__ import annotations

from itertools import product
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.linkage.posterior import (
    components,
    exact,
    independent,
    odds_of,
    one_to_one,
    prior_bits,
    propagate,
)

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 4)),
    st.floats(0.001, 1000),
    min_size=1,
    max_size=12,
)


def enumerate_marginals(odds):
    """All assignments, one by one: each left takes one of its rights or none, no right twice."""
    lefts = sorted({left for left, _ in odds})
    choices = [[None, *(right for one, right in odds if one == left)] for left in lefts]
    total, sums = 0.0, dict.fromkeys(odds, 0.0)
    for pick in product(*choices):
        taken = [r for r in pick if r is not None]
        if len(taken) != len(set(taken)):
            continue
        weight = 1.0
        edges = [edge for edge in zip(lefts, pick, strict=True) if edge[1] is not None]
        for edge in edges:
            weight *= odds[edge]
        total += weight
        for edge in edges:
            sums[edge] += weight
    return {edge: value / total for edge, value in sums.items()}


@given(EDGES)
@settings(max_examples=80, deadline=None)
def test_exact_marginals_are_those_of_enumeration(odds):
    expected = enumerate_marginals(odds)
    found = exact(odds)
    for edge, value in expected.items():
        assert found[edge] == pytest.approx(value, abs=1e-9)


@given(EDGES)
@settings(max_examples=80, deadline=None)
def test_one_to_one_never_gives_more_than_one(odds):
    found = one_to_one(odds)
    for side in (0, 1):
        for node in {edge[side] for edge in odds}:
            assert sum(p for e, p in found.items() if e[side] == node) <= 1 + 1e-6


def test_propagation_is_exact_on_a_tree():
    odds = {(0, 0): 4.0, (0, 1): 2.0, (1, 1): 3.0, (1, 2): 0.5}
    expected = exact(odds)
    assert propagate(odds) == pytest.approx(expected, abs=1e-6)


def test_propagation_is_near_on_a_cycle():
    odds = {(0, 0): 40.0, (0, 1): 2.0, (1, 0): 30.0, (1, 1): 3.0, (2, 1): 5.0, (2, 0): 1.0}
    expected = exact(odds)
    for edge, value in propagate(odds).items():
        assert value == pytest.approx(expected[edge], abs=0.1)


def test_large_components_go_through_propagation():
    odds = {(i, j): 50.0 if i == j else 0.5 for i in range(12) for j in range(12)}
    found = one_to_one(odds)
    assert all(found[i, i] > 0.9 for i in range(12))


def test_two_graves_do_not_share_a_man():
    """Two equal claims on one man: neither is above a half, where each alone would be near 1."""
    odds = {(0, 0): 1000.0, (1, 0): 1000.0}
    assert independent(odds)[0, 0] > 0.99
    assert one_to_one(odds)[0, 0] == pytest.approx(1000 / 2001)


def test_components_are_separate():
    assert components([(0, 0), (1, 0), (2, 5)]) == [[(0, 0), (1, 0)], [(2, 5)]]


def test_prior_counts_coverage_and_size():
    assert prior_bits(0.8, 4) == pytest.approx(log2(1.0))
    assert prior_bits(0.5, 1024) == pytest.approx(-10)


def test_enormous_weights_stay_finite():
    found = independent(odds_of({(0, 0): 5000.0, (0, 1): -5000.0}, -10))
    assert 0.999 < found[0, 0] <= 1
    assert found[0, 1] == pytest.approx(0)
