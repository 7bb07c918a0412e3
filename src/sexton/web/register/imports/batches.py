"""A batch: what it would do, doing it all or nothing, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DatabaseError

from sexton.messages import N_, Message
from sexton.web.register.history import Door, change
from sexton.web.register.imports import care, people, sheets
from sexton.web.register.imports.files import TakenFile, digest_of
from sexton.web.register.imports.items import Item, Preview
from sexton.web.register.imports.plan import KEYS, Plan
from sexton.web.register.models import Batch, Change
from sexton.web.register.undo import undo

Progress = people.Progress
FULL = N_("The database has no room left (%(why)s). Nothing of the batch was written.")
FAILED = N_("The database could not take the batch in (%(why)s). Nothing of it was written.")
STAYS_FULL = N_("The database has no room left (%(why)s). The batch was not taken back.")
STAYS = N_("The batch could not be taken back (%(why)s). All of it is still there.")
UNKNOWN = N_("There is no batch %(number)d.")
UNDONE = N_("Batch %(number)d has been taken back already.")
_ROOM = ("full", "no space", "disk i/o")


class BatchRefused(Exception):
    """Some rows conflict with the register, or would break a decision: nothing was written."""

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__("; ".join(f"{i.table} {i.key}: {i.message}" for i in items[:5]))
        self.items = items


class ImportFailed(Exception):
    """The batch could not be written, and nothing of it was; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def preview(files: Sequence[TakenFile]) -> Preview:
    """What the batch would do to the register as it is now. Writes nothing."""
    return _compare(files).found


def apply(
    files: Sequence[TakenFile],
    by: str,
    reason: str,
    *,
    leave_out: bool = False,
    progress: Progress | None = None,
) -> tuple[Batch | None, Preview]:
    """Take the batch in, all or nothing. The batch is None where it was taken in already.

    ``leave_out`` leaves rows out that conflict or would break a decision (their cells are kept).
    Raises BatchRefused for such rows otherwise, and ImportFailed where the database fails.
    """
    try:
        with change(by, reason) as door:
            plan = _compare(files)
            found = plan.found
            if found.known is not None:
                return None, found
            if found.refused and not leave_out:
                raise BatchRefused(found.refused)
            return _write(door, plan, progress or _silent), found
    except DatabaseError as error:
        raise _failed(error) from error


def undo_batch(
    number: int, by: str, reason: str, progress: Progress | None = None
) -> Change | None:
    """Take a batch back.

    Raises ImportFailed where there is none, CannotUndo where later changes build on it.
    """
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise ImportFailed(Message(UNKNOWN, {"number": number}))
    if batch.state == "undone":
        raise ImportFailed(Message(UNDONE, {"number": number}))
    try:
        return undo(batch.changes.get(), by, reason, progress)
    except DatabaseError as error:
        raise _failed(error, STAYS_FULL, STAYS) from error


def _compare(files: Sequence[TakenFile]) -> Plan:
    plan = Plan(files, Preview(problems=[problem for file in files for problem in file.problems]))
    same = Batch.objects.filter(digest=digest_of(files), state="applied")
    plan.found.known = same.values_list("pk", flat=True).first()
    if plan.found.known is None:
        plan.compare()
    else:
        for file in files:
            plan.found.count(file.table, "same", len(file.rows))
    return plan


def _write(door: Door, plan: Plan, progress: Progress) -> Batch:
    files = plan.files
    batch = Batch.objects.create(
        name=", ".join(file.name for file in files)[:300],
        digest=digest_of(files),
        counts={table: dict(counts) for table, counts in plan.found.counts.items()},
    )
    door.belongs_to(batch)
    for position, (file, table) in enumerate(plan.todo):
        progress("storing the register", position, len(plan.todo))
        sheet = sheets.keep(door, batch, file, KEYS.get(file.table)) if file else None
        if isinstance(table, people.People):
            table.apply(door, sheet, progress)
        elif table is not None:
            table.apply(door)
    if any(file.table == "statements" for file in files):
        care.settle(door)
    progress("storing the register", len(plan.todo), len(plan.todo))
    return batch


def _failed(error: DatabaseError, full: str = FULL, failed: str = FAILED) -> ImportFailed:
    why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    text = full if any(word in why.lower() for word in _ROOM) else failed
    return ImportFailed(Message(text, {"why": why}))


def _silent(what: str, done: int, total: int | None) -> None:
    """No progress is shown."""
