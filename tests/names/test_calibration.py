"""Stated probabilities: the curves that bend what bits are worth, and what judges them."""

import doctest
import math
from xml.etree import ElementTree

import numpy as np
import pytest
from benchmarks.names.reliability_plot import draw
from hypothesis import given
from hypothesis import strategies as st

from sexton.names import NameIndex, load_model, probability
from sexton.names.calibration import (
    CANDIDATE_CORNERS,
    CORNERS,
    CORNERS_OF,
    PAIR_CORNERS,
    bend,
    calibrated_rarity,
    curve_of,
    pair_bits,
    stated_among,
)
from sexton.names.calibration_samples import (
    Row,
    ask_alike,
    ask_mixed,
    cyrillic_population,
    latin_population,
)
from sexton.names.calibration_training import fit, fit_candidates, fit_pairs, loss
from sexton.names.probability import candidate_probabilities, pair_probability
from sexton.names.reliability import (
    FLOOR_BITS,
    LEAST_BORNE,
    Sample,
    Stated,
    bits_of,
    calibration_error,
    curve,
    evenly,
    noise,
    pairwise,
    posterior,
    weight_among,
)
from sexton.names.rising import LEAST_SLOPE, fit_rising, hats, rising

PAIRS = ("cyrillic-latin", "latin-latin", "cyrillic-cyrillic")


@pytest.mark.parametrize("kind", ["surname", "given", "patronymic"])
@pytest.mark.parametrize("alphabets", PAIRS)
@pytest.mark.parametrize("which", sorted(CORNERS_OF))
def test_the_packaged_curves_rise(kind, alphabets, which):
    heights = curve_of(kind, alphabets, which)
    assert heights is not None
    assert len(heights) == len(CORNERS_OF[which])
    assert (np.diff(heights) > 0).all()


@pytest.mark.parametrize("kind", ["surname", "given", "patronymic"])
@pytest.mark.parametrize("alphabets", PAIRS)
def test_what_is_not_rare_adds_nothing(kind, alphabets):
    assert curve_of(kind, alphabets)[0] == 0


@given(st.floats(0, 200), st.floats(0.01, 50))
def test_a_rarer_spelling_is_worth_more(bits, more):
    lower = calibrated_rarity("surname", "latin", "cyrillic", bits)
    assert calibrated_rarity("surname", "latin", "cyrillic", bits + more) > lower


@given(st.floats(-5, 200) | st.sampled_from(CORNERS.tolist()))
def test_one_name_is_worth_what_it_is_worth_among_many(bits):
    many = bend(np.array([bits]), curve_of("given", "latin-latin"))
    one = calibrated_rarity("given", "latin", "latin", bits)
    assert one == pytest.approx(many[0], abs=1e-9)


def test_no_spelling_is_worth_more_than_one_man_of_all_who_lived():
    bits = load_model("surname").bits("Skhirtladze", "Схиртладзе")
    assert 12 < bits < 27


def test_without_a_curve_rarity_stays_as_it_is():
    assert calibrated_rarity("ship", "latin", "cyrillic", 33.5) == 33.5


def test_the_curve_goes_on_as_it_ends():
    heights = CORNERS / 2
    assert list(bend(np.array([0.0, 7.0, 80.0, 100.0]), heights)) == [0, 3.5, 40, 50]


def _sample(size=400, names=1000, excess=0.0, seed=3):
    """Written names with channel bits -2 for the true name; letters say ``excess`` too much."""
    dice = np.random.default_rng(seed)
    truth = dice.integers(0, names, size)
    # One name in ten is as like as the true one, so that the truth is one of two.
    twin = (np.arange(size) % 2) == 0
    query = np.concatenate([np.arange(size), np.flatnonzero(twin)])
    group = np.concatenate([truth, (truth[twin] + 1) % names])
    rare = np.full(size, np.log2(names) - 1.0 + 2.0 + excess)
    return Sample(
        weight=np.full(size, 1 / size),
        rarity=rare,
        half=1.0,
        answer=np.arange(size),
        query=query,
        channel=np.full(len(query), -2.0),
        other_rarity=np.zeros(len(query)),
        share=np.full(len(query), 1 / names),
        group=group,
        right=np.arange(len(query)) < size,
        name=truth,
        borne=np.full(len(query), 1 / names),
        name_borne=np.full(size, 1 / names),
        names=names,
    )


