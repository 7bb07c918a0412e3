"""Opening cases for many records at once, as one change."""

from __future__ import annotations

from collections.abc import Sequence

from sexton.web.cases.deciding import OPENED
from sexton.web.cases.ladder import found_state
from sexton.web.cases.models import Case
from sexton.web.register.history import change, pieces
from sexton.web.register.models import Change, PersonName, Record
from sexton.web.register.state import short_key


def open_cases(records: Sequence[Record], by: str, reason: str = OPENED) -> Change | None:
    """Open a case for each record that has none. None where all of them have one."""
    ids = sorted(record.pk for record in records)
    with change(by, reason) as door:
        known: set[int] = set()
        restored: set[int] = set()
        for some in pieces(ids, "record"):
            known |= set(Case.objects.filter(some).values_list("record", flat=True))
        for some in pieces(ids, "person__memberships__record"):
            names = PersonName.objects.filter(some, kind="restored").exclude(basis="conjecture")
            restored |= set(names.values_list("person__memberships__record", flat=True))
        new = [record for record in records if record.pk not in known]
        door.add_many([_case(record, record.pk in restored) for record in new])
    return door.written


def _case(record: Record, is_restored: bool) -> Case:
    state = found_state(record.is_named, is_restored, 0)
    return Case(key=short_key("case", record.key), record=record, state=state)
