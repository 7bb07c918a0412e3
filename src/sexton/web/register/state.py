"""What each part of the register was made from, so that doing it twice changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from sexton.web.register.models import Change, State

STATES, CHANGES = State._meta.db_table, Change._meta.db_table


def digest_of(value: object) -> str:
    """A fingerprint of ``value`` as JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def short_key(*parts: str) -> str:
    """Twelve letters that stand for ``parts`` in an address; the same parts, the same letters."""
    return digest_of(parts)[:12]


def is_current(part: str, digest: str) -> bool:
    return State.objects.filter(part=part, digest=digest).exists()


def remember(part: str, digest: str, counts: Mapping[str, int]) -> None:
    values = {"digest": digest, "counts": dict(counts), "changed_at": timezone.now()}
    State.objects.update_or_create(part=part, defaults=values)


def version() -> str:
    """Changes whenever any part of the register does.

    Asked once or more for every page, so it is asked in plain SQL: to have the query composed
    took ten times as long as to have it answered.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT part, digest FROM {STATES} ORDER BY part")
        parts = [list(row) for row in cursor.fetchall()]
    return digest_of([parts, str(last_change())])


def last_change() -> tuple[object, ...] | None:
    """Number and time of the newest change (a number that was rolled back is given again)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, at FROM {CHANGES} ORDER BY id DESC LIMIT 1")
        found: tuple[object, ...] | None = cursor.fetchone()
    return found
