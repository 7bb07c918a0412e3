"""A group of graves: marginals and what is given, against enumeration of all that can be."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sexton.linkage import posterior
from sexton.linkage.group import (
    APART,
    FULL,
    OUTSIDE,
    TAKEN,
    Given,
    Group,
    Impossible,
    check,
    marginals,
    pool_of_all,
    pools,
    shifts,
    statements,
)
from sexton.linkage.model import CERTAINTY_LIMIT

ODDS = st.one_of(st.just(0.0), st.floats(0.01, 500))


@st.composite
def groups(draw: st.DrawFn, most_bodies: int = 2) -> Group:
    graves, men = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    odds = [[draw(ODDS) for _ in range(men)] for _ in range(graves)]
    bodies = [draw(st.integers(1, most_bodies)) for _ in range(graves)]
    return Group(np.array(odds), np.array(bodies, dtype=np.int64))


def ways(group: Group):
    """Every way to lay men into slots: (who lies in each grave, the product of the odds)."""
    slots = [grave for grave, held in enumerate(group.bodies) for _ in range(held)]
    for chosen in product([None, *range(group.odds.shape[1])], repeat=len(slots)):
        men = [man for man in chosen if man is not None]
        if len(set(men)) == len(men):
            pairs = [(g, m) for g, m in zip(slots, chosen, strict=True) if m is not None]
            yield pairs, float(np.prod([group.odds[pair] for pair in pairs]))


def enumerated(group: Group, same=(), different=()) -> np.ndarray:
    found, whole = np.zeros(group.odds.shape), 0.0
    for pairs, weight in ways(group):
        if set(same) <= set(pairs) and not set(different) & set(pairs):
            whole += weight
            for pair in pairs:
                found[pair] += weight
    assume(whole > 0)
    return found / whole


@given(groups())
@settings(max_examples=80, deadline=None)
def test_rows_and_columns_add_up(group: Group) -> None:
    found = marginals(group)
    assert found.probability.sum(axis=1) + found.none == pytest.approx(group.bodies)
    assert found.probability.sum(axis=0) + found.absent == pytest.approx(1.0)
    assert (found.none > -1e-9).all() and (found.absent > -1e-9).all()
    assert found.probability / CERTAINTY_LIMIT == pytest.approx(enumerated(group), abs=1e-6)


@given(groups(), st.data())
@settings(max_examples=80, deadline=None)
def test_what_is_given_conditions(group: Group, data: st.DataObject) -> None:
    edges = [tuple(edge) for edge in np.argwhere(group.odds > 0).tolist()]
    assume(edges)
    same = data.draw(st.sampled_from(edges))
    apart = data.draw(st.lists(st.sampled_from(edges), max_size=2, unique=True))
    assume(same not in apart)
    found = marginals(group, Given(frozenset({same}), frozenset(apart)))
    wanted = enumerated(group, [same], apart) * CERTAINTY_LIMIT
    wanted[same] = 1.0
    assert found.probability == pytest.approx(wanted, abs=1e-6)
    assert found.probability.sum(axis=1) + found.none == pytest.approx(group.bodies)


def test_two_men_alone_are_apart_from_a_pair_that_cannot_be() -> None:
    """A pair that the evidence excludes can still be given: a reviewer may know better."""
    group = Group(np.array([[0.0, 5.0]]), np.array([1], dtype=np.int64))
    found = marginals(group, Given(frozenset({(0, 0)})))
    assert found.probability.tolist() == [[1.0, 0.0]] and found.absent.tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("same", "different", "why"),
    [
        ({(0, 0), (1, 0)}, set(), TAKEN),
        ({(0, 0), (0, 1)}, set(), FULL),
        ({(0, 0)}, {(0, 0)}, APART),
        ({(2, 0)}, set(), OUTSIDE),
        (set(), {(0, 7)}, OUTSIDE),
    ],
)
def test_what_contradicts_itself_is_refused(same, different, why) -> None:
    group = Group(np.ones((2, 2)), np.array([1, 1], dtype=np.int64))
    with pytest.raises(Impossible) as refused:
        check(group, Given(frozenset(same), frozenset(different)))
    assert refused.value.why == why


def test_pools_are_the_fewest_men_who_reach_nine_tenths() -> None:
    group = Group(
        np.array([[400.0, 100.0, 1.0], [0.0, 0.0, 0.1]]), np.array([1, 1], dtype=np.int64)
    )
    found = marginals(group)
    first, second = pools(group, found)
    assert first.men == (0, 1) and not first.is_open and first.together > 0.9
    assert second.men == () and second.is_open and second.none > 0.9
    whole = pool_of_all(group, found)
    assert whole.bodies == 2 and whole.men[:2] == (0, 1) and whole.is_open
    assert whole.together + whole.none <= 2.0 + 1e-9


def test_three_graves_hold_three_men_in_some_order() -> None:
    odds = np.zeros((4, 5))
    odds[:3, :3], odds[3, 3:] = 1e4, 0.5
    group = Group(odds, np.ones(4, dtype=np.int64))
    (told,) = statements(group, marginals(group))
    assert (told.graves, told.men, told.bodies) == ((0, 1, 2), (0, 1, 2), 3)
    exact = sum(w for p, w in ways(group) if {m for g, m in p if g < 3} == {0, 1, 2})
    exact /= sum(w for _, w in ways(group))
    assert 0.9 <= told.least <= exact


def test_fewer_men_and_more_men_than_bodies() -> None:
    group = Group(np.full((3, 1), 1e4), np.ones(3, dtype=np.int64))
    (fewer,) = statements(group, marginals(group))
    assert fewer.men == (0,) and fewer.graves == (0, 1, 2)
    group = Group(np.full((2, 4), 1e4), np.ones(2, dtype=np.int64))
    (more,) = statements(group, marginals(group))
    assert more.men == (0, 1, 2, 3) and more.graves == (0, 1) and more.least < 1


def test_the_largest_change_comes_first() -> None:
    group = Group(np.array([[9.0, 3.0], [3.0, 1.0]]), np.ones(2, dtype=np.int64))
    before = marginals(group)
    after = marginals(group, Given(frozenset({(0, 0)})))
    told = shifts(before, after)
    sizes = [abs(one.after - one.before) for one in told]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] >= 0.01
    assert {(one.grave, one.man) for one in told} >= {(0, 0), (0, None), (1, 0)}
    assert shifts(before, before) == []


def test_it_is_told_where_sums_are_not_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    odds = np.exp2(np.random.default_rng(3).normal(0, 3, (8, 9)))
    group = Group(odds, np.ones(8, dtype=np.int64))
    exact = marginals(group)
    monkeypatch.setattr(posterior, "MOST_STATES", 16)
    passed_on = marginals(group)
    assert (exact.is_exact, passed_on.is_exact) == (True, False)
    assert passed_on.probability == pytest.approx(exact.probability, abs=0.1)
    assert passed_on.probability.sum(axis=1) + passed_on.none == pytest.approx(group.bodies)
