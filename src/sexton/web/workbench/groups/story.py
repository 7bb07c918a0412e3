"""What became of a group: the changes that made it what it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sexton.web.register.history import kind_of
from sexton.web.register.models import Change, History
from sexton.web.workbench.models import Group, GroupBody, GroupName

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Step:
    """A change, with how many graves and names it added, changed or took out."""

    change: Change
    graves: int
    names: int


def story_of(group: Group) -> list[Step]:
    """The changes of a group, the newest first."""
    graves, names = _changes(group, GroupBody), _changes(group, GroupName)
    own = History.objects.filter(kind=kind_of(Group), object_id=group.pk)
    ids = {group.change_id, *own.values_list("began_id", flat=True), *graves, *names}
    latest = Change.objects.filter(pk__in=ids).order_by("-pk")[:SHOWN]
    return [Step(change, graves[change.pk], names[change.pk]) for change in latest]


def _changes(group: Group, model: type[GroupBody] | type[GroupName]) -> Counter[int]:
    """How many rows of a kind each change touched."""
    now = model._default_manager.filter(group=group).values_list("change_id", "pk")
    past = History.objects.filter(kind=kind_of(model), data__group_id=group.pk)
    found = set(now)
    for row, began, ended in past.values_list("object_id", "began_id", "ended_id"):
        found |= {(began, row), (ended, row)}
    return Counter(change for change, _ in found)
