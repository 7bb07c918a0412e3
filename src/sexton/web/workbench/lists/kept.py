"""What is read from the database for many rows at once, kept until a stamp of it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection

from sexton.web.cases.models import Candidate, Inquiry
from sexton.web.register.models import Change, Record
from sexton.web.register.state import version

T = TypeVar("T")
Stamp = tuple[object, ...]
Parts = tuple[object, ...]


class Kept(Generic[T]):
    """What ``make`` gives; asked anew when its stamp, which is asked for every page, is another."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: tuple[Stamp, T] | None = None
        self._working = threading.Lock()

    def __call__(self, now: Stamp) -> T:
        made = self._made
        if made is not None and made[0] == now:
            return made[1]
        with self._working:
            if self._made is None or self._made[0] != now:
                self._made = (now, self._make())
            return self._made[1]


def same(parts: Parts, others: Parts) -> bool:
    """Whether what something was made of are the very same objects still."""
    return all(part is other for part, other in zip(parts, others, strict=True))


def _row(sql: str) -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return tuple(cursor.fetchone() or ())


_RECORD, _CHANGE = Record._meta.db_table, Change._meta.db_table
_INQUIRY, _CANDIDATE = Inquiry._meta.db_table, Candidate._meta.db_table


def of_records() -> Stamp:
    """Records are never changed, only added (or an import is taken back)."""
    return _row(
        f"SELECT COUNT(*), MAX(id), (SELECT at FROM {_CHANGE} WHERE id = "
        f"(SELECT MAX(change_id) FROM {_RECORD})) FROM {_RECORD}"
    )


def of_register() -> Stamp:
    """Anything that people wrote, and the audit."""
    return (version(),)


def of_engine() -> Stamp:
    """What the engine found: each of its answers is written with the time at which it was asked."""
    return _row(
        f"SELECT COUNT(*), MAX(id), MAX(asked_at), (SELECT COUNT(*) FROM {_CANDIDATE}), "
        f"(SELECT MAX(id) FROM {_CANDIDATE}) FROM {_INQUIRY}"
    )
