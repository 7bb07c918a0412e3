"""Stated probabilities: the curve that bends rarity, and the measures that judge it."""

from xml.etree import ElementTree

import numpy as np
import pytest
from benchmarks.names.reliability_plot import draw
from hypothesis import given
from hypothesis import strategies as st

from sexton.names import load_model
from sexton.names.calibration import CORNERS, bend, calibrated_rarity, curve_of
from sexton.names.calibration_samples import (
    Row,
    ask_alike,
    ask_mixed,
    cyrillic_population,
    latin_population,
)
from sexton.names.calibration_training import fit, loss
from sexton.names.reliability import (
    Sample,
    Stated,
    bits_of,
    calibration_error,
    curve,
    pairwise,
    posterior,
)

PAIRS = ("cyrillic-latin", "latin-latin", "cyrillic-cyrillic")


@pytest.mark.parametrize("kind", ["surname", "given", "patronymic"])
@pytest.mark.parametrize("alphabets", PAIRS)
def test_the_packaged_curves_rise(kind, alphabets):
    heights = curve_of(kind, alphabets)
    assert heights is not None
    assert heights[0] == 0
    assert (np.diff(heights) > 0).all()


@given(st.floats(0, 200), st.floats(0.01, 50))
def test_a_rarer_spelling_is_worth_more(bits, more):
    lower = calibrated_rarity("surname", "latin", "cyrillic", bits)
    assert calibrated_rarity("surname", "latin", "cyrillic", bits + more) > lower


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
    )


def test_what_is_true_as_often_as_stated_has_no_error():
    dice = np.random.default_rng(1)
    probability = dice.random(100_000)
    true = (dice.random(100_000) < probability).astype(float)
    weight = np.ones(100_000)
    assert calibration_error(curve(Stated(probability, true, weight))) < 0.01
    sure = Stated(np.full(100_000, 0.95), true, weight)
    assert calibration_error(curve(sure)) == pytest.approx(0.45, abs=0.01)
    assert curve(sure)[0] is None
    assert curve(Stated(probability, true, weight), 0.55)[3] is None


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


def test_the_picture_of_the_curves_is_well_formed():
    bins = curve(posterior(_sample(), bits_of(_sample(), None)))
    root = ElementTree.fromstring(draw([("surnames", "by bearers", bins)] * 5))
    assert len(root.findall("{*}circle")) == 5 * sum(found is not None for found in bins)
    assert sum(text.text == "surnames" for text in root.findall("{*}text")) == 5
