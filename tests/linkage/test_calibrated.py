"""What is said of lists for which probabilities were not calibrated, and of a wrong coverage."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner

from sexton.cli.main import main
from sexton.dates import read_date
from sexton.evidence import PersonReading, default_rules
from sexton.linkage.calibrated import coverage_found, doubts_of_coverage, outside_calibration
from sexton.linkage.vocabularies import NameNumbers, make_vocabulary
from sexton.linkage.weighing import part_of_rest
from sexton.names import read_person_name

RULES = default_rules()


def graves(surname="Petrow", given="Iwan", born="12.03.1912", died="1943", n=40):
    name = read_person_name("", surname, given, "", "")
    birth, death = (read_date(text) if text else None for text in (born, died))
    return [PersonReading(str(k), name, birth=birth, death=death) for k in range(n)]


def test_lists_like_the_simulated_ones_are_let_pass():
    assert outside_calibration(graves(), 1_000_000) == []


@pytest.mark.parametrize(
    ("list_", "said"),
    [
        (graves(given=""), "given name"),
        (graves(surname="Πετρωφ"), "Cyrillic"),
        (graves(surname="Ng"), "length"),
        (graves(born="", died=""), "fields"),
    ],
)
def test_another_kind_of_list_is_told(list_, said):
    told = outside_calibration(list_, 1_000_000)
    assert any(said in sentence for sentence in told), told


def test_sizes_outside_are_told_and_short_lists_tell_nothing_of_themselves():
    assert "300 records" in outside_calibration(graves(given="", n=5), 300)[0]
    assert len(outside_calibration(graves(given="", n=5), 300)) == 1


def answered(truth, stated, n=4000, seed=3):
    """The chances of "none" that honest evidence gives under ``stated`` coverage."""
    random = np.random.default_rng(seed)
    there = random.random(n) < truth
    # Weights of the man and of the best of the others, as honest evidence is spread.
    weight = np.where(there, random.normal(12.5, 5, n), random.normal(-12.5, 5, n))
    odds = np.exp(weight) * stated / (1 - stated)
    missed = RULES.value("routes", "missed") * stated / (1 - stated)
    return ((1 + missed) / (1 + missed + odds)).tolist()


@pytest.mark.parametrize("truth", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("stated", [0.3, 0.8])
def test_the_answers_tell_the_coverage(truth, stated):
    found = coverage_found(answered(truth, stated), stated, RULES)
    assert found == pytest.approx(truth, abs=0.04)


def test_a_coverage_far_off_is_doubted_and_few_answers_tell_nothing():
    assert "--coverage 0." in doubts_of_coverage(answered(0.2, 0.8), 0.8, RULES)[0]
    assert doubts_of_coverage(answered(0.8, 0.8), 0.8, RULES) == []
    assert doubts_of_coverage(answered(0.2, 0.8)[:50], 0.8, RULES) == []


def test_link_warns_on_standard_error(tmp_path):
    for side in ("a", "b"):
        rows = "".join(f"{side}{n},Petrow,Iwan\n" for n in range(3))
        (tmp_path / f"{side}.csv").write_text("id,surname,given\n" + rows, encoding="utf-8")
    arguments = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    done = CliRunner().invoke(main, ["link", *arguments, "-o", str(tmp_path / "o.csv")])
    assert done.exit_code == 0
    assert "Probabilities may be off. The right list has 3 records" in done.stderr


@pytest.mark.parametrize(("records", "counts"), [(1_000, 1.0), (1_000_000, 0.4)])
def test_the_rest_counts_in_part_beside_archives_that_were_counted(records, counts):
    names = NameNumbers()
    names.number("иванов")
    names.counts = [records]
    vocabularies = SimpleNamespace(surname=make_vocabulary("surname", names))
    assert part_of_rest([SimpleNamespace(vocabularies=vocabularies)], RULES) == counts
