"""The latest dump beside the register, from which the site serves downloads.

It is made by imports, ``sexton refresh`` and ``sexton demo``, never while a reader waits. One that
is older than something that was taken back is not served: it would go on telling what the register
no longer says.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from sexton.web.public.dumps.writing import MANIFEST, SUMS, Progress, version, write_dump
from sexton.web.register.history import kind_of
from sexton.web.register.models import History, Record, RecordLink

# What says who somebody is held to be, and can be taken back.
TOLD = (kind_of(Record), kind_of(RecordLink))
KEPT = 2  # somebody may still be fetching the files of the one before


def folder() -> Path:
    return Path(settings.DUMPS)


def catch_up(progress: Progress | None = None, *, whole: bool = False) -> bool:
    """Make the dump of the register as it is, unless it is there. Returns whether it was made.

    Raises OSError where it cannot be written, RegisterChanging where others keep changing it.
    """
    final = folder() / version()
    if (final / MANIFEST).exists() and not whole:
        return False
    folder().mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="unfinished-", dir=folder()))
    try:
        made = write_dump(beside, progress)
        final = folder() / made["version"]
        if final.exists():
            shutil.rmtree(final)
        beside.chmod(0o755)
        beside.rename(final)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for old in _finished()[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return True


def _finished() -> list[Path]:
    """The dumps that are there, that of the present register first, then the newest."""
    found = [path.parent for path in folder().glob(f"*/{MANIFEST}")]
    now = version()
    return sorted(found, key=lambda path: (path.name == now, path.stat().st_mtime), reverse=True)


def latest() -> tuple[Path, dict[str, Any]] | None:
    """The folder and manifest of the dump that is served; None where there is none to serve."""
    for path in _finished():
        if _tells_what_was_taken_back(path.name):
            continue
        try:
            return path, json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # it was taken away this moment
    return None


def _tells_what_was_taken_back(made: str) -> bool:
    """Whether a record or a link between records was taken out since a dump (by its version)."""
    _, change, *layout = made.split("-")
    since = int(change) if layout else 0  # that of the empty register has no change in its name
    return History.objects.filter(ended_id__gt=since, kind__in=TOLD).exists()


def is_current(manifest: dict[str, Any]) -> bool:
    """Whether a dump is of the register as it is."""
    return bool(manifest["version"] == version())


def served(name: str) -> tuple[Path, str, str] | None:
    """Path, media type and checksum of a file of the dump; None for any other name."""
    found = latest()
    if found is None:
        return None
    path, manifest = found
    for file in manifest["files"]:
        if file["name"] == name:
            return path / name, file["media_type"], file["sha256"]
    if name == SUMS:
        return path / name, "text/plain; charset=utf-8", f"sums-{manifest['version']}"
    return None
