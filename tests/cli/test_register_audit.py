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

from sexton.cli import main

LIST = "id,surname,birth_date,death_date\n1,Petrov,1998,3.4.1943\n2,Orlov,1912,1.1.1936\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEXTON_HOME", str(tmp_path / "register"))
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from sexton.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def impatient(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The same, by a program that hardly waits for others to finish writing."""
    code = """
from sexton.web import home
settings = home.sqlite
def hasty(folder):
    made = settings(folder)
    made["OPTIONS"]["timeout"] = 0.2
    return made
home.sqlite = hasty
from sexton.cli import main
main()
"""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def listed(*options: str) -> dict[str, object]:
    told = program("audit", "--register", "--json", *options)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_an_import_audits_and_a_verdict_stands(home: Path) -> None:
    assert listed()["counts"] == {"open": 0, "accepted": 0, "not_a_fault": 0, "mended": 0}
    assert program("import", home / "list.csv", "--register").returncode == 0
    [finding] = listed()["findings"]
    assert (finding["kind"], finding["ids"], finding["state"]) == ("born_after_death", "1", "open")
    key = finding["key"]
    refused = program("audit", "--register", "--not-a-fault", key)
    assert (refused.returncode, "--reason" in refused.stderr) == (2, True)
    both = program("audit", "--register", "--accept", key, "--reopen", key)
    assert (both.returncode, "one verdict" in both.stderr) == (2, True)
    unknown = program("audit", "--register", "--accept", key, "--accept", "nothing")
    assert (unknown.returncode, "no finding nothing" in unknown.stderr) == (2, True)
    told = program("audit", "--register", "--not-a-fault", key, "--reason", "a son of that name")
    assert told.stdout == "not a fault: 1 of the findings.\n"
    assert json.loads(program("refresh", "--whole", "--json").stdout) == {
        "indexed": 2,
        "audited": 1,
    }
    assert listed()["findings"] == []
    out = home / "report.csv"
    assert program("audit", "--register", "--state", "all", "-o", out).returncode == 0
    with out.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["state"], row["reason"]) == ("not_a_fault", "a son of that name")
    assert row["by"] and row["at"]
    assert program("audit", "--register", "--reopen", key).returncode == 0
    shown = program("audit", "--register", "--kind", "born_after_death").stdout
    assert f"{key}  open  error  born_after_death" in shown
    assert listed("--kind", "cut_name")["findings"] == []


def test_while_another_program_writes_nothing_is_lost_and_the_message_is_clear(home: Path) -> None:
    assert program("import", home / "list.csv", "--register").returncode == 0
    [finding] = listed()["findings"]
    with sqlite3.connect(home / "register" / "register.sqlite3") as other:
        other.execute("BEGIN IMMEDIATE")
        for arguments in (["audit", "--register", "--accept", finding["key"]], ["refresh"]):
            refused = impatient(*arguments)
            assert refused.returncode == 2
            assert refused.stderr.endswith("Nothing was written; try again later.\n")
        other.rollback()
    assert listed()["counts"]["open"] == 1


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
