"""``sexton names compare`` and ``match``: explanation in words, whole names."""

import csv
import json
import time

import pytest
from click.testing import CliRunner

from sexton.cli import main


@pytest.fixture
def run():
    def invoke(*args, **options):
        return CliRunner().invoke(main, ["names", *map(str, args)], **options)

    return invoke


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.csv"
    path.write_text(
        "id,surname,given\n1,Шатунов,Афанасий\n2,Сумков,Иван\n3,Шатунов,Пётр\n", "utf-8"
    )
    return path


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "German spelling"),
        ("fr", "graphie allemande"),
        ("nl", "Duitse spelling"),
        ("de", "deutsche Schreibweise"),
        ("ru", "немецкое написание"),
    ],
)
def test_compare_explains_in_five_languages(run, language, words):
    assert words in run("compare", "Schatunow", "Шатунов", "-l", language).output


def test_compare_knows_whole_names_by_their_words(run):
    result = run("compare", "J. Petrow", "Петров Иван Ильич")
    assert result.exit_code == 0
    assert "The initial fits: J and Иван." in result.output
    part = run("compare", "J. Petrow", "Петров Иван", "--kind", "surname")
    assert "initial" not in part.output


def test_whole_names_for_programs_add_up(run):
    answer = json.loads(run("compare", "Jean Borovka", "Боровка Иван", "--json").output)
    assert answer["bits"] == pytest.approx(sum(p["bits"] for p in answer["parts"]), abs=0.001)
    assert [part["way"] for part in answer["parts"]] == ["spelling", "equivalent"]
    assert answer["left"]["given"] == "Jean"
    assert answer["sentences"]


def test_names_that_nobody_bears_are_nothing_found(run):
    result = run("compare", "soldat russe inconnu", "Иванов Иван")
    assert result.exit_code == 1
    assert "no part in common" in result.output


@pytest.mark.parametrize("language", ["en", "ru"])
def test_compare_fits_into_80_columns(run, language, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for a, b in (
        ("Maria Schafrowa-Marutajewa", "Шафрова-Марутаева Мария Александровна"),
        ("Tactionoff", "Третьяков"),
        ("[bold]x", "Иванов"),
    ):
        output = run("compare", a, b, "-l", language).output
        assert max(map(len, output.splitlines())) <= 80
        assert a[:5] in output


def test_match_looks_names_up_in_a_column(run, archive):
    result = run("match", "Schatunow", "Soemkov", "--in", archive, "--top", 1)
    assert result.exit_code == 0
    assert "Шатунов" in result.output
    assert "Сумков" in result.output
    assert "German spelling" in result.output


def test_match_for_programs_is_one_object_a_query(run, archive):
    result = run("match", "Schatunow", "1912", "--in", archive, "--json", "--top", 1)
    first, second = objects(result.output)
    assert first["query"] == "Schatunow"
    assert first["matches"][0]["name"] == "Шатунов"
    assert (first["matches"][0]["rank"], first["matches"][0]["count"]) == (1, 2)
    assert first["matches"][0]["sentences"]
    assert second["matches"] == []


def test_match_reads_queries_from_stdin_or_a_file(run, archive, tmp_path):
    piped = run("match", "--in", archive, "--json", input="Schatunow\n\nSoemkov\n")
    assert [found["query"] for found in objects(piped.output)] == ["Schatunow", "Soemkov"]
    stones = tmp_path / "stones.csv"
    stones.write_text("name;note\nSchatunow;x\n", "utf-8")
    filed = run("match", "--from", stones, "--from-column", "name", "--in", archive, "--json")
    assert [found["query"] for found in objects(filed.output)] == ["Schatunow"]


def test_match_answers_each_line_before_the_next_is_there(archive):
    import subprocess
    import sys

    command = [
        sys.executable,
        "-c",
        "from sexton.cli import main; main()",
        "names",
        "match",
        "--in",
        archive,
        "--json",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as job:
        job.stdin.write("Schatunow\n")
        job.stdin.flush()
        started = time.monotonic()
        answer = json.loads(job.stdout.readline())
        assert answer["query"] == "Schatunow"
        assert time.monotonic() - started < 60
        job.stdin.close()
        assert job.wait(timeout=60) == 0


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_match_writes_tables(run, archive, tmp_path, suffix):
    out = tmp_path / f"found.{suffix}"
    assert run("match", "Schatunow", "--in", archive, "-o", out).exit_code == 0
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file)) if suffix == "csv" else [json.loads(x) for x in file]
    assert list(rows[0]) == ["query", "name", "rank", "weight"]
    assert rows[0]["name"] == "Шатунов"


def test_match_says_which_file_row_or_column_is_wrong(run, archive, tmp_path):
    column = run("match", "x", "--in", archive, "--column", "nachname")
    assert column.exit_code == 2
    assert "archive.csv" in column.output
    assert "nachname" in column.output
    assert "id, surname, given" in column.output
    damaged = tmp_path / "damaged.txt"
    damaged.write_bytes("Иванов\n".encode() + "Шатунов\n".encode("cp1251"))
    row = run("match", "x", "--in", damaged)
    assert row.exit_code == 2
    assert "damaged.txt, row 2" in row.output
    piped = run("match", "--in", archive, input=b"Ivanov\n\xff\xfe\n")
    assert piped.exit_code == 2
    assert "standard input, line 2" in piped.output
    assert run("match", "x", "--in", tmp_path / "none.csv").exit_code == 2
    assert run("match", "x").exit_code == 2
    assert run("match", "x", "--in", archive, "--from", archive).exit_code == 2
    assert run("match", "x", "--in", archive, "-o", tmp_path / "found.doc").exit_code == 2


def test_a_row_that_cannot_be_read_is_reported_and_the_rest_goes_on(run, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text("id,surname\n1,Шатунов\n2,a,b,c\n3,Сумков\n", "utf-8")
    result = run("match", "Soemkov", "--in", broken, "--json")
    assert result.exit_code == 0
    assert "broken.csv, row 3" in result.stderr
    assert "Сумков" in result.stdout
