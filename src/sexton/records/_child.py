"""The process that opens untrusted workbooks and Parquet files; it is run as a script.

It limits its own memory and time, looks at how large the content claims to be, and only then
lets a parser in. It answers on standard output in lines of JSON, each a list whose first item
says what it is: ``columns`` names; ``note`` code, parameters; ``rows`` [[row, cells], …];
``fault`` row, column, code, parameters; ``refuse`` code, parameters; ``end``. It imports nothing
of Sexton, so that it starts quickly and a parser that crashes takes nothing along.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from xml.parsers import expat

Limits = dict[str, int]
Fault = tuple[str, dict[str, str]]

CHUNK = 1 << 20
BATCH = 500
CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
EXACT = 10**15


class Refused(Exception):
    """The file cannot be used: a code and its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def say(*answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")


def limit_self(limits: Limits) -> None:
    """Bound memory and processor time, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for which, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, hard))


def written(value: Any) -> str:
    """A cell as a person would write it: ISO dates, whole numbers without a decimal point."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return written_rarely(value)


def written_rarely(value: Any) -> str:
    """Values that few person lists hold: decimals, spans of time, bytes, lists, structures."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (list, tuple)):
        return "; ".join(map(written, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=written)
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


# Workbooks


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def check_archive(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise Refused("not_xlsx")
    inflated = sum(item.file_size for item in archive.infolist())
    small = inflated < 16 << 20
    if inflated > limits["inflated"] or (not small and inflated > limits["inflation"] * packed):
        raise Refused("inflation", inflated=inflated >> 20, packed=-(-packed >> 10))


def sheet_part(archive: zipfile.ZipFile, position: int) -> str:
    """The part of the archive that holds the sheet at a position of the workbook."""
    from xml.etree import ElementTree

    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = [item for item in book.iter() if item.tag.rpartition("}")[2] == "sheet"]
    link_id = next(v for k, v in sheets[position].items() if k.rpartition("}")[2] == "id")
    target = targets[link_id]
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)


def check_extent(sheet: IO[bytes], limits: Limits) -> bool:
    """Refuse a sheet whose cells span too much; says whether it has formulas or errors."""
    rows: list[int] = []
    columns: list[int] = []
    special = False
    tail = b""
    while chunk := sheet.read(CHUNK):
        text = tail + chunk
        special = special or b"<f" in text or b't="e"' in text or b":f" in text
        found = set(CELL.findall(text))
        columns = extremes(columns, [column_number(c.decode()) for c in {c for c, _ in found}])
        rows = extremes(rows, [int(r) for _, r in found])
        tail = text[-200:]
    if rows:
        width, height = columns[1] - columns[0] + 1, rows[1] - rows[0] + 1
        if width > limits["columns"]:
            raise Refused("width", width=width, limit=limits["columns"])
        if width * height > limits["cells"]:
            raise Refused("extent", width=width, height=height)
    return special


def extremes(known: list[int], more: list[int]) -> list[int]:
    together = known + more
    return [min(together), max(together)] if together else []


class CellFaults:
    """Finds cells without a value to read: errors, and formulas that were never computed."""

    def __init__(self) -> None:
        self.faults: dict[int, tuple[str, Fault]] = {}
        self._cell: dict[str, str] = {}
        self._formula = self._value = self._inside = False
        self._text = ""

    def read(self, sheet: IO[bytes]) -> dict[int, tuple[str, Fault]]:
        """For a row the first faulty cell's column letters and its fault."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.ParseFile(sheet)
        return self.faults

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        if tag == "c":
            self._cell, self._text = attributes, ""
            self._formula = self._value = False
        self._formula = self._formula or tag == "f"
        self._value = self._value or tag == "v"
        self._inside = tag == "v"

    def _characters(self, text: str) -> None:
        if self._inside:
            self._text += text

    def _end(self, tag: str) -> None:
        self._inside = False
        if tag.rpartition(" ")[2] != "c":
            return
        place = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", self._cell.get("r", ""))
        kind = self._cell.get("t")
        # An empty text is a result; no value at all is none.
        computed = self._value and (self._text or kind == "str")
        if place and kind == "e":
            self._add(place, ("cell_error", {"error": self._text[:40]}))
        elif place and self._formula and not computed:
            self._add(place, ("formula", {}))

    def _add(self, place: re.Match[str], fault: Fault) -> None:
        self.faults.setdefault(int(place[2]), (place[1], fault))


def read_workbook(path: str, sheet: str | None, limits: Limits) -> None:
    from python_calamine import CalamineWorkbook

    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import
        packed = file.seek(0, 2)
        try:
            archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile:
            raise Refused("not_xlsx") from None
        check_archive(archive, packed, limits)
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            raise Refused("no_sheet", sheet=sheet, sheets=", ".join(names))
        position = names.index(sheet) if sheet else 0
        part = sheet_part(archive, position)
        with archive.open(part) as content:
            special = check_extent(content, limits)
        with archive.open(part) as content:
            faults = CellFaults().read(content) if special else {}
    if len(names) > 1:
        say("note", "one_sheet", {"sheet": names[position], "count": len(names)})
    table = book.get_sheet_by_index(position)
    send_sheet(table.iter_rows(), (table.start or (0, 0))[1], faults)


def send_sheet(
    rows: Iterator[list[Any]], offset: int, faults: dict[int, tuple[str, Fault]]
) -> None:
    header: list[str] | None = None
    batch = []
    for number, row in enumerate(rows, 1):
        cells = list(map(written, row))
        if number in faults and header is not None:
            letters, (code, params) = faults[number]
            index = column_number(letters) - offset - 1
            name = header[index] if 0 <= index < len(header) else letters
            say("fault", number, name.strip() or letters, code, params)
        elif any(map(str.strip, cells)):
            if header is None:
                header = cells
                say("columns", header)
                continue
            batch.append((number, cells))
            if len(batch) == BATCH:
                say("rows", batch)
                batch.clear()
    say("rows", batch)


# Parquet


def read_parquet(path: str, limits: Limits) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        meta = file.metadata
        groups = range(meta.num_row_groups)
        inflated = sum(meta.row_group(i).total_byte_size for i in groups)
        if inflated > limits["inflated"]:
            raise Refused("inflation", inflated=inflated >> 20, packed=0)
        names = file.schema_arrow.names
        if len(names) > limits["columns"]:
            raise Refused("width", width=len(names), limit=limits["columns"])
        say("columns", names)
        number = 0
        for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
            columns = [texts(column) for column in batch.columns]
            rows = zip(*columns, strict=True)
            number = send_batch(number, names, rows)


def texts(column: Any) -> list[str | None]:
    """The values of a column as text; None where the bytes are no text."""
    try:
        return list(map(written, column.to_pylist()))
    except (UnicodeDecodeError, OverflowError, ValueError):
        return [text(value) for value in column]


def text(value: Any) -> str | None:
    try:
        return written(value.as_py())
    except (UnicodeDecodeError, OverflowError, ValueError):
        return None


def send_batch(number: int, names: list[str], rows: Iterator[tuple[str | None, ...]]) -> int:
    batch = []
    for cells in rows:
        number += 1
        if None in cells:
            say("fault", number, names[cells.index(None)], "no_text", {})
        else:
            batch.append((number, cells))
    say("rows", batch)
    return number


def main(kind: str, path: str, sheet: str, limits_as_json: str) -> None:
    limits: Limits = json.loads(limits_as_json)
    limit_self(limits)
    try:
        if kind == "xlsx":
            read_workbook(path, sheet or None, limits)
        else:
            read_parquet(path, limits)
        say("end")
    except Refused as refusal:
        say("refuse", refusal.code, refusal.params)
    except (MemoryError, ImportError):  # a parser's library may not fit into the memory either
        say("refuse", "too_large", {})
    except OSError as error:
        # pyarrow says of a truncated file that reading failed; the system's errors have a number.
        say("refuse", "no_access" if error.errno else "damaged", {"why": error.strerror or ""})
    except Exception:  # a parser may raise anything on a hostile file; it is refused all the same
        say("refuse", "damaged", {})


if __name__ == "__main__":
    main(*sys.argv[1:])
