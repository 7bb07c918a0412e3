"""Bad files: each gives its message, costs little, and what is sound in it is still read."""

import json
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter

from sexton.records import UnreadableFile, load_mapping, read_person_list, write_table
from sexton.records.source import DEFAULT_LIMITS


@pytest.fixture
def save(tmp_path):
    def write(content, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path, mapping=None, **options):
    with pytest.raises(UnreadableFile) as caught:
        read_person_list(path, mapping, **options)
    assert str(caught.value.problem.remedy)
    assert caught.value.problem.file == str(path)
    return str(caught.value)


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl", "list.xlsx", "list.parquet"])
def test_empty_file(save, name):
    assert "empty" in refusal(save(b"", name))


@pytest.mark.parametrize("content", [b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_file_without_a_word(save, content):
    assert "empty" in refusal(save(content)) or "first row" in refusal(save(content))


def test_header_without_rows(save):
    assert "no row" in refusal(save("id,name\n\n"))


def test_no_such_file_and_folder(tmp_path):
    assert "No such file" in refusal(tmp_path / "none.csv")
    assert "folder" in refusal(tmp_path)


def test_no_permission(save, monkeypatch):
    path = save("id,name\n1,Ivan\n")

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert "Permission denied" in refusal(path)


def test_a_pipe_is_not_waited_for(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    assert "ordinary file" in refusal(tmp_path / "pipe.csv")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "XLS"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"%PDF-1.4", "PDF"),
        (b"SQLite format 3\0", "database"),
    ],
)
def test_other_formats_are_named(save, content, word):
    assert word in refusal(save(content))


def test_columns_that_are_no_person_list(save):
    message = refusal(save("grave,colour\n1,red\n"))
    assert "grave, colour" in message


def test_mapping_that_names_a_missing_column(save):
    message = refusal(save("id,name\n1,Ivan\n"), load_mapping("belgium"))
    assert "entry_id" in message
    assert "id, name" in message


def test_thousands_of_columns(save):
    assert "columns" in refusal(save(",".join(f"c{i}" for i in range(3000)) + "\n"))


