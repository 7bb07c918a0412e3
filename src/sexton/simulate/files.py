"""Writing simulated tables of any size, batch by batch, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sexton.records import write_table
from sexton.records.writing import replacing

if TYPE_CHECKING:
    import pyarrow as pa

# Formats that are written as the batches come; the others row by row from a Parquet file aside.
STREAMED = (".parquet", ".csv")
_METADATA = {"sexton.simulated": "true"}
# Whole names and ids are all different: a dictionary of them would be the column again.
_ALL_DIFFERENT = frozenset(("id", "name", "record_id", "man_id", "grave_id", "prisoner_number"))

Write = Callable[["pa.RecordBatch"], None]


@dataclass(frozen=True, slots=True)
class Output:
    """A file, and which columns of the batches go into it: from the batch's name to the file's."""

    path: Path
    columns: Mapping[str, str]

    def table(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The columns of the file."""
        return batch.select(list(self.columns)).rename_columns(list(self.columns.values()))


def write_batches(batches: Iterable[pa.RecordBatch], outputs: Iterable[Output]) -> int:
    """Write every batch to all ``outputs``; the rows written.

    A file takes its name when the last batch is written, so a stopped run leaves none. Memory holds
    one batch. Raises UnwritableFile.
    """
    rows = 0
    with ExitStack() as stack:
        writers = [(output, stack.enter_context(_writer(output))) for output in outputs]
        for batch in batches:
            rows += len(batch)
            for output, write in writers:
                write(output.table(batch))
    return rows


@contextmanager
def _writer(output: Output) -> Iterator[Write]:
    if output.path.suffix.lower() in STREAMED:
        with replacing(output.path) as beside, _streamed(beside, output) as write:
            yield write
        return
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder) / "rows.parquet"
        with _streamed(aside, output) as write:
            yield write
        write_table(_rows(aside), list(output.columns.values()), output.path)


@contextmanager
def _streamed(path: Path, output: Output) -> Iterator[Write]:
    """A writer of text columns to a .parquet or .csv file."""
    import pyarrow as pa
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    names = list(output.columns.values())
    schema = pa.schema([(name, pa.string()) for name in names], metadata=_METADATA)
    if path.suffix.lower() == ".csv":
        with pc.CSVWriter(str(path), schema) as csv:
            yield csv.write_batch
        return
    repeated = [name for name in names if name not in _ALL_DIFFERENT]
    with pq.ParquetWriter(str(path), schema, compression="zstd", use_dictionary=repeated) as file:
        yield lambda batch: file.write_batch(batch)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            yield from batch.to_pylist()
