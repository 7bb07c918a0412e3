"""The chunk tables as they were composed once and packaged: composing takes twenty times as long.

``tables/composed.npz`` is written by ``python -m sexton.names``. It says of each table from which
texts it was composed; a table of which a text has changed since is composed anew.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sexton.names.chunks import ChunkTable, build_table
from sexton.names.tables import read_bytes, read_text

FILE = "composed.npz"

Arrays = Mapping[str, NDArray[Any]]


def composed(
    name: str, texts: Sequence[str], profiles: tuple[str, ...], compose: Callable[[], ChunkTable]
) -> ChunkTable:
    """The packaged table ``name``, or what ``compose`` makes of ``texts`` where it was made of
    others."""
    arrays = _arrays()
    if f"{name}-{_checksum(texts)}-pairs" not in arrays:
        return compose()
    return _unpacked(arrays, f"{name}-{_checksum(texts)}", profiles)


@cache
def _arrays() -> Arrays:
    archive: Arrays = np.load(io.BytesIO(read_bytes(FILE)), allow_pickle=False)
    return archive


def _checksum(texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(read_text(text).encode())
    return digest.hexdigest()[:12]


def _unpacked(arrays: Arrays, name: str, profiles: tuple[str, ...]) -> ChunkTable:
    lines = arrays[f"{name}-pairs"].tobytes().decode().split("\n")
    pairs = {
        (left, right): row
        for row, (left, _, right) in enumerate(line.partition("\t") for line in lines)
    }
    return build_table(pairs, arrays[f"{name}-weights"], arrays[f"{name}-prior"], profiles)


def packed(name: str, texts: Sequence[str], table: ChunkTable) -> dict[str, NDArray[Any]]:
    """The arrays of a table that was composed of ``texts``, to be packaged."""
    pairs = [
        (row, f"{left}\t{right}")
        for left, rights in table.rows.items()
        for right, row in rights.items()
    ]
    lines = "\n".join(line for _, line in sorted(pairs)).encode()
    name = f"{name}-{_checksum(texts)}"
    return {
        f"{name}-pairs": np.frombuffer(lines, dtype=np.uint8),
        f"{name}-weights": table.weights,
        f"{name}-prior": table.prior,
    }
