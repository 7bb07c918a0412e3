"""The archives that lie beside the register, kept open for the threads of a process.

An archive is opened when it is first asked and let go when its list of lists changes or it is
gone: its files stay mapped only while a search that began before still reads them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

from sexton.linkage.archive import (
    Archive,
    ArchiveError,
    ArchiveSearch,
    DamagedArchive,
    ListEntry,
    OutdatedArchive,
    archives_folder,
)
from sexton.linkage.archive.store import HEAD
from sexton.records import Record
from sexton.records.simulated import is_simulated

SOURCES_SHOWN = 6
log = logging.getLogger(__name__)

Stamp = tuple[int, int, int]


class Trouble(Exception):
    """An archive cannot be asked; ``kind`` says why: a key of ``archives.TROUBLES``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass
class Opened:
    """An archive as it was when it was opened."""

    stamp: Stamp
    lists: list[ListEntry]
    search: ArchiveSearch

    @cached_property
    def sources(self) -> list[str]:
        """What the records name as their source, where the lists say it; the first few."""
        return self.search.pool.texts_of("source", SOURCES_SHOWN)

    @cached_property
    def simulated(self) -> bool:
        """Whether a list of it holds simulated persons: its first record says so."""
        pool = self.search.pool
        firsts = (pool.row_of(entry.folder, 1) for entry in self.lists)
        return any(record is not None and is_simulated(record) for record in firsts)

    def row(self, digest: str, row: int) -> tuple[ListEntry, Record] | None:
        """A record by its list and its number there, with the list."""
        for entry in self.lists:
            if entry.digest == digest:
                found = self.search.pool.row_of(entry.folder, row)
                return None if found is None else (entry, found)
        return None


class Shelf:
    """The archives in one folder; threads share it."""

    def __init__(self, folder: Path) -> None:
        """``folder`` need not exist."""
        self.folder = folder
        self._lock = threading.Lock()
        self._opening: dict[str, threading.Lock] = {}
        self._opened: dict[str, Opened] = {}

    def names(self) -> list[str]:
        """The archives, half-built ones too; those that are gone are let go."""
        try:
            found = sorted(path.name for path in self.folder.iterdir() if _is_archive(path))
        except FileNotFoundError:
            found = []
        except OSError:
            log.exception("The folder of the archives cannot be read")
            found = []
        with self._lock:
            for name in self._opened.keys() - set(found):
                del self._opened[name]
        return found

    def open(self, name: str) -> Opened:
        """The archive of a name, as it is now. Raises Trouble."""
        if name not in self.names():
            raise Trouble("missing")
        with self._lock:
            opening = self._opening.setdefault(name, threading.Lock())
        with opening:
            stamp = _stamp(self.folder / name)
            known = self._opened.get(name)
            if known is None or known.stamp != stamp:
                self._opened.pop(name, None)
                del known
                self._opened[name] = known = _open(Archive(self.folder / name), stamp)
            return known


def _is_archive(path: Path) -> bool:
    return path.is_dir() and ((path / HEAD).exists() or any(_lists(path)))


def _lists(folder: Path) -> Iterator[Path]:
    return folder.glob("list-*")


def _stamp(folder: Path) -> Stamp:
    """Another one after every change of the archive: its head is written as a new file."""
    try:
        head = (folder / HEAD).stat()
    except OSError as error:
        raise Trouble("unfinished" if any(_lists(folder)) else "missing") from error
    return head.st_ino, head.st_mtime_ns, head.st_size


def _open(archive: Archive, stamp: Stamp) -> Opened:
    with troubles(archive.folder.name):
        lists = archive.lists()
        if not lists:
            raise Trouble("empty")
        return Opened(stamp, lists, ArchiveSearch(archive.pool()))


@contextmanager
def troubles(name: str) -> Iterator[None]:
    """Turns whatever goes wrong within into a ``Trouble``, and tells the log of the server."""
    try:
        yield
    except Trouble:
        raise
    except Exception as error:
        # Files that were cut or mixed up can break any step: a reader still gets his page.
        log.exception("The archive %s cannot be asked", name)
        raise Trouble(_kind_of(error)) from error


def _kind_of(error: Exception) -> str:
    if isinstance(error, OutdatedArchive):
        return "outdated"
    if isinstance(error, DamagedArchive):
        return "damaged"
    return "missing" if isinstance(error, ArchiveError | FileNotFoundError) else "damaged"


_shelves: dict[Path, Shelf] = {}
_making = threading.Lock()


def shelf() -> Shelf:
    """The archives of this register's folder."""
    folder = archives_folder(settings.HOME)
    with _making:
        if folder not in _shelves:
            _shelves[folder] = Shelf(folder)
        return _shelves[folder]
