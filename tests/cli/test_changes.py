"""``sexton archive add --relink``: a batch is added and what it changes is told."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from sexton.cli import main

# Nobody of these names lived.
CARDS = [
    {"id": "r1", "name": "Третьяков Иван Иванович", "birth_date": "19.11.1911"},
    {"id": "r3", "name": "Клименко Тихон Иванович", "birth_date": "28.06.1906"},
]
BATCH = [{"id": "n1", "name": "Шатунов Афанасий Фёдорович", "birth_date": "1903"}]
GRAVES = [
    {"id": "g1", "name": "Ivan TACTIONOFF", "birth_date": "19 novembre 1911"},
    {"id": "g2", "name": "Afanas SCHATUNOV", "birth_date": "1903"},
]


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.fixture()
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SEXTON_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture()
def files(run, tmp_path):
    """An archive with its graves linked, and a batch that is not added yet."""
    write(tmp_path / "cards.csv", CARDS)
    write(tmp_path / "batch.csv", BATCH)
    write(tmp_path / "graves.csv", GRAVES)
    assert run("archive", "add", "cards.csv", "--to", "stalags").exit_code == 0
    assert run("link", "graves.csv", "archive:stalags", "-o", "links.csv").exit_code == 0
    return tmp_path


ADD = ("archive", "add", "batch.csv", "--to", "stalags", "--relink", "graves.csv")
TO = ("--since", "links.csv", "-o", "links-2.csv", "--changes", "changes.csv")


def test_a_batch_is_added_and_what_it_changes_is_told(run, files):
    old = (files / "links.csv").read_bytes()
    done = run(*ADD, *TO)
    assert done.exit_code == 0, done.output
    assert "1 records of batch.csv are in the archive stalags." in done.stdout
    assert "1 of 2 graves changed, 1 have another first answer." in done.stdout
    first = read(files / "changes.csv")[0]
    assert (first["left_id"], first["right_id"], first["change"]) == ("g2", "n1", "first")
    assert first["cause"] == "new record"
    assert "batch.csv" in first["why"]
    assert first["probability_before"] == ""
    assert float(first["probability_after"]) > 0.5
    assert (files / "links.csv").read_bytes() == old
    # The new answer is that of the link command.
    run("link", "graves.csv", "archive:stalags", "-o", "links-3.csv")
    assert (files / "links-2.csv").read_bytes() == (files / "links-3.csv").read_bytes()


def test_given_again_it_tells_the_same(run, files):
    run(*ADD, *TO)
    told = (files / "changes.csv").read_bytes()
    (files / "changes.csv").unlink()
    again = run(*ADD, *TO)
    assert again.exit_code == 0
    assert "already; nothing was changed" in again.stdout
    assert (files / "changes.csv").read_bytes() == told


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_other_formats_tell_the_same(run, files, suffix):
    run("link", "graves.csv", "archive:stalags", "-o", f"links.{suffix}")
    run(*ADD, *TO)
    told = (files / "changes.csv").read_bytes()
    done = run(*ADD, "--since", f"links.{suffix}", "-o", f"new.{suffix}", "--changes", "c.csv")
    assert done.exit_code == 0, done.output
    assert (files / "c.csv").read_bytes() == told


def test_each_part_is_told_as_a_line_of_json(run, files):
    done = run(*ADD, *TO, "--json")
    added, linked, changed = map(json.loads, done.stdout.splitlines())
    assert added["new"]
    assert linked["right"] == 3
    assert changed == {"graves": 2, "changed": 1, "another_first": 1, "changes": "changes.csv"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "links.csv"), "go together"),
        (("--since", "none.csv", *TO[2:]), "none.csv"),
        (("--since", "links.csv", "-o", "links.csv", "--changes", "c.csv"), "four files"),
        (("--since", "links.csv", "-o", "x.txt", "--changes", "c.csv"), "x.txt"),
        (("--since", "links.csv", "-o", "no/x.csv", "--changes", "c.csv"), "no folder no"),
        (("--since", "cards.csv", "-o", "x.csv", "--changes", "c.csv"), "no answer of"),
        (("--since", "links.xlsx", "-o", "x.csv", "--changes", "c.csv"), "links.xlsx"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_added(run, files, options, said):
    (files / "links.xlsx").write_bytes(b"no workbook")
    done = run(*ADD, *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "batch.csv" not in run("archive", "list").stdout
    assert not (files / "c.csv").exists()
