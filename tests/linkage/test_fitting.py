"""Rules re-estimated: what simulated comparisons were made of comes out; little moves little."""

from __future__ import annotations

import csv
import json
from math import log, log2

import numpy as np
import pytest
from click.testing import CliRunner

from sexton.cli.main import main
from sexton.evidence import default_rules, load_rules
from sexton.evidence.files import Told, as_toml, describe, differences
from sexton.evidence.written import STRANGE
from sexton.linkage.fitting import (
    GROUPS,
    Observed,
    Pair,
    fit_from_judgements,
    fit_without_labels,
    refitted,
    value_of,
)

RULES = default_rules()
BIRTH, RESTING, CAMP = (
    next(group for group in GROUPS if group[0] == first)
    for first in ("birth.same_day", "resting.same", "camp.same")
)
# True shares among one man's pairs, and among two men's, of three fields.
ONE_MAN = {
    BIRTH: (0.55, 0.05, 0.20, 0.05, 0.10, 0.05),
    RESTING: (0.70, 0.10, 0.20),
    CAMP: (0.50, 0.50),
}
TWO_MEN = {
    BIRTH: (0.0002, 0.0008, 0.009, 0.03, 0.27, 0.69),
    RESTING: (0.01, 0.002, 0.988),
    CAMP: (0.05, 0.95),
}


def compared(random, same):
    shares = ONE_MAN if same else TWO_MEN
    taken = [group[random.choice(len(group), p=shares[group])] for group in shares]
    u = {name: p for group, ps in TWO_MEN.items() for name, p in zip(group, ps, strict=True)}
    # Spellings, as honest weights of evidence are spread: mean d2/2 or -d2/2, deviation d (nats).
    spelling = random.normal(4.5 if same else -4.5, 3) / log(2)
    prior = log2(0.8 / 6 / 0.2)
    known = sum(log2(value_of(RULES, name) / u[name]) for name in taken)
    return Pair(prior + spelling + known, tuple(taken))


def simulated(records, seed):
    random = np.random.default_rng(seed)
    return [
        Observed(tuple(compared(random, k == 0 and random.random() < 0.8) for k in range(6)))
        for _ in range(records)
    ]


def test_what_was_simulated_is_found_again_without_labels():
    fitted = fit_without_labels(simulated(4000, 5), [], RULES)
    after = {value.name: value.after for value in fitted.values}
    for group, shares in ONE_MAN.items():
        whole = sum(value_of(RULES, name) for name in group)
        for name, share in zip(group, shares, strict=True):
            assert after[name] / whole == pytest.approx(share, abs=0.04), name


def test_a_few_pairs_move_nothing_and_forty_little():
    assert fit_without_labels(simulated(10, 6), [], RULES).moved == ()
    alike = [("burial.same", "birth.same_day")] * 40
    moved = {value.name: value for value in fit_from_judgements(alike, RULES).moved}
    assert 0 < moved["burial.same"].after - moved["burial.same"].before < 0.03
    assert fit_from_judgements(alike[:10], RULES).moved == ()


def test_chances_of_two_men_are_told_by_random_pairs():
    drawn = [("resting.same",)] * 300 + [("resting.differs",)] * 9700
    fitted = fit_without_labels(simulated(5, 7), drawn, RULES)
    after = {value.name: value.after for value in fitted.moved}
    assert after["resting.same_share"] == pytest.approx(0.03, abs=0.002)


def test_levels_of_one_group_keep_their_sum():
    fitted = fit_without_labels(simulated(300, 8), [], RULES)
    after = {value.name: value.after for value in fitted.values}
    for group in ONE_MAN:
        whole = sum(value_of(RULES, name) for name in group)
        assert sum(after[name] for name in group) == pytest.approx(whole)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_no_share_of_a_group_rises_above_one(group):
    """Places, judged level by level, came to 1.05 together: all at one village became a share of
    1.04."""
    fitted = fit_from_judgements([(group[0],)] * 100_000, RULES)
    after = {value.name: value.after for value in fitted.values}
    # Which names are strange is told only where two lists are linked.
    assert sum(after[name] for name in group if name != STRANGE) <= 1 + 1e-9
    assert 0.9 < after[group[0]] <= 1


