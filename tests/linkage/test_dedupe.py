"""The records of one man within a list, and within an archive on the disk."""

from __future__ import annotations

import random
from itertools import combinations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.linkage import dedupe
from sexton.linkage.archive import Archive
from sexton.linkage.archive.deduping import dedupe_archive
from sexton.linkage.dedupe import cluster_rows, weakest_links
from sexton.records import Record
from sexton.records.reading import read_people

RECORDS = 600


def person(name, **cells):
    return read_people([Record(name, cells, {}, "invented", 1)])[0]


@pytest.fixture(scope="module")
def people(archive_people):
    return archive_people[:RECORDS]


@pytest.fixture(scope="module")
def result(people):
    return dedupe(people)


@pytest.fixture(scope="module")
def on_disk(archive_table, tmp_path_factory):
    """The same records as one list of an archive."""
    folder = tmp_path_factory.mktemp("dedupe")
    pq.write_table(pa.table(archive_table.slice(0, RECORDS)), folder / "list.parquet")
    archive = Archive(folder / "archive")
    archive.add(folder / "list.parquet")
    return archive.pool()


def partition(rows):
    """The clusters as sets of ids."""
    clusters = {}
    for row in rows:
        clusters.setdefault(row.cluster_id, set()).add(row.id)
    return {frozenset(ids) for ids in clusters.values()}


def test_every_record_is_in_one_cluster_named_after_its_first(people, result):
    assert [member.id for member in result.members] == [p.id for p in people]
    for cluster, ids in result.clusters().items():
        assert ids[0] == cluster
    assert any(len(ids) > 1 for ids in result.clusters().values())


def test_the_order_of_the_records_plays_no_part(people, result):
    shuffled = [*people]
    random.Random(5).shuffle(shuffled)
    other = dedupe(shuffled)
    assert partition(other.members) == partition(result.members)
    found = {member.id: member.probability for member in other.members}
    assert found == pytest.approx({m.id: m.probability for m in result.members})


def test_the_weakest_link_holds_its_cluster_together(result):
    weakest = weakest_links(result)
    several = {name: ids for name, ids in result.clusters().items() if len(ids) > 1}
    assert weakest.keys() == several.keys()
    for name, link in weakest.items():
        inside = [pair for pair in result.links if {pair.a, pair.b} <= {*several[name]}]
        assert len(inside) == len([*combinations(several[name], 2)])
        assert link in inside
        assert link.weight <= max(pair.weight for pair in inside)
        assert len(several[name]) > 2 or link == inside[0]


def test_rows_tell_the_weakest_link_of_those_who_have_one(result):
    for row in cluster_rows(result):
        assert (row.weakest_probability is None) == (row.weakest_a == "")
    assert partition(cluster_rows(result)) == partition(result.members)


def test_an_archive_is_grouped_as_a_list_is(on_disk, result):
    """But for pairs that screening leaves out, which the list weighs and the archive does not."""
    found = dedupe_archive(on_disk)
    rows = [*found.rows]
    assert [row.id for row in rows] == [member.id for member in result.members]
    of_archive, of_list = partition(rows), partition(result.members)
    assert found.records == RECORDS
    assert found.clusters == len(of_archive)
    assert found.of_several == sum(len(ids) > 1 for ids in of_archive)
    assert len(of_archive ^ of_list) <= 0.02 * RECORDS


def test_batches_change_nothing(on_disk, monkeypatch):
    whole = partition(dedupe_archive(on_disk).rows)
    monkeypatch.setattr("sexton.linkage.archive.deduping.BATCH", 250)
    seen = []
    parts = dedupe_archive(on_disk, progress=lambda what, done, total: seen.append((what, done)))
    assert len(partition(parts.rows) ^ whole) <= 0.01 * RECORDS
    assert ("comparing records", 250) in seen


def test_rows_of_one_source_need_more_to_be_one_man():
    cells = {"surname": "Петров", "given": "Иван", "birth_date": "1915"}
    others = [person(f"x{n}", surname="Сидоренко", given="Степан", birth_date=str(1890 + n))
              for n in range(30)]  # fmt: skip
    weights = {}
    for source in ("p. 1", "p. 2"):
        pair = [person("a", source="p. 1", **cells), person("b", source=source, **cells)]
        weights[source] = dedupe([*pair, *others]).links[0].weight
    assert weights["p. 1"] < weights["p. 2"] - 5
