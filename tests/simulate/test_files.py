import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.records import UnwritableFile, read_person_list
from sexton.simulate import Output, write_batches

SAME = {"id": "id", "name": "name"}


def batches(count=3):
    for number in range(count):
        yield pa.RecordBatch.from_pylist([{"id": f"sim-{number}", "name": 'A "B", C'}])


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl", "xlsx"])
def test_every_format_can_be_read_again(tmp_path, suffix):
    out = tmp_path / f"people.{suffix}"
    assert write_batches(batches(), [Output(out, SAME)]) == 3
    people = read_person_list(out)
    assert [record.fields["name"] for record in people.records] == ['A "B", C'] * 3
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_several_files_are_written_from_one_pass(tmp_path):
    out, truth = tmp_path / "a.parquet", tmp_path / "t.csv"
    write_batches(batches(), [Output(out, SAME), Output(truth, {"id": "record_id"})])
    assert pq.read_schema(out).metadata[b"sexton.simulated"] == b"true"
    with truth.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["record_id"]


def test_json_lines_hold_one_object_a_row(tmp_path):
    out = tmp_path / "a.jsonl"
    write_batches(batches(1), [Output(out, SAME)])
    assert json.loads(out.read_text("utf-8")) == {"id": "sim-0", "name": 'A "B", C'}


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_a_run_that_breaks_off_leaves_what_stood_there(tmp_path, suffix):
    def broken():
        yield from batches(1)
        raise KeyboardInterrupt

    out = tmp_path / f"people.{suffix}"
    out.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_batches(broken(), [Output(out, SAME)])
    assert out.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(UnwritableFile):
        write_batches(batches(), [Output(tmp_path / "no" / "a.csv", SAME)])
