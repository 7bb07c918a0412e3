"""What an interrupted run has done already, batch by batch, in a folder of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, TypeVar
from zipfile import BadZipFile

from sexton.evidence import Rules
from sexton.linkage.archive.arrays import write_json
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.archive.store import locked

VERSION = 2
"""To be raised whenever the same records would give other pairs."""

T = TypeVar("T")

_HEAD = "of.json"
_REFUSED = (
    "Another process is looking for the records of one man in this archive: wait until it is done."
)


def what_it_is(pool: ArchivePool, rules: Rules, batch: int) -> str:
    """Names what the pairs are made of: the lists (their folders tell what is in them), the rules,
    and how the records are cut into batches."""
    lists = [folder.name for folder in pool.folders]
    tables = {name: dict(table) for name, table in rules.tables.items()}
    told = json.dumps([VERSION, lists, tables, batch], sort_keys=True)
    return blake2b(told.encode(), digest_size=10).hexdigest()


class Kept(Protocol):
    """What can be kept."""

    def save(self, path: Path) -> None: ...


class KeptBatches:
    """What batches have given; nothing is kept without a folder."""

    def __init__(self, folder: Path | None) -> None:
        """See :func:`kept_batches`."""
        self._folder = folder

    def get(self, name: str, load: Callable[[Path], T]) -> T | None:
        """What a batch that was done has given."""
        path = self._path(name)
        if path is None or not path.exists():
            return None
        try:
            return load(path)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            # A file that is not whole is as good as none.
            return None

    def put(self, name: str, given: Kept) -> None:
        """Keep what a batch has given."""
        path = self._path(name)
        if path is not None:
            given.save(path)

    def _path(self, name: str) -> Path | None:
        return self._folder / f"{name}.npz" if self._folder else None

    def done(self) -> None:
        """All is written: nothing need be kept."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def kept_batches(folder: Path | None, made_of: str) -> Iterator[KeptBatches]:
    """The batches that are kept in a folder, if they are ``made_of`` the same; else it is emptied.

    Raises ArchiveError when another process works there.
    """
    if folder is None:
        yield KeptBatches(None)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_suffix(".lock"), _REFUSED):
        head = folder / _HEAD
        if not head.exists() or json.loads(head.read_text("utf-8") or "{}").get("of") != made_of:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            write_json(head, {"of": made_of})
        yield KeptBatches(folder)
