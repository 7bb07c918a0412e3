import csv
import lzma

import pyarrow.parquet as pq
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


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_archive_is_written(folder):
    out = folder / "archive.csv"
    result = run("-n", 50, "-o", out, "--names", folder)
    assert result.exit_code == 0
    assert "50 simulated records" in result.output
    assert len(rows(out)) == 50
    assert all(row["id"].startswith("sim-1-") for row in rows(out))


def test_archive_graves_and_both_truths_fit_together(folder):
    out, truth = folder / "archive.csv", folder / "truth.csv"
    graves, graves_truth = folder / "graves.csv", folder / "graves-truth.csv"
    result = run(
        "-n", 2_000, "-o", out, "--truth", truth, "--graves", 100, "--graves-out", graves,
        "--graves-truth", graves_truth, "--in-archive", 0.9, "--garbling", "heavy",
        "--names", folder,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "100 simulated graves" in result.output
    men = {row["record_id"]: row["man_id"] for row in rows(truth)}
    assert set(men) == {row["id"] for row in rows(out)}
    known = rows(graves_truth)
    assert [row["id"] for row in rows(graves)] == [row["grave_id"] for row in known]
    assert sum(bool(row["record_ids"]) for row in known) == 90
    for row in known:
        assert all(men[record] == row["man_id"] for record in row["record_ids"].split())


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_same_options_make_the_same_bytes(folder, suffix):
    first, again = folder / f"a.{suffix}", folder / f"b.{suffix}"
    for out in (first, again):
        graves = ["--graves", 40, "--graves-out", f"{out}.csv"]
        assert run("-n", 1_500, "-o", out, *graves, "--names", folder).exit_code == 0
    assert first.read_bytes() == again.read_bytes()
    assert (folder / f"a.{suffix}.csv").read_bytes() == (folder / f"b.{suffix}.csv").read_bytes()


def test_the_truth_is_not_in_the_archive(folder):
    out = folder / "archive.parquet"
    run("-n", 300, "-o", out, "--names", folder)
    assert "man_id" not in pq.read_schema(out).names


def test_missing_counts_are_named_and_nothing_is_written(folder):
    out = folder / "archive.csv"
    result = run("-o", out, "--names", folder / "nowhere")
    assert result.exit_code == 2
    assert "surname_counts.tsv.xz is missing" in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "archive.docx"], ".parquet"),
        (["-o", "a.csv", "-n", "0"], "0 is not in the range"),
        (["-o", "a.csv", "--graves", "5"], "go together"),
        (["-o", "a.csv", "--graves-out", "g.csv"], "go together"),
        (["-o", "a.csv", "--graves-truth", "t.csv"], "needs --graves"),
        (["-o", "a.csv", "--truth", "a.csv"], "same name"),
        (["-o", "a.csv", "--graves", "5", "--graves-out", "no/g.csv"], "there is no folder"),
        (["-o", "a.csv", "-n", "100", "--graves", "90", "--graves-out", "g.csv"], "dead prisoners"),
    ],
)
def test_what_cannot_be_done_is_refused(folder, monkeypatch, options, said):
    monkeypatch.chdir(folder)
    before = set(folder.iterdir())
    result = run(*options, "--names", folder)
    assert result.exit_code == 2
    assert said in result.output
    assert set(folder.iterdir()) == before