def _stated(probability, true, weight):
    return Stated(probability, true, weight, np.arange(len(weight)))


def test_what_is_true_as_often_as_stated_has_no_error():
    dice = np.random.default_rng(1)
    probability = dice.random(100_000)
    true = (dice.random(100_000) < probability).astype(float)
    weight = np.ones(100_000)
    assert calibration_error(curve(_stated(probability, true, weight))) < 0.01
    sure = _stated(np.full(100_000, 0.95), true, weight)
    assert calibration_error(curve(sure)) == pytest.approx(0.45, abs=0.01)
    assert curve(sure)[0] is None
    assert curve(_stated(probability, true, weight), 0.55)[3] is None


def test_two_equal_candidates_share_the_probability():
    sample = _sample()
    said = posterior(sample, bits_of(sample, None))
    assert len(said.probability) == 400
    assert set(np.round(said.probability, 2)) == {0.5, 1.0}
    every = posterior(sample, bits_of(sample, None), most=False)
    assert len(every.probability) == 600
    assert every.true.sum() == 400


def test_pairs_hold_namesakes_and_likenesses_in_their_proportions():
    sample = _sample()
    said = pairwise(sample, bits_of(sample, None), 100.0)
    assert said.weight.sum() == pytest.approx(1)
    assert said.weight @ said.true == pytest.approx(1 / 101)
    assert calibration_error(curve(said, 0.01)) < 0.06


def test_fitting_takes_back_what_the_letters_say_too_much():
    honest, boasting = _sample(), _sample(excess=30.0)
    heights = fit(boasting)
    assert (np.diff(heights) > 0).all()
    stated = float(bend(boasting.rarity[:1], heights)[0])
    assert stated == pytest.approx(honest.rarity[0], abs=2.5)
    assert loss(boasting, bits_of(boasting, heights)) < loss(boasting, bits_of(boasting, None)) / 5


def test_who_knows_the_list_needs_no_letter_model():
    """However much the letters say too much, the share among the candidates stays the same."""
    sample = _sample(excess=9.0)
    weight, unlisted = weight_among(sample, bits_of(sample, None), None)
    assert weight[0] == pytest.approx(np.log2(1000 / 2), abs=0.1)
    assert weight[1] == pytest.approx(np.log2(1000), abs=0.1)
    assert (unlisted < -9).all()
    said = pairwise(sample, weight, 100.0, unlisted)
    boasting = pairwise(sample, bits_of(sample, None), 100.0)
    assert calibration_error(curve(said, 0.01)) < 0.05 < calibration_error(curve(boasting, 0.01))


def test_evenly_leaves_misspellings_out_and_keeps_the_truth():
    sample = _sample(size=100)
    rare = np.where(sample.name % 5 == 0, LEAST_BORNE / 2, 1 / 1000)
    drawn = evenly(
        sample._replace(
            name_borne=rare,
            borne=np.where(sample.group % 5 == 0, LEAST_BORNE / 2, 1 / 1000),
        )
    )
    asked = sample.name % 5 != 0
    assert drawn.weight.sum() == pytest.approx(1)
    assert ((drawn.weight > 0) == asked).all()
    assert (drawn.group % 5 != 0).all()
    assert drawn.share[0] == pytest.approx(1 / 1000)
    assert (drawn.group[drawn.answer[asked]] == sample.name[asked]).all()


def test_the_truth_falls_into_the_interval_of_an_error_and_chance_is_told_from_it():
    dice = np.random.default_rng(5)
    probability = dice.random(2000)
    names = np.arange(2000) // 4
    true = (dice.random(2000) < probability).astype(float)
    honest = _stated(probability, true, np.ones(2000))
    found = noise(honest, names)
    assert found.low < calibration_error(curve(honest)) < found.high
    assert calibration_error(curve(honest)) < found.most_by_chance
    assert noise(honest, names, redrawn=True).by_chance == pytest.approx(found.by_chance, rel=0.3)
    sure = _stated(np.full(2000, 0.95), true, np.ones(2000))
    assert noise(sure, names).by_chance < 0.03 < 0.4 < noise(sure, names).low


