"""From weights to ranked answers: they add up, they are in order, "none of these" among them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.linkage import CERTAINTY_LIMIT, LinkOptions, link, posterior, ranking
from sexton.linkage.posterior import WEAK_ODDS, Claims, one_to_one
from sexton.linkage.ranking import Pairs
from sexton.linkage.sameness import Same, men_of

LEFTS, RIGHTS = 4, 7
WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, LEFTS - 1), st.integers(0, RIGHTS - 1)),
    st.floats(-30, 60),
    max_size=16,
)
REST = st.lists(st.floats(0, 100), min_size=LEFTS, max_size=LEFTS)
SAME = st.lists(
    st.tuples(st.integers(0, RIGHTS - 1), st.integers(0, RIGHTS - 1), st.floats(0.51, 1.0))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Same(*pair)),
    max_size=4,
)
OPTIONS = st.builds(
    LinkOptions,
    coverage=st.floats(0.01, 0.99),
    top=st.integers(1, 9),
    one_to_one=st.booleans(),
)


def rank_answers(weights, *arguments):
    return ranking.rank_answers(Pairs.of(weights), *arguments)


def by_left(answers):
    found = defaultdict(list)
    for answer in answers:
        found[answer.left].append(answer)
    return found


@given(weights=WEIGHTS, rest=REST, same=SAME, options=OPTIONS, pool=st.integers(RIGHTS, 10**7))
@settings(max_examples=150, deadline=None)
def test_answers_are_ranked_bounded_and_complete(weights, rest, same, options, pool):
    found = by_left(rank_answers(weights, rest, pool, options, men_of(same)))
    assert sorted(found) == list(range(LEFTS))
    for left, answers in found.items():
        assert [answer.rank for answer in answers] == list(range(1, len(answers) + 1))
        rights = [answer.right for answer in answers]
        assert rights.count(None) == 1
        assert len(set(rights)) == len(rights) <= options.top + 1
        assert {right for right in rights if right is not None} <= {
            right for one, right in weights if one == left
        }
        known = [answer.probability for answer in answers if answer.right is not None]
        assert all(0 <= probability <= CERTAINTY_LIMIT + 1e-9 for probability in known)
        assert known == pytest.approx(sorted(known, reverse=True), abs=1e-11)
        stated = {a.right: a.weight for a in answers if a.right is not None}
        assert stated == {right: weights[left, right] for right in stated}


@given(weights=WEIGHTS, rest=REST, same=SAME, coverage=st.floats(0.01, 0.99), alone=st.booleans())
@settings(max_examples=150, deadline=None)
def test_probabilities_over_distinct_men_add_up_to_one(weights, rest, same, coverage, alone):
    men = men_of(same)
    options = LinkOptions(coverage=coverage, top=RIGHTS, one_to_one=not alone)
    for answers in by_left(rank_answers(weights, rest, 50, options, men)).values():
        best = defaultdict(float)
        for answer in answers:
            man = None if answer.right is None else men.of(answer.right)
            best[man] = max(best[man], answer.probability)
        assert sum(best.values()) == pytest.approx(1, abs=1e-6)


@given(weights=WEIGHTS, rest=REST, same=SAME)
@settings(max_examples=100, deadline=None)
def test_one_man_lies_in_one_grave(weights, rest, same):
    men = men_of(same)
    claims = defaultdict(float)
    for answers in by_left(rank_answers(weights, rest, 50, LinkOptions(top=RIGHTS), men)).values():
        best = defaultdict(float)
        for answer in answers:
            if answer.right is not None:
                man = men.of(answer.right)
                best[man] = max(best[man], answer.probability)
        for man, probability in best.items():
            claims[man] += probability
    assert all(claim <= 1 + 1e-6 for claim in claims.values())


def alone(bits, rest=0.0, pool=100, **options):
    answers = rank_answers({(0, 0): bits}, [rest], pool, LinkOptions(**options))
    return {answer.right: answer.probability for answer in answers}


def test_more_weight_is_more_probable_and_more_others_are_less():
    chances = [alone(bits)[0] for bits in range(-10, 40, 5)]
    assert chances == sorted(chances)
    assert alone(10.0)[0] > alone(10.0, rest=1.0)[0] > alone(10.0, rest=50.0)[0]
    assert alone(10.0)[0] > alone(10.0, pool=10_000)[0]
    assert alone(10.0, coverage=0.9)[0] > alone(10.0, coverage=0.3)[0]


def test_the_odds_are_those_of_the_model():
    """coverage / (1 - coverage) / N times 2^bits, against none of these, the man whom no way of
    searching leads to, and the rest."""
    options = LinkOptions(coverage=0.5)
    missed = options.rules_used.value("routes", "missed")
    odds = 2.0**10 / 512 / (1 + missed + 0.5)
    assert alone(10.0, rest=0.5, pool=512, coverage=0.5)[0] == pytest.approx(
        CERTAINTY_LIMIT * odds / (1 + odds)
    )


def test_nothing_is_certain():
    assert alone(500.0)[0] == pytest.approx(CERTAINTY_LIMIT)
    assert alone(500.0)[None] == pytest.approx(1 - CERTAINTY_LIMIT)


def test_another_document_of_the_man_counts_as_far_as_it_is_his():
    men = men_of([Same(0, 1, 0.8)])
    answers = list(rank_answers({(0, 0): 30.0, (0, 1): 28.0}, [0.0], 100, LinkOptions(), men))
    chances = {answer.right: answer.probability for answer in answers}
    assert chances[0] > 0.99
    assert chances[1] == pytest.approx(0.8 * chances[0])
    assert [answer.right for answer in answers] == [0, 1, None]


def test_no_weights_leave_none_of_these():
    [answer] = rank_answers({}, [3.0], 10, LinkOptions())
    assert (answer.right, answer.probability, answer.rank) == (None, 1.0, 1)
    assert list(rank_answers({}, [], 10, LinkOptions())) == []


STRONG_AND_WEAK = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 5)),
    st.one_of(
        st.floats(0.01, 1e4),
        st.floats(1e-9, WEAK_ODDS),
        st.floats(WEAK_ODDS / 2, WEAK_ODDS * 2),
    ),
    min_size=1,
    max_size=14,
)


def marginals(odds):
    edges = np.array([*odds], dtype=np.int64)
    claims = Claims(edges[:, 0], edges[:, 1], np.array([*odds.values()]))
    return dict(zip(odds, one_to_one(claims, np.ones(9, dtype=np.int64)).tolist(), strict=True))


@given(STRONG_AND_WEAK)
@settings(max_examples=200, deadline=None)
def test_weak_edges_leave_the_marginals_as_they_are(odds):
    """Groups are cut at weak edges; what is left is within 0.02 of the sum over all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posterior, "WEAK_ODDS", 0.0)
        expected = marginals(odds)
    assert marginals(odds) == pytest.approx(expected, abs=0.02)


