"""The records of one man within a list, and within an archive on the disk."""

from __future__ import annotations

import random
from itertools import combinations
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.linkage import dedupe
from sexton.linkage.archive import Archive
from sexton.linkage.archive.alike import Screen
from sexton.linkage.archive.deduping import ArchiveClusters, dedupe_archive
from sexton.linkage.archive.within import Within
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


class Found(NamedTuple):
    """All that a run over an archive tells."""

    rows: list
    links: list
    apart: list
    told: ArchiveClusters


def grouped(pool, **options):
    with dedupe_archive(pool, **options) as found:
        return Found([*found.rows], [*found.links], [*found.apart], found)


@pytest.fixture(scope="module")
def of_archive(on_disk):
    return grouped(on_disk)


def test_an_archive_is_grouped_as_a_list_is(of_archive, result):
    """But for what the archive tells of names that go together, and a list does not."""
    found = of_archive.told
    assert [row.id for row in of_archive.rows] == [member.id for member in result.members]
    mine, of_list = partition(of_archive.rows), partition(result.members)
    assert found.records == RECORDS
    assert found.clusters == len(mine)
    assert found.of_several == sum(len(ids) > 1 for ids in mine)
    assert len(mine ^ of_list) <= 0.02 * RECORDS


def test_the_links_of_an_archive_tell_what_counted(of_archive):
    """Their evidence adds up, and the best one of each record is what its row states."""
    several = {row.id: row for row in of_archive.rows if row.weakest_a}
    best = dict.fromkeys(several, 0.0)
    for link in of_archive.links:
        assert sum(item.bits for item in link.evidence) == pytest.approx(link.weight)
        assert several[link.a].cluster_id == several[link.b].cluster_id
        for name in (link.a, link.b):
            best[name] = max(best[name], link.probability)
    assert best == pytest.approx({name: row.probability for name, row in several.items()})
    linked = {frozenset((link.a, link.b)) for link in of_archive.links}
    assert {frozenset((row.weakest_a, row.weakest_b)) for row in several.values()} <= linked


def test_what_is_kept_apart_is_in_no_cluster_together(of_archive):
    cluster_of = {row.id: row.cluster_id for row in of_archive.rows}
    for row in of_archive.apart:
        assert cluster_of[row.a] != cluster_of[row.b]
        assert cluster_of[row.between_a] == cluster_of[row.a]
        assert cluster_of[row.between_b] == cluster_of[row.b]
        assert row.why


def test_batches_change_nothing(on_disk, of_archive, monkeypatch):
    monkeypatch.setattr("sexton.linkage.archive.deduping.BATCH", 250)
    seen = []
    parts = grouped(on_disk, progress=lambda what, done, total: seen.append((what, done)))
    assert len(partition(parts.rows) ^ partition(of_archive.rows)) <= 0.01 * RECORDS
    assert ("looking for records alike", 250) in seen
    assert seen[-1][0] != "comparing records" and ("comparing records", 0) in seen


def test_two_lists_are_one_archive(archive_table, of_archive, tmp_path):
    archive = Archive(tmp_path / "archive")
    for name, begin in (("a", 0), ("b", 250)):
        size = 250 if name == "a" else RECORDS - 250
        pq.write_table(pa.table(archive_table.slice(begin, size)), tmp_path / f"{name}.parquet")
        archive.add(tmp_path / f"{name}.parquet")
    found = grouped(archive.pool())
    assert len(partition(found.rows) ^ partition(of_archive.rows)) <= 0.01 * RECORDS


@pytest.mark.parametrize(
    ("what", "done", "begun"),
    [
        ("looking for records alike", 500, ["alike", "alike"]),
        ("comparing records", 20, ["alike", "alike", "alike", "weigh", "weigh"]),
    ],
)
def test_an_interrupted_run_goes_on(on_disk, monkeypatch, tmp_path, what, done, begun):
    monkeypatch.setattr("sexton.linkage.archive.deduping.BATCH", 250)
    monkeypatch.setattr("sexton.linkage.archive.within.TOGETHER", 20)
    worked = []

    def counted(kind, name):
        work = getattr(kind, name)
        monkeypatch.setattr(
            kind, name, lambda self, *more: worked.append(name) or work(self, *more)
        )

    counted(Within, "weigh")
    counted(Screen, "alike")

    def interrupt(told, number, total):
        if (told, number) == (what, done):
            raise KeyboardInterrupt

    kept = tmp_path / "kept"
    with pytest.raises(KeyboardInterrupt):
        grouped(on_disk, progress=interrupt, keep=kept)
    assert worked == begun
    # What was being weighed is weighed again.
    done_before = [name for name in begun if name == "alike"] + begun[4:]
    worked.clear()
    found = grouped(on_disk, keep=kept)
    after = [*worked]
    worked.clear()
    whole = grouped(on_disk)
    assert found.rows == whole.rows
    assert found.told.searched == whole.told.searched
    assert sorted(done_before + after) == sorted(worked)
    assert not kept.exists()


def test_rows_of_one_source_need_more_to_be_one_man():
    cells = {"surname": "Петров", "given": "Иван", "birth_date": "1915"}
    others = [person(f"x{n}", surname="Сидоренко", given="Степан", birth_date=str(1890 + n))
              for n in range(30)]  # fmt: skip
    weights = {}
    for source in ("p. 1", "p. 2"):
        pair = [person("a", source="p. 1", **cells), person("b", source=source, **cells)]
        weights[source] = dedupe([*pair, *others]).links[0].weight
    assert weights["p. 1"] < weights["p. 2"] - 5


def test_two_rows_of_one_source_are_told_to_be_kept_apart_by_it():
    cells = {"surname": "Петров", "given": "Афанасий"}
    born = {"a": "1915", "b": "1918"}
    others = [person(f"x{n}", surname="Сидоренко", given="Степан", birth_date=str(1890 + n))
              for n in range(30)]  # fmt: skip
    pair = [person(name, source="p. 1", birth_date=born[name], **cells) for name in born]
    (row,) = [row for row in dedupe([*pair, *others]).apart if {row.a, row.b} == {"a", "b"}]
    assert row.reason == "one source"
    assert {row.between_a, row.between_b} == {"a", "b"}
