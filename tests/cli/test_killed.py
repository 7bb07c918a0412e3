"""``kill -9`` at any moment of import, index, link or dedupe: the next run gives the same bytes."""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sexton.linkage.archive import archive_aside
from sexton.simulate import COLUMNS, simulate_people

SEED = 20_261_123
TRIES = 4
ROWS, GRAVES = 1_500, 150

RUN = """
import sys
from sexton.cli import link, main
from sexton.linkage.archive import deduping, parallel
deduping.BATCH = 400
link.LARGE_FILE = 1_000
parallel._FEW, parallel._SHARE = 50, 25  # so that helpers are forked for short lists
print("ready", flush=True)
main(sys.argv[1:])
"""


def write(path, people):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(people)


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """Simulated cards and graves."""
    folder = tmp_path_factory.mktemp("lists")
    write(folder / "cards.csv", simulate_people(ROWS, seed=3))
    write(folder / "graves.csv", simulate_people(GRAVES, seed=4))
    return folder


class Place:
    """A folder with the lists, a home and a temporary folder, where commands are run."""

    def __init__(self, folder: Path, lists: Path) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True)
        for name in ("cards.csv", "graves.csv"):
            (folder / name).symlink_to(lists / name)

    def start(self, command):
        """The process of a command, once it has begun to work."""
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *command],
            env=os.environ
            | {"SEXTON_HOME": str(self.folder / "home"), "TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        assert process.stdout.readline() == b"ready\n"
        return process

    def finish(self, command) -> float:
        """Run to the end; the seconds that it took after it was ready."""
        process = self.start(command)
        begin = time.monotonic()
        process.communicate()
        assert process.returncode == 0
        return time.monotonic() - begin

    def kill(self, command, seconds: float) -> bool:
        """Kill it after so many seconds; False when it was done before."""
        process = self.start(command)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL


def is_whole(path, old, expected):
    """Whether at a path stands what stood there before, or all that is to stand there."""
    there = path.read_bytes() if path.exists() else b""
    return there in (old, expected)


def check(lists, tmp_path, command, result, before=None, old=b""):
    """Kill a command at random moments, then let it end; ``result`` finds what it made."""
    whole, killed = Place(tmp_path / "whole", lists), Place(tmp_path / "killed", lists)
    for place in (whole, killed):
        if before:
            place.finish(before)
    took = whole.finish(command)
    expected = result(whole.folder)
    assert expected
    out = killed.folder / "out.csv"
    if old:
        out.write_bytes(old)
    moments, times = random.Random(SEED), 0
    while times < TRIES:
        if killed.kill(command, took * moments.uniform(0, 0.9)):
            times += 1
        else:
            # On a busy machine one start may be much quicker than another.
            took /= 2
            if not before:
                shutil.rmtree(killed.folder / "home", ignore_errors=True)
        assert is_whole(out, old, expected)
    killed.finish(command)
    assert result(killed.folder) == expected
    return killed


def made(name):
    return lambda folder: (folder / name).read_bytes()


def archive_files(folder):
    """The files of the archives, beside their locks."""
    home = folder / "home" / "archives"
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


@pytest.mark.heavy
@pytest.mark.parametrize("old", [b"", b"what stood there before"])
def test_an_import_that_is_killed(lists, tmp_path, old):
    check(lists, tmp_path, ("import", "cards.csv", "-o", "out.csv"), made("out.csv"), old=old)


@pytest.mark.heavy
def test_an_index_that_is_killed(lists, tmp_path):
    check(lists, tmp_path, ("archive", "add", "cards.csv"), archive_files)


@pytest.mark.heavy
@pytest.mark.parametrize("old", [b"", b"what stood there before"])
def test_a_link_that_is_killed(lists, tmp_path, old):
    arguments = ("link", "graves.csv", "archive:main", "-o", "out.csv")
    add = ("archive", "add", "cards.csv")
    check(lists, tmp_path, arguments, made("out.csv"), before=add, old=old)


@pytest.mark.heavy
def test_a_link_with_a_large_file_that_is_killed_leaves_nothing_in_the_end(lists, tmp_path):
    arguments = ("link", "graves.csv", "cards.csv", "-o", "out.csv")
    work = check(lists, tmp_path, arguments, made("out.csv"))
    assert [*work.temporary.iterdir()] == []


@pytest.mark.heavy
@pytest.mark.parametrize("old", [b"", b"what stood there before"])
def test_a_dedupe_of_an_archive_that_is_killed(lists, tmp_path, old):
    arguments = ("dedupe", "archive:main", "-o", "out.csv")
    add = ("archive", "add", "cards.csv")
    work = check(lists, tmp_path, arguments, made("out.csv"), before=add, old=old)
    assert [*(work.folder / "home" / "archives" / "main").glob("dedupe/*")] == []


@pytest.fixture()
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


ASIDE = """
import os, signal, sys, tempfile
from pathlib import Path
from sexton.linkage.archive import archive_aside
tempfile.tempdir = sys.argv[1]
with archive_aside(Path(sys.argv[2])) as archive:
    archive.folder.mkdir()
    (archive.folder / "built").write_text("much work", "utf-8")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def left_by_a_killed_link(temporary, file):
    done = subprocess.run([sys.executable, "-c", ASIDE, str(temporary), str(file)], check=False)
    assert done.returncode == -signal.SIGKILL
    [folder] = temporary.glob("sexton-aside-*")
    return folder


def test_the_next_link_with_a_file_takes_over_what_a_killed_one_has_built(temporary):
    file = temporary / "cards.csv"
    left_by_a_killed_link(temporary, file)
    with archive_aside(file) as archive:
        assert (archive.folder / "built").read_text("utf-8") == "much work"
        with archive_aside(file) as other:
            assert other.folder != archive.folder
            assert not (other.folder / "built").exists()
    assert not [*temporary.glob("sexton-aside-*")]


def test_what_was_left_for_another_file_goes_after_a_day(temporary):
    folder = left_by_a_killed_link(temporary, temporary / "cards.csv")
    with archive_aside(temporary / "other.csv"):
        assert folder.exists()
    os.utime(folder, (time.time() - 90_000,) * 2)
    with archive_aside(temporary / "other.csv"):
        assert not folder.exists()


def test_what_is_in_use_does_not_go_however_old(temporary):
    with archive_aside(temporary / "cards.csv") as archive:
        os.utime(archive.folder.parent, (time.time() - 90_000,) * 2)
        with archive_aside(temporary / "other.csv"):
            assert archive.folder.parent.exists()


def test_a_folder_that_others_can_write_to_is_not_used(temporary):
    file = temporary / "cards.csv"
    folder = left_by_a_killed_link(temporary, file)
    folder.chmod(0o777)
    with archive_aside(file) as archive:
        assert archive.folder.parent != folder
