"""Between a file's format and a person list: a header, and rows of text or their problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.model import Problem, UnreadableFile

Progress = Callable[[str, int, int | None], None]
Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an untrusted file is read before it is refused.

    ``line`` characters of one row of a text file; ``columns`` of a table; ``cells`` of a
    spreadsheet's bounding box; ``inflated`` bytes of an unpacked workbook, and how many times
    larger than the packed one; ``memory`` bytes and ``seconds`` of the process that parses it.
    """

    line: int = 1 << 20
    columns: int = 2_000
    cells: int = 30_000_000
    inflated: int = 2 << 30
    inflation: int = 300
    memory: int = 4 << 30
    seconds: int = 300


DEFAULT_LIMITS = Limits()

UNWRITTEN = (
    Message(N_("The row holds zero bytes, or bytes that are no letters in the file's encoding.")),
    Message(N_("Export the row again, or name the file's encoding in a mapping profile.")),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A table as its file writes it: the header's names, then its rows in order.

    A row has as many cells as there are columns. ``check`` when nobody has looked yet whether
    its cells hold characters that cannot be text.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row | Problem]
    notes: tuple[Message, ...] = ()
    check: bool = True


def unreadable(path: Path, reason: Message, remedy: Message, row: int | None = None) -> Exception:
    """The exception for a file that cannot be used at all."""
    return UnreadableFile(Problem(str(path), row, None, reason, remedy))


def check_width(path: Path, width: int, limits: Limits) -> None:
    """Refuse a table with more columns than any list of persons has."""
    if width > limits.columns:
        raise unreadable(
            path,
            Message(
                N_("The table has %(width)d columns; no more than %(limit)d are read."),
                {"width": width, "limit": limits.columns},
            ),
            Message(N_("Check that the file is a list of persons, with one row for each.")),
        )
