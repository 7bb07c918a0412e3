"""What takes long to compute, kept as a file in the folder of the register until it is outdated.

A file that is missing, broken or of another version is as good as none; a folder that cannot be
written costs time and nothing else.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

try:
    import fcntl
except ImportError:  # pragma: no cover - not on this system: two may compute the same
    fcntl = None  # type: ignore[assignment]


def load(name: str, version: str) -> Any | None:
    """What was stored under ``name`` for this ``version``; None where nothing was."""
    try:
        held = json.loads(_path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    current = isinstance(held, dict) and held.get("version") == version
    return held.get("data") if current else None


def store(name: str, version: str, data: Any) -> None:
    """Keep ``data`` under ``name``; a reader sees the old file or the new one, never a half."""
    path = _path(name)
    text = json.dumps({"version": version, "data": data}, ensure_ascii=False)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as f:
            f.write(text)
        Path(f.name).replace(path)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Let one process at a time compute ``name``; the others wait and find it computed."""
    try:
        _path(name).parent.mkdir(parents=True, exist_ok=True)
        lock = _path(name).with_suffix(".lock").open("w")
    except OSError:
        yield
        return
    with lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _path(name: str) -> Path:
    return Path(settings.HOME) / "derived" / f"{name}.json"


def stamp(name: str) -> int:
    """Another number whenever the file was written anew; 0 where there is none."""
    with suppress(OSError):
        return _path(name).stat().st_mtime_ns
    return 0
