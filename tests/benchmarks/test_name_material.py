"""The material of the name benchmark: simulated spellings, test sets and measures."""

from random import Random

import numpy as np
import pytest
from benchmarks.names.clerks import RULES, write
from benchmarks.names.garbles import CHANNELS, simulated
from benchmarks.names.measures import NOT_FOUND, ranks_of, recalls, wilson
from benchmarks.names.wikidata_sets import held_out, western_cyrillic
from hypothesis import given
from hypothesis import strategies as st

from sexton.names.training_pairs import is_held_out

RUSSIAN = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=5, max_size=15)


@pytest.mark.parametrize(
    ("country", "written"),
    [("German", "schukow"), ("Dutch", "zjoekov"), ("Polish", "żukow"), ("English", "zhukov")],
)
def test_clerks_write_by_the_rules_of_their_country(country, written):
    assert written in {write("жуков", country, Random(seed)) for seed in range(40)}


@given(RUSSIAN, st.sampled_from(sorted(RULES)), st.integers())
def test_a_clerk_leaves_no_cyrillic_letter(name, country, seed):
    assert not set(write(name, country, Random(seed))) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")


@given(RUSSIAN, st.sampled_from(sorted(set(CHANNELS) - {"look-alike Latin capitals"})))
def test_every_channel_writes_something_in_latin(name, channel):
    spoilt = CHANNELS[channel](name, Random(1))
    assert spoilt and not set(spoilt) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")


def test_simulated_forms_are_the_same_every_time_and_distinct():
    first, again = simulated("misheard", 30), simulated("misheard", 30)
    assert first == again and len(set(first)) == 30


def test_look_alike_capitals_are_latin():
    assert all(query.text.isascii() for query in simulated("look-alike Latin capitals", 20))


def test_no_pair_of_the_test_was_learnt_from():
    assert held_out() and all(is_held_out(pair.item) for pair in held_out())


def test_the_russian_form_is_the_truth_of_a_ukrainian_query():
    found = {query.text: query.truth for query in western_cyrillic("s")}
    assert found and all(text != truth for text, truth in found.items())


def test_equal_scores_are_ranked_by_commonness():
    scores = np.array([[0.5, 0.9, 0.5, 0.5]])
    assert ranks_of(scores, np.array([2])).tolist() == [2]


def test_recall_counts_ranks_from_zero():
    assert [share.value for share in recalls(np.array([0, 9, 10, NOT_FOUND]))] == [0.25, 0.5, 0.75]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts):
    share = wilson(*counts)
    assert 0 <= share.low <= share.value + 1e-12 and share.value - 1e-12 <= share.high <= 1
