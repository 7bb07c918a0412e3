"""Static files whose address holds a hash of what is in them, without a collecting step."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def _fingerprint(name: str) -> str:
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10] if path else ""


class HashedStaticFiles(StaticFilesStorage):
    """Adds ``?v=hash``, so that browsers keep a file for a year and still see a new one."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        mark = _fingerprint(name or "")
        return f"{address}?v={mark}" if mark else address
