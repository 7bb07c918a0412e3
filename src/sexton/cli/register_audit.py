"""``sexton audit --register``: the findings of the register with their state, and verdicts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import check_out, fail, save_table, shown_progress
from sexton.cli.register_import import not_written, who

if TYPE_CHECKING:
    from sexton.web.register.models import Finding, Verdict

COLUMNS = (
    "key", "state", "kind", "severity", "ids", "message", "by", "at", "reason", "earlier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """Which findings are listed (``all`` states, or one), and how."""

    state: str
    kind: str | None
    out: Path | None
    as_json: bool


def run(verdicts: Mapping[str, Sequence[str]], reason: str | None, listing: Listing) -> None:
    """Set the verdicts, if there are any; else audit where needed, and list the findings."""
    if listing.out is not None:
        check_out(listing.out)
    from sexton.web.setup import prepare

    prepare()
    from django.db import DatabaseError

    from sexton.web.register import auditing

    try:
        if any(verdicts.values()):
            _judge(verdicts, reason, listing.as_json)
            return
        with shown_progress(listing.as_json) as progress:
            auditing.rerun(progress)
    except DatabaseError as error:
        fail(not_written(error))
    _list(listing)


def _judge(verdicts: Mapping[str, Sequence[str]], reason: str | None, as_json: bool) -> None:
    from sexton.web.register import findings

    given = {state: keys for state, keys in verdicts.items() if keys}
    if len(given) > 1:
        raise click.UsageError("Give one verdict at a time.")
    [(state, keys)] = given.items()
    why = (reason or "").strip()
    if not why and state == "not_a_fault":
        raise click.UsageError("--not-a-fault needs a --reason: the next reader will ask.")
    try:
        if state == "open":
            findings.reopen(keys, who(), why or "looked at again")
        else:
            findings.judge(keys, state, who(), why)
    except findings.CannotJudge as error:
        fail(f"{error} Nothing was written. `sexton audit --register --state all` lists them.")
    if as_json:
        click.echo(json.dumps({"state": state, "findings": list(keys)}))
    else:
        click.echo(f"{state.replace('_', ' ')}: {len(set(keys)):,} of the findings.")


def _list(listing: Listing) -> None:
    from sexton.web.register import findings
    from sexton.web.register.models import Finding

    state = listing.state.replace("-", "_")
    chosen = Finding.objects.all() if state == "all" else findings.in_state(state)
    if listing.kind:
        chosen = chosen.filter(kind=listing.kind)
    rows = [_row(found) for found in findings.with_verdicts(chosen)]
    counts = findings.counts()
    if listing.out is not None:
        save_table(rows, COLUMNS, listing.out)
    if listing.as_json:
        told = {"counts": counts, "findings": rows}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for row in rows if listing.out is None else ():
        _show(row)
    told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items())
    click.echo(f"Findings in the register: {told}.")


def _row(found: Finding) -> dict[str, str]:
    from sexton.messages import Message

    said = found.verdict
    return {
        "key": found.key,
        "state": found.state,
        "kind": found.kind,
        "severity": found.severity,
        "ids": " ".join(found.ids),
        "message": str(Message(**found.message)),
        "by": said.change.by if said else "",
        "at": said.change.at.isoformat(timespec="seconds") if said else "",
        "reason": said.reason if said else "",
        "earlier": _earlier(found.earlier) if found.earlier else "",
    }


def _earlier(verdict: Verdict) -> str:
    """What was said of a finding before its facts changed."""
    from sexton.messages import Message

    state = verdict.state.replace("_", " ")
    when = f"{verdict.change.at:%Y-%m-%d}"
    then = Message(**verdict.message)
    return f"{state}, {verdict.change.by}, {when}: {verdict.reason} (then: {then})"


def _show(row: Mapping[str, str]) -> None:
    click.echo(f"{row['key']}  {row['state']}  {row['severity']}  {row['kind']}")
    click.echo(f"    {row['message']}")
    if row["by"]:
        click.echo(f"    {row['by']}, {row['at'][:10]}: {row['reason']}")
    if row["earlier"]:
        click.echo(f"    Before its facts changed: {row['earlier']}")
