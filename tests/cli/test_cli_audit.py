"""``sexton audit`` from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from sexton.cli.audit import audit

BELGIUM = Path(__file__).parents[2] / "data" / "belgium"
LIST = """id,surname,given,birth_date,death_date
1,Petrov,Ivan,1998,3.4.1943
2,Ivanov,Piotr,1915,1944
"""


def run(*arguments: object):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(audit, [str(argument) for argument in arguments])


def test_the_report_of_the_belgian_register(tmp_path: Path) -> None:
    out = tmp_path / "report.csv"
    result = run(
        BELGIUM / "entries.csv",
        "-o",
        out,
        "--mapping",
        "belgium",
        "--sites",
        BELGIUM / "sites.csv",
        "--no-dedupe",
    )
    assert result.exit_code == 0, result.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["kind", "severity", "ids", "message"]
    assert {"one_man_twice", "wrong_province"} & {row["kind"] for row in rows}
    assert "one_man_twice" in result.output and "312 records" in result.output


def test_a_list_without_faults_is_done_too(tmp_path: Path) -> None:
    people = tmp_path / "list.csv"
    people.write_text(LIST.replace("1998", "1918"), encoding="utf-8")
    out = tmp_path / "report.jsonl"
    result = run(people, "-o", out, "--json", "--no-dedupe")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"records": 2, "findings": 0, "kinds": []}
    assert out.read_text(encoding="utf-8") == ""


def test_the_summary_as_json(tmp_path: Path) -> None:
    people = tmp_path / "list.csv"
    people.write_text(LIST, encoding="utf-8")
    result = run(people, "-o", tmp_path / "r.jsonl", "--json", "--no-dedupe")
    [kind] = json.loads(result.stdout)["kinds"]
    assert kind == {"kind": "born_after_death", "severity": "error", "count": 1}
    [line] = (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["ids"] == "1"


def test_bad_input_leaves_with_two_and_writes_nothing(tmp_path: Path) -> None:
    people, sites, out = (tmp_path / name for name in ("list.csv", "sites.csv", "r.csv"))
    people.write_text(LIST, encoding="utf-8")
    assert run(tmp_path / "none.csv", "-o", out).exit_code == 2
    assert run(people, "-o", tmp_path / "r.txt").exit_code == 2
    assert run(people, "-o", out, "--mapping", "nowhere").exit_code == 2
    assert run(people, "-o", out, "--sites", tmp_path / "none.csv").exit_code == 2
    sites.write_text("name,province\nGenk,Limburg\n", encoding="utf-8")
    result = run(people, "-o", out, "--sites", sites)
    assert result.exit_code == 2 and "site_id" in result.stderr
    assert not out.exists()


def test_help_has_an_example() -> None:
    assert "Example: sexton audit" in run("--help").output
