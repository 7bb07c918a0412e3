"""Arrays and texts in files of a folder, mapped into memory when they are read."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sexton.names.index_files import StoredNames, pack_names

T = TypeVar("T")

# Bytes of the file of an array without entries.
_EMPTY_ARRAY = 128


class ArchiveError(Exception):
    """What was asked of an archive cannot be done; the text says why and what to do."""


class OutdatedArchive(ArchiveError):
    """An archive that an earlier Sexton built; the text says what to do."""


class DamagedArchive(Exception):
    """Files of an archive are missing or broken; the text says which and what to do."""

    @classmethod
    def at(cls, path: Path) -> DamagedArchive:
        """The error for a file or folder of a list."""
        return cls(
            f"{path} is missing or damaged: take its list out of the archive and add it again."
        )


def write_array(path: Path, array: NDArray[Any]) -> None:
    """Write an array so that a file of that name is always whole."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            np.save(file, array, allow_pickle=False)
    except OSError as error:
        if error.errno is not None:
            raise
        # Numpy tells only how much it could write.
        why = "the file could not be written whole, the disk may be full"
        raise OSError(errno.ENOSPC, why, str(path)) from error
    fresh.replace(path)


def map_array(path: Path) -> NDArray[Any]:
    """An array mapped from its file. Raises DamagedArchive."""
    try:
        # An array without entries cannot be mapped. Copy-on-write, though nobody writes: kernels
        # are compiled for arrays that may be written.
        mode: Literal["c"] | None = "c" if path.stat().st_size > _EMPTY_ARRAY else None
        mapped: NDArray[Any] = np.load(path, mmap_mode=mode, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DamagedArchive.at(path) from error
    return mapped.view(np.ndarray)


def write_arrays(folder: Path, name: str, parts: NamedTuple) -> None:
    """Write the fields of a tuple, nested tuples too, each to a file of its own."""
    for field, part in parts._asdict().items():
        if isinstance(part, tuple):
            write_arrays(folder, f"{name}-{field}", part)  # type: ignore[arg-type]
        else:
            write_array(folder / f"{name}-{field}.npy", part)


def map_arrays(folder: Path, name: str, kind: Callable[..., T]) -> T:
    """The inverse of :func:`write_arrays`, for a named tuple of arrays."""
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return kind(*(map_array(folder / f"{name}-{field}.npy") for field in fields))


def write_json(path: Path, value: object) -> None:
    """Write JSON so that a file of that name is always whole and on the disk."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring all that was written to a folder onto the disk: the files first, then their names."""
    for place, _, files in os.walk(folder, topdown=False):
        for name in files:
            _sync(Path(place, name))
        _sync(Path(place))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_texts(folder: Path, name: str, texts: Iterable[str]) -> None:
    """Keep texts, to be read by :func:`map_texts`."""
    for part, array in pack_names(texts).items():
        write_array(folder / f"{name}-{part}.npy", array)


def map_texts(folder: Path, name: str) -> StoredNames:
    """Texts mapped from their files. Raises DamagedArchive."""
    text, starts = (map_array(folder / f"{name}-{part}.npy") for part in ("text", "starts"))
    return StoredNames(text, starts)
