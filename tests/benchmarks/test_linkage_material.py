"""The material and the measures of the linkage benchmark."""

from importlib.util import find_spec
from itertools import pairwise
from time import sleep

import pytest
from benchmarks.linkage.book import replace_part
from benchmarks.linkage.plain.material import febrl_dedupe, febrl_link, players
from benchmarks.linkage.plain.measures import Scored, best_f1, judge
from benchmarks.linkage.process import measured
from benchmarks.linkage.scale.measures import Answer, Grave, bins, calibration_error, summary
from hypothesis import given
from hypothesis import strategies as st


def grave(man, recorded, *answers, unnamed=False):
    """A grave with answers given as (man, probability)."""
    found = Grave(man, recorded, unnamed)
    found.answers = [Answer(who, share, share) for who, share in answers]
    return found


def test_a_man_counts_once_by_any_of_his_records():
    twice = grave("b", True, *[("a", 0.05)] * 10, ("b", 0.04))
    told = summary([twice])
    assert told["first"] == [0, 1] and told["ten"] == [1, 1]


def test_none_of_these_is_right_where_no_record_names_the_man():
    graves = [grave("a", False, (None, 0.9), ("b", 0.1)), grave("c", True, (None, 0.9), ("c", 0.1))]
    told = summary(graves)
    assert told["first_bins"] == [[2, 0.9, 0.5]]
    assert told["first"] == [1, 1] and told["thresholds"]["0.5"] == [0, 0]


def test_none_of_these_holds_where_none_of_them_is_his():
    graves = [
        grave("a", False, (None, 0.9), ("b", 0.1)),
        grave("c", True, (None, 0.9), ("c", 0.1)),
        grave("d", True, (None, 0.9), ("b", 0.1)),
    ]
    told = summary(graves)
    assert told["said_bins"] == [[3, pytest.approx(0.9), pytest.approx(2 / 3)]]
    assert told["first_bins"] == [[3, pytest.approx(0.9), pytest.approx(1 / 3)]]


def test_recall_at_a_precision_lowers_the_limit_as_far_as_it_holds():
    right = [grave(f"m{n}", True, (f"m{n}", 0.9)) for n in range(198)]
    wrong = [grave("x", True, ("y", 0.8)) for _ in range(2)]
    late = [grave("z", True, ("z", 0.7))]
    told = summary(right + wrong + late)
    assert told["at_precision"] == [199, 201]
    assert summary(right + wrong * 2 + late)["at_precision"] == [198, 203]


def test_ties_of_the_score_are_one_link_decision():
    graves = [grave("a", True, ("a", 0.9)), grave("b", True, ("c", 0.9))]
    assert summary(graves)["at_precision"][0] == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_bins_hold_every_probability_and_the_error_is_a_share(stated):
    filled = bins(stated)
    assert sum(row[0] for row in filled) == len(stated)
    assert 0 <= calibration_error(filled) <= 1


def test_the_lists_hold_the_pairs_that_their_makers_state():
    assert febrl_dedupe(1).true_pairs == 500
    assert febrl_dedupe(3).true_pairs == 6538
    assert febrl_link().true_pairs == 5000


def test_of_the_players_85_percent_stand_in_both_lists():
    plain = players()
    assert (len(plain.left), plain.true_pairs) == (3000, 2550)
    assert not any("Ѐ" <= char <= "ӿ" for row in plain.left for char in "".join(row.values()))


def test_the_best_f1_is_at_least_that_of_any_limit():
    plain = febrl_dedupe(1)
    ids = sorted(plain.person)[:200]
    pairs = [Scored((a, b), n / 100, n / 100) for n, (a, b) in enumerate(pairwise(ids))]
    best, _ = best_f1(plain, pairs)
    for limit in (0.0, 0.3, 0.9):
        assert best >= judge(plain, [p.pair for p in pairs if p.probability >= limit]).f1


def test_a_part_of_the_report_is_replaced_and_the_others_stay(tmp_path):
    report = tmp_path / "results.md"
    replace_part(report, "Lists without Cyrillic", "# Lists without Cyrillic\n\n## A\nold")
    replace_part(report, "Real graves", "# Real graves\n\ntext")
    replace_part(report, "Lists without Cyrillic", "# Lists without Cyrillic\n\nnew")
    written = report.read_text("utf-8")
    assert "old" not in written and "new" in written
    assert written.index("## Real graves") < written.index("## Lists without Cyrillic")


@pytest.mark.parametrize(("without", "there"), [((), True), (("wave",), False)])
def test_a_process_does_without_some_packages(without, there):
    assert (measured(find_spec, "wave", without=without).value is not None) is there


def test_a_process_is_measured_with_what_it_holds():
    found = measured(bytearray, 50_000_000)
    assert len(found.value) == 50_000_000 and found.rss_mb > 50


def test_a_process_that_takes_too_long_is_ended():
    with pytest.raises(TimeoutError):
        measured(sleep, 60, limit=0.2)


def test_a_process_that_fails_is_told():
    with pytest.raises(RuntimeError, match="ended with code 1"):
        measured(int, "no number")
