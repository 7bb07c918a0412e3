"""An archive for one link: in a temporary folder, taken over by who links the same file again.

A process that is killed cannot tidy up. The folder is named after the file, so that the next link
with it goes on with what is built already; folders of other files are taken away after a day.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sexton.linkage.archive.store import Archive

_PREFIX = "sexton-aside-"
_OWNER = "owner.lock"
# Seconds for which what a killed process left may still be wanted.
_KEPT = 86_400


@contextmanager
def archive_aside(file: Path) -> Iterator[Archive]:
    """An archive for ``file``, which is gone afterwards; it may hold what a killed process built.

    Two who link one file at the same time get one each. Raises OSError.
    """
    _remove_forsaken()
    folder, lock = _own_folder(file)
    try:
        yield Archive(folder / "archive")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _own_folder(file: Path) -> tuple[Path, int]:
    """A folder that nobody else uses, and the lock that says so."""
    name = hashlib.blake2b(os.fsencode(file.resolve()), digest_size=10).hexdigest()
    folder = Path(tempfile.gettempdir(), f"{_PREFIX}{os.getuid()}-{name}")
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    lock = _taken(folder) if _is_own(folder) else None
    if lock is None:
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getuid()}-"))
        lock = _taken(folder)
    if lock is None:
        raise BlockingIOError(f"{folder} is used by another process")
    return folder, lock


def _is_own(folder: Path) -> bool:
    """Whether a folder is this user's alone: in a shared place others may have made it."""
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    return private and found.st_uid == os.getuid()


def _taken(folder: Path) -> int | None:
    """The lock of a folder, if nobody who lives has it."""
    try:
        lock = os.open(folder / _OWNER, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Who had it may have taken the folder away in the meantime.
        if (folder / _OWNER).exists() and os.fstat(lock).st_nlink:
            return lock
    os.close(lock)
    return None


def _remove_forsaken() -> None:
    """Take away what killed processes left long ago."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}{os.getuid()}-*"):
        with suppress(OSError):
            old = time.time() - folder.stat().st_mtime > _KEPT
            lock = _taken(folder) if old and _is_own(folder) else None
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
