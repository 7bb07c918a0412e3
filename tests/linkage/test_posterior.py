"""Probabilities: exact sums against enumeration, and messages against exact sums."""

from __future__ import annotations

from math import log2
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.linkage import posterior
from sexton.linkage.posterior import Claims, odds_of, prior_bits

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 4)),
    st.floats(0.001, 1000),
    min_size=1,
    max_size=12,
)
BODIES = st.lists(st.integers(1, 3), min_size=4, max_size=4)


def as_claims(odds):
    edges = np.array([*odds], dtype=np.int64)
    return Claims(edges[:, 0], edges[:, 1], np.array([*odds.values()]))


def judged(judge, odds, bodies=None):
    held = np.ones(100, dtype=np.int64)
    if bodies is not None:
        held[: len(bodies)] = bodies
    return dict(zip(odds, judge(as_claims(odds), held).tolist(), strict=True))


def one_to_one(odds, bodies=None):
    return judged(posterior.one_to_one, odds, bodies)


def independent(odds, bodies=None):
    return judged(posterior.independent, odds, bodies)


def enumerate_marginals(odds, bodies=None):
    """All assignments, one by one: each body takes one of its rights or none, no right twice."""
    held = bodies or [1] * 100
    owners = [left for left in sorted({left for left, _ in odds}) for _ in range(held[left])]
    total, sums = 0.0, dict.fromkeys(odds, 0.0)

    def assign(place, taken, weight, picks):
        nonlocal total
        if place == len(owners):
            total += weight
            for edge in picks:
                sums[edge] += weight
            return
        assign(place + 1, taken, weight, picks)
        for (left, right), value in odds.items():
            if left == owners[place] and right not in taken:
                assign(place + 1, taken | {right}, weight * value, [*picks, (left, right)])

    assign(0, frozenset(), 1.0, [])
    return {edge: value / total for edge, value in sums.items()}


@given(EDGES)
@settings(max_examples=80, deadline=None)
def test_marginals_are_those_of_enumeration(odds):
    assert one_to_one(odds) == pytest.approx(enumerate_marginals(odds), abs=1e-9)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 2), st.integers(0, 4)),
        st.floats(0.001, 1000),
        min_size=1,
        max_size=8,
    ),
    BODIES,
)
@settings(max_examples=60, deadline=None)
def test_common_graves_take_as_many_as_they_hold(odds, bodies):
    assert one_to_one(odds, bodies) == pytest.approx(enumerate_marginals(odds, bodies), abs=1e-9)


