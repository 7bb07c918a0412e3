"""Sexton on an archive: the one place of these benchmarks that calls the archive engine."""

from __future__ import annotations

import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sexton.linkage import LinkOptions
from sexton.linkage.archive import Archive, link_archive
from sexton.records import read_person_list
from sexton.records.reading import read_people

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


def index(archive: Path, folder: Path) -> dict[str, float]:
    """Build the index of an archive file; the seconds by phase."""
    started = time.perf_counter()
    phases: dict[str, float] = {}
    last = ["start", started]

    def told(what: str, done: int, total: int | None) -> None:
        now = time.perf_counter()
        phases[what] = phases.get(what, 0.0) + now - float(last[1])
        last[:] = [what, now]

    Archive(folder).add(archive, None, told)
    phases["index"] = time.perf_counter() - started
    return phases


def link(graves: Path, folder: Path, out: Path, top: int, coverage: float) -> dict[str, float]:
    """Link the graves with the index and write the answers; the seconds by phase."""
    started = time.perf_counter()
    pool = Archive(folder).pool()
    opened = time.perf_counter()
    left = read_people(read_person_list(graves).records)
    read = time.perf_counter()
    found = link_archive(left, pool, LinkOptions(coverage=coverage, top=top))
    rows = [
        (row.left_id, row.right_id or None, row.rank, row.probability, row.probability)
        for row in found.rows
    ]
    done = time.perf_counter()
    columns = [
        pa.array(values, field.type)
        for values, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)
    ]
    pq.write_table(pa.Table.from_arrays(columns, schema=SCHEMA), out)
    return {
        "open the index": opened - started,
        "read the graves": read - opened,
        "link": done - read,
        "pairs": float(found.pairs),
    }
