"""Every command that reads a list meets bad input with a message, exit code 2, and no half file."""

import csv
import zipfile

import pytest
import xlsxwriter
from click.testing import CliRunner

from sexton.cli import main
from sexton.records import write_table

GOOD = [
    {"id": f"g{i}", "name": name, "birth_date": "1912", "burial_place": "Genk"}
    for i, name in enumerate(("Ivan Sidorov", "Piotr Gouschva", "Andrei Kisilov"))
]


def empty(path):
    path.write_bytes(b"")


def long_line(path):
    path.write_text("x" * 3_000_000)


def zip_without_workbook(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no list")


def bomb(path):
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_string(1_048_575, 16_383, "!")
    book.worksheets()[0].write_row(0, 0, ["id", "name"])
    book.close()


def truncated_parquet(path):
    write_table(GOOD, list(GOOD[0]), path)
    path.write_bytes(path.read_bytes()[:-9])


def no_person_list(path):
    path.write_text("grave,colour\n1,red\n")


def nothing(path):
    """No such file."""


# How each is made, its file's name, and a word of the message.
BAD = {
    "empty file": (empty, "bad.csv", "empty"),
    "long line": (long_line, "bad.csv", "first row"),
    "zip": (zip_without_workbook, "bad.xlsx", "XLSX"),
    "bomb": (bomb, "bad.xlsx", "columns"),
    "truncated": (truncated_parquet, "bad.parquet", "damaged"),
    "other columns": (no_person_list, "bad.csv", "grave, colour"),
    "no file": (nothing, "bad.csv", "No such file"),
    "folder": (lambda path: path.mkdir(), "bad.csv", "folder"),
}
# LIST is the list under test, GOOD a good one, OUT the table to write.
COMMANDS = [
    "import LIST -o OUT",
    "dedupe LIST -o OUT",
    "audit LIST -o OUT",
    "link LIST GOOD -o OUT",
    "link GOOD LIST -o OUT",
]


@pytest.fixture
def run(tmp_path):
    write_table(GOOD, list(GOOD[0]), tmp_path / "good.csv")
    (tmp_path / "out.csv").write_text("old")

    def invoke(command, path, *options):
        places = {"LIST": path, "GOOD": tmp_path / "good.csv", "OUT": tmp_path / "out.csv"}
        arguments = [str(places.get(word, word)) for word in command.split()]
        return CliRunner().invoke(main, [*arguments, *options])

    return invoke


def check_refused(result, folder, word):
    assert result.exit_code == 2, result.output
    assert word in result.stderr
    assert "Traceback" not in result.output
    assert (folder / "out.csv").read_text() == "old"
    assert {path.name for path in folder.iterdir()} <= {"good.csv", "out.csv"}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_used(run, tmp_path, tmp_path_factory, command, kind):
    make, name, word = BAD[kind]
    path = tmp_path_factory.mktemp("bad") / name
    make(path)
    result = run(command, path)
    check_refused(result, tmp_path, word)
    assert str(path) in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_mapping_that_does_not_fit(run, tmp_path, command):
    option = "--mapping"
    if command.startswith("link"):
        option += "-left" if command.startswith("link LIST") else "-right"
    check_refused(run(command, tmp_path / "good.csv", option, "belgium"), tmp_path, "entry_id")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_encoding(run, tmp_path, tmp_path_factory, command):
    folder = tmp_path_factory.mktemp("bad")
    (folder / "bad.csv").write_bytes("id;name\n1;Гужва Пётр\n2;Кизилов Иван\n".encode("cp1251"))
    (folder / "m.toml").write_text('encoding = "utf-8"\n')
    option = "--mapping"
    if command.startswith("link"):
        option += "-left" if command.startswith("link LIST") else "-right"
    result = run(command, folder / "bad.csv", option, str(folder / "m.toml"))
    check_refused(result, tmp_path, "cp1251")


@pytest.mark.parametrize("command", COMMANDS)
def test_broken_rows_are_said_and_the_rest_goes_on(run, tmp_path, tmp_path_factory, command):
    rows = [f"r{i},Ivan Sidorov{'abcdefghij'[i % 10]},19{10 + i % 20}" for i in range(60)]
    for i in range(0, 60, 10):
        rows[i] = [f"r{i},Ivan", f'r{i},"Ivan,1912', "r1,Ivan,1912"][i // 10 % 3]
    path = tmp_path_factory.mktemp("bad") / "list.csv"
    path.write_text("\n".join(["id,name,birth_date", *rows]) + "\n")
    result = run(command, path)
    assert result.exit_code == 0, result.output
    for word in ("2 cells", "quotation mark", "“r1”"):
        assert word in " ".join(result.output.split())
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    assert written[0] != ["old"]
    text = str(written)
    assert "'r0'" not in text and "'r10'" not in text


@pytest.mark.parametrize("command", COMMANDS)
def test_a_place_that_cannot_be_written(run, tmp_path, command):
    command = command.replace("OUT", str(tmp_path / "none" / "out.csv"))
    check_refused(run(command, tmp_path / "good.csv"), tmp_path, "none")
