"""Write a table whole or not at all, in the format that the file's suffix names."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple, Protocol

from sexton.messages import N_, Message
from sexton.records.model import Problem

Cell = str | int | float | bool | date | None
TableRow = Mapping[str, Cell] | Sequence[Cell]
SHEET_ROWS = 1_048_575
CELL_LENGTH = 32_767
# Texts that become one array at a time: one that grows is moved to fresh memory again and again.
_PIECE = 1024


class UnwritableFile(Exception):
    """A table that could not be written; what stood at its path before still stands there."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def write_table(rows: Iterable[TableRow], columns: Sequence[str], path: str | Path) -> None:
    """Write rows to a .csv, .parquet, .jsonl or .xlsx file, all or nothing.

    A row is a mapping from column to value (what it lacks is empty, what no column names is left
    out) or a sequence in the order of ``columns``. Raises UnwritableFile.
    """
    _write(_ByRows(columns, _cells(rows, columns)), Path(path))


def write_columns(columns: Mapping[str, Sequence[Cell]], path: str | Path) -> None:
    """:func:`write_table` of columns of one length, which takes less time where all is at hand.

    Raises UnwritableFile.
    """
    _write(_ByColumns([*columns], [*columns.values()]), Path(path))


class _Table(Protocol):
    """What is written, as the writer of a format wants it: ``rows`` or ``cells`` by column; one of
    them, once."""

    @property
    def columns(self) -> Sequence[str]: ...

    def rows(self) -> Iterator[Sequence[Cell]]: ...

    def cells(self) -> Sequence[Sequence[Cell]]: ...


class _ByRows(NamedTuple):
    columns: Sequence[str]
    told: Iterator[Sequence[Cell]]

    def rows(self) -> Iterator[Sequence[Cell]]:
        return self.told

    def cells(self) -> Sequence[Sequence[Cell]]:
        return [*zip(*self.told, strict=True)] or [() for _ in self.columns]


class _ByColumns(NamedTuple):
    columns: Sequence[str]
    held: Sequence[Sequence[Cell]]

    def rows(self) -> Iterator[Sequence[Cell]]:
        return zip(*self.held, strict=True)

    def cells(self) -> Sequence[Sequence[Cell]]:
        return self.held


def _write(table: _Table, path: Path) -> None:
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise _unwritable(
            path,
            Message(N_("No table can be written as “%(suffix)s”."), {"suffix": path.suffix}),
            Message(N_("End the name of the file in .csv, .parquet, .jsonl or .xlsx.")),
        )
    with replacing(path) as beside:
        write(table, beside)


def _cells(rows: Iterable[TableRow], columns: Sequence[str]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        if isinstance(row, Mapping):
            yield [row.get(column) for column in columns]
        else:
            yield row


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place only if all goes well."""
    beside = None
    try:
        handle, name = tempfile.mkstemp(path.suffix, f".{path.name}.", path.parent)
        os.close(handle)
        beside = Path(name)
        yield beside
        _settle(beside, path)
    except OSError as error:
        raise _unwritable(
            path,
            Message(
                N_("The file cannot be written: %(why)s."), {"why": error.strerror or str(error)}
            ),
            Message(N_("Check the folder, the right to write there and the space left.")),
        ) from error
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _settle(beside: Path, path: Path) -> None:
    """Flush the file to the disk, give it the usual permissions and put it in its place."""
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    mask = os.umask(0)
    os.umask(mask)
    beside.chmod(0o666 & ~mask)
    beside.replace(path)


def _unwritable(path: Path, reason: Message, remedy: Message) -> UnwritableFile:
    return UnwritableFile(Problem(str(path), None, None, reason, remedy))


def _write_csv(table: _Table, path: Path) -> None:
    # RFC 4180 ends rows with CR LF; the csv module then also quotes a lone CR in a cell.
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows())


def _write_json_lines(table: _Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table.rows():
            cells = {k: v for k, v in zip(table.columns, row, strict=True) if v is not None}
            file.write(json.dumps(cells, ensure_ascii=False, default=str) + "\n")


def _write_parquet(table: _Table, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [*map(_array, table.cells())]
    pq.write_table(pa.Table.from_arrays(arrays, [*table.columns]), path, compression="zstd")


def _array(column: Sequence[Cell]) -> object:
    """One column; values of several kinds are written as text, an empty column is text."""
    import pyarrow as pa

    if all(issubclass(kind, str | NoneType) for kind in set(map(type, column))):
        pieces = [column[at : at + _PIECE] for at in range(0, len(column), _PIECE)]
        return pa.chunked_array([pa.array(piece, pa.string()) for piece in pieces], pa.string())
    try:
        return pa.array(column)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([None if cell is None else str(cell) for cell in column], pa.string())


def _write_workbook(table: _Table, path: Path) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    try:
        header: Sequence[Cell] = table.columns
        for number, row in enumerate(chain([header], table.rows())):
            if number > SHEET_ROWS:
                raise _too_much(path)
            for i, cell in enumerate(row):
                _write_cell(sheet, number, i, cell, path)
    finally:
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, path: Path) -> None:
    """Text stays text: nothing that begins with "=" or looks like a link becomes one."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)) and abs(cell) < 10**15:
        sheet.write_number(row, column, cell)
    elif cell is not None and cell != "":
        text = str(cell)
        if len(text) > CELL_LENGTH:
            raise _too_much(path)
        sheet.write_string(row, column, text)


def _too_much(path: Path) -> UnwritableFile:
    return _unwritable(
        path,
        Message(N_("A sheet holds 1,048,576 rows, and 32,767 characters in a cell; this is more.")),
        Message(N_("Write .csv or .parquet instead.")),
    )


_Writer = Callable[[_Table, Path], None]
_WRITERS: dict[str, _Writer] = {
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
    ".parquet": _write_parquet,
    ".xlsx": _write_workbook,
}
