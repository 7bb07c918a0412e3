"""What became of an address: whom the records of a person speak of now, when a row was taken out.

A key is never given to something else, so an address that led somewhere once can always say what
happened. Persons are conclusions: where they were joined, parted or made anew, their records
tell who is meant now.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sexton.web.register.changed import is_private
from sexton.web.register.history import kind_of, runs
from sexton.web.register.models import (
    Change,
    Grave,
    History,
    Membership,
    Memorial,
    Organisation,
    Person,
    Record,
    Site,
    Source,
    Versioned,
)

KEPT: dict[str, type[Versioned]] = {
    "person": Person,
    "record": Record,
    "site": Site,
    "source": Source,
    "organisation": Organisation,
    "grave": Grave,
    "memorial": Memorial,
}


@dataclass(frozen=True, slots=True)
class Former:
    """Something that was in the register: what ended it, and where its records are now.

    ``persons`` are those of whom its records speak now; ``records`` how many of them there still
    are. Both are empty for what is no person.
    """

    kind: str
    key: str
    ended: Change
    persons: list[Person] = field(default_factory=list)
    records: int = 0

    @property
    def reason(self) -> str:
        """Why; "" where the change touched something that is not for everybody."""
        return "" if is_private(self.ended) else self.ended.reason


def former(kind: str, key: str) -> Former | None:
    """What became of a key that leads nowhere now; None where it never led anywhere."""
    if kind not in KEPT or key == "":
        return None
    past = History.objects.filter(kind=kind_of(KEPT[kind]), data__key=key)
    last = past.select_related("ended").order_by("-ended_id").first()
    if last is None or KEPT[kind]._default_manager.filter(key=key).exists():
        return None
    if kind != "person":
        return Former(kind, key, last.ended)
    records = _records_of(last.object_id)
    now = list(Person.objects.filter(memberships__record__in=records).distinct().order_by("key"))
    return Former(kind, key, last.ended, now, len(records))


def _records_of(person: int) -> list[int]:
    """The records, by id, that a person last had who is no more: those that were taken last."""
    past = History.objects.filter(kind=kind_of(Membership), data__person_id=person)
    rows = list(past.values_list("ended_id", "data__record_id"))
    last = max((ended for ended, _ in rows), default=0)
    ids = sorted({record for ended, record in rows if ended == last})
    there = [Record.objects.filter(pk__in=run) for run in runs(ids)]
    return [pk for found in there for pk in found.values_list("pk", flat=True)]
