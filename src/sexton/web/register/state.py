"""What each part of the register was made from, so that doing it twice changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.utils import timezone

from sexton.web.register.models import Change, State


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
    """Changes whenever any part of the register does."""
    parts = list(State.objects.order_by("part").values_list("part", "digest"))
    # The time too: a number that was rolled back is given again.
    return digest_of([parts, Change.objects.order_by("-pk").values_list("pk", "at").first()])
