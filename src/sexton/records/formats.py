"""Which format a file has: by its first bytes, then by its suffix."""

from __future__ import annotations

import stat
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.source import unreadable

_SUFFIXES = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
_SAVE_AS = N_("Open it in the program it comes from and save it as XLSX or CSV.")
_STRANGERS = (
    (
        b"\xd0\xcf\x11\xe0",
        N_("The file is a workbook of the old XLS format, or one with a password."),
        _SAVE_AS,
    ),
    (b"\x1f\x8b", N_("The file is compressed."), N_("Unpack it first.")),
    (b"%PDF", N_("The file is a PDF document."), N_("Export the table in it as XLSX or CSV.")),
    (b"SQLite format 3", N_("The file is a database."), N_("Export its table as CSV.")),
)


def find_format(path: Path) -> str:
    """csv, jsonl, xlsx or parquet; raises UnreadableFile for what is none of them."""
    _check_regular(path)
    with path.open("rb") as file:
        head = file.read(16)
    for magic, reason, remedy in _STRANGERS:
        if head.startswith(magic):
            raise unreadable(path, Message(reason), Message(remedy))
    by_suffix = _SUFFIXES.get(path.suffix.lower(), "csv")
    if not head:
        raise unreadable(
            path, Message(N_("The file is empty.")), Message(N_("Export the list again."))
        )
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if by_suffix == "xlsx":
        raise unreadable(path, Message(N_("The file is not an XLSX workbook.")), Message(_SAVE_AS))
    if by_suffix == "parquet":
        raise unreadable(
            path, Message(N_("The file is not a Parquet file.")), Message(N_("Export it again."))
        )
    return by_suffix


def _check_regular(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise unreadable(
            path,
            Message(N_("This is a folder, not a file.")),
            Message(N_("Name the file in it that holds the list.")),
        )
    if not stat.S_ISREG(mode):
        raise unreadable(
            path,
            Message(N_("This is not an ordinary file, and it has to be read twice.")),
            Message(N_("Save its content to a file first.")),
        )
