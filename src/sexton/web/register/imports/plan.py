"""What a batch would do, table by table: each knows what those before it would add.

After the files come rows of earlier batches that waited for a record which this one brings, and
what the cells of records state of organisations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sexton.records.tables import Row
from sexton.web.register.history import Door
from sexton.web.register.imports import care, dead, links, names, people, sheets, stated, tables
from sexton.web.register.imports.facts import Facts, Values
from sexton.web.register.imports.files import TakenFile
from sexton.web.register.imports.forms import FORMS
from sexton.web.register.imports.items import NEW, SAME, WAITING, Item, Preview
from sexton.web.register.imports.known import Cited, Known
from sexton.web.register.imports.sheets import KeyOf
from sexton.web.register.imports.specs import SPECS
from sexton.web.register.models import Record, Site, Source
from sexton.web.register.rows import source_key

# Tables whose rows can wait for a record, in the order in which they are taken in.
WAIT_FOR_RECORDS = (dead.DEAD, names.PAIRS, "affiliations", "participants")
KEYS: dict[str, KeyOf] = {
    "sources": tables.source_key,
    "sites": tables.site_key,
    "links": links.link_key,
    "statements": links.statement_key,
    dead.DEAD: dead.dead_key,
    names.PAIRS: names.pair_key,
    care.TABLE: care.subject_key,
    **{table: spec.key_of for table, spec in SPECS.items()},
}


class Table(Protocol):
    """What a file's rows would do, and doing it."""

    def compare(self) -> Iterator[Item]:
        """A verdict for each row."""

    def apply(self, door: Door) -> None:
        """Write what is new or changed."""


@dataclass(slots=True)
class Plan:
    """The tables of a batch, each with its file (None where no file of the batch is meant)."""

    files: Sequence[TakenFile]
    found: Preview
    todo: list[tuple[TakenFile | None, Table | people.People | None]] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    sources: dict[str, Values] = field(default_factory=dict)
    made: dict[str, Facts] = field(default_factory=dict)
    camps: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    lists: list[people.People] = field(default_factory=list)
    cited: Cited | None = None

    def compare(self) -> None:
        coming = people.all_ids(self.files)
        for file in self.files:
            table = self._of_file(file, coming)
            self.todo.append((file, table))
            if table is None:
                self.found.count(file.table, NEW, len(file.rows))
            else:
                for item in table.compare():
                    self.found.add(item)
                self._learn(table)
        for table in self._waited():
            for item in table.compare():
                if item.verdict not in (SAME, WAITING):
                    self.found.add(item)
            self._learn(table)
            self.todo.append((None, table))
        self._state()

    def _of_file(self, file: TakenFile, coming: set[str]) -> Table | people.People | None:
        if file.table == "persons":
            return people.People(file)
        if file.table == "links":
            return links.Links(file, coming)
        if file.table == "statements":
            return links.Statements(file)
        if file.table == "sources":
            return tables.sources_table(file)
        if file.table == "sites":
            return tables.sites_table(file)
        if file.table in FORMS:
            rows = [row for row in file.parsed if isinstance(row, Row)]
            return self._of_form(file.table, rows, file.name)
        return None

    def _of_form(self, table: str, rows: Sequence[Row], file: str) -> Table:
        if self.cited is None:
            urls = {coming.read.fields.get("source", "") for coming in self._coming()} - {""}
            own = {source_key(url): {"url": url} for url in urls}
            self.cited = Cited({**own, **self.sources})
        if table == care.TABLE:
            return care.Subjects(rows, file, self.known)
        if table == dead.DEAD:
            self.known.people = {c.key: c.read.fields for c in self._coming() if not c.replaces}
            return dead.IdentifiedDead(rows, file, self.known, self.cited)
        if table == names.PAIRS:
            return names.NamePairs(rows, file, self.known, self.cited)
        kind = care.Care if table == "site_care" else Facts
        return kind(SPECS[table], rows, file, self.known, self.cited)

    def _learn(self, table: Table | people.People) -> None:
        """What later tables may refer to."""
        if isinstance(table, people.People):
            self.lists.append(table)
            self.known.learn(Record, (c.key for c in table.coming if not c.replaces))
        elif isinstance(table, tables.KeyedTable) and table.model is Source:
            self.sources.update(table.fresh)
        elif isinstance(table, tables.KeyedTable):
            self.known.learn(Site, table.fresh)
            self.sources = {
                **{key: {"url": url} for key, url in table.urls.items()},
                **self.sources,
            }
            for key, values in table.fresh.items():
                place = names_of_place(key, values)
                self.known.places[key] = place
        elif isinstance(table, dead.IdentifiedDead):
            said = table.claims.values()
            self.camps += [(claim["record"], {"camp": claim["value"]}) for claim in said]
        elif isinstance(table, Facts):
            self.made[table.spec.table] = table

    def _coming(self) -> Iterator[people.Coming]:
        return (coming for table in self.lists for coming in table.coming)

    def _cells(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        for coming in self._coming():
            yield coming.key, {**coming.read.fields, **coming.read.extra}
        yield from self.camps

    def _waited(self) -> Iterator[Table]:
        """Rows of earlier batches whose record comes now."""
        coming = self.known.coming(Record)
        for table in WAIT_FOR_RECORDS if coming else ():
            here = {file.table for file in self.files}
            own = {key for file in self.files if file.table == table for key in _keys(file)}
            for name, rows in sheets.latest_rows(table) if table not in here or own else ():
                left = [row for key, row in rows if key not in own]
                waited = [row for row in left if _waits(table, row, coming)]
                if waited:
                    yield self._of_form(table, waited, name)

    def _state(self) -> None:
        """What cells state of organisations, after what lists say of them."""
        made = self.made.get("organisation_names")
        named, new = stated.known_names(made.fresh.values() if made else ())
        listed = self.made.get("affiliations")
        pairs = {(v["record"], v["organisation"]) for v in listed.fresh.values()} if listed else ()
        first = {c.key: c.read.id for c in self._coming() if c.replaces}
        table = stated.Stated(named, new, set(pairs), first)
        for item in table.compare(self._cells()):
            self.found.add(item)
        if table.fresh:
            self.todo.append((None, _Compared(table)))


@dataclass(slots=True)
class _Compared:
    """A table that was compared already."""

    table: stated.Stated

    def compare(self) -> Iterator[Item]:
        return iter(())

    def apply(self, door: Door) -> None:
        self.table.apply(door)


def names_of_place(key: str, values: Values) -> frozenset[str]:
    return dead.place_words(key, values["names"], values["municipality"])


def _keys(file: TakenFile) -> Iterator[str]:
    key_of = KEYS[file.table]
    return (key_of(row.cells) for row in file.parsed if isinstance(row, Row))


def _waits(table: str, row: Row, coming: set[str]) -> bool:
    if table == dead.DEAD:
        return True
    return not coming.isdisjoint(names.entries_of(row.cells))
