"""A list of persons batch by batch: quickly where its file is plain, row by row where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from sexton.linkage.model import Progress
from sexton.records import Mapping, Problem, read_person_list
from sexton.records.model import COLUMNS
from sexton.records.plan import folded

if TYPE_CHECKING:
    import duckdb

BATCH = 1_000_000

Batch = dict[str, pa.Array]

# How texts of these types are cast is how a careful reading writes them.
_PLAIN_TYPES = re.compile(r"VARCHAR|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DATE")
# What DuckDB calls columns that have no name, or one that stands in the header before.
_NAMED_BY_DUCKDB = re.compile(r"column\d+|(?P<stem>.+)_\d+")

# Zero bytes are no text in any file; a line break may be a sign of a broken row.
_NO_TEXT, _BROKEN_TEXT = r"\x00", r"[\x00\r\n]"


class NotPlain(Exception):
    """A file that is to be read row by row: odd encodings, broken rows, other layouts."""


def read_batches(
    path: Path, mapping: Mapping | None, careful: bool, progress: Progress | None
) -> Iterator[Batch | Problem]:
    """The rows of a list in batches of columns, and the problem of every row that is left out.

    Every row has an ``id`` of its own. Unless ``careful``, NotPlain may be raised at any batch:
    begin again then, carefully. Raises UnreadableFile when the file cannot be used at all.
    """
    if careful:
        yield from _careful_batches(path, mapping, progress)
    elif mapping is None:
        yield from _plain_batches(path, progress)
    else:
        raise NotPlain


def _scan(path: Path) -> str:
    literal = "'" + str(path).replace("'", "''") + "'"
    if path.suffix.lower() == ".parquet":
        return f"read_parquet({literal})"
    if path.suffix.lower() == ".csv":
        return (
            f"read_csv({literal}, header = true, all_varchar = true, strict_mode = true, "
            "delim = ',', quote = '\"', escape = '\"', encoding = 'utf-8', null_padding = false, "
            # Otherwise rows that begin with “#” may be taken for comments and left out.
            "comment = '', skip = 0)"
        )
    raise NotPlain


def _plain_batches(path: Path, progress: Progress | None) -> Iterator[Batch]:
    """Parquet and plain CSV in which every row has an id. Raises NotPlain at any batch."""
    # A tenth of a second that only who reads lists so shall pay.
    import duckdb

    scan, is_text = _scan(path), path.suffix.lower() == ".csv"
    with duckdb.connect(":memory:") as db:
        # Progress is shown by who asked for it.
        db.execute("SET enable_progress_bar = false")
        try:
            described = db.execute(f"DESCRIBE FROM {scan}").fetchall()
            named = name_columns([(row[0], row[1]) for row in described])
            rows = _count(db, scan)
            chosen = ", ".join(f'CAST("{old}" AS VARCHAR) AS "{new}"' for old, new in named.items())
            done = 0
            for batch in _large(db.sql(f"SELECT {chosen} FROM {scan}").to_arrow_reader(BATCH)):
                # What Parquet holds is whole: of text files a row may have swallowed the next.
                odd = _BROKEN_TEXT if is_text else _NO_TEXT
                checked = {name: _checked(batch.column(name), odd) for name in named.values()}
                if pc.any(pc.equal(pc.utf8_trim_whitespace(checked["id"]), "")).as_py():
                    raise NotPlain
                yield checked
                done += batch.num_rows
                if progress:
                    progress("reading the list", done, rows)
        except (duckdb.Error, pa.ArrowException, OSError):
            # A row far down may be the first that is broken: Arrow makes an OSError of that.
            raise NotPlain from None


def _large(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Batches of at least ``BATCH`` rows, the last one perhaps smaller: DuckDB gives small ones,
    and each names its distinct cells anew."""
    waiting: list[pa.RecordBatch] = []
    for batch in reader:
        waiting.append(batch)
        if sum(part.num_rows for part in waiting) >= BATCH:
            yield _one(waiting)
            waiting = []
    if waiting:
        yield _one(waiting)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]


def _count(db: duckdb.DuckDBPyConnection, scan: str) -> int:
    """How many rows there are. Raises NotPlain when some have no id of their own."""
    rows, ids = db.execute(f"SELECT count(*), count(DISTINCT id) FROM {scan}").fetchall()[0]
    if rows == 0 or rows != ids:
        raise NotPlain
    return int(rows)


def name_columns(written: list[tuple[str, str]]) -> dict[str, str]:
    """The contract's names for the columns that bear them; other columns keep their own.

    ``written`` are names and types.
    """
    names = [name for name, _ in written]
    named = {name: folded(name) if folded(name) in COLUMNS else name for name in names}
    taken = [*named.values()]
    plain = all(_PLAIN_TYPES.fullmatch(kind) for _, kind in written)
    odd = any(_is_odd(name, {*map(folded, names)}) for name in names)
    if not plain or odd or "id" not in taken or len(set(taken)) < len(taken):
        raise NotPlain
    return named


def _is_odd(name: str, all_names: set[str]) -> bool:
    """Whether a careful reading may call a column otherwise, or a query cannot name it."""
    made = _NAMED_BY_DUCKDB.fullmatch(folded(name))
    by_duckdb = made is not None and (made["stem"] is None or made["stem"] in all_names)
    return by_duckdb or '"' in name or name != name.strip()


def _checked(cells: pa.Array, odd: str) -> pa.Array:
    """The cells, if none has an ``odd`` letter. Raises NotPlain."""
    # Of equal cells, and there are many, one is looked at.
    if pc.any(pc.match_substring_regex(pc.unique(cells), odd)).as_py():
        raise NotPlain
    return cells


def _careful_batches(
    path: Path, mapping: Mapping | None, progress: Progress | None
) -> Iterator[Batch | Problem]:
    listed = read_person_list(path, mapping, progress)
    yield from listed.problems
    records = iter(listed.records)
    columns = [name for name in listed.columns if name != "id"]
    extra = [name for name in listed.extra_columns if name not in COLUMNS]
    while rows := list(islice(records, BATCH)):
        batch = {"id": pa.array([row.id for row in rows], pa.string())}
        for name in columns:
            batch[name] = pa.array([row.fields.get(name) for row in rows], pa.string())
        for name in extra:
            batch[name] = pa.array([row.extra.get(name) for row in rows], pa.string())
        yield batch
