"""A table is written whole or not at all, and text stays text."""

import datetime
import errno
import json

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from sexton.records import (
    UnwritableFile,
    read_person_list,
    write_columns,
    write_table,
    writing,
)

SUFFIXES = [".csv", ".jsonl", ".parquet", ".xlsx"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failure_half_way_leaves_the_old_file(tmp_path, suffix):
    def rows():
        yield {"id": "1"}
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / f"out{suffix}"
    path.write_text("old")
    with pytest.raises(UnwritableFile, match="No space left"):
        write_table(rows(), ["id"], path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_fault_of_the_caller_leaves_the_old_file_too(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_table(({"id": str(1 // i)} for i in (1, 0)), ["id"], path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_rows_make_an_empty_table(tmp_path, suffix):
    write_table([], ["id", "name"], tmp_path / f"out{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == [f"out{suffix}"]


def test_other_suffixes_and_folders_are_refused(tmp_path):
    with pytest.raises(UnwritableFile, match=r"\.parquet"):
        write_table([], ["id"], tmp_path / "out.doc")
    with pytest.raises(UnwritableFile, match="No such file"):
        write_table([], ["id"], tmp_path / "none" / "out.csv")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
def test_formulas_links_and_numbers_stay_text(tmp_path, suffix):
    cells = ["=1+1", "@SUM(A1)", "https://a.example/x", "007", "1e5", "_x0041_", "{=A1}", "a\r\nb"]
    path = tmp_path / f"out{suffix}"
    write_table(
        [{"id": str(i), "name": cell} for i, cell in enumerate(cells)], ["id", "name"], path
    )
    assert [r.fields["name"] for r in read_person_list(path).records] == cells


def test_numbers_stay_numbers(tmp_path):
    rows = [("a", 0.5, 1, True), ("b", None, 2, False)]
    columns = ["id", "probability", "rank", "flag"]
    for suffix in SUFFIXES:
        write_table(rows, columns, tmp_path / f"out{suffix}")
    assert pq.read_table(tmp_path / "out.parquet").column("probability").to_pylist() == [0.5, None]
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert json.loads(lines[1]) == {"id": "b", "rank": 2, "flag": False}
    sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[1:] == [["a", 0.5, 1.0, True], ["b", "", 2.0, False]]
    assert (tmp_path / "out.csv").read_text().splitlines()[2] == "b,,2,False"


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("rows", [[], [["=1+1", 0.5, None, True], ["Иванов", None, "x", False]]])
def test_columns_make_the_file_that_rows_make(tmp_path, suffix, rows):
    columns = ["id", "probability", "name", "flag"]
    write_table(rows, columns, tmp_path / f"rows{suffix}")
    held = {name: [row[i] for row in rows] for i, name in enumerate(columns)}
    write_columns(held, tmp_path / f"columns{suffix}")
    one, other = (tmp_path / f"{by}{suffix}" for by in ("rows", "columns"))
    assert one.read_bytes() == other.read_bytes()


def test_columns_make_a_sheet(tmp_path):
    write_columns({"id": ["=1+1", "b"], "rank": [1, None]}, tmp_path / "out.xlsx")
    sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert sheet == [["id", "rank"], ["=1+1", 1.0], ["b", ""]]


def test_values_of_several_kinds_in_a_column_are_text(tmp_path):
    path = tmp_path / "out.parquet"
    day = datetime.date(1942, 5, 1)
    write_table([["1", "x"], ["2", day], ["3", 10**30], ["4", None]], ["id", "name"], path)
    names = [r.fields.get("name") for r in read_person_list(path).records]
    assert names == ["x", "1942-05-01", str(10**30), None]


def test_what_a_sheet_cannot_hold_is_refused(tmp_path, monkeypatch):
    with pytest.raises(UnwritableFile, match="32,767"):
        write_table([["x" * 32_768]], ["name"], tmp_path / "out.xlsx")
    monkeypatch.setattr(writing, "SHEET_ROWS", 3)
    with pytest.raises(UnwritableFile, match="rows"):
        write_table([["x"]] * 4, ["name"], tmp_path / "out.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_file_has_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    write_table([], ["id"], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode
