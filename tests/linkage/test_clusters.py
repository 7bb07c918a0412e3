"""Groups of records: what joins them, what keeps them apart."""

from __future__ import annotations

import pytest

from sexton.linkage.clusters import UNIDENTIFIED_BITS, Agglomeration, connected, group_weight


def grouped(pairs, size, prior=0.0):
    fields = {edge: pairs.get(edge, {"surname": -5.0}) for edge in all_pairs(size)}
    found = Agglomeration(range(size), fields.__getitem__, prior).run()
    return sorted(sorted(group) for group in found)


def all_pairs(size):
    return [(a, b) for a in range(size) for b in range(a + 1, size)]


def test_a_contradiction_outweighs_a_weak_agreement():
    """0 and 1 are one man; 2 agrees a little with 0 and contradicts 1."""
    pairs = {
        (0, 1): {"surname": 12.0},
        (0, 2): {"surname": 3.0},
        (1, 2): {"surname": -4.0, "birth_date": -6.0},
    }
    assert grouped(pairs, 3) == [[0, 1], [2]]


def test_of_several_graves_the_best_agreement_counts():
    pairs = [{"surname": 3.0, "burial_place": -3.0}, {"surname": 3.0, "burial_place": 4.0}]
    assert group_weight(pairs) == pytest.approx(7.0)


def test_one_source_counts_in_full_and_other_fields_on_average():
    pairs = [{"surname": 6.0, "source": -6.0}, {"surname": 2.0}]
    assert group_weight(pairs) == pytest.approx(4.0 - 6.0)


def test_day_and_place_alone_identify_nobody():
    assert group_weight([{"death_date": 10.0, "burial_place": 8.0}]) == UNIDENTIFIED_BITS
    assert group_weight([{"death_date": 10.0, "birth_date": 5.0}]) == pytest.approx(15.0)


def test_the_prior_decides_with_the_evidence():
    pairs = {(0, 1): {"surname": 8.0}}
    assert grouped(pairs, 2, prior=-6.0) == [[0, 1]]
    assert grouped(pairs, 2, prior=-8.0) == [[0], [1]]


def test_connected_parts_are_separate_and_ordered():
    assert sorted(connected([(3, 5), (0, 1), (1, 4)])) == [[0, 1, 4], [3, 5]]
