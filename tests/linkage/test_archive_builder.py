"""Archives on the disk: what is interrupted goes on, what is wrong is told."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from sexton.linkage.archive import Archive, ArchiveError, DamagedArchive, batches, list_archives
from sexton.records import UnreadableFile


class Stopped(Exception):
    """What a test stops a build with."""


def stop_at(call):
    """A progress that stops the work at its ``call``-th report."""
    told = []

    def progress(what, done, total):
        told.append(what)
        if len(told) == call:
            raise Stopped

    return progress, told


def contents(folder):
    """Every file of a folder with its bytes, those beside the lists left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "archive.lock"
    }


@pytest.fixture(scope="module")
def source(tmp_path_factory, archive_table):
    """A list of 400 simulated records and some odd ones, as CSV."""
    path = tmp_path_factory.mktemp("source") / "cards.csv"
    pyarrow.csv.write_csv(archive_table.slice(0, 400), path)
    lines = path.read_text("utf-8")
    odd = 'odd-1,"Иванов, Пётр ""Пётр""",Иванов,П.,' + "," * (lines.split("\n")[0].count(",") - 4)
    path.write_text(f"{lines}{odd}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def undisturbed(source, tmp_path_factory):
    """What an undisturbed build gives, and how often it reports."""
    folder = tmp_path_factory.mktemp("undisturbed")
    progress, told = stop_at(0)
    Archive(folder).add(source, progress=progress)
    return contents(folder), told


def test_a_build_stopped_at_any_report_goes_on_and_gives_the_same_bytes(
    source, undisturbed, tmp_path
):
    expected, told = undisturbed
    assert len(told) >= 10
    for call in range(1, len(told) + 1):
        archive = Archive(tmp_path / str(call))
        with pytest.raises(Stopped):
            archive.add(source, progress=stop_at(call)[0])
        assert not archive.exists
        assert archive.lists() == []
        assert archive.add(source).new
        assert contents(archive.folder) == expected, told[call - 1]


def test_what_was_done_is_not_done_again(source, undisturbed, tmp_path):
    told = undisturbed[1]
    archive = Archive(tmp_path)
    with pytest.raises(Stopped):
        archive.add(source, progress=stop_at(len(told))[0])
    [built] = tmp_path.glob("list-*")

    def written():
        steps = [*(built / "cells").iterdir(), *(built / "facts").iterdir()]
        return {path: path.stat().st_mtime_ns for path in [*steps, *(built / "names").iterdir()]}

    before = written()
    progress, again = stop_at(0)
    archive.add(source, progress=progress)
    assert {"sorting persons", "checking the file"} == set(again)
    assert written() == before


BUILD = """
import sys
from pathlib import Path
from sexton.linkage.archive import Archive, parallel
parallel._FEW, parallel._SHARE = 50, 20  # so that helpers are forked for a short list
print("ready", flush=True)
Archive(Path(sys.argv[1])).add(Path(sys.argv[2]), progress=lambda *told: print(*told, flush=True))
sys.stdin.read()  # waits to be killed, should it not have happened yet
"""


def build(folder, source, seed):
    """A process that adds a list, with its own seed of hashes."""
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONHASHSEED": str(seed)},
        text=True,
    )


def kill_after(process, reports, moment):
    """``kill -9`` a moment (seconds) after a number of reports."""
    for line in process.stdout:
        reports -= "ready" not in line
        if reports <= 0:
            break
    time.sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode


def test_a_build_that_is_killed_goes_on_and_gives_the_same_bytes(source, undisturbed, tmp_path):
    expected, told = undisturbed
    builds = {reports: build(tmp_path / str(reports), source, reports)
              for reports in (1, 4, len(told) - 1)}  # fmt: skip
    for reports, process in builds.items():
        assert kill_after(process, reports, 0.03) == -signal.SIGKILL
    for reports in builds:
        archive = Archive(tmp_path / str(reports))
        archive.add(source)
        assert contents(archive.folder) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_helpers_end_with_the_process_that_was_killed(tmp_path, source):
    """Who waited for ever for work would keep the archive locked."""
    code = """
import sys, time
from pathlib import Path
from sexton.linkage.archive import Archive
from sexton.linkage.archive.parallel import worker_processes
archive = Archive(Path(sys.argv[1]))
with archive._locked(), worker_processes() as helpers:
    print(helpers.submit(__import__("os").getpid).result(), flush=True)
    time.sleep(60)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "archive")], stdout=subprocess.PIPE, text=True
    )
    helper = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait()
    assert Archive(tmp_path / "archive").add(source).new
    deadline = time.monotonic() + 10
    while is_running(helper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(helper)


def is_running(pid):
    """Whether a process is there and has not ended (nobody may ask how a lost child ended)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_that_is_there_already_changes_nothing(source, undisturbed, tmp_path):
    archive = Archive(tmp_path / "archive")
    first = archive.add(source)
    other_name = shutil.copy(source, tmp_path / "copy.csv")
    again = archive.add(other_name)
    assert (first.new, again.new) == (True, False)
    assert again.entry == first.entry
    assert len(archive.lists()) == 1
    assert contents(archive.folder) == undisturbed[0]


