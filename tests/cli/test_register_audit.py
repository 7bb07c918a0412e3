"""``sexton audit --register``: findings with their state, and verdicts; ``sexton refresh``."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sexton.audit import Matter
from sexton.cli import main

LIST = "id,surname,birth_date,death_date\n1,Petrov,1998,3.4.1943\n2,Orlov,1912,1.1.1936\n"
KEY = Matter.of("born_after_death", ["1"], {"birth": "1998", "death": "3.4.1943"}).key
IMPORT = ["import", "list.csv", "--register"]
LISTED = ["audit", "--register", "--json"]
# Several commands in one process of its own, by which a register is made and asked.
RUN = """
import json, sys
from click.testing import CliRunner
from sexton.web import home
settings = home.sqlite
def hasty(folder):
    made = settings(folder)
    made["OPTIONS"]["timeout"] = 0.2
    return made
home.sqlite = hasty
from sexton.audit import Matter
from sexton.cli import main
done = [CliRunner().invoke(main, arguments) for arguments in json.load(sys.stdin)]
print(json.dumps([(d.exit_code, d.stdout, d.stderr) for d in done]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEXTON_HOME", str(tmp_path / "register"))
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(*commands: list[str]) -> list[tuple[int, str, str]]:
    """Exit code, output and errors of each command; none of them waits for other programs."""
    told = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(commands), capture_output=True, text=True,
        timeout=120, check=True,
    )  # fmt: skip
    return [tuple(done) for done in json.loads(told.stdout)]


def states(listed: str) -> dict[str, int]:
    return {state: number for state, number in json.loads(listed)["counts"].items() if number}


def test_an_import_audits_and_a_verdict_stands(home: Path) -> None:
    empty, imported, found, audited = run(
        LISTED, IMPORT, LISTED, ["audit", "--register", "--kind", "born_after_death"]
    )
    assert (states(empty[1]), imported[0], states(found[1])) == ({}, 0, {"open": 1})
    [finding] = json.loads(found[1])["findings"]
    assert (finding["key"], finding["ids"], finding["state"]) == (KEY, "1", "open")
    assert f"{KEY}  open  error  born_after_death" in audited[1]
    judge = ["audit", "--register", "--not-a-fault", KEY]
    bare, both, unknown, done, again, refreshed, kept, report, other, reopened, left = run(
        judge,
        [*judge, "--reopen", KEY],
        [*judge, "--not-a-fault", "nothing", "--reason", "z"],
        [*judge, "--reason", "a son of that name"],
        ["audit", "--register", "--accept", KEY],
        ["refresh", "--whole", "--json"],
        LISTED,
        ["audit", "--register", "--state", "all", "-o", "report.csv"],
        [*LISTED, "--kind", "cut_name", "--state", "all"],
        ["audit", "--register", "--reopen", KEY],
        LISTED,
    )
    assert (bare[0], "--reason" in bare[2]) == (2, True)
    assert (both[0], "one verdict" in both[2]) == (2, True)
    assert (unknown[0], "no finding nothing" in unknown[2]) == (2, True)
    assert done[:2] == (0, "not a fault: 1 of the findings.\n")
    assert (again[0], "Take that back first" in again[2]) == (2, True)
    assert json.loads(refreshed[1]) == {"indexed": 2, "audited": 1, "dumped": 1}
    assert (states(kept[1]), json.loads(kept[1])["findings"]) == ({"not_a_fault": 1}, [])
    with Path("report.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["state"], row["reason"]) == ("not_a_fault", "a son of that name")
    assert row["by"] and row["at"]
    assert (report[0], json.loads(other[1])["findings"]) == (0, [])
    assert (reopened[0], states(left[1])) == (0, {"open": 1})


def test_while_another_program_writes_nothing_is_lost_and_the_message_is_clear(home: Path) -> None:
    run(IMPORT)
    with sqlite3.connect(home / "register" / "register.sqlite3") as other:
        other.execute("BEGIN IMMEDIATE")
        for done in run(["audit", "--register", "--accept", KEY], ["refresh"], IMPORT):
            assert (done[0], "Nothing " in done[2]) == (2, True)
        other.rollback()
    assert states(run(LISTED)[0][1]) == {"open": 1}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list.csv", "--register"],
        ["--accept", "abc"],
        ["list.csv"],
        ["-o", "report.csv"],
        ["--register", "-o", "report.doc"],
        ["--register", "--state", "perhaps"],
    ],
)
def test_what_does_not_go_together_is_refused(home: Path, arguments: list[str]) -> None:
    assert CliRunner().invoke(main, ["audit", *arguments]).exit_code == 2
