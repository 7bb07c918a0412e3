"""Who owns and looks after a site; and whom a statement on many is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sexton.messages import Message
from sexton.records.tables import Row
from sexton.web.register.history import Door
from sexton.web.register.imports import sheets
from sexton.web.register.imports.facts import NO_SUCH, Facts
from sexton.web.register.imports.items import CHANGED, CONFLICTING, NEW, SAME, Item
from sexton.web.register.imports.known import Ids, Known
from sexton.web.register.imports.tables import OTHERWISE
from sexton.web.register.models import Organisation, Site, Statement

TABLE = "statement_subjects"


class Care(Facts):
    """Claims on who owns or looks after a site; a site that had none gets the first stated."""

    def apply(self, door: Door) -> None:
        Facts.apply(self, door)
        ids = Ids()
        for values in self.fresh.values():
            name = values["property"]
            site = Site.objects.filter(key=values["site"], **{f"{name}__isnull": True}).first()
            body = ids.of(Organisation, [values["organisation"]]).get(values["organisation"])
            if site is not None and body is not None:
                door.edit_many(Site, {site.pk: {f"{name}_id": body}})


@dataclass(slots=True)
class Subjects:
    """What a file says of which organisation the statements on a subject are."""

    rows: Sequence[Row]
    file: str
    known: Known
    changed: dict[str, str] = field(default_factory=dict)

    def compare(self) -> Iterator[Item]:
        before = sheets.earlier_rows(TABLE)
        for row in self.rows:
            key, body = subject_key(row.cells), row.cells["organisation_id"]
            earlier = before.get(key, {}).get("organisation_id", "")
            if not self.known.holds(Organisation, body):
                told = {"file": self.file, "row": row.number, "column": "organisation_id"}
                yield Item(TABLE, key, CONFLICTING, Message(NO_SUCH, {**told, "key": body}))
            elif not earlier:
                yield Item(TABLE, key, NEW)
            elif earlier == body:
                yield Item(TABLE, key, SAME)
            else:
                self.changed[key] = earlier
                told = Message(OTHERWISE, {"fields": "organisation_id"})
                yield Item(TABLE, key, CHANGED, told)

    def apply(self, door: Door) -> None:
        """Statements that were given to the organisation that the list named before are freed."""
        for key, earlier in self.changed.items():
            subject, _, measure = key.partition(" | ")
            of = Statement.objects.filter(organisation__key=earlier)
            found = of.filter(subject=subject, measure=measure)
            door.edit_many(Statement, {pk: {"organisation_id": None} for pk in _ids(found)})
        settle(door)


def settle(door: Door) -> None:
    """Give each statement that is of no organisation yet the one that a list names for it.

    What is of a mine is not of the cemetery that has the mine's name.
    """
    ids = Ids()
    for key, row in sheets.earlier_rows(TABLE).items():
        subject, _, measure = key.partition(" | ")
        body = ids.of(Organisation, [row["organisation_id"]]).get(row["organisation_id"])
        free = Statement.objects.filter(organisation=None, subject=subject, measure=measure)
        if body is not None:
            values = {"organisation_id": body, "site_id": None}
            door.edit_many(Statement, {pk: dict(values) for pk in _ids(free)})


def subject_key(row: Mapping[str, str]) -> str:
    return f"{row.get('subject', '')} | {row.get('measure', '')}"


def _ids(found: object) -> list[int]:
    return list(found.values_list("pk", flat=True))  # type: ignore[attr-defined]