def test_broken_rows_are_reported_and_the_rest_is_read(save):
    lines = ["id,name,remarks"]
    for i in range(300):
        kinds = [f'{i},Ivan {i},"so, so"'] * 10
        kinds[0] = [f"{i},Ivan", f"{i},a,b,c", f'{i},"Ivan,x', f"{i},I\0,x"][i // 10 % 4]
        lines.append(kinds[i % 10])
    people = read_person_list(save("\n".join(lines) + "\n"))
    assert (people.accepted, people.rejected, people.read) == (270, 30, 300)
    assert {problem.row for problem in people.problems} == {2 + i for i in range(0, 300, 10)}
    reasons = " ".join(str(problem.reason) for problem in people.problems)
    for word in ("2 cells", "4 cells", "quotation mark", "zero bytes"):
        assert word in reasons
    assert all(r.fields["remarks"] == "so, so" for r in people.records)


def test_an_open_quote_loses_one_line_only(save):
    people = read_person_list(save('id,name\n1,"Ivan\n2,Piotr\n3,"An\ndrei"\n'))
    assert [(r.id, r.fields["name"]) for r in people.records] == [("2", "Piotr"), ("3", "An\ndrei")]
    assert [p.row for p in people.problems] == [2]


def test_quotes_that_never_match_end_in_a_message(save, monkeypatch):
    monkeypatch.setattr("sexton.records.delimited.READ_AGAIN", 5_000)
    assert "quotation mark" in refusal(save("id,name\n" + 'a","\n' * 3_000))


def test_mixed_line_endings_and_trailing_delimiters(save):
    people = read_person_list(save("id;name\r\n1;Ivan\n2;Piotr;;\r3;Andrei\n\n;\n"))
    assert [r.fields["name"] for r in people.records] == ["Ivan", "Piotr", "Andrei"]
    assert people.rejected == 0


def test_the_first_of_two_equal_ids_is_kept(save):
    people = read_person_list(save("id,name\n7,Ivan\n8,Piotr\n7,Andrei\n"))
    assert [r.fields["name"] for r in people.records] == ["Ivan", "Piotr"]
    (problem,) = people.problems
    assert (problem.row, problem.column) == (4, "id")
    assert "row 2" in str(problem.reason)


def test_a_huge_line_costs_no_memory(save):
    path = save("id,name\n1,Ivan\n2," + "x" * 30_000_000 + "\n3,Piotr\n")
    tracemalloc.start()
    people = read_person_list(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [r.id for r in people.records] == ["1", "3"]
    assert "too long" in str(people.problems[0].reason)
    assert peak < 15_000_000


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_a_huge_first_line_is_refused(save, name):
    limits = replace(DEFAULT_LIMITS, line=1000)
    assert refusal(save("x" * 100_000, name), limits=limits)
    assert refusal(save("x" * 3_000_000, name))
    assert refusal(save('"' + "x,\n" * 100_000, name))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_a_line_of_a_gigabyte(save, tmp_path, name):
    path = save({"list.csv": "id,name\n1,Ivan\n2,", "list.jsonl": '{"id":"1"}\n'}[name], name)
    with path.open("r+b") as file:
        file.truncate(1 << 30)  # a sparse file: the line goes on in zero bytes
    with path.open("ab") as file:
        file.write(b"\n3,Piotr\n" if name == "list.csv" else b'\n{"id":"3"}\n')
    tracemalloc.start()
    people = read_person_list(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [r.id for r in people.records] == ["1", "3"]
    assert people.rejected == 1
    assert peak < 40_000_000


# Encodings

TEXT = "Фамилия;id\nКоновалов;1\nБобельцов;2\nГужва;3\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"]
)
def test_encodings_are_recognised(save, encoding):
    people = read_person_list(save(TEXT.encode(encoding)))
    assert [r.extra["Фамилия"] for r in people.records] == ["Коновалов", "Бобельцов", "Гужва"]


def test_western_text_is_recognised(save):
    rows = "id;name\n1;André Müller\n2;Hélène Forêt\n3;Jérôme Çelik à Liège\n"
    people = read_person_list(save(rows.encode("cp1252")))
    assert [r.fields["name"] for r in people.records] == [
        "André Müller",
        "Hélène Forêt",
        "Jérôme Çelik à Liège",
    ]
    assert "cp1252" in str(people.notes[0])


def test_a_few_bad_bytes_reject_their_rows_only(save):
    rows = [f"{i},Иван Иванов {i}".encode() for i in range(50)]
    rows[7] = b"7,\xd0\xff\xfe"
    people = read_person_list(save(b"id,name\n" + b"\n".join(rows)))
    assert people.accepted == 49
    assert [p.row for p in people.problems] == [9]


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "ascii"])
def test_a_wrong_declared_encoding_is_said(save, tmp_path, declared):
    profile = tmp_path / "m.toml"
    profile.write_text(f'encoding = "{declared}"\n')
    message = refusal(save(TEXT.encode("cp1251")), load_mapping(profile))
    assert declared in message
    assert "cp1251" in message


def test_utf_8_declared_as_something_older_is_said(save, tmp_path):
    profile = tmp_path / "m.toml"
    profile.write_text('encoding = "cp1252"\n')
    assert "utf-8" in refusal(save(TEXT), load_mapping(profile))


@pytest.mark.parametrize("declared", ["klingon", "hex", "rot13"])
def test_an_unknown_encoding_is_said(save, tmp_path, declared):
    profile = tmp_path / "m.toml"
    profile.write_text(f'encoding = "{declared}"\n')
    assert declared in refusal(save(TEXT), load_mapping(profile))


# JSON Lines