def test_rising_log_odds_are_found_again():
    dice = np.random.default_rng(2)
    values = dice.uniform(-10, 12, 40_000)
    log_odds = np.interp(values, [-14, 0, 14], [-10, -2, 12])
    true = dice.random(40_000) < 1 / (1 + np.exp2(-log_odds))
    heights = fit_rising(CANDIDATE_CORNERS, values, true / 40_000, ~true / 40_000)
    assert (np.diff(heights) > 0).all()
    said = bend(np.array([-3.0, 0.0, 3.0]), heights, CANDIDATE_CORNERS)
    assert said == pytest.approx([-3.7, -2.0, 1.0], abs=0.4)


@given(st.lists(st.floats(-20, 20), min_size=14, max_size=14))
def test_heights_are_made_to_rise_and_stay_if_they_do(heights):
    made = rising(CANDIDATE_CORNERS, np.array(heights), np.ones(14))
    assert (np.diff(made) >= LEAST_SLOPE * np.diff(CANDIDATE_CORNERS) - 1e-9).all()
    assert rising(CANDIDATE_CORNERS, made, np.ones(14)) == pytest.approx(made, abs=1e-9)


@given(st.floats(-12, 22))
def test_hats_make_up_the_curve(value):
    heights = np.sqrt(PAIR_CORNERS + 12)
    (row,) = hats(np.array([value]), PAIR_CORNERS)
    assert row.sum() == pytest.approx(1)
    assert row @ heights == pytest.approx(bend(np.array([value]), heights, PAIR_CORNERS)[0])


def test_fitted_curves_make_boasting_bits_honest():
    boasting = _sample(size=4000, excess=6.0)
    bits = bits_of(boasting, None)
    heights = fit_pairs(boasting, bits)
    bent, floor = (bend(v, heights, PAIR_CORNERS) for v in (bits, np.array(FLOOR_BITS)))
    said, before = pairwise(boasting, bent, 1e3, floor), pairwise(boasting, bits, 1e3)
    assert calibration_error(curve(said, 0.01)) < 0.02
    assert calibration_error(curve(before, 0.01)) > 0.4


def test_candidates_that_are_surer_than_true_are_made_less_sure():
    sample = _sample(size=2000)
    # Every third written name is of another name altogether.
    lost = np.arange(2000) % 3 == 0
    sample = sample._replace(
        right=sample.right & ~lost[sample.query], answer=np.where(lost, -1, sample.answer)
    )

    def bits(drawn):
        return bits_of(drawn, None)

    heights = fit_candidates(sample, bits)
    before, after = (posterior(sample, bits(sample), False, h) for h in (None, heights))
    assert calibration_error(curve(before)) > 0.2
    assert calibration_error(curve(after)) < 0.03


@given(
    st.lists(st.floats(-12, 25), min_size=1, max_size=6),
    st.floats(0.05, 3),
    st.floats(-5, 5),
)
def test_stated_among_candidates_keeps_their_order_and_one_probability(bits, slope, base):
    odds = np.exp2(np.array(bits)) / 1000
    stated = stated_among(
        odds, np.zeros(len(bits), int), 1, lambda log_odds: slope * log_odds + base
    )
    assert stated.sum() <= 1 + 1e-9
    order = np.argsort(odds)
    assert (np.diff(stated[order]) >= -1e-12).all()


@given(st.floats(-12, 30), st.floats(0.01, 5))
def test_more_bits_never_weigh_less(bits, more):
    weights = pair_bits("surname", "latin", "cyrillic", np.array([bits, bits + more]))
    assert weights[1] > weights[0]


def test_without_a_curve_bits_are_worth_themselves():
    assert pair_bits("ship", "latin", "cyrillic", np.array([3.5]))[0] == 3.5


