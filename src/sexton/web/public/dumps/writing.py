"""Writing the dump: each table as CSV and as JSON Lines, in the same pass, with checksums."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sexton.web.public.dumps import codebook
from sexton.web.public.dumps.columns import OBJECT
from sexton.web.public.dumps.tables import TABLES, Table
from sexton.web.register.models import Change

Progress = Callable[[str, int, int | None], None]
MANIFEST, METADATA, SUMS = "dump.json", "metadata.json", "SHA256SUMS"
ATTEMPTS = 3
STEP = 10_000


class RegisterChanging(Exception):
    """The register was changed again and again while it was written out."""


@cache
def layout() -> str:
    """Stands for the tables, their columns and what they mean: another layout, other files."""
    return hashlib.sha256(_json(codebook.metadata()).encode()).hexdigest()[:8]


def version() -> str:
    """Of which state of the register a dump is; the same until the next change."""
    last = Change.objects.order_by("-pk").first()
    state = f"{last.at:%Y%m%dT%H%M%S%f}-{last.pk}" if last else "empty"
    return f"{state}-{layout()}"


def write_dump(folder: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Write the dump into ``folder``, which is made where there is none. Returns its manifest.

    What is written is one state of the register: when somebody changes it meanwhile it is written
    again. Raises OSError, or RegisterChanging where that happens too often.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for _attempt in range(ATTEMPTS):
        before = version()
        files = [file for table in TABLES for file in _write_table(table, folder, progress)]
        if version() == before:
            return _describe(folder, before, files)
    raise RegisterChanging("The register was changed while it was written out; try again later.")


def _describe(folder: Path, of: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    """Write what describes the files: codebook, checksums, manifest."""
    last = Change.objects.order_by("-pk").first()
    files.append(_write_text(folder / METADATA, _json(codebook.metadata()), codebook.CONTENT))
    sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in files)
    manifest = {
        "version": of,
        "register_changed": last.at.isoformat(timespec="seconds") if last else None,
        "files": files,
    }
    _write_text(folder / SUMS, sums, "text/plain; charset=utf-8")
    _write_text(folder / MANIFEST, _json(manifest), "application/json")
    return manifest


def _write_table(table: Table, folder: Path, progress: Progress | None) -> list[dict[str, Any]]:
    rows, total = 0, table.rows().count()
    with (
        _Summed(folder / f"{table.name}.csv") as cells,
        _Summed(folder / f"{table.name}.jsonl") as lines,
    ):
        writer = csv.writer(cells, lineterminator="\r\n")
        names = [column.name for column in table.columns]
        objects = [column.type == OBJECT for column in table.columns]
        writer.writerow(names)
        for row in table.cells():
            plain = [_plain(value) for value in row]
            writer.writerow(
                [_cell(value, is_object) for value, is_object in zip(plain, objects, strict=True)]
            )
            told = dict(zip(names, plain, strict=True))
            lines.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
            rows += 1
            if progress and rows % STEP == 0:
                progress(f"writing {table.name}", rows, total)
    return [
        cells.told(table.name, rows, "text/csv; charset=utf-8"),
        lines.told(table.name, rows, "application/jsonl"),
    ]


def _plain(value: Any) -> Any:
    """A value as JSON holds it; what is not stated is null, an empty text too."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def _cell(value: Any, is_object: bool) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_object:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _write_text(path: Path, text: str, content: str) -> dict[str, Any]:
    with _Summed(path) as file:
        file.write(text)
    return file.told("", None, content)


class _Summed:
    """A text file that knows its length and checksum when it is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sum = hashlib.sha256()
        self._file: io.BufferedWriter
        self._waiting: list[str] = []
        self._size = self._held = 0

    def __enter__(self) -> _Summed:
        self._file = self.path.open("wb")
        return self

    def __exit__(self, *error: object) -> None:
        self._flush()
        self._file.close()

    def write(self, text: str) -> None:
        self._waiting.append(text)
        self._held += len(text)
        if self._held > 1 << 18:
            self._flush()

    def _flush(self) -> None:
        data = "".join(self._waiting).encode()
        self._waiting, self._held = [], 0
        self._sum.update(data)
        self._size += len(data)
        self._file.write(data)

    def told(self, table: str, rows: int | None, content: str) -> dict[str, Any]:
        return {
            "name": self.path.name,
            "table": table or None,
            "rows": rows,
            "bytes": self._size,
            "media_type": content,
            "sha256": self._sum.hexdigest(),
        }
