"""Simulated archives with graves in plots, linked by Sexton; the truth beside the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sexton.evidence import PersonReading
from sexton.linkage import LinkOptions
from sexton.linkage.archive import Archive, ArchiveLinks, Row, link_archive
from sexton.linkage.model import Pool
from sexton.records import Record
from sexton.records.reading import read_people
from sexton.simulate import (
    Grave,
    GraveShares,
    load_name_counts,
    simulate_archive,
    simulate_graves,
    without_truth,
)


@dataclass(frozen=True)
class World:
    """An archive of ``size`` records and ``graves`` beside it, drawn by a seed."""

    size: int
    count: int
    seed: int
    shares: GraveShares

    def graves(self) -> list[Grave]:
        """The graves with the truth."""
        names = load_name_counts()
        return list(simulate_graves(self.count, self.size, self.seed, None, self.shares, names))

    def build(self, folder: Path) -> Archive:
        """The archive's index."""
        folder.mkdir(parents=True, exist_ok=True)
        file, names = folder / "archive.parquet", load_name_counts()
        batches = simulate_archive(self.size, self.seed, None, names)
        pq.write_table(pa.Table.from_batches([without_truth(batch) for batch in batches]), file)
        archive = Archive(folder / "index")
        archive.add(file, None, None)
        return archive


def read_graves(graves: Sequence[Grave]) -> list[PersonReading]:
    """The graves as Sexton reads them."""
    return read_people(
        [
            Record(
                grave.row["id"],
                {name: cell for name, cell in grave.row.items() if cell and name != "id"},
                {},
                "simulated",
                number,
            )
            for number, grave in enumerate(graves, 1)
        ]
    )


@dataclass(frozen=True)
class Linked:
    """A grave, its ranked answers and its pool (unnamed graves have one)."""

    grave: Grave
    rows: list[Row]
    pool: Pool | None


def linked(archive: Archive, graves: Sequence[Grave], options: LinkOptions) -> list[Linked]:
    """Every grave with its answers."""
    found: ArchiveLinks = link_archive(read_graves(graves), archive.pool(), options)
    rows: dict[str, list[Row]] = {}
    for row in found.rows:
        rows.setdefault(row.left_id, []).append(row._replace(evidence=""))
    pools = {pool.left_id: pool for pool in found.pools}
    return [Linked(grave, rows[grave.row["id"]], pools.get(grave.row["id"])) for grave in graves]


def without_rivalry(options: LinkOptions) -> LinkOptions:
    """The same, each grave judged by itself."""
    return replace(options, one_to_one=False)