def test_prior_odds_move_the_probability_of_a_pair():
    likely, unlikely = (pair_probability("Schatunov", "Шатунов", against=k) for k in (10, 1e6))
    assert likely > 0.95 > 0.5 > unlikely
    assert pair_probability("", "Шатунов", against=9) == pytest.approx(0.1)


def test_candidates_found_by_the_index_share_one_probability():
    names = ["Шатунов", "Чатунов", "Сатунов", "Иванов"]
    found = NameIndex(names, beam_bits=math.inf).search("Schatunov")
    share = [1 / 200_000] * len(found)
    args = [m.name for m in found], [m.bits for m in found]
    stated = candidate_probabilities("Schatunov", *args, share)
    assert stated == sorted(stated, reverse=True)
    assert 0.8 < stated[0] < 1
    # A commoner name takes of the probability of the first.
    assert candidate_probabilities("Schatunov", *args, [1e-5, 1e-2, 1e-5, 1e-5])[0] < stated[0]
    assert candidate_probabilities("Schatunov", [], [], []) == []
    with pytest.raises(ValueError, match="2 names"):
        candidate_probabilities("Schatunov", names[:2], [1.0], [0.1])


def test_the_examples_of_the_library_run():
    assert doctest.testmod(probability).failed == 0
    assert doctest.testmod(probability).attempted >= 4


ROWS = [
    Row("шатунов", "schatunow", "de", "s", "Q1"),
    Row("шатунов", "shatunov", "en", "s", "Q1"),
    Row("фёдоров", "fedorov", "en", "s", "Q2"),
    Row("никто", "nikto", "en", "s", "Q3"),
]
BEARERS = {"шатунов": 30, "федоров": 60}


def test_populations_spread_the_bearers_over_the_spellings():
    cyrillic, latin = cyrillic_population(BEARERS), latin_population(ROWS, BEARERS)
    assert cyrillic.members["федоров"][0].share == pytest.approx(2 / 3)
    assert set(latin.members) == {"schatunow", "shatunov", "fedorov"}
    assert latin.members["shatunov"][0].share == pytest.approx(1 / 6)
    assert latin.members["shatunov"][0].group == latin.members["schatunow"][0].group


def test_written_names_are_asked_for_with_the_weight_of_their_bearers():
    groups = cyrillic_population(BEARERS).groups
    asked = {ask.text: ask for ask in ask_mixed(ROWS, BEARERS, groups)}
    assert set(asked) == {"schatunow", "shatunov", "fedorov"}
    assert asked["fedorov"].answer == "федоров"
    assert (asked["shatunov"].weight, asked["fedorov"].weight) == (15, 60)


def test_each_form_is_asked_for_with_the_next_form_of_its_item():
    people = latin_population(ROWS, BEARERS)
    asked = ask_alike(ROWS, "latin", BEARERS, people.groups)
    assert {(ask.text, ask.answer) for ask in asked} == {
        ("schatunow", "shatunov"),
        ("shatunov", "schatunow"),
        ("fedorov", "fedorov"),
    }


def test_a_womans_form_is_no_other_spelling_of_the_mans_where_it_is_told_apart():
    rows = [
        Row("иванов", "ivanov", "en", "s", "Q1"),
        Row("иванов", "iwanow", "de", "s", "Q1"),
        Row("иванов", "ivanova", "en", "s", "Q1"),
    ]
    bearers = {"иванов": 9}
    people = latin_population(rows, bearers)
    together = ask_alike(rows, "latin", bearers, people.groups)
    apart = ask_alike(rows, "latin", bearers, people.groups, one_sex=True)
    assert ("ivanova", "ivanova") not in {(ask.text, ask.answer) for ask in together}
    assert {(ask.text, ask.answer) for ask in apart} == {
        ("ivanov", "iwanow"),
        ("iwanow", "ivanov"),
        ("ivanova", "ivanova"),
    }


def test_the_picture_of_the_curves_is_well_formed():
    bins = curve(posterior(_sample(), bits_of(_sample(), None)))
    root = ElementTree.fromstring(draw([("surnames", "by bearers", bins)] * 5))
    assert len(root.findall("{*}circle")) == 5 * sum(found is not None for found in bins)
    assert sum(text.text == "surnames" for text in root.findall("{*}text")) == 5
