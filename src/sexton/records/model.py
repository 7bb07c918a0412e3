"""What a person list is: its columns, its records, and what could not be read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sexton.messages import N_, Message

# The contract's columns, in the order in which they are written.
COLUMNS = (
    "id",
    "name",
    "surname",
    "given",
    "patronymic",
    "other_names",
    "sex",
    "birth_date",
    "birth_place",
    "death_date",
    "death_place",
    "burial_place",
    "prisoner_number",
    "camp",
    "rank",
    "unit",
    "nationality",
    "role",
    "source",
    "language",
    "remarks",
)

# A list in which no column says who a row is about is no person list.
IDENTIFYING = frozenset(
    ("id", "name", "surname", "given", "patronymic", "other_names", "prisoner_number")
)


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says of one person, verbatim.

    ``fields`` maps the contract's columns (without ``id``) to non-empty text as written;
    ``extra`` every other column of the file. ``row`` is the line of a text file where the
    record begins, the row of a spreadsheet, or the position in a Parquet file, from 1.
    """

    id: str
    fields: Mapping[str, str]
    extra: Mapping[str, str]
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, where it stands, and what a person can do about it."""

    file: str
    row: int | None
    column: str | None
    reason: Message
    remedy: Message

    def where(self) -> Message:
        """The place of the problem in words."""
        params: dict[str, str | int | float] = {
            "file": self.file,
            "row": self.row or 0,
            "column": self.column or "",
        }
        if self.row is None:
            text = N_("%(file)s, column %(column)s") if self.column else N_("%(file)s")
        else:
            row_and_column = N_("%(file)s, row %(row)d, column %(column)s")
            text = row_and_column if self.column else N_("%(file)s, row %(row)d")
        return Message(text, params)

    def __str__(self) -> str:
        return f"{self.where()}: {self.reason} {self.remedy}"

    def as_dict(self) -> dict[str, object]:
        """The JSON form: place, and both sentences in English."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "reason": str(self.reason),
            "remedy": str(self.remedy),
        }


class UnreadableFile(Exception):
    """A file that cannot be used at all; ``problem`` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


@dataclass(frozen=True, slots=True)
class PersonList:
    """The records of a file, and the problem of every row that is not among them.

    ``read`` counts the rows that hold anything: ``len(records) + len(problems) == read``.
    ``columns`` are the contract's columns that the list fills, ``extra_columns`` the others
    that are kept; ``notes`` say what was decided about the whole file.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    read: int
    columns: tuple[str, ...]
    extra_columns: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def accepted(self) -> int:
        return len(self.records)

    @property
    def rejected(self) -> int:
        return len(self.problems)
