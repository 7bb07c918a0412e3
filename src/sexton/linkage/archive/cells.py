"""The cells of a list as they were written: each column's distinct texts, and their numbers.

A column in which most cells differ (ids) is kept as texts. Nothing is changed on the way: what a
record says comes out as it went in.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sexton.linkage.archive.arrays import map_array, map_texts, write_array, write_texts
from sexton.names.index_files import StoredNames
from sexton.records.model import COLUMNS

EMPTY = -1
"""The number of an empty cell."""
OF_PARTS = -2
"""The number of a name cell that is surname, given name and patronymic with blanks between."""

_PARTS = ("surname", "given", "patronymic")
# A column is kept as texts when more than this share of its first cells differ.
_MOST_DISTINCT = 0.6

Codes = NDArray[np.int32]
Rows = NDArray[np.int64]


def _file_name(column: str, place: int) -> str:
    """How the files of a column begin: what others call their columns may be no name of a file."""
    return column if column in COLUMNS else f"column-{place}"


class _Writer(Protocol):
    def add(self, cells: pa.Array) -> None: ...

    def close(self) -> None: ...


class _CodeWriter:
    """A column of few distinct texts."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._numbers: dict[str, int] = {"": EMPTY}
        self._texts: list[str] = []
        self._codes: IO[bytes] = (folder / f"{name}-codes.raw").open("wb")

    def add(self, cells: pa.Array, of_parts: NDArray[np.bool_] | None = None) -> None:
        encoded = cells.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        known = self._numbers
        numbers = [known[text] if text in known else self._number(text) for text in texts]
        table = np.array([*numbers, EMPTY], dtype=np.int32)
        codes = table[pc.fill_null(encoded.indices, len(numbers)).to_numpy()]
        if of_parts is not None:
            codes[of_parts] = OF_PARTS
        self._codes.write(codes.tobytes())

    def _number(self, text: str) -> int:
        """The number of a text that was not seen before."""
        number = self._numbers[text] = len(self._texts)
        self._texts.append(text)
        return number

    def close(self) -> None:
        self._codes.close()
        raw = self._folder / f"{self._name}-codes.raw"
        write_array(self._folder / f"{self._name}-codes.npy", np.fromfile(raw, dtype=np.int32))
        raw.unlink()
        write_texts(self._folder, self._name, self._texts)


class _TextWriter:
    """A column in which most texts differ."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._text: IO[bytes] = (folder / f"{name}-text.raw").open("wb")
        self._sizes: list[NDArray[np.int64]] = []

    def add(self, cells: pa.Array) -> None:
        filled = pc.fill_null(cells.cast(pa.large_string()), "")
        sizes = pc.binary_length(filled).to_numpy().astype(np.int64)
        self._sizes.append(sizes)
        begin = np.frombuffer(filled.buffers()[1], dtype=np.int64)[filled.offset]
        data = filled.buffers()[2]
        if data is not None:
            self._text.write(memoryview(data)[int(begin) : int(begin + sizes.sum())])

    def close(self) -> None:
        self._text.close()
        raw = self._folder / f"{self._name}-text.raw"
        write_array(self._folder / f"{self._name}-text.npy", np.fromfile(raw, dtype=np.uint8))
        raw.unlink()
        starts = np.concatenate([[0], np.cumsum(np.concatenate([*self._sizes, []]))])
        write_array(self._folder / f"{self._name}-starts.npy", starts.astype(np.int64))


class CellWriter:
    """Writes the cells of a list batch by batch into a folder."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is there and empty."""
        self._folder = folder
        self._writers: dict[str, _CodeWriter | _TextWriter] = {}
        self.rows = 0

    def add(self, batch: Mapping[str, pa.Array]) -> None:
        """Add rows: columns of strings (or nulls), the same in every batch."""
        of_parts = _is_of_parts(batch) if "name" in batch else None
        for name, cells in batch.items():
            writer = self._writers.get(name)
            if writer is None:
                hidden = of_parts if name == "name" else None
                writer = self._writers[name] = self._writer(name, cells, hidden)
            if name == "name" and isinstance(writer, _CodeWriter):
                writer.add(_without(cells, of_parts), of_parts)
            else:
                writer.add(cells)
        self.rows += len(next(iter(batch.values())))

    def _writer(
        self, name: str, cells: pa.Array, hidden: NDArray[np.bool_] | None
    ) -> _CodeWriter | _TextWriter:
        shown = cells if hidden is None else _without(cells, hidden)
        distinct = pc.count_distinct(shown).as_py()
        filled = len(shown) - shown.null_count
        files = _file_name(name, len(self._writers))
        if name == "id" or (
            name != "name" and filled > 1000 and distinct > _MOST_DISTINCT * filled
        ):
            return _TextWriter(self._folder, files)
        return _CodeWriter(self._folder, files)

    def close(self) -> dict[str, str]:
        """Finish the files; how each column is kept: ``codes`` or ``texts``."""
        for writer in self._writers.values():
            writer.close()
        return {
            name: "codes" if isinstance(writer, _CodeWriter) else "texts"
            for name, writer in self._writers.items()
        }