def test_lines_that_are_no_objects(save):
    lines = ['{"id": "1", "name": "Ivan"}', "[1, 2]", '"text"', "{", '{"id": "\\ud800"}', ""]
    people = read_person_list(save("\n".join(lines), "list.jsonl"))
    assert (people.accepted, people.rejected) == (1, 4)
    assert [p.row for p in people.problems] == [2, 3, 4, 5]


def test_a_json_array_is_refused(save):
    assert "JSON object" in refusal(save('[\n{"id": "1"},\n{"id": "2"}\n]\n', "list.json"))


def test_json_values_keep_their_digits(save):
    digits = "9" * 6000
    line = f'{{"id": {digits}, "name": ["A", "B"], "a": 1.50, "b": true, "c": {{"d": 1}}}}'
    (record,) = read_person_list(save(line, "list.jsonl")).records
    assert record.id == digits
    assert record.fields["name"] == "A; B"
    assert record.extra == {"a": "1.50", "b": "TRUE", "c": '{"d": "1"}'}


def test_deep_json_is_a_problem_not_a_crash(save):
    deep = '{"id":' + "[" * 200_000
    people = read_person_list(save('{"id":"1"}\n' + deep + "\n", "list.jsonl"))
    assert people.rejected == 1


# Workbooks and Parquet


def workbook(path, rows, **options):
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("Dead")
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    return book, sheet


