"""``sexton import``: preview, problems, normalised output, exit codes."""

import csv
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sexton.cli import main
from sexton.records import COLUMNS, load_mapping, pack_path, read_person_list

ENTRIES = pack_path("belgium") / "entries.csv"


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["import", *map(str, arguments)])


def test_help_has_an_example(run):
    assert "Example: sexton import" in run("--help").output


def test_preview_writes_nothing(run, tmp_path):
    result = run(ENTRIES, "--mapping", "belgium")
    assert result.exit_code == 0
    for words in ("birth_place", "Moscou", "resistance_group", "312 rows: 312 read, 0 not"):
        assert words in result.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl", ".xlsx"])
def test_the_written_list_is_the_same_list(run, tmp_path, suffix):
    out = tmp_path / f"people{suffix}"
    assert run(ENTRIES, "--mapping", "belgium", "-o", out).exit_code == 0
    first, second = read_person_list(ENTRIES, load_mapping("belgium")), read_person_list(out)
    assert [(r.id, r.fields, r.extra) for r in first.records] == [
        (r.id, r.fields, r.extra) for r in second.records
    ]


def test_the_written_columns_are_the_contract_s(run, tmp_path):
    run(ENTRIES, "--mapping", "belgium", "-o", tmp_path / "people.csv")
    with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [*COLUMNS, "resistance_group", "unknown_person"]


def test_problems_are_shown_and_the_rest_goes_on(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1,Ivan\n1,Piotr\n" + "2,a,b\n" * 30)
    out = tmp_path / "out.csv"
    result = run(path, "-o", out)
    assert result.exit_code == 0
    assert "32 rows: 1 read, 31 not" in result.stdout
    assert "11 more" in result.stdout
    assert out.read_text().count("\n") == 2


def test_json_report(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name,colour\nIvan,red\nPiotr\n")
    report = json.loads(run(path, "--json").stdout)
    assert (report["read"], report["accepted"], report["rejected"]) == (2, 1, 1)
    assert (report["columns"], report["extra_columns"]) == (["name"], ["colour"])
    assert report["problems"][0]["row"] == 3
    assert report["out"] is None
    assert any("no id" in note for note in report["notes"])


def test_bad_usage_and_input_leave_with_two_and_write_nothing(run, tmp_path):
    good, bad, broken = (tmp_path / name for name in ("good.csv", "bad.csv", "broken.csv"))
    good.write_text("id,name\n1,Ivan\n")
    bad.write_text("colour\nred\n")
    broken.write_text("id,name\n1\n2\n")
    out = tmp_path / "out.csv"
    out.write_text("old")
    for arguments, word in (
        ((bad,), "colour"),
        ((broken,), "No row"),
        ((tmp_path / "none.csv",), "none.csv"),
        ((good, "--mapping", "belgium"), "entry_id"),
        ((good, "--mapping", "atlantis"), "profile"),
    ):
        result = run(*arguments, "-o", out)
        assert result.exit_code == 2
        assert word in result.stderr
        assert out.read_text() == "old"
    assert run(good, "-o", tmp_path / "out.doc").exit_code == 2
    assert run(good, "-o", tmp_path / "none" / "out.csv").exit_code == 2


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A register of its own for commands that are run as programs."""
    monkeypatch.setenv("SEXTON_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def program(*arguments):
    command = [sys.executable, "-c", "from sexton.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_pack_goes_in_comes_out_and_is_taken_back(home):
    pack = pack_path("belgium")
    seen = program("import", pack, "--preview", "--json")
    assert json.loads(seen.stdout)["counts"]["persons"] == {"new": 312}
    assert json.loads(program("import", pack, "--register", "--json").stdout)["batch"] == 1
    again = program("import", pack, "--register")
    assert (again.returncode, "batch 1" in again.stdout) == (0, True)
    assert "applied" in program("import", "--batches").stdout
    assert program("export", "--register", "-o", home / "out").returncode == 0
    for file in pack.glob("*.csv"):
        assert (home / "out" / file.name).read_bytes() == file.read_bytes()
    assert program("import", "--undo", 1).returncode == 0
    assert program("import", "--undo", 1).returncode == 2
    assert program("export", "--register", "-o", home / "none").returncode == 1


def test_what_conflicts_is_told_and_refused(home):
    first, other = home / "first.csv", home / "other.csv"
    first.write_text("id,surname,source\n1,Petrov,https://one.example\n")
    other.write_text("id,surname,source\n1,Ivanov,https://two.example\n2,Orlov,\n")
    assert program("import", first, "--register").returncode == 0
    refused = program("import", other, "--register")
    assert (refused.returncode, "persons 1: conflicting" in refused.stderr) == (2, True)
    left_out = program("import", other, "--register", "--leave-out", "--json")
    assert json.loads(left_out.stdout)["counts"]["persons"] == {"conflicting": 1, "new": 1}


def test_there_must_be_a_list(run):
    assert run().exit_code == 2