def test_fitted_rules_are_read_again_from_their_file(tmp_path):
    fitted = fit_without_labels(simulated(500, 9), [], RULES)
    values = {
        section: [
            Told(section, v.name.partition(".")[2], v.after, f"fitted: {v.pairs:.0f} pairs")
            for v in fitted.moved
            if v.name.startswith(section + ".")
        ]
        for section in sorted({value.name.partition(".")[0] for value in fitted.moved})
    }
    text = as_toml("mine 1", values, "For a test.")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    read = load_rules(tmp_path / "mine.toml")
    assert read.version == "mine 1"
    expected = refitted(RULES, fitted, "mine 1")
    for section, name, a, b in differences(read, expected):
        assert a == pytest.approx(b, rel=1e-5), (section, name)
    told = {(t.section, t.name): t.origin for t in describe(read, text)}
    section, _, name = fitted.moved[0].name.partition(".")
    assert told[section, name].startswith("fitted")
    assert told["sex", "differs_share"] == ""
    with pytest.raises(ValueError, match="version"):
        as_toml('"', values, "")


@pytest.fixture
def lists(tmp_path):
    for side in ("left", "right"):
        with (tmp_path / f"{side}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["id", "surname", "given", "birth_date", "burial_place"])
            for n in range(60):
                day = f"19{10 + n % 15}-03-{1 + n % 28:02d}"
                rows.writerow([f"{side}{n}", f"Petrow{chr(97 + n % 26)}", "Iwan", day, "Genk"])
    return tmp_path


def judged(folder, rows, head="left_id,right_id,verdict"):
    path = folder / "judged.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(main, ["rules", *map(str, arguments)])


def test_judgements_become_a_rules_file(lists):
    rows = [f"left{n},right{n},same" for n in range(50)] + ["left1,right2,different"]
    rows += ["left3,right4,unsure", "left0,nobody,same"]
    out = lists / "mine.toml"
    done = run("fit", lists / "left.csv", lists / "right.csv", "-o", out,
               "--judgements", judged(lists, rows), "--name", "judged 1")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "1 judged pairs" in done.output
    rules = load_rules(out)
    assert rules.version == "judged 1"
    assert rules.value("birth", "same_day") > RULES.value("birth", "same_day")
    assert "fitted: 50 pairs" in out.read_text("utf-8")
    assert "birth.same_day" in run("compare", out).output
    shown = json.loads(run("show", "--rules", out, "--json").output)
    assert shown["version"] == "judged 1"


def test_two_lists_are_fitted_without_labels(lists):
    out = lists / "mine.toml"
    done = run("fit", lists / "left.csv", lists / "right.csv", "-o", out)
    assert done.exit_code == 0, done.output
    assert load_rules(out).version == "fitted"


@pytest.mark.parametrize(
    ("rows", "head", "said"),
    [
        ([], "left_id,verdict", "right_id is missing"),
        (["left1,right1,perhaps"], "left_id,right_id,verdict", "row 2"),
        (["left1,right1,different"], "left_id,right_id,verdict", "no pair"),
    ],
)
def test_bad_judgements_are_told(lists, rows, head, said):
    done = run("fit", lists / "left.csv", lists / "right.csv", "-o", lists / "mine.toml",
               "--judgements", judged(lists, rows, head))  # fmt: skip
    assert done.exit_code == 2
    assert said in done.output
    assert not (lists / "mine.toml").exists()


def test_bad_files_are_told(lists):
    left, right = lists / "left.csv", lists / "right.csv"
    assert run("fit", left, right, "-o", lists / "mine.txt").exit_code == 2
    assert "cannot be read" in run("fit", left, right, "-o", lists / "m.toml",
                                   "--judgements", lists / "none.csv").output  # fmt: skip
    assert run("compare", lists / "none.toml").exit_code == 2
    assert run("fit", left, right, "-o", lists / "m.toml", "--name", "").exit_code == 2


def test_reviewers_of_one_pair_count_as_one_pair_and_later_judgements_do_not(lists):
    rows = [f"left{n},right{n},{verdict},true" for n in range(50) for verdict in ("same", "same")]
    rows += ["left1,right1,different,false", "left2,right3,unsure,true"]
    path = judged(lists, rows, "left_id,right_id,verdict,blind")
    out = lists / "mine.toml"
    done = run("fit", lists / "left.csv", lists / "right.csv", "-o", out, "--judgements", path)
    assert done.exit_code == 0, done.output
    assert "51 pairs, 1 of them unsure, 50 held for one man's" in done.output
    assert "fitted: 50 pairs" in out.read_text("utf-8")


def test_lists_or_the_register_are_asked_for(tmp_path):
    out = tmp_path / "mine.toml"
    assert "two lists, or --register" in run("fit", "-o", out).output
    (tmp_path / "left.csv").write_text("id,name\n1,Petrow\n", encoding="utf-8")
    done = run("fit", tmp_path / "left.csv", "-o", out, "--register")
    assert done.exit_code == 2 and "stands alone" in done.output