def test_a_zip_that_is_no_workbook(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "XLSX" in refusal(path)
    path.write_bytes(path.read_bytes()[:40])
    assert "XLSX" in refusal(path)


def test_a_text_called_xlsx_or_parquet(save):
    assert "XLSX" in refusal(save("id,name\n1,Ivan\n", "list.xlsx"))
    assert "Parquet" in refusal(save("id,name\n1,Ivan\n", "list.parquet"))


def test_a_cell_in_the_last_row_and_column(tmp_path):
    book, sheet = workbook(tmp_path / "bomb.xlsx", [["id", "name"], ["1", "Ivan"]])
    sheet.write_string(1_048_575, 16_383, "!")
    book.close()
    assert (tmp_path / "bomb.xlsx").stat().st_size < 10_000
    assert "columns" in refusal(tmp_path / "bomb.xlsx")


def test_a_sheet_that_spans_too_much(tmp_path):
    book, sheet = workbook(tmp_path / "bomb.xlsx", [["id", "name"], ["1", "Ivan"]])
    sheet.write_string(1_048_575, 1_000, "!")
    book.close()
    assert "1048576 rows" in refusal(tmp_path / "bomb.xlsx")


def test_a_workbook_that_inflates(tmp_path):
    path = tmp_path / "bomb.xlsx"
    book, _ = workbook(path, [["id", "name"], ["1", "Ivan"]])
    book.close()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.xml", b"\0" * (40 << 20))
    assert "proportion" in refusal(path)


@pytest.mark.parametrize("less", [{"memory": 1 << 20}, {"seconds": 0}])
def test_a_parser_that_runs_into_its_limits(tmp_path, less):
    path = tmp_path / "list.xlsx"
    write_table([{"id": "1", "name": "Ivan"}], ["id", "name"], path)
    assert "memory" in refusal(path, limits=replace(DEFAULT_LIMITS, **less))


def test_a_parser_that_asks_for_500_gigabytes_takes_nothing_along(tmp_path):
    path = tmp_path / "bomb.xlsx"
    book, sheet = workbook(path, [["id", "name"], ["1", "Ivan"]])
    sheet.write_string(1_048_575, 16_383, "!")
    book.close()
    limits = replace(DEFAULT_LIMITS, cells=1 << 40, columns=1 << 20)
    assert "memory" in refusal(path, limits=limits)


def test_formulas_dates_and_numbers_of_a_workbook(tmp_path):
    path = tmp_path / "list.xlsx"
    book, sheet = workbook(path, [["ID ", "Name", "Birth_Date", "prisoner_number"]])
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(1, 0, [1, "=2+3", 6696, 12345])
    sheet.write_row(2, 0, [2, "Piotr"])
    sheet.write_number(2, 2, 6696, day)
    sheet.write_number(2, 3, 1.5)
    sheet.write_row(3, 0, [3, "computed"])
    sheet.write_formula(3, 3, "=A1", None, "IV H")
    sheet.write_row(4, 0, [4])
    sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
    sheet.write_row(5, 0, [5])
    sheet.write_formula(5, 1, "=A1", None, "\x00")
    book.add_worksheet("Other")
    book.close()
    uncompute(path)
    people = read_person_list(path)
    assert [r.id for r in people.records] == ["1", "2", "3"]
    assert people.records[0].fields["birth_date"] == "6696"
    assert people.records[1].fields["birth_date"] == "1918-05-01"
    assert people.records[1].fields["prisoner_number"] == "1.5"
    assert people.records[2].fields["prisoner_number"] == "IV H"
    assert [(p.row, p.column) for p in people.problems] == [(5, "Name"), (6, "Name")]
    assert "#DIV/0!" in str(people.problems[0].reason)
    assert "formula" in str(people.problems[1].reason)
    assert any("2 sheets" in str(note) for note in people.notes)


def uncompute(path):
    """Take the saved result of the formula in B6 away, as a program that never computed it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    import re

    name = "xl/worksheets/sheet1.xml"
    parts[name], count = re.subn(
        rb'<c r="B6"[^>]*><f>A1</f>.*?</c>', b'<c r="B6"><f>A1</f></c>', parts[name]
    )
    assert count == 1
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_another_sheet_can_be_named(tmp_path):
    path = tmp_path / "list.xlsx"
    book, _ = workbook(path, [["colour"], ["red"]])
    book.add_worksheet("People").write_column(0, 0, ["name", "Ivan"])
    book.close()
    profile = tmp_path / "m.toml"
    profile.write_text('sheet = "People"\n')
    assert read_person_list(path, load_mapping(profile)).records[0].fields == {"name": "Ivan"}
    profile.write_text('sheet = "Nobody"\n')
    assert "Dead, People" in refusal(path, load_mapping(profile))


def test_empty_workbook(tmp_path):
    book, _ = workbook(tmp_path / "list.xlsx", [])
    book.close()
    assert "empty" in refusal(tmp_path / "list.xlsx")


def test_truncated_parquet(tmp_path):
    path = tmp_path / "list.parquet"
    write_table([{"id": str(i), "name": "Ivan"} for i in range(1000)], ["id", "name"], path)
    path.write_bytes(path.read_bytes()[:-20])
    assert "damaged" in refusal(path)


def test_parquet_values_become_text(tmp_path):
    import datetime

    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "list.parquet"
    table = pa.table(
        {
            "id": [1, 2],
            "name": pa.array([b"Ivan", b"\xff"], pa.binary()),
            "birth_date": [datetime.date(1912, 5, 1), None],
            "prisoner_number": [12345.0, None],
            "other_names": [["A", "B"], []],
        }
    )
    pq.write_table(table, path)
    people = read_person_list(path)
    assert [dict(r.fields) for r in people.records] == [
        {
            "name": "Ivan",
            "birth_date": "1912-05-01",
            "prisoner_number": "12345",
            "other_names": "A; B",
        }
    ]
    assert [(p.row, p.column) for p in people.problems] == [(2, "name")]
    assert json.dumps(people.problems[0].as_dict())


def test_long_json_lines_are_reported_and_read_past(save):
    path = save('{"id":"1"}\n\n{"id":"' + "x" * 5000 + '"}\n{"id":"3"}\n', "list.jsonl")
    people = read_person_list(path, limits=replace(DEFAULT_LIMITS, line=1000))
    assert [r.id for r in people.records] == ["1", "3"]
    assert [p.row for p in people.problems] == [3]
