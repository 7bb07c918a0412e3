"""The measures of clusters, on few records of which all can be counted by hand."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.linkage.dedupe.measures import measure


@pytest.fixture()
def measured(tmp_path):
    """Of man A three records, two together; of B two, with one of C; D by himself."""
    rows = [
        ("a1", "a1", 0.9, 0.8, "A"), ("a2", "a1", 0.9, 0.8, "A"), ("a3", "a3", 0.6, None, "A"),
        ("b1", "b1", 0.8, 0.4, "B"), ("b2", "b1", 0.8, 0.4, "B"), ("c1", "b1", 0.4, 0.4, "C"),
        ("d1", "d1", 0.9, None, "D"),
    ]  # fmt: skip
    ids, clusters, probabilities, weakest, men = zip(*rows, strict=True)
    pq.write_table(
        pa.table({"id": ids, "cluster_id": clusters, "probability": probabilities,
                  "weakest_probability": pa.array(weakest, pa.float64())}),
        tmp_path / "clusters.parquet",
    )  # fmt: skip
    pq.write_table(pa.table({"record_id": ids, "man_id": men}), tmp_path / "truth.parquet")
    return measure(tmp_path / "clusters.parquet", tmp_path / "truth.parquet")


def test_pairs_that_are_right_joined_and_true(measured):
    assert measured["records"] == 7
    assert measured["pairs"] == [2, 4, 4]


def test_b_cubed_is_a_mean_over_records(measured):
    precision, recall = measured["bcubed"]
    assert precision == pytest.approx((1 + 1 + 1 + 2 / 3 + 2 / 3 + 1 / 3 + 1) / 7)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1 + 1) / 7)


def test_whole_men_and_pure_clusters(measured):
    assert measured["pure"] == [1, 2]
    assert measured["whole"] == [0, 2]


def test_what_rows_and_weakest_links_state_is_counted_by_bins(measured):
    records = {round(stated, 3): (count, true) for count, stated, true in measured["record_bins"]}
    assert records == {0.4: (1, 0), 0.6: (1, 0), 0.8: (2, 1), 0.9: (3, 1)}
    weakest = {round(stated, 3): (count, true) for count, stated, true in measured["weakest_bins"]}
    assert weakest == {0.4: (1, 0), 0.8: (1, 1)}