def test_ids_that_are_there_already_are_refused(source, tmp_path, write_csv):
    archive = Archive(tmp_path / "archive")
    known = archive.add(source).entry
    before = contents(archive.folder)
    [taken] = [archive.pool().id_of(5)]
    rows = [{"id": "new-1", "name": "Иванов"}, {"id": taken, "name": "Петров"}]
    more = write_csv(tmp_path / "more.csv", rows)
    with pytest.raises(ArchiveError, match=rf"more.csv: 1 ids .* cards.csv \({taken}\)"):
        archive.add(more)
    assert archive.lists() == [known]
    assert contents(archive.folder) == before
    write_csv(more, rows[:1])
    assert archive.add(more).entry.records == 1
    assert len(archive.pool()) == known.records + 1


def test_a_list_can_be_taken_out(source, tmp_path, write_csv):
    archive = Archive(tmp_path / "archive")
    entry = archive.add(source).entry
    small = archive.add(write_csv(tmp_path / "s.csv", [{"id": "x", "name": "Иванов"}])).entry
    archive.remove(entry)
    assert archive.lists() == [small]
    assert [path.name for path in archive.folder.glob("list-*")] == [small.folder]
    archive.remove(small)
    with pytest.raises(ArchiveError, match="add a list"):
        archive.pool()


@pytest.fixture()
def built(source, tmp_path):
    archive = Archive(tmp_path / "archive")
    archive.add(source)
    return archive


def use(archive):
    """Open an archive and read from it."""
    pool = archive.pool()
    pool.shares([])
    return [pool.record(place) for place in range(len(pool))]


