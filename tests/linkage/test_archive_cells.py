"""Cells of an archive: what a list says comes out as it went in, whatever its file is like."""

from __future__ import annotations

import csv
import json
import pickle
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.linkage.archive import Archive, ArchiveError
from sexton.linkage.archive.cells import Cells, CellWriter
from sexton.linkage.beginnings import beginnings, beginnings_of
from sexton.records import COLUMNS, load_mapping, pack_path, read_person_list
from sexton.records.plan import folded
from sexton.records.reading import read_person

# Letters of several scripts, signs that files quote, and what looks like markup of some reader.
LETTERS = "abzéÉßłЖжёіґ'ʼ’\"“,;|\t#\\/=+-.()?0123 \u00a0\u200b\u2028\u0301𝔄"
CELL = st.text(LETTERS, max_size=12)
PART = st.sampled_from(["", "Иван", "Petroff", " ", "И.", "Ivan Ivanovitch", "Дюма-Отец"])
SETTINGS = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def people(draw):
    """Rows whose whole name is their parts joined, or says something else."""
    rows = []
    for number in range(draw(st.integers(1, 25))):
        row = {"surname": draw(PART), "given": draw(PART), "patronymic": draw(PART)}
        joined = " ".join(cell for cell in row.values() if cell)
        row["name"] = draw(st.one_of(st.just(joined), st.just("  ".join(row.values())), CELL))
        row["birth_date"] = draw(st.sampled_from(["", "1912", "32 Jahre", " "]))
        row["burial_place"], row["Bemerkung/alt"] = draw(CELL), draw(CELL)
        rows.append({"id": f"{draw(st.sampled_from(['#', '', 'ж', ' ']))}{number}", **row})
    return rows


def written(path, columns, rows):
    """A list of the suffix of ``path``."""
    if path.suffix == ".parquet":
        table = pa.table({name: pa.array([r[name] for r in rows], pa.string()) for name in columns})
        pq.write_table(table, path)
    elif path.suffix == ".jsonl":
        lines = [json.dumps({name: row[name] for name in columns}) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return path


def added(path, mapping=None):
    """The records of an archive that has the list, as it was written and as it is read again."""
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive")
        done = archive.add(path, mapping)
        pool = archive.pool()
        assert done.entry.records == len(pool)
        records = [pool.record(place) for place in range(len(pool))]
        assert [pool.id_of(place) for place in range(len(pool))] == [r.id for r in records]
        assert pool.ids_of(np.arange(len(pool))) == [r.id for r in records]
        assert pool.beginnings(range(len(pool))) == dict(enumerate(map(begun, records)))
        return records, done


def begun(record):
    if "surname" in record.fields:
        return beginnings(record.fields["surname"], record.fields.get("given"))
    return beginnings_of(read_person(record))


def told(records):
    return [(record.id, dict(record.fields), dict(record.extra)) for record in records]


def same_as_read(path, mapping=None):
    """Whether an archive holds what a reader of the list gives; the problems too."""
    listed = read_person_list(path, mapping)
    records, done = added(path, mapping)
    assert told(records) == told(listed.records)
    assert [str(problem) for problem in done.problems] == [str(p) for p in listed.problems]
    return listed


def cells_of(row, columns):
    """The cells that are not blank, as a record has them, without the id."""
    cells = {folded(name): row[name] for name in columns if row[name].strip()}
    extra = {name: row[name] for name in columns if folded(name) not in COLUMNS}
    fields = {name: cell for name, cell in cells.items() if name in COLUMNS and name != "id"}
    return fields, {name: cell for name, cell in extra.items() if cell.strip()}


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
@given(
    rows=people(),
    order=st.permutations(["surname", "given", "patronymic", "name", "id"]),
    absent=st.sets(st.sampled_from(["surname", "given", "patronymic", "name"])),
    capitals=st.booleans(),
)
@SETTINGS
def test_an_archive_holds_what_a_list_says(suffix, rows, order, absent, capitals):
    columns = [name for name in order if name not in absent]
    columns += ["birth_date", "burial_place", "Bemerkung/alt"]
    if capitals:
        columns = [name.upper() if name in COLUMNS else name for name in columns]
        rows = [{name: row[folded(name)] if folded(name) in row else row[name] for name in columns}
                for row in rows]  # fmt: skip
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / f"list.{suffix}", columns, rows)
        records, done = added(path)
        if suffix == "csv":
            assert told(records) == told(read_person_list(path).records)
    assert done.problems == ()
    ids = [row.get("id") or row["ID"] for row in rows]
    assert told(records) == [
        (name, *cells_of(row, columns)) for name, row in zip(ids, rows, strict=True)
    ]


def test_a_name_that_is_its_parts_is_kept_once(tmp_path):
    parts = [{"id": str(n), "surname": f"Сурков{n}", "given": "Иван"} for n in range(50)]
    rows = [row | {"name": f"{row['surname']} {row['given']}"} for row in parts]
    rows[7]["name"] = "Другой"
    path = written(tmp_path / "list.csv", list(rows[0]), rows)
    archive = Archive(tmp_path / "archive")
    folder = archive.folder / archive.add(path).entry.folder
    kept = b"".join((folder / "cells" / "name-text.npy").read_bytes().split(b"\n", 1)[1:])
    assert kept.decode() == "Другой"
    assert archive.pool().record(7).fields["name"] == "Другой"
    assert archive.pool().record(8).fields["name"] == "Сурков8 Иван"


