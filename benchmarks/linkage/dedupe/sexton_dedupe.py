"""Sexton on an archive beside itself."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.linkage.process import processor_seconds
from benchmarks.linkage.sexton_scale import Phases
from sexton.linkage.archive import Archive
from sexton.linkage.archive.deduping import KEPT, dedupe_archive

_TOGETHER = 100_000
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("cluster_id", pa.string()),
        ("probability", pa.float64()),
        ("weakest_probability", pa.float64()),
    ]
)


def dedupe(folder: Path, out: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Group the records of a built archive and write the clusters; seconds by phase, counts."""
    phases = Phases()
    with dedupe_archive(Archive(folder).pool(), None, phases, folder / KEPT) as found:
        with pq.ParquetWriter(out, SCHEMA) as file:
            while rows := [*islice(found.rows, _TOGETHER)]:
                file.write(pa.Table.from_pylist([row._asdict() for row in rows], schema=SCHEMA))
        told = {"pairs": float(found.pairs), "doubles": found.doubles}
        told |= {name: float(count) for name, count in found.searched._asdict().items()}
    phases("telling the clusters", 0, None)
    told["processor"] = processor_seconds()
    return phases.seconds, told