@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_damaged_file_is_told_and_not_met_by_chance(built, damage):
    whole = {path: (built.folder / path).read_bytes() for path in read_files(built)}
    assert len(whole) > 40
    for path, content in whole.items():
        file = built.folder / path
        if damage == "missing":
            file.unlink()
        else:
            file.write_bytes(b"" if damage == "empty" else content[: len(content) // 2])
        with pytest.raises(DamagedArchive, match="add it again"):
            use(built)
        file.write_bytes(content)
    assert len(use(built)) == 401


def read_files(archive):
    """The files of the lists that are read when an archive is opened."""
    opened = set()

    def look(event, arguments):
        if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
            opened.add(os.fspath(arguments[0]))

    sys.addaudithook(look)
    use(archive)
    return [
        path.relative_to(archive.folder)
        for path in sorted(archive.folder.rglob("*"))
        if str(path) in opened and path.name != "archive.json"
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "x"}'])
def test_a_damaged_head_is_told(built, content):
    (built.folder / "archive.json").write_text(content, encoding="utf-8")
    with pytest.raises(DamagedArchive, match=r"archive\.json"):
        built.lists()


def test_what_an_interrupted_build_left_damaged_is_built_anew(source, undisturbed, tmp_path):
    archive = Archive(tmp_path)
    with pytest.raises(Stopped):
        archive.add(source, progress=stop_at(len(undisturbed[1]))[0])
    [cells] = tmp_path.glob("list-*/cells/surname-codes.npy")
    cells.write_bytes(b"")
    assert archive.add(source).new
    assert contents(tmp_path) == undisturbed[0]


def test_rows_that_cannot_be_read_are_told_and_counted(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1,Иванов\n2\n3,Петров\n3,Сидоров\n", encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    done = archive.add(path)
    assert (done.entry.records, done.entry.problems) == (2, 2)
    assert [problem.row for problem in done.problems] == [3, 5]


def test_what_could_not_be_read_is_told_after_an_interruption_too(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1,Иванов\n2\n3,Петров\n3,Сидоров\n", encoding="utf-8")
    straight = Archive(tmp_path / "straight").add(path)
    resumed = Archive(tmp_path / "resumed")
    with pytest.raises(Stopped):
        resumed.add(path, progress=stop_at(3)[0])
    done = resumed.add(path)
    assert done == straight
    assert [str(problem) for problem in done.problems] == [str(p) for p in straight.problems]


@pytest.mark.parametrize("text", ["", "id,name\n", "colour\nred\n"])
def test_a_list_that_is_none_leaves_nothing_behind(tmp_path, text):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    with pytest.raises(UnreadableFile, match=r"list\.csv"):
        archive.add(path)
    assert not archive.exists
    assert not list(archive.folder.glob("list-*"))


def test_a_list_that_is_not_there(tmp_path):
    archive = Archive(tmp_path / "archive")
    with pytest.raises(FileNotFoundError):
        archive.add(tmp_path / "none.csv")
    assert not archive.folder.exists()


def test_a_file_that_is_deleted_while_it_is_read(source, tmp_path):
    path = shutil.copy(source, tmp_path / "cards.csv")

    def progress(what, done, total):
        if what == "checking the file":
            path.unlink()

    archive = Archive(tmp_path / "archive")
    with pytest.raises(UnreadableFile, match=r"cards\.csv"):
        archive.add(path, progress=progress)
    assert not archive.exists
    shutil.copy(source, path)
    assert archive.add(path).new


def test_a_file_that_is_deleted_when_it_was_read_is_not_missed(source, undisturbed, tmp_path):
    path = shutil.copy(source, tmp_path / "cards.csv")

    def progress(what, done, total):
        if what == "reading the list" and path.exists():
            path.unlink()

    archive = Archive(tmp_path / "archive")
    assert archive.add(path, progress=progress).new
    assert contents(archive.folder) == undisturbed[0]


def test_the_second_who_adds_is_refused(source, tmp_path):
    archive = Archive(tmp_path / "archive")

    def meanwhile(what, done, total):
        if what == "reading the list":
            with pytest.raises(ArchiveError, match="Another process"):
                Archive(archive.folder).add(source)

    assert archive.add(source, progress=meanwhile).new
    assert len(archive.lists()) == 1


FULL = """
import resource, sys
from pathlib import Path
from sexton.linkage.archive import Archive
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    Archive(Path(sys.argv[1])).add(Path(sys.argv[2]))
except OSError as error:
    print("told:", error.strerror)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on files")
@pytest.mark.parametrize("limit", [2, 4_000])
def test_a_full_disk_leaves_the_archive_as_it_was(source, tmp_path, write_csv, limit):
    archive = Archive(tmp_path / "archive")
    small = archive.add(write_csv(tmp_path / "s.csv", [{"id": "x", "name": "Иванов"}])).entry
    command = [sys.executable, "-c", FULL, str(archive.folder), str(source), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "told: " in done.stdout
    assert archive.lists() == [small]
    assert len(use(archive)) == 1
    assert archive.add(source).new
    assert len(use(archive)) == 402


def test_archives_are_listed_by_name(source, tmp_path):
    assert list_archives(tmp_path) == []
    for name in ("б", "a", "Stalag-VI.A"):
        Archive.named(tmp_path, name).add(source)
    Archive.named(tmp_path, "never-used")
    (tmp_path / "archives" / "half").mkdir()
    assert [archive.folder.name for archive in list_archives(tmp_path)] == ["Stalag-VI.A", "a", "б"]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", ".hidden", "a b", "x" * 81])
def test_names_that_no_folder_should_have_are_refused(tmp_path, name):
    with pytest.raises(ArchiveError, match="cannot name an archive"):
        Archive.named(tmp_path, name)


def test_a_long_list_is_read_in_several_batches(tmp_path, archive_table, monkeypatch):
    """The texts of a column are numbered over all batches."""
    monkeypatch.setattr(batches, "BATCH", 700)
    path = tmp_path / "cards.parquet"
    pq.write_table(archive_table, path)
    pool_of = Archive(tmp_path / "archive")
    pool_of.add(path)
    rows = archive_table.to_pylist()
    assert [record.fields for record in use(pool_of)] == [
        {name: cell for name, cell in row.items() if cell and name != "id"} for row in rows
    ]
