"""The other tables of a data pack: sites, sources, statements, and known pairs of records.

Cells stay as written; what a table adds is a type for its rows and a check of what a row
cannot do without. Columns may stand in any order; those that are not needed may be missing.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Generic, TypeVar

from sexton.messages import N_, Message
from sexton.records.mapping import Mapping
from sexton.records.model import Problem
from sexton.records.personlist import no_access, open_source
from sexton.records.plan import folded
from sexton.records.source import DEFAULT_LIMITS, unreadable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the dead lie or are remembered; counts and years as the source states them."""

    site_id: str
    kind: str
    name_en: str
    name_ru: str
    name_fr: str
    name_nl: str
    municipality: str
    province: str
    latitude: str
    longitude: str
    coord_source: str
    persons_buried: str
    persons_unknown: str
    inscription_language: str
    erected_year: str
    facts: str
    source_url: str

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees (WGS 84), if the site has them."""
        return _position(self.latitude, self.longitude)

    @property
    def names(self) -> dict[str, str]:
        """The names that are stated, by language."""
        by_language = {
            "en": self.name_en,
            "ru": self.name_ru,
            "fr": self.name_fr,
            "nl": self.name_nl,
        }
        return {language: name for language, name in by_language.items() if name}


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page that was read: whole or in part; ``url`` is "" for what is not on the web."""

    url: str
    title: str
    language: str
    publisher: str
    what_it_holds: str
    read: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that somebody stated about many, with who said it and when."""

    subject: str
    measure: str
    value_as_written: str
    low: str
    high: str
    refers_to: str
    stated_on: str
    stated_by: str
    source: str


@dataclass(frozen=True, slots=True)
class PersonLink:
    """Two records that are held to be the same man: ``certain`` or ``probable``, and why."""

    entry_id_a: str
    entry_id_b: str
    why: str
    certainty: str
    group_id: str


Fault = tuple[str, Message, Message]
Check = Callable[[dict[str, str]], Fault | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it stands in its file (from 1), and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """What a table's columns are, which a row cannot do without, and what some may hold.

    ``codes`` are the words that a column may hold, where only some mean anything; an empty cell
    is always one of them unless the column is needed.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    codes: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)

    def fault(self, values: dict[str, str]) -> Fault | None:
        for column, words in self.codes.items():
            value = values[column]
            if value and value not in words:
                told = {"value": value, "words": ", ".join(words)}
                return (
                    column,
                    Message(N_("“%(value)s” is none of the words that may stand here."), told),
                    Message(N_("Write one of these: %(words)s."), told),
                )
        return None


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """The rows of a table, and the problem of every other: they add up to ``read``."""

    rows: tuple[T, ...]
    problems: tuple[Problem, ...]
    read: int


def read_sites(path: str | Path) -> Table[Site]:
    """The burial sites and memorials of ``sites.csv``. Raises UnreadableFile."""
    return _read(Path(path), Site, ("site_id", "name_en"), _check_site)


def read_sources(path: str | Path) -> Table[SourcePage]:
    """The pages of ``sources.csv``. Raises UnreadableFile."""
    return _read(Path(path), SourcePage, ("title",))


def read_statements(path: str | Path) -> Table[Statement]:
    """The dated, attributed numbers of ``statements.csv``. Raises UnreadableFile."""
    return _read(Path(path), Statement, ("subject", "measure", "value_as_written", "source"))


def read_person_links(path: str | Path) -> Table[PersonLink]:
    """The known pairs of ``person_links.csv``. Raises UnreadableFile."""
    return _read(Path(path), PersonLink, ("entry_id_a", "entry_id_b", "certainty"), _check_link)


def read_form(path: str | Path, form: Form) -> Table[Row]:
    """The rows of a table of this form. Raises UnreadableFile."""
    return _rows(Path(path), form.columns, form.needed, form.fault)


def _read(
    path: Path, kind: type[T], needed: tuple[str, ...], check: Check | None = None
) -> Table[T]:
    names = tuple(column.name for column in fields(kind))  # type: ignore[arg-type]
    read = _rows(path, names, needed, check)
    return Table(tuple(kind(**row.cells) for row in read.rows), read.problems, read.read)


def _rows(
    path: Path, names: tuple[str, ...], needed: tuple[str, ...], check: Check | None
) -> Table[Row]:
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        source = open_source(path, Mapping("", columns={n: (n,) for n in names}), DEFAULT_LIMITS)
        where = _positions(path, source.columns, names, needed)
        for row in source.rows:
            if isinstance(row, Problem):
                problems.append(row)
                continue
            number, cells = row
            values = {name: cells[where[name]] if name in where else "" for name in names}
            fault = _missing_cell(values, needed) or (check(values) if check else None)
            if fault is not None:
                problems.append(Problem(str(path), number, *fault))
            elif any(values.values()):
                rows.append(Row(number, values))
    except OSError as error:
        raise no_access(path, error) from None
    return Table(tuple(rows), tuple(problems), len(rows) + len(problems))


def _positions(
    path: Path, header: tuple[str, ...], names: tuple[str, ...], needed: tuple[str, ...]
) -> dict[str, int]:
    position = {folded(name): i for i, name in reversed(list(enumerate(header)))}
    missing = [name for name in needed if name not in position]
    if missing:
        raise unreadable(
            path,
            Message(
                N_("The table lacks the columns %(missing)s."), {"missing": ", ".join(missing)}
            ),
            Message(N_("Add them, or check that this is the table that was meant.")),
        )
    return {name: position[name] for name in names if name in position}


def _missing_cell(values: dict[str, str], needed: tuple[str, ...]) -> Fault | None:
    for name in needed:
        if not values[name].strip():
            return (
                name,
                Message(N_("The cell is empty, and the row means nothing without it.")),
                Message(N_("Fill the cell in, or remove the row.")),
            )
    return None


def _position(latitude: str, longitude: str) -> tuple[float, float] | None:
    if not (latitude or longitude):
        return None
    lat, lon = float(latitude), float(longitude)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("beyond the globe")
    return lat, lon


def _check_site(values: dict[str, str]) -> Fault | None:
    try:
        _position(values["latitude"], values["longitude"])
    except ValueError:
        return (
            "latitude",
            Message(N_("Latitude and longitude are not a place on the globe.")),
            Message(N_("Write decimal degrees with a point, such as 50.13 and 5.79, or neither.")),
        )
    return None


def _check_link(values: dict[str, str]) -> Fault | None:
    if values["certainty"] in ("certain", "probable"):
        return None
    return (
        "certainty",
        Message(N_("A pair is “certain” or “probable”, and nothing else.")),
        Message(N_("Write one of the two.")),
    )
