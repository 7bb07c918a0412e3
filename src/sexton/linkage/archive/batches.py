"""A list of persons batch by batch: quickly where its file is plain, row by row where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sexton.linkage.model import Progress
from sexton.records import Mapping, Problem, read_person_list
from sexton.records.model import COLUMNS, IDENTIFYING
from sexton.records.plan import folded

BATCH = 500_000

Batch = dict[str, pa.Array]


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
            "delim = ',', quote = '\"', escape = '\"', encoding = 'utf-8', null_padding = false)"
        )
    raise NotPlain


def _plain_batches(path: Path, progress: Progress | None) -> Iterator[Batch]:
    """Parquet and plain CSV in which every row has an id."""
    scan = _scan(path)
    with duckdb.connect(":memory:") as db:
        try:
            named = _columns([row[0] for row in db.execute(f"DESCRIBE FROM {scan}").fetchall()])
            total = db.execute(f"SELECT count(*), count(DISTINCT id) FROM {scan}").fetchall()[0]
        except duckdb.Error:
            raise NotPlain from None
        if total[0] == 0 or total[0] != total[1]:
            raise NotPlain
        chosen = ", ".join(f'CAST("{old}" AS VARCHAR) AS "{new}"' for old, new in named.items())
        done = 0
        for batch in db.sql(f"SELECT {chosen} FROM {scan}").to_arrow_reader(BATCH):
            yield {name: _checked(batch.column(name)) for name in named.values()}
            done += batch.num_rows
            if progress:
                progress("reading the list", done, total[0])


def _columns(written: list[str]) -> dict[str, str]:
    """The contract's names for the columns that bear them; other columns keep their own."""
    named = {name: folded(name) if folded(name) in COLUMNS else name for name in written}
    taken = [*named.values()]
    odd = any('"' in name or not name for name in written) or len(set(taken)) < len(taken)
    if odd or "id" not in taken or IDENTIFYING.isdisjoint(set(taken) - {"id"}):
        raise NotPlain
    return named


def _checked(cells: pa.Array) -> pa.Array:
    """The cells, if they are plain text: a line break or a zero byte is a sign of a broken row."""
    if pc.any(pc.match_substring_regex(cells, "[\\x00\\r\\n]")).as_py():
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