def test_very_many_weak_edges_together_are_no_more_than_one():
    odds = {(0, right): WEAK_ODDS * 0.99 for right in range(50_000)}
    expected = sum(odds.values()) / (1 + sum(odds.values()))
    assert sum(marginals(odds).values()) == pytest.approx(expected, abs=0.02)


def test_a_common_grave_has_as_many_dead_as_it_holds():
    weights = {(0, right): 12.0 for right in range(6)} | {(1, 0): 30.0}
    answers = list(rank_answers(weights, [0.0, 0.0], 1000, LinkOptions(), men_of([]), [4, 1]))
    common = [answer for answer in answers if answer.left == 0]
    assert sum(answer.probability for answer in common) == pytest.approx(4)
    stated = {answer.right: answer.probability for answer in common}
    assert stated[0] < 0.01 < 0.5 < stated[1] < 1


def test_one_to_one_loses_no_man_and_gives_none_away_twice(graves, grave_people, archive_people):
    """On simulated graves: as many right men first as without, and fewer wrong ones at 0.95."""
    truth = {grave.row["id"]: set(grave.record_ids) for grave in graves}

    def score(one):
        found = link(grave_people, archive_people, LinkOptions(one_to_one=one)).candidates
        first = [answer for answer in found if answer.rank == 1 and answer.right_id]
        right = [answer for answer in first if answer.right_id in truth[answer.left_id]]
        sure = [answer for answer in first if answer.probability >= 0.95]
        return len(right), sum(a.right_id not in truth[a.left_id] for a in sure), len(sure)

    right_one, wrong_one, sure_one = score(True)
    right_each, wrong_each, _ = score(False)
    assert right_one >= right_each
    assert wrong_one <= wrong_each
    assert sure_one > 60
    assert wrong_one <= 3
