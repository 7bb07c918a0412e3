"""``sexton names``: what it prints and writes, and its exit codes."""

import csv
import json

import pytest
from click.testing import CliRunner

from sexton.cli import main


@pytest.fixture
def run():
    def invoke(*args):
        return CliRunner().invoke(main, ["names", *map(str, args)])

    return invoke


def test_compare_shows_the_alignment_and_the_convention(run):
    result = run("compare", "Schatunow", "Шатунов")
    assert result.exit_code == 0
    row = next(line for line in result.output.splitlines() if " sch " in line)
    assert " ш " in row
    assert "German" in result.output
    assert "together" in result.output


def test_compare_says_when_a_name_would_have_to_be_ruined(run):
    assert "ruined" in run("compare", "Petrenko", "Иванов").output


def test_compare_for_programs_adds_up(run):
    answer = json.loads(run("compare", "Tjedor", "Фёдор", "--kind", "given", "--json").output)
    total = sum(step["bits"] for step in answer["steps"]) + answer["commonness"]
    assert total == pytest.approx(answer["bits"], abs=0.002)
    assert "".join(step["right"] for step in answer["steps"]) == "фёдор"


def test_compare_without_letters_is_nothing_found(run):
    assert run("compare", "…", "Иванов").exit_code == 1
    assert run("compare", "Ivanov", "Иванов", "--kind", "nickname").exit_code == 2


def test_match_writes_the_best_names_of_the_vocabulary(run, tmp_path):
    queries, vocabulary, out = (tmp_path / name for name in ("q.txt", "v.txt", "o.csv"))
    queries.write_text("Schatunow\n\nSoemkov\n", "utf-8")
    vocabulary.write_text("Сумков\nШатунов\nПетренко\nШатунов\n", "utf-8")
    assert run("match", queries, vocabulary, "-o", out, "--top", 2).exit_code == 0
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    best = {row["query"]: row["name"] for row in rows if row["rank"] == "1"}
    assert best == {"Schatunow": "Шатунов", "Soemkov": "Сумков"}
    assert all(float(row["weight"]) > 5 for row in rows if row["rank"] == "1")
    assert list(rows[0]) == ["query", "name", "rank", "weight"]


def test_match_that_finds_nothing_says_so(run, tmp_path):
    queries, vocabulary = tmp_path / "q.txt", tmp_path / "v.txt"
    queries.write_text("Petrenko\n", "utf-8")
    vocabulary.write_text("Шатунов\n", "utf-8")
    result = run("match", queries, vocabulary, "-o", tmp_path / "o.csv")
    assert result.exit_code == 1
    assert "Nothing found" in result.output


def test_match_refuses_what_it_cannot_read_or_write(run, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Иванов\n", "utf-8")
    bad.write_bytes("Иванов".encode("cp1251"))
    assert run("match", bad, good, "-o", tmp_path / "o.csv").exit_code == 2
    assert run("match", tmp_path / "none.txt", good, "-o", tmp_path / "o.csv").exit_code == 2
    assert run("match", good, good, "-o", tmp_path / "no" / "o.csv").exit_code == 2
    assert not (tmp_path / "o.csv").exists()


def test_train_reports_missing_files(run, tmp_path):
    result = run("train", "--data", tmp_path, "--check", "--quiet")
    assert result.exit_code == 2
    assert "cyrillic_latin_pairs.tsv.xz" in result.output


@pytest.mark.parametrize("command", ["compare", "match", "train"])
def test_every_command_shows_an_example(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"sexton names {command}" in result.output
