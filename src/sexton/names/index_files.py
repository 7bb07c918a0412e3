"""Keep a name index in a folder, and map it into memory from there.

A folder holds one ``.npy`` file for each array and ``index.json``. Opening reads nothing but that;
pages of the arrays come from the disk when a search first touches them, and processes share them.
The files do not depend on the tables of the model: an index lives on when these are trained anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from sexton.names.letters import CYRILLIC, LATIN

FORMAT = "sexton-name-index"
VERSION = 1
_HEAD = "index.json"


class StoredNames(Sequence[str]):
    """Names kept as one run of UTF-8 and the place where each begins."""

    def __init__(self, text: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        """``text[starts[n]:starts[n + 1]]`` is name ``n``."""
        self._text, self._starts = text, starts
        self._view = memoryview(text)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        size = len(self._starts) - 1
        if not -size <= at < size:
            raise IndexError(at)
        at %= size
        return str(self._view[self._starts[at] : self._starts[at + 1]], "utf-8")

    def many(self, places: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """The names at some places from 0, which takes less time than one by one."""
        at = np.asarray(places, dtype=np.int64)
        view = self._view
        begins, ends = self._starts[at].tolist(), self._starts[at + 1].tolist()
        return [str(view[a:b], "utf-8") for a, b in zip(begins, ends, strict=True)]

    def __iter__(self) -> Iterator[str]:
        starts = self._starts.tolist()
        text = self._text.tobytes()
        return (text[a:b].decode() for a, b in pairwise(starts))


def texts_at(texts: Sequence[str], places: NDArray[np.int64]) -> list[str]:
    """The texts at some places from 0, in a list or as they are kept."""
    if isinstance(texts, StoredNames):
        return texts.many(places)
    return [texts[place] for place in places.tolist()]


def pack_names(names: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The arrays of :class:`StoredNames`."""
    encoded = [name.encode() for name in names]
    starts = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(name) for name in encoded], out=starts[1:])
    return {"text": np.frombuffer(b"".join(encoded), dtype=np.uint8), "starts": starts}


def write_folder(folder: Path, head: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Write an index beside ``folder`` and put it in its place when it is whole.

    An older index in that place is replaced. Raises FileExistsError when something else is there.
    """
    if folder.exists() and not (folder / _HEAD).exists():
        raise FileExistsError(f"{folder} is there and is not a name index: choose another folder")
    fresh = folder.with_name(f"{folder.name}.new-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(fresh / f"{name}.npy", array, allow_pickle=False)
    full = {"format": FORMAT, "version": VERSION, "letters": [CYRILLIC, LATIN], **head}
    (fresh / _HEAD).write_text(json.dumps(full, ensure_ascii=False, indent=1), encoding="utf-8")
    if folder.exists():
        old = folder.with_name(f"{folder.name}.old-{os.getpid()}")
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)


def read_head(folder: Path) -> dict[str, Any]:
    """What an index says of itself.

    Raises FileNotFoundError when there is none in ``folder``, ValueError when it is of another
    version or damaged.
    """
    path = folder / _HEAD
    if not path.exists():
        raise FileNotFoundError(f"no name index in {folder}: {_HEAD} is missing")
    try:
        head: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is damaged: build the index again ({error})") from error
    known = {"format": FORMAT, "version": VERSION, "letters": [CYRILLIC, LATIN]}
    if any(head.get(key) != value for key, value in known.items()):
        raise ValueError(f"{path} was written by another version: build the index again")
    return head


def map_array(folder: Path, name: str) -> NDArray[Any]:
    """One array, mapped from its file.

    Raises ValueError when the file is missing or damaged.
    """
    path = folder / f"{name}.npy"
    try:
        # Copy-on-write, though nobody writes: kernels are compiled for arrays that may be written.
        mapped: NDArray[Any] = np.load(path, mmap_mode="c", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} is missing or damaged: build the index again") from error
    return mapped.view(np.ndarray)
