"""Read a person list: any of its file formats, any order of columns, nothing silently lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.collection import without_collection
from sexton.records.delimited import read_delimited
from sexton.records.encoding import is_unwritten
from sexton.records.formats import find_format
from sexton.records.guarded import read_guarded
from sexton.records.jsonlines import read_json_lines
from sexton.records.mapping import Mapping
from sexton.records.model import PersonList, Problem, Record
from sexton.records.plan import NO_MAPPING, Plan, known_names, make_plan
from sexton.records.source import (
    DEFAULT_LIMITS,
    UNWRITTEN,
    Limits,
    Progress,
    Source,
    unreadable,
)

PROGRESS_EVERY = 20_000


def read_person_list(
    path: str | Path,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    *,
    limits: Limits = DEFAULT_LIMITS,
) -> PersonList:
    """The records of a CSV, XLSX, JSON Lines or Parquet file, and the problem of every other row.

    Raises UnreadableFile when the file cannot be used at all, or when ``mapping`` does not fit.
    """
    path = Path(path)
    try:
        with without_collection():
            source = open_source(path, mapping, limits)
            plan = make_plan(path, source.columns, mapping)
            return _Reader(path, plan, progress).read(source)
    except OSError as error:
        raise no_access(path, error) from None


def open_source(path: Path, mapping: Mapping | None, limits: Limits) -> Source:
    """The table of a file, by its format."""
    said = mapping or NO_MAPPING
    kind = find_format(path)
    if kind in ("xlsx", "parquet"):
        return read_guarded(path, kind, limits, said.sheet)
    if kind == "jsonl":
        return read_json_lines(path, limits, said.encoding)
    return read_delimited(path, limits, known_names(mapping), said.encoding, said.delimiter)


def no_access(path: Path, error: OSError) -> Exception:
    """The exception for a file that the system does not let us read."""
    return unreadable(
        path,
        Message(N_("The file cannot be opened: %(why)s."), {"why": error.strerror or str(error)}),
        Message(N_("Check the name of the file and the right to read it.")),
    )


class _Reader:
    """Collects the records and problems of one file."""

    def __init__(self, path: Path, plan: Plan, progress: Progress | None) -> None:
        self.path = path
        self.plan = plan
        self.progress = progress
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.rows_by_id: dict[str, int] = {}
        self.ids_made = 0
        self.constants = tuple(plan.mapping.constant.items())
        self.file = path.name

    def read(self, source: Source) -> PersonList:
        for count, row in enumerate(source.rows, 1):
            if isinstance(row, Problem):
                self.problems.append(row)
            else:
                number, cells = row
                self._add(number, cells, source.check)
            if count % PROGRESS_EVERY == 0 and self.progress:
                self.progress(f"Reading {self.file}", count, None)
        if not self.records and not self.problems:
            raise _no_rows(self.path)
        return PersonList(
            tuple(self.records),
            tuple(self.problems),
            len(self.records) + len(self.problems),
            self.plan.columns,
            self.plan.kept.names,
            (*source.notes, *self._notes()),
        )

    def _add(self, number: int, row: Sequence[str], check: bool) -> None:
        fields = self.plan.fields(row)
        extra = self.plan.extra(row)
        if not fields and not extra:
            return
        if check and is_unwritten("".join(row)):
            self.problems.append(self._problem(number, None, *UNWRITTEN))
            return
        for target, value in self.constants:
            fields.setdefault(target, value)
        name = fields.pop("id", None) or self._made_id(number)
        first = self.rows_by_id.setdefault(name, number)
        if first != number:
            self.problems.append(self._duplicate(number, name, first))
            return
        self.records.append(Record(name, fields, extra, self.file, number))

    def _made_id(self, number: int) -> str:
        self.ids_made += 1
        return f"{self.file}:{number}"

    def _problem(self, row: int, column: str | None, reason: Message, remedy: Message) -> Problem:
        return Problem(str(self.path), row, column, reason, remedy)

    def _duplicate(self, number: int, name: str, first: int) -> Problem:
        reason = Message(
            N_("The id “%(id)s” stands in row %(first)d already; that row is the one kept."),
            {"id": name[:80], "first": first},
        )
        remedy = Message(N_("Give the row an id of its own, or remove it if it is a copy."))
        return self._problem(number, "id", reason, remedy)

    def _notes(self) -> Iterator[Message]:
        if self.ids_made:
            text = N_("%(count)d rows have no id; theirs is made of the file's name and the row.")
            yield Message(text, {"count": self.ids_made})
        if self.plan.repeated:
            text = N_("Columns that bear a name a second time are kept as %(columns)s.")
            yield Message(text, {"columns": ", ".join(self.plan.repeated)})


def _no_rows(path: Path) -> Exception:
    return unreadable(
        path,
        Message(N_("The list has column names but no row.")),
        Message(N_("Export the list again, with its rows.")),
    )
