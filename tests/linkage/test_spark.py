"""Spark gives what the engine on one machine gives: the same candidates with the same weights.

Simulated lists: nobody in them has lived.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from sexton.linkage import LinkOptions, vocabularies
from sexton.linkage.archive import Archive, ArchiveError, link_archive
from sexton.linkage.screening import join
from sexton.linkage.spark import (
    NoSpark,
    SparkPool,
    link_by_spark,
    open_session,
    open_source,
    session,
)
from sexton.records import Record
from sexton.records.reading import read_people
from sexton.simulate import simulate_archive, simulate_graves, without_truth

MISSING = [
    *(name for name in ("pyspark", "pandas") if find_spec(name) is None),
    *([] if shutil.which("java") or os.environ.get("JAVA_HOME") else ["Java"]),
]
with_spark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
ROWS, GRAVES, SEED = 100_000, 1_000, 17
OPTIONS = LinkOptions(top=10)


def as_record(row):
    fields = {name: cell for name, cell in row.items() if cell and name != "id"}
    return Record(row["id"], fields, {}, "simulated", 1)


def named(people):
    return [person for person in people if person.name.forms]


@pytest.fixture(scope="module")
def spark():
    with open_session() as running:
        yield running


@pytest.fixture(scope="module")
def link_both(spark, tmp_path_factory):
    """Links a list with an archive by both engines; the rows of both by left and right id."""

    def linked(people, path, records_per_task):
        folder = tmp_path_factory.mktemp("archive")
        archive = Archive(folder / "archive")
        archive.add(path)
        one = link_archive(people, archive.pool(), OPTIONS)
        source = open_source(spark, str(path), None, folder, records_per_task=records_per_task)
        pool = SparkPool(spark, source, people)
        parts = pool.partitions
        many = link_by_spark(people, pool, OPTIONS)
        found = [{row[:2]: row for row in links.rows} for links in (one, many)]
        pool.close()
        assert (one.left, one.right, one.pairs) == (many.left, many.right, many.pairs)
        return *found, parts

    return linked


def assert_same(one, many):
    assert one.keys() == many.keys()
    for key, row in one.items():
        other = many[key]
        assert other.weight == pytest.approx(row.weight, abs=1e-6)
        # Who is looked at by two of his names counts twice among the rest, or once, part by part.
        assert other.probability == pytest.approx(row.probability, abs=1e-3)
        assert (other.rank, other.evidence) == (row.rank, row.evidence)


def assert_adds_up(rows):
    for row in rows:
        parts = [field["bits"] for field in json.loads(row.evidence)]
        assert row.weight == pytest.approx(sum(parts), abs=1e-9)


class TestEngines:
    pytestmark = with_spark

    def test_a_small_archive_in_many_parts(
        self, link_both, tmp_path, archive_table, grave_people, monkeypatch
    ):
        # As if it were long enough to tell how common names are; shorter ones need no Spark.
        monkeypatch.setattr(vocabularies, "POPULATION", 500)
        monkeypatch.setattr(join, "IMAGINED", 300.0)
        path = tmp_path / "archive.parquet"
        pq.write_table(archive_table, path, row_group_size=400)
        one, many, parts = link_both(named(grave_people)[:60], path, 700)
        assert parts >= 3
        assert_same(one, many)
        assert_adds_up(many.values())

    @pytest.mark.heavy
    def test_a_hundred_thousand_records_and_a_thousand_graves(
        self, link_both, tmp_path, name_counts
    ):
        """The archive tells how common its names are, over all parts together."""
        path = tmp_path / "archive.parquet"
        batches = simulate_archive(ROWS, seed=SEED, names=name_counts)
        table = pa.Table.from_batches([without_truth(batch) for batch in batches])
        pq.write_table(table, path, row_group_size=12_000)
        graves = simulate_graves(GRAVES, ROWS, seed=SEED, names=name_counts)
        people = read_people([as_record(grave.row) for grave in graves])
        one, many, parts = link_both(named(people), path, 40_000)
        assert parts >= 2
        # A grave has some candidates; who is less probable than one in a thousand is none.
        assert len(one) > 2 * GRAVES
        assert_same(one, many)
        assert_adds_up(many.values())

    def test_a_task_whose_worker_is_killed_is_done_again(
        self, spark, tmp_path, archive_table, grave_people, monkeypatch
    ):
        path = tmp_path / "archive.parquet"
        pq.write_table(archive_table, path, row_group_size=400)
        people = named(grave_people)[:20]

        def linked(progress=None):
            source = open_source(spark, str(path), None, tmp_path, records_per_task=700)
            pool = SparkPool(spark, source, people, progress)
            rows = [row[:5] for row in link_by_spark(people, pool, OPTIONS).rows]
            pool.close()
            return rows

        whole = linked()
        killed = []

        def kill(what, done, total):
            if what == "reading and coding the records" and total and not killed:
                killed.extend(kill_workers())

        monkeypatch.setattr(session, "_LOOK_EVERY", 0.05)
        assert linked(kill) == whole
        assert killed

    def test_who_has_no_name_is_none_of_these(self, spark, tmp_path, archive_table):
        path = tmp_path / "archive.parquet"
        pq.write_table(archive_table.slice(0, 100), path)
        unnamed = read_people([as_record({"id": "grave", "death_date": "1944-01-02"})])
        pool = SparkPool(spark, open_source(spark, str(path), None, tmp_path), unnamed)
        rows = list(link_by_spark(unnamed, pool, OPTIONS).rows)
        assert [(row.left_id, row.right_id, row.probability) for row in rows] == [("grave", "", 1)]
        pool.close()

    def test_nothing_is_left_behind(self, spark, tmp_path, archive_table, grave_people):
        before = set(Path(tempfile.gettempdir()).glob("sexton-*"))
        path = tmp_path / "archive.parquet"
        pq.write_table(archive_table, path, row_group_size=1000)
        source = open_source(spark, str(path), None, tmp_path)
        pool = SparkPool(spark, source, named(grave_people)[:5])
        list(link_by_spark(named(grave_people)[:5], pool, OPTIONS).rows)
        pool.close()
        assert set(Path(tempfile.gettempdir()).glob("sexton-*")) <= before
        assert not spark.sparkContext._jsc.getPersistentRDDs()

    def test_positions_go_on_from_file_to_file(self, spark, tmp_path, archive_table, grave_people):
        folder = tmp_path / "files"
        folder.mkdir()
        pq.write_table(archive_table.slice(0, 100), folder / "b.parquet")
        pq.write_table(archive_table.slice(100, 50), folder / "a.parquet")
        source = open_source(spark, str(folder), None, tmp_path)
        assert [*source.files.values()] == [50, 100]
        pool = SparkPool(spark, source, [])
        assert len(pool) == 150
        assert pool.coded[0].vocabularies.surname.records > 100

    def test_a_list_that_is_not_plain_is_written_as_parquet_first(self, spark, tmp_path, write_csv):
        path = write_csv(tmp_path / "a.csv", [{"name": "Климов Пётр"}, {"name": "Шатунов Иван"}])
        source = open_source(spark, str(path), None, tmp_path)
        assert sum(source.files.values()) == 2
        assert {row["name"] for row in source.rows.collect()} == {"Климов Пётр", "Шатунов Иван"}

    def test_ids_that_stand_twice_are_problems(self, spark, tmp_path):
        path = tmp_path / "twice.parquet"
        pq.write_table(pa.table({"id": ["a", "a"], "name": ["Климов", "Шатунов"]}), path)
        source = open_source(spark, str(path), None, tmp_path)
        assert sum(source.files.values()) == 1
        assert len(source.problems) == 1

    def test_a_folder_without_ids_cannot_be_used(self, spark, tmp_path):
        folder = tmp_path / "none"
        folder.mkdir()
        pq.write_table(pa.table({"name": ["Климов"]}), folder / "a.parquet")
        with pytest.raises(ArchiveError, match="id of its own"):
            open_source(spark, str(folder), None, tmp_path)

    def test_the_command_links_by_spark(self, spark, tmp_path, write_csv, archive_table, graves):
        from sexton.cli import main

        archive = tmp_path / "archive.parquet"
        pq.write_table(archive_table.slice(0, 500), archive)
        rows = [grave.row for grave in graves if grave.row.get("surname")][:5]
        left = write_csv(tmp_path / "graves.csv", rows)
        out = tmp_path / "out.csv"
        arguments = ["link", str(left), str(archive), "-o", str(out), "--engine", "spark", "--json"]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        assert json.loads(result.output.splitlines()[-1])["right"] == 500
        assert out.exists()


def kill_workers():
    """Ends the Python processes that work for Spark here."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[1:]
    processes = [line.split(None, 2) for line in listed]
    children = {}
    for pid, parent, _ in processes:
        children.setdefault(int(parent), []).append(int(pid))
    ours, found = [os.getpid()], []
    while ours:
        more = children.get(ours.pop(), [])
        ours += more
        found += more
    daemons = {int(pid) for pid, _, args in processes if "pyspark.daemon" in args} & set(found)
    workers = [
        pid for pid in daemons if any(int(p) in daemons for q, p, _ in processes if int(q) == pid)
    ]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    return workers


def test_without_its_packages_the_engine_says_what_to_install(monkeypatch):
    monkeypatch.setattr(session, "find_spec", lambda name: None)
    with pytest.raises(NoSpark, match=r"sexton\[spark\]"), open_session():
        pass


def test_without_java_the_engine_says_so(monkeypatch):
    monkeypatch.setattr(session, "find_spec", lambda name: object())
    monkeypatch.setattr(session.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(NoSpark, match="Java 17"), open_session():
        pass


def test_the_engine_is_not_imported_unless_it_is_asked_for():
    code = "import sys, sexton.linkage.spark, sexton.cli.link; sys.exit('pyspark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
