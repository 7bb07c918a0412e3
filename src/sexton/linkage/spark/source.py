"""The records of an archive as a table of Spark: texts, each row with its position.

Parquet is read by Spark, many files or a folder as well. What else a person list may be is read by
the same reader as everywhere, once, into Parquet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sexton.linkage.archive import ArchiveError
from sexton.linkage.archive.batches import NotPlain, name_columns, read_batches
from sexton.linkage.model import Progress
from sexton.linkage.spark.session import is_local, run_job
from sexton.records import Mapping, Problem

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

FILE, ROW = "sexton:file", "sexton:row"
"""The columns that tell where a row stands: in which file, and where in it, from 0."""

RECORDS_PER_TASK = 1_000_000
"""Records that one task takes at the most, as far as the row groups of the files allow."""

# Rows of a row group where a list is written for Spark: the smallest piece that a task can take.
_ROW_GROUP = 50_000
# As DuckDB calls the types of Spark.
_TYPES = {
    "string": "VARCHAR",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "date": "DATE",
}


class Source(NamedTuple):
    """The ``rows`` of an archive: texts, with ``FILE`` and ``ROW``; how many rows each of the
    ``files`` has, in the order of positions; and the rows that could not be read."""

    rows: DataFrame
    files: dict[str, int]
    problems: tuple[Problem, ...] = ()


def open_source(
    session: SparkSession,
    right: str,
    mapping: Mapping | None,
    folder: Path,
    progress: Progress | None = None,
    records_per_task: int = RECORDS_PER_TASK,
) -> Source:
    """The records of a person list, or of a folder of Parquet files.

    What is not plain Parquet is written to ``folder`` first. Raises ArchiveError when no row can be
    read or the workers could not see it, UnreadableFile when the file cannot be used at all.
    """
    if mapping is None and _is_parquet(right):
        try:
            return _opened(session, right, progress, records_per_task)
        except NotPlain:
            pass
    path = Path(right)
    if not is_local(session) or path.is_dir() or "://" in right:
        raise ArchiveError(
            f"{right}: Spark reads Parquet in which all columns are texts and every row has an id "
            "of its own. Write it with `sexton import LIST -o LIST.parquet` and put it where all "
            "workers can read it."
        )
    problems: list[Problem] = []
    fresh = folder / "list.parquet"
    _write_plain(path, mapping, fresh, problems, progress)
    opened = _opened(session, fresh.as_uri(), progress, records_per_task)
    return opened._replace(problems=tuple(problems))


def _is_parquet(right: str) -> bool:
    return right.lower().endswith(".parquet") or "://" in right or Path(right).is_dir()


def _opened(
    session: SparkSession, right: str, progress: Progress | None, records_per_task: int
) -> Source:
    """Parquet as Spark reads it. Raises NotPlain when it is to be read row by row."""
    from pyspark.sql import functions as F

    location = right if "://" in right else f"file://{Path(right).absolute()}"
    table = session.read.option("recursiveFileLookup", "true").parquet(location)
    named = name_columns([(name, _TYPES.get(kind, kind)) for name, kind in table.dtypes])
    file, texts = F.col("_metadata.file_path"), _texts(named)
    blank = F.sum(F.when(F.trim(F.coalesce("id", F.lit(""))) == "", 1).otherwise(0))
    ids = table.select(texts["id"]).agg(F.count_distinct("id").alias("ids"), blank.alias("blank"))
    sizes = table.groupBy(file.alias("file")).agg(
        F.count(F.lit(1)).alias("rows"), F.max("_metadata.file_size").alias("bytes")
    )
    found = run_job(session, "looking at the files", sizes.collect, progress)
    files = {row["file"]: row["rows"] for row in sorted(found, key=lambda row: str(row["file"]))}
    size = sum(files.values())
    told = run_job(session, "checking the ids", ids.collect, progress)[0]
    if not size or told["ids"] != size or told["blank"]:
        raise NotPlain
    _cut(session, size, sum(row["bytes"] for row in found), records_per_task)
    row = F.col("_metadata.row_index").cast("long")
    return Source(table.select(file.alias(FILE), row.alias(ROW), *texts.values()), files)


def _texts(named: dict[str, str]) -> dict[str, Column]:
    """Columns of texts by their name in the contract, of those by which the files name them."""
    from pyspark.sql import functions as F

    return {new: F.col(f"`{old}`").cast("string").alias(new) for old, new in named.items()}


def _cut(session: SparkSession, size: int, files_bytes: int, records_per_task: int) -> None:
    """Have Spark cut the files so that no task has many more records than told."""
    share = max(1, int(files_bytes / size * records_per_task))
    session.conf.set("spark.sql.files.maxPartitionBytes", str(share))


def _write_plain(
    path: Path,
    mapping: Mapping | None,
    fresh: Path,
    problems: list[Problem],
    progress: Progress | None,
) -> None:
    """Write a person list as plain Parquet: texts, every row with an id of its own."""
    for careful in (False, True):
        problems.clear()
        try:
            rows = _write_batches(read_batches(path, mapping, careful, progress), fresh, problems)
        except NotPlain:
            continue
        if not rows:
            first = f" The first: {problems[0]}" if problems else ""
            raise ArchiveError(f"{path.name}: no row of it can be read.{first}")
        return


def _write_batches(
    batches: Iterator[dict[str, pa.Array] | Problem], fresh: Path, problems: list[Problem]
) -> int:
    writer, rows = None, 0
    try:
        for batch in batches:
            if isinstance(batch, Problem):
                problems.append(batch)
                continue
            table = pa.table(batch)
            if writer is None:
                writer = pq.ParquetWriter(fresh, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=_ROW_GROUP)
            rows += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows
