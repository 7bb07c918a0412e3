"""``sexton audit``: the faults of a person list and of the sites it names."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import (
    MAPPING_HELP,
    check_out,
    fail,
    input_file,
    load_list,
    save_table,
    shown_progress,
)

if TYPE_CHECKING:
    from sexton.audit import Finding
    from sexton.linkage import PairLink, Progress
    from sexton.records import Record

STATES = ("open", "accepted", "not-a-fault", "mended")
COLUMNS = ("kind", "severity", "ids", "message")


@click.command()
@click.argument("list_", metavar="[LIST]", type=input_file(), required=False)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the report goes: .csv, .parquet, .jsonl or .xlsx. Needed for a LIST.",
)
@click.option("--mapping", help=MAPPING_HELP)
@click.option(
    "--sites", type=input_file(), help="A CSV file of the burial sites, with their counts."
)
@click.option(
    "--dedupe/--no-dedupe",
    "with_links",
    default=True,
    help="Find the records of one man by linkage (default), or by a plain rule, which is faster.",
)
@click.option("--register", is_flag=True, help="Audit the register; findings keep their state.")
@click.option(
    "--state",
    type=click.Choice([*STATES, "all"]),
    default="open",
    show_default=True,
    help="With --register: which findings are listed.",
)
@click.option("--kind", help="With --register: list findings of this kind only.")
@click.option("--accept", multiple=True, metavar="KEY", help="Say that a finding is a fault.")
@click.option(
    "--not-a-fault", multiple=True, metavar="KEY", help="Say that a finding is none; with --reason."
)
@click.option("--reopen", multiple=True, metavar="KEY", help="Take back what was said of it.")
@click.option("--reason", help="Why, for the register's history.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary or the list as JSON.")
def audit(
    list_: Path | None,
    out: Path | None,
    mapping: str | None,
    sites: Path | None,
    with_links: bool,
    register: bool,
    state: str,
    kind: str | None,
    accept: tuple[str, ...],
    not_a_fault: tuple[str, ...],
    reopen: tuple[str, ...],
    reason: str | None,
    as_json: bool,
) -> None:
    """Find the faults of LIST: one man twice, copied dates, wrong provinces, counts that disagree.

    The report has one row for each finding: kind, severity (error, warning, note), ids of the
    records or sites, and a sentence. Exit code 0 when the audit is done, 2 for bad input.

    With --register the register itself is audited where it has changed, and its findings are listed
    with their state. A finding that somebody accepted, or that is not a fault, stays so when it is
    found again; when its facts change it is open again.

    \b
    Example: sexton audit entries.csv -o report.csv --mapping belgium --sites sites.csv
             sexton audit --register
             sexton audit --register --not-a-fault 3f09c1a2b7de --reason "two cousins, see the card"
    """
    verdicts = {"accepted": accept, "not_a_fault": not_a_fault, "open": reopen}
    if register:
        from sexton.cli import register_audit

        if list_ is not None:
            raise click.UsageError("--register audits the register: leave out LIST.")
        register_audit.run(verdicts, reason, register_audit.Listing(state, kind, out, as_json))
    elif any(verdicts.values()):
        raise click.UsageError("Verdicts are on findings of the register: add --register.")
    elif list_ is None or out is None:
        raise click.UsageError("Name the LIST and, with -o, the report; or use --register.")
    else:
        audit_file(list_, out, mapping, sites, with_links, as_json)


def audit_file(
    list_: Path, out: Path, mapping: str | None, sites: Path | None, with_links: bool, as_json: bool
) -> None:
    """Audit a list, write the report, show a summary."""
    from sexton.audit import audit as audit_list
    from sexton.places import load_gazetteer

    check_out(out)
    site_rows = _read_sites(sites) if sites else []
    with shown_progress(as_json) as progress:
        people = load_list(list_, mapping, progress)
        links = _links(people.records, progress) if with_links else None
        communes = load_gazetteer("belgium")
        findings = audit_list(people.records, site_rows, links, communes, progress=progress)
    _write(findings, out)
    if as_json:
        click.echo(json.dumps(_summary(len(people.records), findings), ensure_ascii=False))
    else:
        _show(findings)
        click.echo(f"{len(findings):,} findings in {len(people.records):,} records: {out}")


def _links(records: Sequence[Record], progress: Progress) -> Sequence[PairLink]:
    """The pairs of records of one man, as linkage finds them."""
    from sexton.linkage import dedupe
    from sexton.records.reading import read_people

    return dedupe(read_people(records, progress), progress=progress).links


def _read_sites(path: Path) -> list[dict[str, str]]:
    """The rows of a list of sites; leaves with exit code 2 when it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [{k: v for k, v in row.items() if k and isinstance(v, str)} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        fail(f"{path}: the list of sites cannot be read: {error}.")
    if not {"site_id", "id"} & set(reader.fieldnames or ()):
        fail(f"{path}: a list of sites needs a column site_id.")
    return rows


def _write(findings: Sequence[Finding], out: Path) -> None:
    rows = ((f.kind, f.severity, " ".join(f.ids), str(f.message)) for f in findings)
    save_table(rows, COLUMNS, out)


def _counts(findings: Sequence[Finding]) -> dict[tuple[str, str], int]:
    """How many findings there are of each severity and kind, in the order of the report."""
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.severity, finding.kind)
        counts[key] = counts.get(key, 0) + 1
    return counts


def _summary(records: int, findings: Sequence[Finding]) -> dict[str, object]:
    kinds = [
        {"kind": kind, "severity": severity, "count": count}
        for (severity, kind), count in _counts(findings).items()
    ]
    return {"records": records, "findings": len(findings), "kinds": kinds}


def _show(findings: Sequence[Finding]) -> None:
    """A table of the kinds of findings with an example of each."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    examples: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        examples.setdefault((finding.severity, finding.kind), finding)
    table = Table("severity", "kind", "count", "for example", title="Findings")
    for (severity, kind), count in _counts(findings).items():
        example = Text(str(examples[severity, kind].message))
        table.add_row(severity, kind, str(count), example)
    if findings:
        Console().print(table)
