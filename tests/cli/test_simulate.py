import csv
import lzma

import pytest
from click.testing import CliRunner

from sexton.cli.simulate import simulate

COUNTS = {
    "surname": {"иванов": 50, "шевченко": 9},
    "given": {"иван": 900, "мария": 700},
    "patronymic": {"иванович": 800, "ивановна": 500},
}


@pytest.fixture()
def folder(tmp_path):
    for kind, counts in COUNTS.items():
        lines = ["name\tcount", *(f"{name}\t{count}" for name, count in counts.items())]
        packed = lzma.compress(("\n".join(lines) + "\n").encode())
        (tmp_path / f"{kind}_counts.tsv.xz").write_bytes(packed)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(simulate, [str(argument) for argument in arguments])


def test_an_archive_is_written(folder):
    out = folder / "archive.csv"
    result = run("-n", 50, "-o", out, "--names", folder)
    assert result.exit_code == 0
    assert "50 simulated records" in result.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    assert all(row["id"].startswith("sim-1-") for row in rows)


def test_missing_counts_are_named_and_nothing_is_written(folder):
    out = folder / "archive.csv"
    result = run("-o", out, "--names", folder / "nowhere")
    assert result.exit_code == 2
    assert "surname_counts.tsv.xz is missing" in result.output
    assert not out.exists()


def test_an_unknown_format_is_refused(folder):
    result = run("-o", folder / "archive.docx", "--names", folder)
    assert result.exit_code == 2
    assert ".parquet" in result.output
