"""Groups of records: what joins them, what keeps them apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.linkage.clusters import (
    UNIDENTIFIED_BITS,
    Agglomeration,
    connected,
    contradicts,
    group_weight,
    parts_of,
    weakest_link,
)


def grouped(pairs, size, prior=0.0):
    fields = {edge: pairs.get(edge, {"surname": -2.5}) for edge in all_pairs(size)}
    likely = [edge for edge, found in fields.items() if sum(found.values()) + prior > 0]
    found = Agglomeration(range(size), likely, fields.__getitem__, prior).run()
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
    pairs = [{"given": 6.0, "source": -6.0}, {"given": 2.0}]
    assert group_weight(pairs) == pytest.approx(4.0 - 6.0)


def test_of_spellings_of_a_surname_the_mean_of_the_odds_counts():
    pairs = [{"surname": 3.0}, {"surname": 3.0}, {"surname": -8.0}, {"surname": -8.0}]
    assert group_weight(pairs) == pytest.approx(2.0, abs=0.01)


def test_day_and_place_alone_identify_nobody():
    assert group_weight([{"death_date": 10.0, "burial_place": 8.0}]) == UNIDENTIFIED_BITS
    assert group_weight([{"death_date": 10.0, "birth_date": 5.0}]) == pytest.approx(15.0)


def test_the_prior_decides_with_the_evidence():
    pairs = {(0, 1): {"surname": 8.0}}
    assert grouped(pairs, 2, prior=-6.0) == [[0, 1]]
    assert grouped(pairs, 2, prior=-8.0) == [[0], [1]]


def test_records_of_which_three_facts_contradict_are_in_no_cluster_together():
    """Though a third record is near both."""
    against = {"surname": -5.0, "given": -5.0, "birth_date": -4.0, "prisoner_number": 30.0}
    assert contradicts(against)
    assert not contradicts(against | {"given": -1.0})
    pairs = {(0, 1): {"surname": 20.0}, (1, 2): {"surname": 19.0}, (0, 2): against}
    assert grouped(pairs, 3) == [[0, 1], [2]]


def test_a_part_too_large_is_cut_where_its_links_are_weakest():
    chain = {(n, n + 1): 9.0 for n in range(9)} | {(4, 5): 1.0}
    assert parts_of(chain, most=10) == [[*range(10)]]
    assert parts_of(chain, most=5) == [[*range(5)], [*range(5, 10)]]


def test_the_weakest_link_is_the_one_without_which_a_cluster_falls_apart():
    pairs = [(9.0, (0, 1)), (3.0, (1, 2)), (1.0, (0, 2)), (8.0, (2, 3))]
    assert weakest_link(pairs) == (1, 2)
    assert weakest_link([]) is None


BITS = st.floats(-12, 25, allow_nan=False).map(lambda bits: round(bits, 1))
FIELDS = st.dictionaries(
    st.sampled_from(["surname", "given", "birth_date", "burial_place", "source", "sex"]), BITS
)


@st.composite
def weighed_parts(draw):
    size = draw(st.integers(2, 7))
    return size, {edge: draw(FIELDS) for edge in all_pairs(size)}


@given(weighed_parts())
def test_clusters_partition_the_records_and_hold_no_contradiction(part):
    size, fields = part
    clusters = grouped(fields, size)
    assert sorted(record for cluster in clusters for record in cluster) == [*range(size)]
    for cluster in clusters:
        assert not any(contradicts(fields[edge]) for edge in combinations(cluster, 2))


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(31, 60)), BITS), st.integers(2, 9))
def test_parts_are_disjoint_and_never_too_large(likely, most):
    parts = parts_of(likely, most)
    records = [record for part in parts for record in part]
    assert len(records) == len(set(records))
    assert {*records} == {record for edge in likely for record in edge}
    assert all(len(part) <= most for part in parts)


def test_connected_parts_are_separate_and_ordered():
    assert sorted(connected([(3, 5), (0, 1), (1, 4)])) == [[0, 1, 4], [3, 5]]
