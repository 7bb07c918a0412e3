"""The files of a batch: which table each is, its rows cell by cell, and the records of a list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sexton import records as lists
from sexton.records import Mapping, PersonList, Problem, tables
from sexton.records.personlist import no_access, open_source
from sexton.records.plan import folded
from sexton.records.source import DEFAULT_LIMITS, Progress, Source
from sexton.web.register.imports import forms

# The columns by which a table is known, the order in which tables are taken in, and their key.
SIGNS: dict[str, tuple[str, ...]] = {
    **forms.SIGNS,
    "sources": ("title", "publisher", "what_it_holds"),
    "sites": ("site_id", "name_en"),
    "links": ("entry_id_a", "entry_id_b", "certainty"),
    "statements": ("subject", "measure", "value_as_written", "source"),
}
ORDER = ("sources", "sites", "persons", "links", "statements", *forms.FORMS, "kept")
TABLES = ORDER
READERS = {
    "sources": tables.read_sources,
    "sites": tables.read_sites,
    "links": tables.read_person_links,
    "statements": tables.read_statements,
}
PERSON_SIGNS = frozenset({"name", "surname"})
OTHERS = frozenset({".toml", ".md", ".txt"})

Cells = tuple[int, Sequence[str]]


@dataclass(slots=True)
class TakenFile:
    """A file as it was read; ``table`` is one of ``TABLES`` (``kept``: taken in as rows only)."""

    path: Path
    table: str
    columns: tuple[str, ...]
    rows: list[Cells]
    digest: str
    line_end: str = ""
    delimiter: str = ""
    people: PersonList | None = None
    parsed: Sequence[object] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.name


def read_files(
    path: Path | str,
    mapping: Mapping | None = None,
    table: str | None = None,
    progress: Progress | None = None,
) -> list[TakenFile]:
    """The file ``path``, or the tables of the data pack in the folder ``path``, in their order.

    ``table`` says which a file is; else its columns do. Raises ``records.UnreadableFile``.
    """
    path = Path(path)
    if not path.is_dir():
        return [_read(path, mapping, table, progress)]
    profile = path / "profile.toml"
    own = lists.load_mapping(str(profile)) if profile.is_file() else mapping
    found = [_read(file, None, _in_pack(file), progress, own) for file in _tables_of(path)]
    return sorted(found, key=lambda file: (ORDER.index(file.table), file.name))


def digest_of(files: Sequence[TakenFile]) -> str:
    """A fingerprint of a batch: of its files' contents and of what tables they are."""
    told = "\n".join(f"{file.table} {file.digest}" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()


def _tables_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csv")


def _in_pack(file: Path) -> str | None:
    """A pack's person list is ``entries.csv``; the rest are known by name, or kept as they are."""
    names = {"entries": "persons", "person_links": "links"}
    name = names.get(file.stem, file.stem)
    return name if name in TABLES else "kept"


def _read(
    path: Path,
    mapping: Mapping | None,
    table: str | None,
    progress: Progress | None,
    profile: Mapping | None = None,
) -> TakenFile:
    try:
        digest, line_end = _look(path)
        used = mapping or (profile if table == "persons" else None)
        source = open_source(path, used or _any(), DEFAULT_LIMITS)
        table = table or _table_of(source.columns, mapping)
        rows, problems = _rows(source)
    except OSError as error:
        raise no_access(path, error) from None
    delimiter = _delimiter(path, source.columns)
    taken = TakenFile(path, table, source.columns, rows, digest, line_end, delimiter)
    if table == "persons":
        taken.people = lists.read_person_list(path, used, progress)
        taken.problems = list(taken.people.problems)
    elif table in READERS:
        parsed = READERS[table](path)
        taken.parsed, taken.problems = parsed.rows, list(parsed.problems)
    elif table in forms.FORMS:
        read = tables.read_form(path, forms.FORMS[table])
        taken.parsed, taken.problems = read.rows, list(read.problems)
    else:
        taken.problems = problems
    return taken


def _any() -> Mapping:
    """A profile that asks for nothing, so that columns of any name are read."""
    return Mapping("", columns={})


def _rows(source: Source) -> tuple[list[Cells], list[Problem]]:
    rows: list[Cells] = []
    problems: list[Problem] = []
    for row in source.rows:
        if isinstance(row, Problem):
            problems.append(row)
        else:
            rows.append((row[0], list(row[1])))
    return rows, problems


def _table_of(columns: Sequence[str], mapping: Mapping | None) -> str:
    names = {folded(column) for column in columns}
    if mapping is None:
        for table, signs in SIGNS.items():
            if names.issuperset(signs):
                return table
    return "persons"


def _look(path: Path) -> tuple[str, str]:
    """The digest of a file's bytes, and how its first line ends."""
    whole = hashlib.sha256()
    first = b""
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            first = first or part
            whole.update(part)
    line = first[: first.find(b"\n") + 1]
    return whole.hexdigest(), "\r\n" if line.endswith(b"\r\n") else "\n"


def _delimiter(path: Path, columns: Sequence[str]) -> str:
    """The sign between the columns of a text file's header ("" for a file of another kind)."""
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"} or len(columns) < 2:
        return ""
    with path.open("rb") as file:
        head = file.readline(1 << 20).decode("utf-8-sig", "replace")
    counts = {sign: head.count(sign) for sign in ",;\t|"}
    return max(counts, key=lambda sign: counts[sign])
