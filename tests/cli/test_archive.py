"""``sexton archive``, and ``sexton link`` with an archive: what is said, exit codes."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sexton.cli import link as link_command
from sexton.cli import main
from sexton.linkage.archive.store import VERSION

# Nobody of these names lived.
CARDS = [
    {"id": "r1", "name": "Третьяков Иван Иванович", "birth_date": "19.11.1911"},
    {"id": "r2", "name": "Шатунов Афанасий Фёдорович", "birth_date": "1903"},
    {"id": "r3", "name": "Клименко Тихон Иванович", "birth_date": "28.06.1906"},
]
GRAVES = [
    {"id": "g1", "name": "Ivan TACTIONOFF", "birth_date": "19 novembre 1911"},
    {"id": "g2", "name": "Afanas SCHATUNOV", "birth_date": "1903"},
    {"id": "g3", "name": "inconnu", "birth_date": ""},
]


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture()
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SEXTON_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture()
def cards(tmp_path):
    return write(tmp_path / "cards.csv", CARDS)


@pytest.fixture()
def graves(tmp_path):
    return write(tmp_path / "graves.csv", GRAVES)


def first(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["left_id"]: row["right_id"] for row in csv.DictReader(file)
                if row["rank"] == "1"}  # fmt: skip


def test_add_list_link_and_remove(run, cards, graves, tmp_path):
    added = run("archive", "add", cards, "--to", "stalags")
    assert added.exit_code == 0
    assert "3 records of cards.csv are in the archive stalags." in added.stdout
    listed = run("archive", "list")
    assert listed.exit_code == 0
    told = re.escape("stalags: 3 records\n  cards.csv: 3 records (") + r"[0-9a-f]{8}\)\n"
    assert re.fullmatch(told, listed.stdout)
    out = tmp_path / "found.csv"
    linked = run("link", graves, "archive:stalags", "-o", out)
    assert linked.exit_code == 0, linked.output
    assert "3 × 3 persons" in linked.stdout
    assert "1 persons of 3 have no name" in linked.stdout
    assert first(out) == {"g1": "r1", "g2": "r2", "g3": ""}
    removed = run("archive", "remove", "stalags", "cards.csv")
    assert (removed.exit_code, removed.stdout) == (
        0, "cards.csv is no longer in the archive stalags.\n")  # fmt: skip
    empty = run("link", graves, "archive:stalags", "-o", out)
    assert empty.exit_code == 2
    assert "add a list" in empty.stderr


def test_an_archive_gives_the_same_file_as_the_list(run, cards, graves, tmp_path):
    run("archive", "add", cards)
    for right, out in ((cards, "a.csv"), ("archive:main", "b.csv")):
        assert run("link", graves, right, "-o", tmp_path / out).exit_code == 0
    rows = []
    for out in ("a.csv", "b.csv"):
        with (tmp_path / out).open(encoding="utf-8", newline="") as file:
            rows.append([{**row, "evidence": ""} for row in csv.DictReader(file)])
    assert rows[0] == rows[1]


def test_a_large_file_is_indexed_aside_and_linked_alike(run, cards, graves, tmp_path, monkeypatch):
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    run("link", graves, cards, "-o", small)
    monkeypatch.setattr(link_command, "LARGE_FILE", 10)
    result = run("link", graves, cards, "-o", large)
    assert result.exit_code == 0, result.output
    assert first(small) == first(large)
    assert run("archive", "list").exit_code == 1


def test_what_was_added_is_told_as_json(run, cards, graves, tmp_path):
    added = run("archive", "add", cards, "--json")
    assert json.loads(added.stdout) == {
        "archive": "main", "file": "cards.csv", "records": 3, "problems": 0, "new": True,
    }  # fmt: skip
    assert added.stderr == ""
    again = run("archive", "add", cards, "--json")
    assert json.loads(again.stdout)["new"] is False
    [entry] = json.loads(run("archive", "list", "--json").stdout)["main"]
    assert (entry["file"], entry["records"], entry["problems"]) == ("cards.csv", 3, 0)
    linked = run("link", graves, "archive:main", "-o", tmp_path / "f.csv", "--json")
    assert linked.exit_code == 0, linked.exception
    assert linked.stderr.startswith("Probabilities may be off. The right list has 3 records")
    told = json.loads(linked.stdout)
    assert (told["left"], told["right"], told["unnamed"]) == (3, 3, 1)


def test_the_same_list_again_changes_nothing(run, cards):
    run("archive", "add", cards)
    again = run("archive", "add", cards)
    assert again.exit_code == 0
    assert "already; nothing was changed" in again.stdout


def test_rows_that_cannot_be_read_are_shown_and_the_rest_goes_on(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1,Иванов\n2\n2,Петров\n2,Сидоров\n", encoding="utf-8")
    result = run("archive", "add", path)
    assert result.exit_code == 0
    assert "2 records" in result.stdout
    assert "row 3" in result.stderr
    assert "row 5" in result.stderr
    assert json.loads(run("archive", "list", "--json").stdout)["main"][0]["problems"] == 2


def test_a_list_with_ids_that_are_there_is_refused(run, cards, tmp_path):
    run("archive", "add", cards)
    more = write(tmp_path / "more.csv", [CARDS[0] | {"id": "r9"}, CARDS[1]])
    result = run("archive", "add", more)
    assert result.exit_code == 2
    assert "r2" in result.stderr
    assert "Nothing was added" in result.stderr
    assert "more.csv" not in run("archive", "list").stdout


def test_a_mapping_is_used_and_is_part_of_what_is_kept(run, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Nr;Nachname\n1;Шатунов\n", encoding="utf-8")
    profile = tmp_path / "liste.toml"
    profile.write_text('[columns]\nid = "Nr"\nsurname = "Nachname"\n', encoding="utf-8")
    assert run("archive", "add", path).exit_code == 2
    assert run("archive", "add", path, "--mapping", profile).exit_code == 0
    found = run("search", "--archive", "main", "Schatunow")
    assert found.exit_code == 0
    assert "1" in found.stdout.split()[0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["archive", "list"], 1, "no archives yet"),
        (["archive", "add", "none.csv"], 2, "none.csv"),
        (["archive", "add", "empty.csv"], 2, "empty.csv"),
        (["archive", "add", "broken.csv"], 2, "no row of it can be read"),
        (["archive", "add", "cards.csv", "--to", "../out"], 2, "cannot name an archive"),
        (["archive", "add", "cards.csv", "--mapping", "atlantis"], 2, "atlantis"),
        (["archive", "remove", "stalags", "cards.csv"], 2, "no archive stalags"),
        (["link", "cards.csv", "archive:stalags", "-o", "o.csv"], 2, "There are: none"),
        (["link", "cards.csv", "archive:", "-o", "o.csv"], 2, "cannot name an archive"),
        (["link", "cards.csv", "archive:a/b", "-o", "o.csv"], 2, "cannot name an archive"),
        (["link", "cards.csv", "none.csv", "-o", "o.csv"], 2, "none.csv"),
        (["link", "cards.csv", "archive:x", "-o", "o.csv", "--mapping-right", "belgium"], 2,
         "leave out --mapping-right"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(run, cards, tmp_path, arguments, code, said):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "broken.csv").write_text("id,name\n1\n2\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "o.csv").exists()
    assert not list(tmp_path.glob("home/archives/*/archive.json"))


def test_an_unknown_archive_is_told_with_those_that_there_are(run, cards, graves):
    run("archive", "add", cards, "--to", "stalags")
    result = run("link", graves, "archive:lists", "-o", "o.csv")
    assert result.exit_code == 2
    assert "There are: stalags." in result.stderr


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_the_records_of_one_man_in_an_archive(run, tmp_path):
    sources = ("list 1", "list 1", "list 2", "list 2", "list 1")
    cards = [*CARDS, CARDS[0] | {"id": "r4"}, CARDS[0] | {"id": "r5"}]
    twice = [card | {"source": source} for card, source in zip(cards, sources, strict=True)]
    run("archive", "add", write(tmp_path / "twice.csv", twice))
    done = run("dedupe", "archive:main", "-o", "c.csv", "--pairs", "p.csv", "--apart", "a.csv")
    assert done.exit_code == 0
    assert "Records: 5." in done.stdout
    clusters = {row["id"]: row["cluster_id"] for row in rows(tmp_path / "c.csv")}
    assert clusters["r1"] == clusters["r4"] != clusters["r2"]
    pairs = rows(tmp_path / "p.csv")
    assert {(row["a"], row["b"]) for row in pairs} >= {("r1", "r4")}
    evidence = json.loads(pairs[0]["evidence"])
    weight = float(pairs[0]["weight"])
    assert sum(item["bits"] for item in evidence) == pytest.approx(weight, abs=1e-3)
    head = (tmp_path / "a.csv").read_text("utf-8").splitlines()[0]
    assert head == "a,b,probability,reason,between_a,between_b,why"
    assert not (tmp_path / "home" / "archives" / "main" / "dedupe").exists()


def test_an_archive_was_mapped_when_it_was_built(run, cards):
    run("archive", "add", cards)
    refused = run("dedupe", "archive:main", "-o", "c.csv", "--mapping", "belgium")
    assert refused.exit_code == 2
    assert "leave --mapping out" in refused.stderr


def test_a_list_that_the_archive_has_not_cannot_be_removed(run, cards):
    run("archive", "add", cards)
    result = run("archive", "remove", "main", "other.csv")
    assert result.exit_code == 1
    assert "no list other.csv" in result.stderr


def test_lists_of_one_name_are_removed_by_their_digests(run, cards, tmp_path):
    run("archive", "add", cards)
    (tmp_path / "new").mkdir()
    run("archive", "add", write(tmp_path / "new" / "cards.csv", [CARDS[0] | {"id": "r9"}]))
    which = run("archive", "remove", "main", "cards.csv")
    assert which.exit_code == 2
    digests = re.findall(r"[0-9a-f]{8}", which.stderr)
    assert digests == re.findall(r"\(([0-9a-f]{8})\)", run("archive", "list").stdout)
    assert run("archive", "remove", "main", digests[1]).exit_code == 0
    listed = run("archive", "list").stdout
    assert digests[0] in listed
    assert digests[1] not in listed


def test_what_is_unfinished_is_shown_and_removed(run, cards, tmp_path):
    run("archive", "add", cards)
    begun = tmp_path / "home" / "archives" / "main" / "list-0123456789abcdef0123"
    begun.mkdir()
    (begun / "source.json").write_text('{"file": "more.csv"}', encoding="utf-8")
    assert "more.csv: not finished, 20 bytes" in run("archive", "list").stdout
    assert run("archive", "remove", "main").exit_code == 2
    assert run("archive", "remove", "main", "more.csv", "--unfinished").exit_code == 2
    removed = run("archive", "remove", "main", "--unfinished")
    assert "1 unfinished lists were removed" in removed.stdout
    assert not begun.exists()


def test_an_archive_of_an_earlier_version_is_rebuilt(run, cards, graves, tmp_path):
    run("archive", "add", cards)
    head = tmp_path / "home" / "archives" / "main" / "archive.json"
    now = f'"version": {VERSION}'
    head.write_text(head.read_text("utf-8").replace(now, '"version": 1'), "utf-8")
    told = run("link", graves, "archive:main", "-o", tmp_path / "o.csv")
    assert told.exit_code == 2
    assert "sexton archive rebuild main" in told.stderr
    assert run("archive", "rebuild", "main").exit_code == 0
    assert run("link", graves, "archive:main", "-o", tmp_path / "o.csv").exit_code == 0


def test_a_damaged_archive_is_told(run, cards, graves, tmp_path):
    run("archive", "add", cards)
    [array] = tmp_path.glob("home/archives/main/list-*/columns/columns-rows.npy")
    array.unlink()
    result = run("link", graves, "archive:main", "-o", "o.csv")
    assert result.exit_code == 2
    assert "columns-rows.npy is missing or damaged" in result.stderr
    # What the message says helps.
    assert run("archive", "remove", "main", "cards.csv").exit_code == 0
    assert run("archive", "add", cards).exit_code == 0
    assert run("link", graves, "archive:main", "-o", "o.csv").exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written_to_is_named(run, cards, monkeypatch):
    monkeypatch.setenv("SEXTON_HOME", "/proc/sexton")
    result = run("archive", "add", cards)
    assert result.exit_code == 2
    assert "/proc/sexton" in result.stderr
    assert "Nothing was added" in result.stderr


def test_a_full_disk_is_told_when_a_large_file_is_linked(cards, graves, tmp_path):
    code = (
        "import resource, sys; from sexton.cli import main; from sexton.cli import link;"
        "link.LARGE_FILE = 10; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        f"main(['link', {str(graves)!r}, {str(cards)!r}, '-o', {str(tmp_path / 'o.csv')!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "disk may be full" in done.stderr or "File too large" in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_a_process_ends_without_complaints(cards, tmp_path):
    code = f"from sexton.cli import main; main(['archive', 'add', {str(cards)!r}, '--json'])"
    environment = {**os.environ, "SEXTON_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stderr == ""


def test_progress_is_shown_unless_json_is_asked_for(run, cards, graves, tmp_path):
    shown = run("archive", "add", cards)
    assert "Checking the file" in shown.stderr
    assert "Sorting persons" in shown.stderr
    linked = run("link", graves, "archive:main", "-o", tmp_path / "o.csv")
    assert "Weighing the evidence" in linked.stderr
    assert "Weighing" not in linked.stdout


def test_every_subcommand_has_help_with_an_example(run):
    for name in ("add", "list", "rebuild", "remove"):
        result = run("archive", name, "--help")
        assert result.exit_code == 0
        assert f"sexton archive {name}" in result.stdout.split("Example:")[1]


def test_showing_the_archives_loads_nothing_that_links(tmp_path):
    """`sexton --help` is tested with the reference; the group's own help is as quick."""
    code = (
        "import sys; from click.testing import CliRunner; from sexton.cli import main;"
        "CliRunner().invoke(main, ['archive', '--help']);"
        "print([m for m in ('duckdb', 'numba', 'numpy', 'django', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
