"""Whether a record of the register is of somebody who never lived, as it says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from sexton import records as lists
from sexton.records.simulated import is_simulated
from sexton.web.register.models import Record


def never_lived(record: Record) -> bool:
    """Whether a record says of itself that it is simulated. Asks nothing of the database."""
    return is_simulated(lists.Record(record.key, record.fields, {}, "", 0))


def any_never_lived(records: Iterable[Record | None]) -> bool:
    """Whether one of several records is simulated: then what is concluded from them is too."""
    return any(record is not None and never_lived(record) for record in records)
