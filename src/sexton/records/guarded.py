"""Workbooks and Parquet files, parsed in a process of limited memory and time.

A workbook of a kilobyte can claim a cell in the last row of the last column, and a parser that
believes it asks for hundreds of gigabytes. So no parser of a packed format runs in this process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sexton.messages import N_, Message, Value
from sexton.records import _child
from sexton.records.model import Problem
from sexton.records.source import Limits, Row, Source, unreadable

_EXPORT = N_("Open it in a spreadsheet program and save it as XLSX or CSV again.")

# What the child process says by a code, as sentences: the reason, then what to do.
SENTENCES: dict[str, tuple[str, str]] = {
    "not_xlsx": (N_("The file is not an XLSX workbook."), _EXPORT),
    "damaged": (N_("The file is damaged or incomplete."), N_("Fetch or export it again.")),
    "too_large": (
        N_("The file needs more memory or time than a person list may take."),
        N_("Remove what is not the list, or save it as CSV."),
    ),
    "inflation": (
        N_("Unpacked, the file would be %(inflated)d MB, out of all proportion to a list."),
        N_("Remove what is not the list, or save it as CSV."),
    ),
    "width": (
        N_("The table has %(width)d columns; no more than %(limit)d are read."),
        N_("Delete the columns beyond the list, also those that look empty."),
    ),
    "extent": (
        N_("The sheet spans %(height)d rows and %(width)d columns, more than a list needs."),
        N_("Delete the rows and columns beyond the list, also those that look empty."),
    ),
    "no_sheet": (
        N_("The workbook has no sheet “%(sheet)s”; it has: %(sheets)s."),
        N_("Correct the sheet in the mapping profile."),
    ),
    "no_access": (
        N_("The file cannot be opened: %(why)s."),
        N_("Check the name of the file and the right to read it."),
    ),
    "cell_error": (
        N_("The cell holds the error %(error)s instead of a value."),
        N_("Correct the formula, or write the value."),
    ),
    "formula": (
        N_("The cell holds a formula whose result was never saved."),
        N_("Open the workbook in a spreadsheet program and save it, or write the value."),
    ),
    "no_text": (
        N_("The cell holds bytes that are no text."),
        N_("Write the column as UTF-8 text."),
    ),
    "one_sheet": (N_("The workbook has %(count)d sheets; “%(sheet)s” was read."), ""),
}


def _sentences(code: str, params: dict[str, Value]) -> tuple[Message, Message]:
    reason, remedy = SENTENCES[code]
    return Message(reason, params), Message(remedy)


def read_guarded(path: Path, kind: str, limits: Limits, sheet: str | None = None) -> Source:
    """The table of a workbook (``kind`` "xlsx") or of a "parquet" file."""
    answers = _answers(path, kind, limits, sheet)
    notes: list[Message] = []
    for what, *rest in answers:
        if what == "note":
            notes.append(_sentences(*rest)[0])
        elif what == "columns":
            return Source(tuple(rest[0]), _rows(path, answers), tuple(notes))
        elif what == "refuse":
            raise unreadable(path, *_sentences(*rest))
    raise unreadable(path, Message(N_("The file is empty.")), Message(N_("Export the list again.")))


def _rows(path: Path, answers: Iterator[list[Any]]) -> Iterator[Row | Problem]:
    for what, *rest in answers:
        if what == "rows":
            yield from rest[0]
        elif what == "fault":
            row, column, code, params = rest
            yield Problem(str(path), row, column, *_sentences(code, params))
        elif what == "refuse":
            raise unreadable(path, *_sentences(*rest))


def _answers(path: Path, kind: str, limits: Limits, sheet: str | None) -> Iterator[list[Any]]:
    """The child's answers. A child that dies without a last word was stopped by its limits."""
    with _child_process(path, kind, limits, sheet) as process:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                answer = json.loads(line)
            except ValueError:
                break
            yield answer
            if answer[0] in ("end", "refuse"):
                return
    yield ["refuse", "too_large", {}]


@contextmanager
def _child_process(
    path: Path, kind: str, limits: Limits, sheet: str | None
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-P", str(_child.__file__)]
    arguments = [kind, str(path.absolute()), sheet or "", json.dumps(asdict(limits))]
    with subprocess.Popen(
        command + arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        timer = threading.Timer(limits.seconds, process.kill)
        timer.start()
        try:
            yield process
        finally:
            timer.cancel()
            process.kill()
