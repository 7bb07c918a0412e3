"""Sexton on an archive beside itself."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.linkage.process import processor_seconds
from benchmarks.linkage.sexton_scale import Phases
from sexton.linkage.archive import Archive
from sexton.linkage.archive.deduping import KEPT, dedupe_archive

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
        rows = [
            (row.id, row.cluster_id, row.probability, row.weakest_probability) for row in found.rows
        ]
        columns = [
            pa.array(values, field.type)
            for values, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)
        ]
        pq.write_table(pa.Table.from_arrays(columns, schema=SCHEMA), out)
        told = {"pairs": float(found.pairs), "doubles": found.doubles}
        told |= {name: float(count) for name, count in found.searched._asdict().items()}
    phases("telling the clusters", 0, None)
    told["processor"] = processor_seconds()
    return phases.seconds, told
