"""``sexton import`` into the register: preview, apply, list batches, take one back."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli import downloads
from sexton.cli.common import fail, show_problems, shown_progress

if TYPE_CHECKING:
    from sexton.linkage import Progress
    from sexton.web.register.imports import Preview

SHOWN_ROWS = 20


def take_in(
    path: Path,
    mapping: str | None,
    *,
    write: bool,
    leave_out: bool,
    reason: str | None,
    as_json: bool,
) -> None:
    """Preview a file or a data pack, or take it in. Exit code 2 where it is refused."""
    from sexton.records import UnreadableFile, load_mapping
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.register import imports

    why = reason or f"import of {path.name}"
    batch = None
    try:
        with shown_progress(as_json) as progress:
            profile = load_mapping(mapping) if mapping else None
            files = imports.read_files(path, profile, progress=progress)
            if write:
                batch, found = imports.apply(
                    files, who(), why, leave_out=leave_out, progress=progress
                )
                if batch is not None:
                    catch_up(progress)
            else:
                found = imports.preview(files)
    except (UnreadableFile, imports.ImportFailed) as error:
        fail(str(error))
    except imports.BatchRefused as refused:
        _show_rows(refused.items, err=True)
        fail("Nothing was written. Decide these rows, or leave them out with --leave-out.")
    number = batch.pk if batch else None
    if as_json:
        told = {**found.as_dict(), "batch": number}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _show(found, number, write)


def list_batches(as_json: bool) -> None:
    """All batches, the oldest first."""
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.register.models import Batch

    batches = [
        {
            "batch": batch.pk,
            "name": batch.name,
            "state": batch.state,
            "counts": batch.counts,
            "by": made.by if made else "",
            "at": made.at.isoformat(timespec="seconds") if made else "",
        }
        for batch in Batch.objects.prefetch_related("changes")
        for made in [next(iter(batch.changes.all()), None)]
    ]
    if as_json:
        click.echo(json.dumps(batches, ensure_ascii=False, indent=2))
        return
    for batch in batches:
        click.echo(f"{batch['batch']}  {batch['state']}  {batch['at']}  {batch['name']}")
    if not batches:
        click.echo("The register has no batch yet.")


def take_back(number: int, reason: str | None) -> None:
    """Undo a batch. Exit code 2 where later changes build on it."""
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.register import imports
    from sexton.web.register.undo import CannotUndo

    why = reason or f"batch {number} taken back"
    try:
        with shown_progress() as progress:
            imports.undo_batch(number, who(), why, progress=progress)
            catch_up(progress)
    except imports.ImportFailed as error:
        fail(str(error))
    except CannotUndo as refused:
        for obstacle in refused.obstacles[:SHOWN_ROWS]:
            click.echo(str(obstacle), err=True)
        fail("Nothing was taken back: later changes build on this batch.")
    click.echo(f"Batch {number} is taken back; what it had changed is as it was before.")


def catch_up(progress: Progress) -> None:
    """Bring search, findings and figures up to the register; what is written stays written."""
    from django.db import DatabaseError

    from sexton.web.register import services

    try:
        services.refresh(progress)
        downloads.catch_up(progress)
    except DatabaseError as error:
        click.echo(not_written(error), err=True)
        told = "The register is as asked, but search and findings are not up to date yet"
        click.echo(f"{told}: run `sexton refresh`.", err=True)


def not_written(error: Exception) -> str:
    """Why the database took nothing in, and what to do; in a sentence."""
    if "locked" in str(error):
        return "Another program is writing the register. Nothing was written; try again later."
    return f"The database could not be written ({error}). Nothing was written."


def who() -> str:
    """The name under which the commands change the register: that of this machine's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "sexton import"


def _show(found: Preview, batch: int | None, write: bool) -> None:
    show_problems(found.problems)
    if found.known is not None:
        click.echo(f"These files were taken in as batch {found.known}. Nothing to do.")
        return
    for table, counts in found.counts.items():
        told = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items() if number)
        click.echo(f"{table}: {told or 'no rows'}")
    _show_rows(found.items)
    done = f"Taken in as batch {batch}." if batch else "Nothing written: this is a preview."
    if not write and found.refused:
        done += f" {len(found.refused):,} rows would be refused."
    click.echo(done)


def _show_rows(items: object, err: bool = False) -> None:
    rows = list(items)  # type: ignore[call-overload]
    for item in rows[:SHOWN_ROWS]:
        click.echo(f"{item.table} {item.key}: {item.verdict}. {item.message}", err=err)
    if len(rows) > SHOWN_ROWS:
        click.echo(f"… and {len(rows) - SHOWN_ROWS:,} more rows.", err=err)
