"""Archives on the disk: each a folder with the lists that were added to it, and what they are.

A list is built in a folder named after its content, beside the others, and entered in
``archive.json`` when it is whole. So a build that was interrupted goes on when the same file is
added again, a file that is there already changes nothing, and readers see whole lists only.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from sexton.linkage.archive.arrays import (
    ArchiveError,
    DamagedArchive,
    OutdatedArchive,
    map_array,
    write_json,
)
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.archive.segment import SOURCE, Builder
from sexton.linkage.model import Progress
from sexton.records import Mapping, Problem, UnreadableFile

HEAD = "archive.json"
# The version is to be raised with that of any step of a list (segment.STEPS).
FORMAT, VERSION = "sexton-archive", 3
# Those that can be built again of what they hold.
_EARLIER = (1, 2)
_NAME = re.compile(r"[\w][\w.-]{0,79}")
_BLOCK = 1 << 22
_SHOWN = 5
_LIST = "list-"
# A digest may be given by so many of its first letters.
_ENOUGH_OF_DIGEST = 4
# Seconds in which the helpers of a process that was killed notice it and let the lock go.
_PATIENCE = 1.5


@dataclass(frozen=True)
class ListEntry:
    """One list of an archive: its folder, the file that it was made of, and its records."""

    folder: str
    file: str
    records: int
    problems: int

    @property
    def digest(self) -> str:
        """What the list is made of, in twenty letters: two lists of one file name differ in it."""
        return self.folder.removeprefix(_LIST)


class Unfinished(NamedTuple):
    """What an interrupted build has left: its folder, the file's name ("" if it is not known)."""

    folder: Path
    file: str

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Added:
    """What adding a file did: ``new`` is False when the archive had it already."""

    entry: ListEntry
    new: bool
    problems: tuple[Problem, ...] = ()


def archives_folder(home: Path) -> Path:
    """Where the archives of a register lie."""
    return home / "archives"


