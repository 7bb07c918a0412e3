"""The graves and names of a group as its page lists them: without what the evidence says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sexton.records.simulated import is_simulated
from sexton.web.cases.naming import archive_of, archive_row, as_list_record
from sexton.web.workbench.groups.shown import address_of, name_of
from sexton.web.workbench.models import Group, GroupBody, GroupName


@dataclass(frozen=True, slots=True)
class Lying:
    """A grave of the group."""

    row: GroupBody
    simulated: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A name of the group. ``archive`` is "" for a record of the register."""

    row: GroupName
    name: str
    href: str
    archive: str

    @property
    def language(self) -> str:
        return str(self.row.fields.get("language", ""))


@dataclass(frozen=True, slots=True)
class Members:
    """All of a group; ``hidden`` names of archives are not shown to this reader."""

    graves: Sequence[Lying]
    names: Sequence[Listed]
    hidden: int

    @property
    def bodies(self) -> int:
        return sum(grave.row.bodies for grave in self.graves)

    @property
    def all_names(self) -> int:
        return len(self.names) + self.hidden


def members_of(group: Group, archives: bool) -> Members:
    """The members of a group, for a reader who may see ``archives`` or not."""
    rows = group.bodies.select_related("case__record__site")
    graves = [Lying(row, is_simulated(as_list_record(row.case.record))) for row in rows]
    named = list(group.names.all())
    shown = [row for row in named if archives or archive_row(row.name) is None]
    names = [
        Listed(row, name_of(row), address_of(row), archive_of(row.pool) or "") for row in shown
    ]
    # Not in the order in which they were found: that would tell who is likely.
    names.sort(key=lambda one: (one.name.casefold(), one.row.pk))
    return Members(graves, names, len(named) - len(shown))
