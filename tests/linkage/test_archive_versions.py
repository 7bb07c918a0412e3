"""What an archive keeps beside its lists: versions, what is unfinished, what is on the disk."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.linkage.archive import Archive, DamagedArchive, OutdatedArchive, link_archive
from sexton.linkage.archive.segment import STEPS
from sexton.linkage.archive.store import VERSION

ROWS = [
    {"id": "a", "surname": "Шатунов", "given": "Афанасий", "birth_date": "1903"},
    {"id": "b", "surname": "Климов", "given": "Пётр", "birth_place": "Тула"},
]


class Stopped(Exception):
    """What a test stops a build with."""


def stop_at(work):
    """A progress that stops when it is told of ``work``."""

    def progress(what, done, total):
        if what == work:
            raise Stopped

    return progress


def contents(folder):
    """All files; of JSON what it says, the first version of a step being the one not stated."""

    def read(path):
        if path.suffix != ".json":
            return path.read_bytes()
        told = json.loads(path.read_text("utf-8"))
        return {"version": 1} | told if isinstance(told, dict) else told

    return {
        str(path.relative_to(folder)): read(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "archive.lock"
    }


@pytest.fixture()
def source(tmp_path, write_csv):
    return write_csv(tmp_path / "cards.csv", ROWS, ["id", "surname", "given", "birth_date",
                                                    "birth_place"])  # fmt: skip


@pytest.fixture()
def archive(source, tmp_path):
    made = Archive(tmp_path / "stalags")
    made.add(source)
    return made


def make_old(archive):
    """As the first version left it: no version of a step, other files in most of them."""
    head = archive.folder / "archive.json"
    told = json.loads(head.read_text("utf-8"))
    head.write_text(json.dumps(told | {"version": 1}, ensure_ascii=False, indent=1), "utf-8")
    for done in archive.folder.glob("list-*/*/done.json"):
        told = json.loads(done.read_text("utf-8"))
        del told["version"]
        done.write_text(json.dumps(told), "utf-8")
    for name in ("facts/persons-place.npy", "names/odd.npy", "columns/columns-starts.npy"):
        [path] = archive.folder.glob(f"list-*/{name}")
        path.write_bytes(b"another format")


def test_an_archive_of_an_earlier_version_is_told_with_what_to_do(archive, source, grave_people):
    make_old(archive)
    assert archive.outdated
    assert [entry.file for entry in archive.lists()] == ["cards.csv"]
    for use in (archive.pool, lambda: archive.add(source)):
        with pytest.raises(OutdatedArchive, match="sexton archive rebuild stalags"):
            use()


def test_it_is_built_again_of_what_it_holds(archive, source):
    expected = contents(archive.folder)
    make_old(archive)
    source.unlink()
    assert archive.rebuild() == archive.lists()
    assert contents(archive.folder) == expected
    assert not archive.outdated
    assert archive.pool().id_of(1) == "b"


def test_a_rebuilding_that_was_stopped_goes_on(archive):
    expected = contents(archive.folder)
    make_old(archive)
    for work in ("reading places", "reading names: surname", "sorting persons"):
        with pytest.raises(Stopped):
            archive.rebuild(stop_at(work))
        with pytest.raises(OutdatedArchive):
            archive.pool()
    archive.rebuild()
    assert contents(archive.folder) == expected


def test_what_is_up_to_date_is_left_alone(archive):
    times = {path: path.stat().st_mtime_ns for path in archive.folder.glob("list-*/*/*")}
    archive.rebuild(stop_at("reading places"))
    assert times == {path: path.stat().st_mtime_ns for path in archive.folder.glob("list-*/*/*")}


@pytest.mark.parametrize("version", [VERSION + 1, 0, None, "1"])
def test_an_unknown_version_is_told(archive, version):
    head = archive.folder / "archive.json"
    head.write_text(json.dumps(json.loads(head.read_text("utf-8")) | {"version": version}), "utf-8")
    with pytest.raises(DamagedArchive, match="another version"):
        archive.lists()


def test_cells_of_another_version_cannot_be_built_again(archive):
    [done] = archive.folder.glob("list-*/cells/done.json")
    done.write_text(json.dumps(json.loads(done.read_text("utf-8")) | {"version": 9}), "utf-8")
    with pytest.raises(DamagedArchive, match="cells"):
        archive.rebuild()


def test_what_an_earlier_version_left_unfinished_is_not_taken_over(source, tmp_path):
    archive, expected = Archive(tmp_path / "one"), Archive(tmp_path / "two")
    expected.add(source)
    with pytest.raises(Stopped):
        archive.add(source, progress=stop_at("sorting persons"))
    for done in archive.folder.glob("list-*/*/done.json"):
        done.write_text(json.dumps(json.loads(done.read_text("utf-8")) | {"version": 1}), "utf-8")
    archive.add(source)
    assert contents(archive.folder) == contents(expected.folder)


def test_what_is_unfinished_is_listed_and_can_be_removed(archive, tmp_path, write_csv):
    other = write_csv(tmp_path / "other.csv", [{"id": "x", "name": "Иванов"}])
    with pytest.raises(Stopped):
        archive.add(other, progress=stop_at("sorting persons"))
    [left] = archive.unfinished()
    assert left.file == "other.csv"
    assert left.size > 100
    [taken] = archive.discard_unfinished()
    assert taken.folder == left.folder
    assert not left.folder.exists()
    assert archive.unfinished() == []
    assert len(archive.pool()) == 2


def test_a_corrected_file_takes_away_what_was_begun_of_it(archive, tmp_path, write_csv):
    rows = [{"id": "x", "name": "Иванов"}, {"id": "y", "name": "Петров"}]
    for name in ("other.csv", "third.csv"):
        with pytest.raises(Stopped):
            archive.add(write_csv(tmp_path / name, rows[:1] if name == "other.csv" else rows),
                        progress=stop_at("sorting persons"))  # fmt: skip
    assert {left.file for left in archive.unfinished()} == {"other.csv", "third.csv"}
    archive.add(write_csv(tmp_path / "other.csv", [{"id": "z", "name": "Сидоров"}]))
    assert {left.file for left in archive.unfinished()} == {"third.csv"}


def test_lists_of_one_file_name_are_told_apart_by_their_digests(archive, tmp_path, write_csv):
    first = archive.lists()[0]
    (tmp_path / "new").mkdir()
    second = archive.add(write_csv(tmp_path / "new" / "cards.csv", [{"id": "c", "name": "Ли"}]))
    assert archive.find("cards.csv") == [first, second.entry]
    for entry in (first, second.entry):
        assert archive.find(entry.digest[:8]) == archive.find(entry.digest) == [entry]
    assert archive.find(first.digest[:3]) == archive.find("") == archive.find("car") == []
    archive.remove(second.entry)
    assert archive.lists() == [first]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_all_is_on_the_disk_before_it_is_marked_as_done(source, tmp_path, monkeypatch):
    synced, marked = set(), []
    sync, replace = os.fsync, Path.replace

    def fsync(handle):
        synced.add(str(Path(f"/proc/self/fd/{handle}").readlink()))
        sync(handle)

    def mark(path, target):
        if target.name in ("done.json", "archive.json"):
            wanted = target.parent if target.name == "done.json" else target.parent / "list-*"
            missing = [
                str(file)
                for file in wanted.parent.glob(f"{wanted.name}/**/*")
                if file.name != "source.json" and str(file) not in synced
                and not (file.name == "done.json" and f"{file}.new" in synced)
            ]  # fmt: skip
            assert str(path) in synced
            assert not missing
            marked.append(target.name)
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", mark)
    folder = tmp_path / "archive"
    Archive(folder).add(source)
    assert marked == ["done.json"] * len(STEPS) + ["archive.json"]
    assert str(folder) in synced


def test_zero_bytes_in_parquet_are_refused_as_in_text(tmp_path):
    path = tmp_path / "cards.parquet"
    names = ["Ива\0нов Пётр", "Петров\nПётр", "Климов"]
    pq.write_table(pa.table({"id": ["1", "2", "3"], "name": names}), path)
    archive = Archive(tmp_path / "archive")
    done = archive.add(path)
    assert (done.entry.records, [problem.row for problem in done.problems]) == (2, [1])
    assert [archive.pool().record(n).fields["name"] for n in (0, 1)] == names[1:]


def test_an_archive_that_was_built_again_links_alike(archive, grave_people):
    before = [*link_archive(grave_people[:20], archive.pool()).rows]
    make_old(archive)
    archive.rebuild()
    assert [*link_archive(grave_people[:20], archive.pool()).rows] == before
