"""Saved filters: kept, changed and taken away through the one door, each by its owner."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from sexton.messages import N_, Message
from sexton.web.register.history import Door, change
from sexton.web.workbench.lists.asked import KINDS, Asked
from sexton.web.workbench.models import SavedFilter

MOST = 100
SAVED, CHANGED, DELETED = "a filter was saved", "a filter was changed", "a filter was deleted"
TAKEN = N_("You have a filter of this name already.")
EMPTY = N_("Nothing is chosen: choose filters or words first, then save them.")
TOO_MANY = N_("You have %(n)d saved filters: delete one first.")


class CannotSave(Exception):
    """The filter was not saved; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def offered(owner: str, work_list: str = "") -> QuerySet[SavedFilter]:
    """One's own filters, and those that others share; of one list or of all."""
    found = SavedFilter.objects.filter(Q(owner=owner) | Q(shared=True))
    return found.filter(work_list=work_list) if work_list else found


def default_of(rows: Iterable[SavedFilter], owner: str) -> SavedFilter | None:
    """The one of these that its owner sees first."""
    return next((row for row in rows if row.is_default and row.owner == owner), None)


def save(asked: Asked, owner: str, name: str, *, shared: bool, is_default: bool) -> SavedFilter:
    """Save what is asked for under a name. Raises CannotSave."""
    if not asked and not asked.sort:
        raise CannotSave(Message(EMPTY))
    work_list = asked.kind.name
    with change(owner, SAVED) as door:
        own = SavedFilter.objects.filter(owner=owner)
        if own.count() >= MOST:
            raise CannotSave(Message(TOO_MANY, {"n": MOST}))
        _check_name(owner, work_list, name)
        _one_default(door, owner, work_list, is_default)
        return door.add(
            SavedFilter(
                owner=owner, name=name, work_list=work_list, query=asked.query(), shared=shared,
                is_default=is_default,
            )
        )  # fmt: skip


def edit(row: SavedFilter, name: str, *, shared: bool, is_default: bool) -> SavedFilter:
    """Rename a filter, share it or not, make it the default or not. Raises CannotSave, Conflict."""
    with change(row.owner, CHANGED) as door:
        _check_name(row.owner, row.work_list, name, row.pk)
        _one_default(door, row.owner, row.work_list, is_default, row.pk)
        return door.edit(row, name=name, shared=shared, is_default=is_default)


def delete(row: SavedFilter) -> None:
    """Take a filter away; the history keeps it. Raises Conflict."""
    with change(row.owner, DELETED) as door:
        door.drop(row)


def query_of(row: SavedFilter) -> str:
    """The query of its address, as the list reads it now."""
    return Asked.read(KINDS[row.work_list], row.query).query()


def _check_name(owner: str, work_list: str, name: str, but: int | None = None) -> None:
    same = SavedFilter.objects.filter(owner=owner, work_list=work_list, name=name)
    if same.exclude(pk=but).exists():
        raise CannotSave(Message(TAKEN))


def _one_default(
    door: Door, owner: str, work_list: str, is_default: bool, but: int | None = None
) -> None:
    """The default of before is none any more."""
    if is_default:
        own = SavedFilter.objects.filter(owner=owner, work_list=work_list, is_default=True)
        for row in own.exclude(pk=but):
            door.edit(row, is_default=False)
