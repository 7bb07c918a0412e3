"""A reader sees why each record is here and what speaks against, not every pair."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sexton.web.register.models import PairLink
from sexton.web.research.evidence import DOUBTFUL_SHOWN, telling


def link(left: int, right: int, weight: float, probability: float = 0.99) -> PairLink:
    return PairLink(left_id=left, right_id=right, weight=weight, probability=probability)


def test_the_strongest_pairs_hold_the_records_together() -> None:
    shown, left_out = telling([link(1, 2, 9.0), link(1, 3, 3.0), link(2, 3, 7.0)])
    assert [(pair.left_id, pair.right_id) for pair in shown] == [(1, 2), (2, 3)]
    assert left_out == 1


def test_a_doubtful_pair_is_shown_although_it_is_not_needed() -> None:
    shown, left_out = telling([link(1, 2, 9.0), link(2, 3, 7.0), link(1, 3, -4.0, 0.1)])
    assert shown[-1].weight == -4.0
    assert left_out == 0


def test_no_pairs_are_no_evidence() -> None:
    assert telling([]) == ([], 0)


@given(st.integers(2, 12), st.data())
def test_every_record_is_reached_and_every_pair_counted(n: int, data: st.DataObject) -> None:
    weights = st.floats(-20, 40)
    chances = st.floats(0, 0.999)
    pairs = [
        link(a, b, data.draw(weights), data.draw(chances)) for a, b in combinations(range(n), 2)
    ]
    shown, left_out = telling(pairs)
    assert {pk for pair in shown for pk in (pair.left_id, pair.right_id)} == set(range(n))
    assert n - 1 <= len(shown) <= n - 1 + DOUBTFUL_SHOWN
    assert len(shown) + left_out == len(pairs)