@pytest.mark.parametrize("mostly", ["different", "equal", "empty"])
def test_columns_of_many_and_of_few_texts_come_out_alike(tmp_path, mostly):
    """Beyond a thousand cells a column is kept in one of two ways."""
    text = {"different": "№{0}", "equal": "№{1}", "empty": "{2}"}[mostly]
    rows = [
        {"id": f"i{n}", "surname": text.format(n, n % 3, "x" * (n % 9 == 0)), "camp": "VI A"}
        for n in range(2_500)
    ]
    same_as_read(written(tmp_path / "list.csv", ["id", "surname", "camp"], rows))


def test_columns_whose_names_are_no_names_of_files(tmp_path):
    columns = ["id", "name", "../outside", "a/b", "x" * 300, "name-codes", "column-2", "done"]
    rows = [dict.fromkeys(columns, "text") | {"id": "1"}, dict.fromkeys(columns, "") | {"id": "2"}]
    (tmp_path / "in").mkdir()
    same_as_read(written(tmp_path / "in" / "list.csv", columns, rows))
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def lines(*rows, end="\n"):
    return (end.join(rows) + end).encode()


CAREFUL = {
    "a row like a comment": lines("id,name", "#1,Ivan", "2,Petr", "#3,Foma"),
    "a line break in a cell": lines("id,name", '1,"Ivan', 'Petroff"', "2,Foma"),
    "a quotation never closed": lines("id,name", '1,"Ivan', "2,Petr", "3,Foma"),
    "a zero byte": lines("id,name", "1,Iv\0an", "2,Petr"),
    "another encoding": "id,name\n1,Иван\n2,Пётр\n".encode("cp1251"),
    "an encoding wrong far down": lines("id,camp", *(f"{n},VI A" for n in range(30_000)))
    + b"x,\xc9mile\n",
    "no ids": lines("name,camp", "Ivan,VI A", "Petr,"),
    "some ids missing": lines("id,name", "1,Ivan", ",Petr", "3,Foma"),
    "an id of blanks": lines("id,name", "1,Ivan", "  ,Petr", "3,Foma"),
    "an id of quotes": lines("id,name", "1,Ivan", '"",Petr', "3,Foma"),
    "an id twice": lines("id,name", "1,Ivan", "1,Petr", "3,Foma"),
    "semicolons": lines("id;name", "1;Ivan", "2;Petr"),
    "too many cells": lines("id,name", "1,Ivan", "2,Petr,VI A", "3,Foma"),
    "too few cells": lines("id,name,camp", "1,Ivan,VI A", "2,Petr", "3,Foma,"),
    "a column twice": lines("id,name,note,Note,name", "1,Ivan,a,b,c", "2,Petr,d,e,f"),
    "columns without names": lines("id,name,,", "1,Ivan,a,b", "2,Petr,,d"),
    "blanks round the header": lines(" id , name , Note ", "1,Ivan,a", "2,Petr,b"),
    "blanks round cells": lines("id,name", " 1 , Ivan ", '2," Petr"', "3,\u00a0"),
    "blank lines": lines("id,name", "1,Ivan", "", ",", "2,Petr"),
    "a byte order mark": b"\xef\xbb\xbf" + lines("id,name", "1,Ivan"),
    "Windows lines": lines("id,name", "1,Ivan", "2,Petr", end="\r\n"),
    "no last line end": b"id,name\n1,Ivan\n2,Petr",
    "words for nothing": lines("id,name", "1,NULL", "2,\\N", "3,nan", "4,NA"),
    "backslashes": lines("id,name", r"1,a\"b", "2,c\\", '3,"a""b"'),
    "apostrophes": lines("id,name", "1,'Ivan", "2,O'Brien'"),
}


@pytest.mark.parametrize("what", CAREFUL)
def test_odd_csv_is_read_as_a_reader_reads_it(tmp_path, what):
    path = tmp_path / "list.csv"
    path.write_bytes(CAREFUL[what])
    same_as_read(path)


def test_what_a_mapping_says_holds(tmp_path):
    listed = same_as_read(pack_path("belgium") / "entries.csv", load_mapping("belgium"))
    assert any(record.extra for record in listed.records)


def test_parquet_columns_of_other_types(tmp_path):
    table = pa.table(
        {
            "id": pa.array([1, 2], pa.int64()),
            "name": pa.array(["Ivan", None]).dictionary_encode(),
            "birth_date": pa.array([date(1912, 3, 1), None]),
            "prisoner_number": pa.array([1234.0, None]),
            "found": pa.array([True, False]),
            "measure": pa.array([1.5, 2.0]),
        }
    )
    for columns in (["id", "name", "birth_date"], table.column_names):
        path = tmp_path / f"{len(columns)}.parquet"
        pq.write_table(table.select(columns), path)
        same_as_read(path)


def test_a_list_without_a_row_that_can_be_read_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1\n2\n", encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    with pytest.raises(ArchiveError, match=r"no row.*row 2.*1 cells"):
        archive.add(path)
    assert not archive.exists
    assert [path.name for path in archive.folder.iterdir()] == ["archive.lock"]


def test_cells_go_to_another_process_without_being_copied(tmp_path):
    writer = CellWriter(tmp_path)
    cells = pa.array([f"Иванов{n % 7}" for n in range(50_000)], pa.string())
    writer.add({"id": pa.array([str(n) for n in range(50_000)]), "name": cells})
    kept = Cells(tmp_path, writer.close(), 50_000)
    sent = pickle.dumps(kept)
    assert len(sent) < 1_000
    assert pickle.loads(sent).fields(9) == {"id": "9", "name": "Иванов2"}