@given(st.dictionaries(st.integers(0, 4), st.floats(0.001, 1000), min_size=1), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_graves_that_say_the_same_are_as_one_common_grave(mine, many):
    """Each of them has its share of the common grave's men."""
    apart = {(left, right): value for left in range(many) for right, value in mine.items()}
    together = one_to_one({(0, right): value for right, value in mine.items()}, [many])
    for (_, right), probability in one_to_one(apart).items():
        assert probability == pytest.approx(together[0, right] / many, abs=1e-9)


@given(EDGES, BODIES)
@settings(max_examples=80, deadline=None)
def test_nothing_is_given_twice_and_no_grave_overfilled(odds, bodies):
    found = one_to_one(odds, bodies)
    for right in {edge[1] for edge in odds}:
        assert sum(p for e, p in found.items() if e[1] == right) <= 1 + 1e-6
    for left in {edge[0] for edge in odds}:
        assert sum(p for e, p in found.items() if e[0] == left) <= bodies[left] + 1e-6
    assert all(type(p) is float for p in found.values())


def by_messages(monkeypatch, odds, most_states):
    """The marginals when a group may have no more than ``most_states`` states."""
    with monkeypatch.context() as patch:
        patch.setattr(posterior, "MOST_STATES", most_states)
        return one_to_one(odds)


def test_messages_are_exact_on_a_tree(monkeypatch):
    odds = {(0, 0): 4.0, (0, 1): 2.0, (1, 1): 3.0, (1, 2): 0.5, (2, 2): 7.0}
    assert by_messages(monkeypatch, odds, 1) == pytest.approx(one_to_one(odds), abs=1e-6)


def drawn_group(seed, lefts, rights, edges, low, high):
    random = np.random.default_rng(seed)
    ends = zip(random.integers(0, lefts, edges), random.integers(0, rights, edges), strict=True)
    return {(int(a), int(b)): float(2 ** random.uniform(low, high)) for a, b in ends}


@pytest.mark.parametrize(("lefts", "rights", "edges"), [(10, 10, 26), (16, 30, 60), (10, 20, 110)])
def test_messages_that_join_exact_sums_are_near(monkeypatch, lefts, rights, edges):
    errors = []
    for seed in range(30):
        odds = drawn_group(seed, lefts, rights, edges, -6, 10)
        expected, found = one_to_one(odds), by_messages(monkeypatch, odds, 64)
        errors += [abs(found[edge] - expected[edge]) for edge in odds]
    assert np.mean(errors) < 0.001
    assert np.quantile(errors, 0.99) < 0.02
    assert max(errors) < 0.08


@pytest.mark.parametrize("seed", range(12))
def test_groups_of_ten_are_summed_exactly(seed):
    """Beyond what can be enumerated: the sums of a matrix permanent by Ryser's formula."""
    odds = drawn_group(seed, 10, 8, 40, -3, 6)
    weights = np.zeros((10, 8))
    for (left, right), value in odds.items():
        weights[left, right] = value

    def total(table):
        """Each right takes a left or none: sum over the subsets of lefts, right by right."""
        sums = {0: 1.0}
        for column in table.T:
            after = dict(sums)
            for taken, weight in sums.items():
                for left, value in enumerate(column):
                    if value and not taken >> left & 1:
                        key = taken | 1 << left
                        after[key] = after.get(key, 0.0) + weight * value
            sums = after
        return sum(sums.values())

    found, whole = one_to_one(odds), total(weights)
    for left, right in odds:
        without = weights.copy()
        without[left, right] = 0.0
        assert found[left, right] == pytest.approx(1 - total(without) / whole, abs=1e-9)


def test_marginals_are_those_of_random_draws():
    """A group of 20 graves: a Markov chain over its assignments visits each pair as often."""
    odds = drawn_group(5, 20, 16, 55, -3, 4)
    found = one_to_one(odds)
    random = Random(0)
    own = [[None, *(r for one, r in odds if one == left)] for left in range(20)]
    state, owner = [None] * 20, {}
    counts, rounds = dict.fromkeys(odds, 0), 5_000
    for turn in range(rounds + 500):
        for left in range(20):
            if state[left] is not None:
                del owner[state[left]]
            free = [right for right in own[left] if right is None or right not in owner]
            chances = [1.0 if right is None else odds[left, right] for right in free]
            state[left] = random.choices(free, chances)[0]
            if state[left] is not None:
                owner[state[left]] = left
        if turn >= 500:
            for right, left in owner.items():
                counts[left, right] += 1
    errors = [abs(counts[edge] / rounds - found[edge]) for edge in odds]
    assert max(errors) < 0.04
    assert np.mean(errors) < 0.01


def test_large_groups_are_judged_too():
    odds = {(i, j): 50.0 if i == j else 0.5 for i in range(12) for j in range(12)}
    found = one_to_one(odds)
    assert all(found[i, i] > 0.9 for i in range(12))


def test_two_graves_do_not_share_a_man():
    """Two equal claims on one man: neither is above a half, where each alone would be near 1."""
    odds = {(0, 0): 1000.0, (1, 0): 1000.0}
    assert independent(odds)[0, 0] > 0.99
    assert one_to_one(odds)[0, 0] == pytest.approx(1000 / 2001)


def test_groups_that_share_nobody_do_not_touch_each_other():
    one, other = {(0, 0): 3.0, (1, 0): 2.0}, {(2, 5): 4.0, (3, 5): 1.0, (3, 6): 1.0}
    assert one_to_one(one | other) == pytest.approx(one_to_one(one) | one_to_one(other))


def test_prior_counts_coverage_and_size():
    assert prior_bits(0.8, 4) == pytest.approx(log2(1.0))
    assert prior_bits(0.5, 1024) == pytest.approx(-10)


def test_enormous_weights_stay_finite():
    odds = odds_of(np.array([5000.0, -5000.0]), -10)
    found = independent({(0, 0): float(odds[0]), (0, 1): float(odds[1])})
    assert 0.999 < found[0, 0] <= 1
    assert found[0, 1] == pytest.approx(0)
    many = {(left, right): float(odds[0]) for left in range(14) for right in range(14)}
    assert sum(one_to_one(many).values()) == pytest.approx(14, abs=1e-6)