class Archive:
    """One archive, by its folder."""

    def __init__(self, folder: Path) -> None:
        """The folder need not exist yet."""
        self.folder = folder

    @classmethod
    def named(cls, home: Path, name: str) -> Archive:
        """The archive of a name. Raises ArchiveError for a name that cannot be a folder's."""
        if not _NAME.fullmatch(name):
            raise ArchiveError(
                f"“{name}” cannot name an archive: use letters, digits, points and hyphens."
            )
        return cls(archives_folder(home) / name)

    @property
    def exists(self) -> bool:
        """Whether a list was ever added."""
        return (self.folder / HEAD).exists()

    def lists(self) -> list[ListEntry]:
        """The lists, in the order in which they were added. Raises DamagedArchive."""
        return [ListEntry(**entry) for entry in self._head()["lists"]]

    @property
    def outdated(self) -> bool:
        """Whether an earlier version of Sexton built it. Raises DamagedArchive."""
        return bool(self._head()["version"] != VERSION)

    def _head(self) -> dict[str, Any]:
        path = self.folder / HEAD
        if not path.exists():
            return {"version": VERSION, "lists": []}
        try:
            head: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise DamagedArchive(f"{path} is damaged: restore it from a backup") from error
        known = isinstance(head, dict) and head.get("format") == FORMAT
        if not known or head.get("version") not in (*_EARLIER, VERSION):
            raise DamagedArchive(
                f"{path} was written by another version of Sexton: use that version, or remove "
                "the folder and add the lists again"
            )
        return head

    def _check_version(self) -> None:
        if self.outdated:
            name = self.folder.name
            raise OutdatedArchive(
                f"The archive {name} was built by an earlier version of Sexton. Build it again of "
                f"the records that it holds: sexton archive rebuild {name}"
            )

    def rebuild(self, progress: Progress | None = None) -> list[ListEntry]:
        """Build anew what an earlier version has built, of the records in the archive: the files
        that were added are not needed. What is up to date already is left alone.

        Raises DamagedArchive when the records of a list are broken.
        """
        with self._locked():
            lists = self.lists()
            for entry in lists:
                folder = self.folder / entry.folder
                Builder(folder, Path(entry.file), None, progress).rebuild()
            self._write(lists)
            return lists

    def find(self, wanted: str) -> list[ListEntry]:
        """The lists with a file name, or whose digest begins so. Raises DamagedArchive."""
        lists = self.lists()
        named = [entry for entry in lists if entry.file == wanted]
        if named or len(wanted) < _ENOUGH_OF_DIGEST:
            return named
        return [entry for entry in lists if entry.digest.startswith(wanted)]

    def holding(self, ids: Iterable[str]) -> dict[str, ListEntry]:
        """The list that holds each of the ``ids``; without those that the archive has not.

        Raises DamagedArchive.
        """
        wanted = pa.array(sorted({*ids}), pa.large_string())
        found: dict[str, ListEntry] = {}
        for entry in self.lists():
            known = _ids(self.folder / entry.folder)
            there = pc.filter(known, pc.is_in(known, value_set=wanted))
            found.update(dict.fromkeys(there.to_pylist(), entry))
        return found

    def unfinished(self) -> list[Unfinished]:
        """What interrupted builds have left. Raises DamagedArchive."""
        whole = {entry.folder for entry in self.lists()}
        left = [path for path in sorted(self.folder.glob(f"{_LIST}*")) if path.name not in whole]
        return [Unfinished(path, _file_of(path)) for path in left]

    def discard_unfinished(self) -> list[Unfinished]:
        """Take away what interrupted builds have left; what it was."""
        with self._locked():
            left = self.unfinished()
            for part in left:
                shutil.rmtree(part.folder, ignore_errors=True)
            return left

    def add(
        self, file: Path, mapping: Mapping | None = None, progress: Progress | None = None
    ) -> Added:
        """Add a person list; nothing changes when the archive has it already.

        Raises UnreadableFile, ArchiveError when ids of the list are in the archive already or no
        row of it can be read (then nothing is added), OSError when the disk is full.
        """
        folder = f"{_LIST}{_digest(file, mapping, progress)}"
        with self._locked():
            self._check_version()
            lists = self.lists()
            for entry in lists:
                if entry.folder == folder:
                    return Added(entry, False)
            self._discard_older(file.name, folder)
            builder = self._built(Builder(self.folder / folder, file, mapping, progress))
            entry = ListEntry(folder, file.name, builder.records, len(builder.problems))
            self._check_ids(entry, lists)
            self._write([*lists, entry])
            return Added(entry, True, tuple(builder.problems))

    def _discard_older(self, file: str, folder: str) -> None:
        """Take away what was begun of another state of the file that is added now."""
        for part in self.unfinished():
            if part.file == file and part.folder.name != folder:
                shutil.rmtree(part.folder, ignore_errors=True)

    def _built(self, builder: Builder) -> Builder:
        try:
            builder.build()
        except DamagedArchive:
            # What an interrupted build has left is of no use.
            builder.discard()
            builder.build()
        except (UnreadableFile, ArchiveError):
            builder.discard()
            raise
        return builder

    def remove(self, entry: ListEntry) -> None:
        """Take a list out of the archive."""
        with self._locked():
            self._write([other for other in self.lists() if other.folder != entry.folder])
            shutil.rmtree(self.folder / entry.folder, ignore_errors=True)

    def pool(self) -> ArchivePool:
        """The archive, to be linked with. Raises ArchiveError when it is empty or outdated."""
        self._check_version()
        lists = self.lists()
        if not lists:
            raise ArchiveError(f"There is no archive {self.folder.name}: add a list to it first.")
        return ArchivePool([self.folder / entry.folder for entry in lists])

    def _write(self, lists: list[ListEntry]) -> None:
        entries = [asdict(entry) for entry in lists]
        write_json(self.folder / HEAD, {"format": FORMAT, "version": VERSION, "lists": entries})

    def _check_ids(self, entry: ListEntry, lists: list[ListEntry]) -> None:
        """An id names one record of an archive."""
        added = _ids(self.folder / entry.folder)
        for other in lists:
            known = _ids(self.folder / other.folder)
            # The smaller side is made the table that is looked up in.
            small, large = sorted((added, known), key=len)
            twice = pc.filter(large, pc.is_in(large, value_set=small))
            if len(twice):
                shutil.rmtree(self.folder / entry.folder, ignore_errors=True)
                shown = ", ".join(map(str, twice[:_SHOWN].to_pylist()))
                raise ArchiveError(
                    f"{entry.file}: {len(twice):,} ids are in the archive already, with "
                    f"{other.file} ({shown}). Nothing was added: give the rows ids of their own."
                )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time writes to an archive. Raises ArchiveError when another does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        refused = f"Another process is adding to {self.folder.name}: wait until it is done."
        with locked(self.folder / "archive.lock", refused):
            yield


def _file_of(folder: Path) -> str:
    """The name of the file that a list is made of; "" when that was not noted."""
    try:
        return str(json.loads((folder / SOURCE).read_text("utf-8"))["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@contextmanager
def locked(path: Path, refused: str) -> Iterator[None]:
    """Alone with a lock file, which stays. Raises ArchiveError with a text when another is."""
    with path.open("w") as file:
        patience = time.monotonic() + _PATIENCE
        while not _taken(file):
            if time.monotonic() > patience:
                raise ArchiveError(refused)
            time.sleep(0.05)
        yield


def _taken(lock: IO[str]) -> bool:
    """Whether the lock could be taken."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def list_archives(home: Path) -> list[Archive]:
    """The archives of a register, by name."""
    folder = archives_folder(home)
    found = (Archive(path) for path in sorted(folder.iterdir())) if folder.is_dir() else iter(())
    return [archive for archive in found if archive.exists]


def _digest(file: Path, mapping: Mapping | None, progress: Progress | None) -> str:
    """What the file holds and how it is read, in twenty letters."""
    digest = hashlib.blake2b(repr(mapping).encode(), digest_size=10)
    with file.open("rb") as content:
        size, done = file.stat().st_size, 0
        while block := content.read(_BLOCK):
            digest.update(block)
            done += len(block)
            if progress:
                progress("checking the file", done, size)
    return digest.hexdigest()


def _ids(folder: Path) -> pa.Array:
    """The ids of a built list, without copying them."""
    text, starts = (map_array(folder / "cells" / f"id-{part}.npy") for part in ("text", "starts"))
    buffers = [None, pa.py_buffer(starts), pa.py_buffer(text)]
    return pa.Array.from_buffers(pa.large_string(), len(starts) - 1, buffers)
