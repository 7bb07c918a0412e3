"""Archives of any size: rows block by block, in bounded memory, and who each row speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from sexton.simulate.documents import COLUMNS, rows_of
from sexton.simulate.men import World, block_size_for
from sexton.simulate.names import NameCounts, load_name_counts
from sexton.simulate.rates import Shares
from sexton.simulate.typist import Spelt, columns_of, spelt_names

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str, int, int | None], None]
WHAT = "simulating records"
MAN = "man_id"


def world_of(
    count: int, seed: int = 1, shares: Shares | None = None, names: NameCounts | None = None
) -> World:
    """What an archive of ``count`` rows is drawn from. Raises MissingNames."""
    return World(seed, shares or Shares(), names or load_name_counts(), block_size_for(count))


def simulate_archive(
    count: int,
    seed: int = 1,
    shares: Shares | None = None,
    names: NameCounts | None = None,
    progress: Progress | None = None,
) -> Iterator[pa.RecordBatch]:
    """``count`` rows of a person list as batches of texts; the same for the same count and seed.

    The columns are `COLUMNS`, and last ``man_id``: the hidden truth, to be left out of the archive
    that a method sees (`without_truth`). Batches have as many rows as a block of men has documents
    (about 67,000, fewer in a small archive). Raises MissingNames.
    """
    world = world_of(count, seed, shares, names)
    spelt = spelt_names(world.cast)
    done, block = 0, 0
    while done < count:
        batch = _batch(world, spelt, block, done, count - done)
        yield batch
        done, block = done + len(batch), block + 1
        if progress:
            progress(WHAT, done, count)


def without_truth(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The columns of the archive alone."""
    return batch.select(list(COLUMNS))


def truth_of(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Which man each record speaks of: ``record_id`` and ``man_id``."""
    import pyarrow as pa

    columns = [batch.column("id"), batch.column(MAN)]
    return pa.RecordBatch.from_arrays(columns, names=["record_id", MAN])


def _batch(world: World, spelt: Spelt, block: int, done: int, limit: int) -> pa.RecordBatch:
    import pyarrow as pa

    fates, persons = world.fates(block), world.persons(block)
    rows = rows_of(world, block, fates, limit)
    columns = columns_of(world, spelt, block, fates, persons, rows)
    columns["id"] = record_ids(world.seed, np.arange(done + 1, done + len(rows) + 1))
    columns[MAN] = man_ids(world.seed, rows.man + block * world.block_size)
    names = [*COLUMNS, MAN]
    return pa.RecordBatch.from_arrays([columns[name] for name in names], names=names)


def record_ids(seed: int, numbers: np.ndarray) -> pa.Array:
    """Ids of records: "sim-1-00000001"."""
    return _ids(f"sim-{seed}-", numbers, 8)


def man_ids(seed: int, numbers: np.ndarray) -> pa.Array:
    """Ids of men: "sim-man-1-00000000", counted from 0; men without a record have one too."""
    return _ids(f"sim-man-{seed}-", numbers, 8)


def _ids(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pa.array(numbers).cast(pa.string())
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(texts, width, "0"), "")
