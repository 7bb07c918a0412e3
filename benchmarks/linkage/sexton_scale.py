"""Sexton on an archive: the one place of these benchmarks that calls the archive engine."""

from __future__ import annotations

import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sexton.linkage import LinkOptions
from sexton.linkage.archive import Archive, link_archive, read_by_all_cores
from sexton.records import read_person_list

SCHEMA = pa.schema(
    [
        ("grave", pa.string()),
        ("right", pa.string()),
        ("rank", pa.int32()),
        ("probability", pa.float64()),
        ("score", pa.float64()),
    ]
)
"""The answers of a method: ``right`` null is "none of these"; ``score`` orders links."""

NOT_INSTALLED = ("scipy", "coverage")
"""What peers and tests need and an install of Sexton lacks; numba imports it where it is there."""


class Phases:
    """Seconds between the calls of a progress callback, by what the later one tells."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        now = time.perf_counter()
        self.seconds[what] = self.seconds.get(what, 0.0) + now - self._last
        self._last = now


def index(archive: Path, folder: Path) -> dict[str, float]:
    """Build the index of an archive file; the seconds by phase, and of all as ``index``."""
    started, phases = time.perf_counter(), Phases()
    Archive(folder).add(archive, None, phases)
    return phases.seconds | {"index": time.perf_counter() - started}


def link(
    graves: Path, folder: Path, out: Path, top: int, coverage: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Link the graves with the index and write the answers.

    Returns the seconds by phase with the count of pairs, and those of the phases of linking.
    """
    started = time.perf_counter()
    pool = Archive(folder).pool()
    opened = time.perf_counter()
    left = read_by_all_cores(read_person_list(graves).records)
    read = time.perf_counter()
    phases = Phases()
    found = link_archive(left, pool, LinkOptions(coverage=coverage, top=top), phases)
    phases("ranking and telling", 0, None)
    done = time.perf_counter()
    rows = found.rows
    rights = [right or None for right in rows.right_id]
    values = (rows.left_id, rights, rows.rank, rows.probability, rows.probability)
    columns = [pa.array(column, field.type) for column, field in zip(values, SCHEMA, strict=True)]
    pq.write_table(pa.Table.from_arrays(columns, schema=SCHEMA), out)
    told = {
        "open the index": opened - started,
        "read the graves": read - opened,
        "link": done - read,
        "pairs": float(found.pairs),
    }
    return told, phases.seconds
