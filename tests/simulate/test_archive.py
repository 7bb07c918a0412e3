"""Archives as batches: bounded, repeatable, with duplicates and the truth about them."""

from collections import Counter, defaultdict
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from sexton.simulate import (
    COLUMNS,
    Shares,
    load_name_counts,
    simulate_archive,
    truth_of,
    without_truth,
)

ROWS = 20_000


@pytest.fixture(scope="module")
def archive(module_counts):
    return pa.Table.from_batches(simulate_archive(ROWS, seed=3, names=module_counts))


def test_the_same_arguments_make_the_same_archive(archive, module_counts):
    again = pa.Table.from_batches(simulate_archive(ROWS, seed=3, names=module_counts))
    assert again.equals(archive)
    other = pa.Table.from_batches(simulate_archive(ROWS, seed=4, names=module_counts))
    assert not other["name"].equals(archive["name"])


def test_every_row_is_marked_and_complete(archive):
    assert archive.column_names == [*COLUMNS, "man_id"]
    assert len(archive) == ROWS
    assert pc.all(pc.starts_with(archive["id"], "sim-3-")).as_py()
    assert pc.all(pc.starts_with(archive["source"], "simulated: ")).as_py()
    assert pc.all(pc.match_substring(archive["remarks"], "simulated")).as_py()
    assert len(archive["id"].unique()) == ROWS
    assert sum(column.null_count for column in archive.columns) == 0


@pytest.mark.parametrize("count", [1, 255, 257, 1_000])
def test_any_count_is_met_exactly(count, module_counts):
    batches = list(simulate_archive(count, names=module_counts))
    assert sum(map(len, batches)) == count


def test_a_batch_is_bounded_however_long_the_archive(module_counts):
    batches = simulate_archive(10**9, names=module_counts)
    assert len(next(batches)) < 150_000


def test_the_truth_is_apart_from_the_archive(archive):
    batch = archive.combine_chunks().to_batches()[0]
    assert without_truth(batch).schema.names == list(COLUMNS)
    truth = truth_of(batch)
    assert truth.schema.names == ["record_id", "man_id"]
    assert truth["record_id"].equals(batch["id"])


def rows_of_men(archive):
    men = defaultdict(list)
    for row in archive.to_pylist():
        men[row["man_id"]].append(row)
    return men


def test_some_men_have_several_documents_of_different_kinds(archive):
    men, shares = rows_of_men(archive), Shares()
    several = [rows for rows in men.values() if len(rows) > 1]
    expected = shares.second_record + shares.third_record
    assert len(several) / len(men) == pytest.approx(expected, abs=0.02)
    for rows in several:
        kinds = Counter(row["source"] for row in rows)
        assert max(kinds.values()) == 1


def test_a_mans_documents_differ_as_clerks_do_and_not_more(archive):
    pairs = [rows[:2] for rows in rows_of_men(archive).values() if len(rows) > 1]
    same_name = sum(a["surname"] == b["surname"] for a, b in pairs) / len(pairs)
    slip = Shares().loss_report.name_slip
    assert 1 - 5 * slip < same_name < 1
    years = [(a["birth_date"][:4], b["birth_date"][:4]) for a, b in pairs]
    both = [(a, b) for a, b in years if a and b]
    assert 0.8 < sum(a == b for a, b in both) / len(both) < 1


def test_men_without_prisoner_number_have_no_camp(archive):
    for row in archive.to_pylist():
        assert bool(row["camp"]) == bool(row["prisoner_number"])
        assert not row["camp"] or row["source"] in {
            "simulated: camp card",
            "simulated: hospital list",
        }


def test_a_convoy_has_neighbouring_numbers_of_one_camp(archive):
    by_camp = defaultdict(list)
    for row in archive.to_pylist():
        if row["camp"].startswith("Stalag") and row["source"] == "simulated: camp card":
            by_camp[row["camp"]].append(int(row["prisoner_number"]))
    gaps = [
        after - before
        for numbers in map(sorted, by_camp.values())
        for before, after in pairwise(numbers)
    ]
    # Of numbers that are drawn one by one from 300,000 hardly any two would be so near.
    assert sum(gap <= 10 for gap in gaps) / len(gaps) > 0.6


def test_deaths_are_peaked_in_the_first_winter(archive):
    dead = [r for r in archive.to_pylist() if r["camp"] and r["death_date"]]
    winter = sum("1941-11" <= row["death_date"] < "1942-03" for row in dead)
    assert winter / len(dead) > 0.3


def test_births_heap_on_new_years_day(archive):
    full = [row["birth_date"] for row in archive.to_pylist() if len(row["birth_date"]) == 10]
    share = sum(day.endswith("-01-01") for day in full) / len(full)
    shares = Shares()
    assert share == pytest.approx(shares.new_year + 1 / 365, abs=0.01)


def test_the_shares_can_be_changed(counts_folder):
    names = load_name_counts(counts_folder)
    shares = Shares(prisoner=0.0, second_record=0.0, third_record=0.0)
    archive = pa.Table.from_batches(simulate_archive(2_000, shares=shares, names=names))
    assert set(archive["camp"].to_pylist()) == {""}
    assert len(archive["man_id"].unique()) == 2_000
    everybody = Shares(prisoner=1.0)
    archive = pa.Table.from_batches(simulate_archive(2_000, shares=everybody, names=names))
    assert "simulated: loss report" in set(archive["source"].to_pylist())
    assert sum(map(bool, archive["camp"].to_pylist())) > 1_400
