"""Learning from judged pairs: what was simulated comes out, and little moves little."""

from __future__ import annotations

from dataclasses import replace
from math import log, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.evidence import default_rules
from sexton.evidence.total import shift_of
from sexton.linkage.judged import (
    Calibration,
    Rival,
    Slate,
    Verdict,
    calibrate,
    folds_of,
    held_out,
    interval,
    learn,
    scale_interval,
    slip_of,
    stated,
)
from sexton.linkage.reliability import scores

RULES = default_rules()
PRIOR = log2(0.8 / 0.2 / 50)


def simulated(cases, seed, scale=1.0, shift=0.0, levels=()):
    """Slates whose truth follows weights of which each bit is ``scale`` bits in truth."""
    random = np.random.default_rng(seed)
    slates = []
    for number in range(cases):
        weights = random.normal(4, 4, 4)
        true = scale * weights + PRIOR + shift
        odds = np.append(2.0**true, 2.0)
        man = random.choice(5, p=odds / odds.sum())
        judged = random.permutation(4)[:2]
        verdicts = tuple(Verdict(int(k), float(k == man), levels) for k in judged)
        rivals = tuple(Rival(float(weight), PRIOR) for weight in weights)
        slates.append(Slate(f"case-{number}", 2.0, rivals, verdicts))
    return slates


@pytest.mark.parametrize(("scale", "shift"), [(1.0, 0.0), (0.6, 0.0), (1.0, 2.0), (1.4, -1.5)])
def test_what_was_simulated_is_found_again(scale, shift):
    found = calibrate(simulated(1200, 3, scale, shift), slip=0.0)
    low, high = scale_interval(found)
    assert low - 0.03 < scale < high + 0.03
    low, high = interval(found.shift, found.shift_spread)
    assert low - 0.1 < shift < high + 0.1
    assert found.scale_spread < 0.15 and found.pairs == 2400


def test_slips_of_reviewers_do_not_take_the_belief_in_the_evidence():
    """One verdict in twenty-five is the other one: nothing is learnt of the bits by that."""
    random = np.random.default_rng(2)
    slates = [
        replace(slate, verdicts=tuple(
            replace(told, same=1 - told.same) if random.random() < 0.04 else told
            for told in slate.verdicts
        ))
        for slate in simulated(1200, 5)
    ]  # fmt: skip
    low, high = scale_interval(calibrate(slates, slip=0.04))
    assert low - 0.03 < 1 < high + 0.03
    assert calibrate(slates, slip=0.0).scale < 0.7


def test_contradictions_tell_how_often_verdicts_are_slips():
    assert slip_of(0, 0) == pytest.approx(0.02)
    assert slip_of(0, 1000) < 0.002
    assert slip_of(2 * 0.07 * 0.93 * 10_000, 10_000) == pytest.approx(0.07, abs=0.001)
    assert slip_of(900, 1000) == 0.2


def test_few_judgements_move_little():
    sure = Slate("a", 1.0, (Rival(10.0, PRIOR),), (Verdict(0, 0.0),))
    found = calibrate([sure] * 3)
    assert 0.5 < found.scale < 1 and -2 < found.shift < 0
    assert calibrate([]) == Calibration()


def test_candidates_of_a_case_compete():
    """Two with nearly the same weight: that one of them is chosen says little of all bits."""
    pair = (Rival(20.0, PRIOR), Rival(19.0, PRIOR))
    slates = [Slate(str(n), 1.0, pair, (Verdict(0, float(n % 3 < 2)),)) for n in range(90)]
    found = calibrate(slates)
    assert found.scale == pytest.approx(1.0, abs=0.02)
    [told, *_] = stated(slates)
    assert told.stated == pytest.approx(2 / 3, abs=0.01)


weights = st.floats(-30, 40)
slates = st.lists(
    st.builds(
        lambda case, rivals, same: Slate(
            str(case), 1.0, tuple(Rival(w, -5.0) for w in rivals), (Verdict(0, same),)
        ),
        st.integers(0, 9),
        st.lists(weights, min_size=1, max_size=4),
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(slates, st.sampled_from([0.0, 0.02, 0.2]))
def test_calibrating_never_states_worse_of_what_it_learnt_from(given_slates, slip):
    """The optimum, prior included, cannot be worse than the point where it began."""
    found = calibrate(given_slates, slip)
    assert found.scale > 0 and found.scale_spread > 0 and found.shift_spread > 0
    if given_slates:
        before = scores(stated(given_slates), slip).log_loss * len(given_slates)
        after = scores(stated(given_slates, found), slip).log_loss * len(given_slates)
        drift = (found.shift**2 + (log(found.scale) / 0.2) ** 2) / 2
        assert after * log(2) + drift <= before * log(2) + 1e-6
    for told in stated(given_slates, found):
        assert 0 <= told.stated <= 1


def test_folds_part_the_cases():
    cases = [f"case-{n % 13}" for n in range(40)]
    folds = folds_of(cases)
    assert sorted(case for fold in folds for case in fold) == sorted(set(cases))
    assert len(folds) == 5 and folds == folds_of(reversed(cases))
    assert len(folds_of(["a", "b"])) == 2


def test_a_lesson_is_rules_that_state_what_was_learnt():
    slates = simulated(120, 9, 0.6, levels=("burial.same",))
    asked = []

    def weigh(rules):
        asked.append(rules)
        return slates

    lesson = learn(slates, weigh, RULES, "3-judged-1")
    assert lesson.rules.version == "3-judged-1"
    assert lesson.rules.value("burial", "same") > RULES.value("burial", "same")
    assert lesson.rules.value("total", "scale") == lesson.calibration.scale < 1
    assert shift_of(lesson.rules) == pytest.approx(lesson.calibration.shift)
    assert len(asked) == 1 and asked[0].value("total", "scale") == 1
    assert RULES.value("total", "scale") == 1


def test_a_pair_on_which_reviewers_disagree_counts_in_part():
    half = [Slate("a", 1.0, (Rival(0.0, 0.0),), (Verdict(0, 0.5, ("burial.same",)),))] * 40
    whole = [Slate("a", 1.0, (Rival(0.0, 0.0),), (Verdict(0, 1.0, ("burial.same",)),))] * 40
    few = learn(half, lambda rules: half, RULES, "x").fitted.moved
    many = learn(whole, lambda rules: whole, RULES, "x").fitted.moved
    assert few == () and [value.pairs for value in many] == [40.0, 40.0]


def test_held_out_pairs_are_stated_by_what_the_others_taught():
    slates = simulated(300, 4, 0.5)
    told = held_out(slates, lambda rules: slates, RULES, folds_of(s.case for s in slates), 0.0)
    assert len(told) == 600
    assert scores(told).log_loss < scores(stated(slates)).log_loss
    exact = simulated(300, 4, 1.0)
    again = held_out(exact, lambda rules: exact, RULES, folds_of(s.case for s in exact), 0.0)
    assert scores(again).log_loss == pytest.approx(scores(stated(exact)).log_loss, abs=0.02)
