"""A crash, a full disk, a migration from before: nothing is lost, and the message is clear."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import write_csv

pytestmark = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="the server sees to it that a broken connection rolls back"
)
PREPARE = """
import os, signal, sys
from sexton.web.setup import prepare
prepare()
from django.db import connection
from sexton.web.register import imports, models
def take(path, progress=None):
    return imports.apply(imports.read_files(path), "x", "y", progress=progress)
"""
KILLED = """
take(sys.argv[1])
def die(what, done, total):
    if what == "storing the records" and done == total:
        assert models.Record.objects.count() == 2501
        os.kill(os.getpid(), signal.SIGKILL)
take(sys.argv[2], die)
"""
FULL = """
take(sys.argv[1])
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    pages = cursor.fetchone()[0] + 20
    cursor.execute(f"PRAGMA max_page_count = {pages}")
try:
    take(sys.argv[2])
except imports.ImportFailed as error:
    print(error)
"""
NO_ROOM_FOR_THE_LOG = """
import resource
take(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))
try:
    take(sys.argv[2])
except imports.ImportFailed as error:
    print(error)
"""
UNDO_KILLED = """
batch, _ = take(sys.argv[2])
def die(what, done, total):
    if done > total // 2:
        os.kill(os.getpid(), signal.SIGKILL)
imports.undo_batch(batch.pk, "x", "y", die)
"""
UNDO_FULL = """
with connection.cursor() as cursor:
    cursor.execute("PRAGMA page_count")
    pages = cursor.fetchone()[0] + 20
    cursor.execute(f"PRAGMA max_page_count = {pages}")
try:
    imports.undo_batch(1, "x", "y")
except imports.ImportFailed as error:
    print(error)
"""
BEHIND = """
from sexton.web.register import auditing, services
def die(what, done, total):
    if what == "checking":
        os.kill(os.getpid(), signal.SIGKILL)
print(auditing.is_current(), models.NameKey.objects.count(), flush=True)
services.refresh(die if "die" in sys.argv else None)
print(auditing.is_current(), models.NameKey.objects.count())
"""
COUNT = """
print(models.Record.objects.count(), models.Claim.objects.count(), models.Batch.objects.count(),
      models.Change.objects.count(), models.SheetRow.objects.count())
"""


def program(home: Path, code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SEXTON_HOME": str(home)}
    command = [sys.executable, "-c", PREPARE + code, *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=home.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    many = [{"id": f"m{i}", "surname": f"Petrov{i}", "birth_date": "1912"} for i in range(2500)]
    return (
        write_csv(tmp_path / "one.csv", [{"id": "1", "surname": "Ivanov", "birth_date": "1910"}]),
        write_csv(tmp_path / "many.csv", many),
    )


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        (KILLED, -signal.SIGKILL, ""),
        (FULL, 0, "no room left"),
        (NO_ROOM_FOR_THE_LOG, 0, "Nothing of "),
    ],
)
def test_an_import_that_fails_half_way_leaves_nothing(tmp_path, lists, code, status, words) -> None:
    home = tmp_path / "home"
    failed = program(home, code, *lists)
    assert failed.returncode == status, failed.stderr
    assert words in failed.stdout
    assert program(home, COUNT).stdout.split() == ["1", "2", "1", "1", "1"]
    again = program(home, "take(sys.argv[1])" + COUNT, lists[1])
    assert again.stdout.split()[:2] == ["2501", "5002"]


def test_an_undo_that_fails_half_way_leaves_all(tmp_path, lists) -> None:
    home = tmp_path / "home"
    assert program(home, UNDO_KILLED, *lists).returncode == -signal.SIGKILL
    full = program(home, UNDO_FULL)
    assert "was not taken back" in full.stdout, full.stderr
    assert program(home, COUNT).stdout.split() == ["2500", "5000", "1", "1", "2500"]
    done = program(home, 'imports.undo_batch(1, "x", "y")' + COUNT)
    assert done.stdout.split() == ["0", "0", "1", "2", "0"]


def test_a_crash_after_an_import_is_made_good_by_the_next_refresh(tmp_path, lists) -> None:
    home = tmp_path / "home"
    killed = program(home, "take(sys.argv[1])" + BEHIND, lists[0], "die")
    assert (killed.returncode, killed.stdout.split()) == (-signal.SIGKILL, ["False", "0"])
    assert program(home, BEHIND).stdout.split() == ["False", "2", "True", "2"]


def test_a_register_of_before_goes_on_with_its_rows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = """
from django.core.management import call_command
call_command("migrate", "register", "0002", verbosity=0)
"""
    home.mkdir()
    start = PREPARE.replace("prepare()\n", "import django; django.setup()\n", 1)
    start = start[: start.index("from django.db")] + before
    environment = {
        **os.environ,
        "SEXTON_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "sexton.web.settings",
    }
    made = subprocess.run(
        [sys.executable, "-c", start], env=environment, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    with sqlite3.connect(home / "register.sqlite3") as database:
        database.execute(
            """INSERT INTO register_record (key, fields, extra, file, row, is_named)
            VALUES ('old', '{"surname": "Petrov"}', '{}', '', 0, 1)"""
        )
    told = program(
        home,
        """
record = models.Record.objects.select_related("change").get()
print(record.version, record.change.reason)
try:
    models.Record.objects.update(row=1)
except Exception as error:
    print(error)
from pathlib import Path
Path("old.csv").write_text("id,surname\\nold,Petrov\\n")
for twice in range(2):
    Path("old.csv").open("a").write(f"new{twice},Orlov\\n")
    take("old.csv")
    print("claims", models.Claim.objects.filter(record=record).count())
""",
    )
    assert "1 stood in the register before its history was kept" in told.stdout, told.stderr
    assert "verbatim" in told.stdout
    assert told.stdout.count("claims 1\n") == 2