def _is_of_parts(batch: Mapping[str, pa.Array]) -> NDArray[np.bool_]:
    """Which name cells say just what the cells of the parts say."""
    there = [batch[part] for part in _PARTS if part in batch]
    if not there:
        return np.zeros(len(batch["name"]), dtype=np.bool_)
    parts = [pc.if_else(pc.equal(part, ""), None, part) for part in there]
    # The last, empty part puts a blank behind; without it Arrow leaves out rows whose parts are
    # all null.
    joined = pc.binary_join_element_wise(*parts, "", " ", null_handling="skip")
    name = pc.fill_null(batch["name"], "")
    said = pc.binary_join_element_wise(name, "", " ")
    same = pc.and_(pc.equal(joined, said), pc.not_equal(name, ""))
    found: NDArray[np.bool_] = same.to_numpy(zero_copy_only=False)
    return found


def _without(cells: pa.Array, hidden: NDArray[np.bool_] | None) -> pa.Array:
    return cells if hidden is None else pc.if_else(pa.array(hidden), None, cells)


@dataclass(frozen=True)
class CodedCells:
    """A column of few distinct texts: text ``codes[i]`` stands in row ``i``."""

    texts: StoredNames
    codes: Codes
    _read: dict[int, str] = field(default_factory=lambda: {EMPTY: "", OF_PARTS: ""}, repr=False)

    def at(self, row: int) -> str:
        """The cell of a row."""
        code = int(self.codes[row])
        text = self._read.get(code)
        if text is None:
            text = self._read[code] = self.texts[code]
        return text

    def at_all(self, rows: Rows) -> list[str]:
        """The cells of many rows."""
        codes = self.codes[rows].tolist()
        read = self._read
        # A difference with the keys would go through all that was ever read.
        new = [code for code in set(codes) if code not in read]
        if new:
            read.update(zip(new, self.texts.many(new), strict=True))
        return [read[code] for code in codes]


@dataclass(frozen=True)
class PlainCells:
    """A column of texts, one for each row."""

    texts: StoredNames

    def at(self, row: int) -> str:
        """The cell of a row."""
        return self.texts[row]

    def at_all(self, rows: Rows) -> list[str]:
        """The cells of many rows."""
        return self.texts.many(rows)


class Cells:
    """The cells of a list, mapped from its folder."""

    def __init__(self, folder: Path, columns: Mapping[str, str], rows: int) -> None:
        """``columns`` as :meth:`CellWriter.close` gave them."""
        self._kept = folder, dict(columns)
        self.rows = rows
        self.columns: dict[str, CodedCells | PlainCells] = {}
        for place, (name, kept) in enumerate(columns.items()):
            files = _file_name(name, place)
            texts = map_texts(folder, files)
            self.columns[name] = (
                PlainCells(texts)
                if kept == "texts"
                else CodedCells(texts, map_array(folder / f"{files}-codes.npy"))
            )
        # The columns that are none of the contract's.
        self.extra = tuple(name for name in self.columns if name not in COLUMNS)

    def __reduce__(self) -> tuple[type[Cells], tuple[Path, dict[str, str], int]]:
        """Another process maps the files for itself."""
        return Cells, (*self._kept, self.rows)

    def coded(self, name: str) -> CodedCells:
        """A column by distinct texts; one of empty cells where the list lacks it."""
        column = self.columns.get(name)
        if isinstance(column, CodedCells):
            return column
        if column is None:
            nothing = StoredNames(np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64))
            return CodedCells(nothing, np.full(self.rows, EMPTY, dtype=np.int32))
        return CodedCells(column.texts, np.arange(self.rows, dtype=np.int32))

    def cell(self, row: int, name: str) -> str:
        """One cell of a row; "" when it is blank or there is no such column. Not for names."""
        column = self.columns.get(name)
        text = column.at(row) if column else ""
        return text if text.strip() else ""

    def cells_of(self, rows: Sequence[int], name: str) -> list[str]:
        """:meth:`cell` of many rows."""
        column = self.columns.get(name)
        texts = column.at_all(np.asarray(rows, dtype=np.int64)) if column else [""] * len(rows)
        return [text if text.strip() else "" for text in texts]

    def fields(self, row: int, wanted: Container[str] | None = None) -> dict[str, str]:
        """The cells of a row that are not blank, by column; only those ``wanted``, where told."""
        return self.fields_of([row], wanted)[0]

    def fields_of(
        self, rows: Sequence[int], wanted: Container[str] | None = None
    ) -> list[dict[str, str]]:
        """:meth:`fields` of many rows."""
        at = np.asarray(rows, dtype=np.int64)
        told = {
            column: kept.at_all(at)
            for column, kept in self.columns.items()
            if wanted is None or column in wanted
        }
        self._tell_names(at, told)
        found: list[dict[str, str]] = [{} for _ in rows]
        for column, cells in told.items():
            for fields, cell in zip(found, cells, strict=True):
                if cell:
                    fields[column] = cell
        if not any(any(map(str.isspace, cells)) for cells in told.values()):
            return found
        return [{name: cell for name, cell in fields.items() if cell.strip()} for fields in found]

    def _tell_names(self, rows: Rows, told: dict[str, list[str]]) -> None:
        """Put the names that are kept as their parts beside each other among the cells."""
        name = self.columns.get("name")
        if "name" not in told or not isinstance(name, CodedCells):
            return
        parts = [told[part] for part in _PARTS if part in told]
        for place in np.flatnonzero(name.codes[rows] == OF_PARTS).tolist():
            told["name"][place] = " ".join([cells[place] for cells in parts if cells[place]])
