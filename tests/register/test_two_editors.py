"""Two programs save the same thing at the same moment: one is told, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

START = """
import sys
from sexton.web.setup import prepare
prepare()
from sexton.web.register import models
from sexton.web.register.history import Conflict, change
"""
ADD = """
with change("a steward", "a visit") as door:
    door.add(models.Site(key="of-two-editors", municipality="Genk"))
"""
EDIT = """
site = models.Site.objects.get(key="of-two-editors")
print("opened", flush=True)
sys.stdin.readline()
try:
    with change(sys.argv[1], "a better name") as door:
        door.edit(site, municipality=sys.argv[1])
    print("saved")
except Conflict as conflict:
    print(conflict.theirs["municipality"], conflict.yours["municipality"])
"""
ASK = """
site = models.Site.objects.get(key="of-two-editors")
print(site.version, site.municipality)
"""


def program(home: Path, code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START + code, *arguments],
        env={**os.environ, "SEXTON_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_programs_that_save_at_once(tmp_path: Path) -> None:
    assert program(tmp_path, ADD).communicate(timeout=60) is not None
    editors = {name: program(tmp_path, EDIT, name) for name in ("Hasselt", "Bilzen")}
    for editor in editors.values():
        assert editor.stdout.readline() == "opened\n"
    for editor in editors.values():
        editor.stdin.write("now\n")
        editor.stdin.flush()
    told = {name: editor.communicate(timeout=60)[0].strip() for name, editor in editors.items()}
    winner = next(name for name, words in told.items() if words == "saved")
    loser = next(name for name in told if name != winner)
    assert told[loser] == f"{winner} {loser}"
    assert program(tmp_path, ASK).communicate(timeout=60)[0].split() == ["2", winner]


TAKE = """
from sexton.web.register import imports
files = imports.read_files(sys.argv[1])
print("opened", flush=True)
sys.stdin.readline()
batch, found = imports.apply(files, sys.argv[2], "a list")
print(batch.pk if batch else f"known as {found.known}")
"""
COUNT = """
print(models.Batch.objects.count(), models.Record.objects.count(), models.Claim.objects.count())
"""


def test_two_programs_that_take_in_one_list_at_once(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,surname\n1,Petrov\n2,Orlov\n", encoding="utf-8")
    assert program(tmp_path, "").wait(timeout=60) == 0
    both = [program(tmp_path, TAKE, str(people), who) for who in ("one", "another")]
    for importer in both:
        assert importer.stdout.readline() == "opened\n"
    for importer in both:
        importer.stdin.write("now\n")
        importer.stdin.flush()
    told = sorted(importer.communicate(timeout=60)[0].strip() for importer in both)
    number = told[0]
    assert told == [number, f"known as {number}"]
    assert program(tmp_path, COUNT).communicate(timeout=60)[0].split()[1:] == ["2", "2"]
