"""Simulated lists: nobody in them has lived. Names from the packaged tables of common ones."""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from importlib.resources import files

import pyarrow as pa
import pytest

from sexton.records import Record
from sexton.records.reading import read_people
from sexton.simulate import load_name_counts, simulate_archive, simulate_graves, without_truth

ROWS = 3_000
GRAVES = 150
SEED = 11


def as_record(row):
    """A row as a record, blank cells left out."""
    fields = {name: cell for name, cell in row.items() if cell and name != "id"}
    return Record(row["id"], fields, {}, "simulated", 1)


@pytest.fixture(scope="session")
def name_counts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counts")
    for kind in ("surname", "given", "patronymic"):
        table = files("sexton.names") / "tables" / f"popular_{kind}.tsv"
        rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[2:]]
        lines = ["name\tcount", *(f"{name}\t{int(float(n) * 1e7) + 1}" for name, n in rows)]
        packed = lzma.compress(("\n".join(lines) + "\n").encode())
        (folder / f"{kind}_counts.tsv.xz").write_bytes(packed)
    return load_name_counts(folder)


@pytest.fixture(scope="session")
def archive_table(name_counts):
    """``ROWS`` simulated records, as texts."""
    batches = list(simulate_archive(ROWS, seed=SEED, names=name_counts))
    return pa.Table.from_batches([without_truth(batch) for batch in batches])


@pytest.fixture(scope="session")
def graves(name_counts):
    """Simulated graves beside them, with the truth."""
    return list(simulate_graves(GRAVES, ROWS, seed=SEED, names=name_counts))


@pytest.fixture(scope="session")
def archive_people(archive_table):
    return read_people([as_record(row) for row in archive_table.to_pylist()])


@pytest.fixture(scope="session")
def grave_people(graves):
    return read_people([as_record(grave.row) for grave in graves])


def ranked(answers):
    """The answers of each left record: right id ("" for none of these) to weight, probability."""
    found = defaultdict(dict)
    for answer in answers:
        found[answer.left_id][answer.right_id or ""] = (answer.weight, answer.probability)
    return found


@pytest.fixture(scope="session")
def by_left():
    return ranked


@pytest.fixture(scope="session")
def write_csv():
    """Writes rows (mappings) to a CSV file."""

    def write(path, rows, columns=None):
        columns = columns or list(rows[0])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write
