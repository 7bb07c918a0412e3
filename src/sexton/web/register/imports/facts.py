"""Organisations, their names, memorials, affiliations, events: one way for all of them.

A spec says what a table's rows are in the register: their key, values, and to what they refer.
Each row is compared three ways (the list, the list before, the register), like sites and sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sexton.messages import N_, Message
from sexton.records.tables import Row
from sexton.web.register.history import Door
from sexton.web.register.imports import sheets
from sexton.web.register.imports.items import CHANGED, CONFLICTING, NEW, SAME, WAITING, Item
from sexton.web.register.imports.known import (
    Cited,
    Ids,
    Known,
    note_sources,
    persons_of,
    sources_of,
)
from sexton.web.register.imports.tables import BOTH, OTHERWISE, three_ways
from sexton.web.register.models import Record, Source, Versioned

Cells = Mapping[str, str]
Values = dict[str, Any]

NO_RECORD = N_(
    "%(file)s, row %(row)d, column %(column)s: there is no record “%(key)s” yet. The row is kept, "
    "and says what it says as soon as a list brings that record."
)
NO_SUCH = N_(
    "%(file)s, row %(row)d, column %(column)s: nothing has the key “%(key)s”. Correct it, or take "
    "in the table that has it first or with this one."
)
NO_SOURCE = N_(
    "%(file)s, row %(row)d, column source: “%(key)s” is neither an address nor the title of a "
    "listed source. Write the address, or add the source to the list of sources."
)
CIRCLE = N_(
    "%(file)s, row %(row)d, column %(column)s: “%(key)s” would come after itself. Correct the cell."
)
NO_KEY = N_(
    "%(file)s, row %(row)d, column %(column)s: “%(key)s” is no key. Write Latin letters, digits, "
    "hyphens and low lines, and nothing else."
)
LONG = N_(
    "%(file)s, row %(row)d, column %(column)s: the text is longer than %(limit)d letters. "
    "Shorten it."
)
TWICE = N_(
    "%(file)s, row %(row)d: an earlier row of this file is of the same thing (%(key)s) and says "
    "otherwise. Make one row of the two."
)


@dataclass(frozen=True, slots=True)
class Spec:
    """What the rows of a table are in the register.

    ``refers`` gives for each field that refers to something its model and the row's column;
    ``present`` finds rows of the register by the keys that ``key_of`` gives.
    """

    table: str
    model: type[Versioned]
    key_of: Callable[[Cells], str]
    values_of: Callable[[Cells], Values]
    refers: Mapping[str, tuple[type[Versioned], str]]
    present: Callable[[Sequence[Cells]], dict[str, Any]]
    sourced: bool = True
    of_person: bool = False


def row_key(*columns: str) -> Callable[[Cells], str]:
    """The key of a row that is known by these cells together."""
    return lambda row: " | ".join(row.get(column, "") for column in columns)


@dataclass(slots=True)
class Facts:
    """What a file of facts would add and edit."""

    spec: Spec
    rows: Sequence[Row]
    file: str
    known: Known
    cited: Cited
    fresh: dict[str, Values] = field(default_factory=dict)
    edits: dict[int, Values] = field(default_factory=dict)

    def compare(self) -> Iterator[Item]:
        spec = self.spec
        before = {key: self._values(row) for key, row in sheets.earlier_rows(spec.table).items()}
        present = spec.present([row.cells for row in self.rows])
        refused = self._refused()
        seen: dict[str, Values] = {}
        for row in self.rows:
            key, values = spec.key_of(row.cells), self._values(row.cells)
            if row.number in refused:
                yield refused[row.number]
            elif key in seen:
                told = None if seen[key] == values else self._about(TWICE, row, "", key)
                yield Item(spec.table, key, SAME if told is None else CONFLICTING, told)
            else:
                seen[key] = values
                yield self._item(key, values, before.get(key), present.get(key))
        if "key" in {f.name for f in spec.model._meta.get_fields()}:
            self.known.learn(spec.model, self.fresh)

    def _refused(self) -> dict[int, Item]:
        """Rows that cannot be taken in, or must wait for a record, by their numbers.

        A row that refers to one of these in its own file cannot be taken in either.
        """
        columns = [column for model, column in self.spec.refers.values() if model is Record]
        wanted = {row.cells.get(column, "") for row in self.rows for column in columns}
        records = self.known.records(wanted - {""})
        refused: dict[int, Item] = {}
        while True:
            left = [row for row in self.rows if row.number not in refused]
            more = {row.number: item for row, item in self._faults(left, records)}
            if not more:
                return refused
            refused.update(more)

    def _faults(self, rows: Sequence[Row], records: set[str]) -> Iterator[tuple[Row, Item]]:
        own = {self.spec.key_of(row.cells) for row in rows}
        above = _above(self.spec)
        for row in rows:
            fault = self._fault(row, own, records, above)
            if fault is not None:
                verdict = WAITING if fault.text == NO_RECORD else CONFLICTING
                yield row, Item(self.spec.table, self.spec.key_of(row.cells), verdict, fault)

    def _fault(
        self, row: Row, own: set[str], records: set[str], above: dict[str, str]
    ) -> Message | None:
        if fault := self._unfit(row):
            return fault
        for model, column in self.spec.refers.values():
            cell = row.cells.get(column, "")
            if not cell:
                continue
            if model is Record:
                if cell not in records:
                    return self._about(NO_RECORD, row, column, cell)
                continue
            of_own = model is self.spec.model
            if not (of_own and cell in own) and not self.known.holds(model, cell):
                return self._about(NO_SUCH, row, column, cell)
            if of_own and _goes_round(above, self.spec.key_of(row.cells), cell):
                return self._about(CIRCLE, row, column, cell)
        cell = row.cells.get("source", "")
        if self.spec.sourced and self.cited.key_of(cell) is None:
            return self._about(NO_SOURCE, row, "source", cell)
        return None

    def _unfit(self, row: Row) -> Message | None:
        """A key that is none, or a text that its column cannot hold."""
        values = self._values(row.cells)
        key = values.get("key")
        if key is not None and not re.fullmatch(r"[-a-zA-Z0-9_]+", key):
            return self._about(NO_KEY, row, next(iter(row.cells)), key)
        if fault := too_long(self.spec.model, values):
            name, limit = fault
            column = {"key": next(iter(row.cells)), "citation": "quote"}.get(name, name)
            told = {"file": self.file, "row": row.number, "column": column, "limit": limit}
            return Message(LONG, told)
        return None

    def _item(self, key: str, values: Values, before: Values | None, stored: Any) -> Item:
        table = self.spec.table
        if stored is None:
            self.fresh[key] = values
            return Item(table, key, NEW)
        changes, conflicts = three_ways(values, before, self._now(stored, values))
        if conflicts:
            return Item(table, key, CONFLICTING, _fields(BOTH, conflicts))
        if not changes:
            return Item(table, key, SAME)
        self.edits[stored.pk] = changes
        return Item(table, key, CHANGED, _fields(OTHERWISE, changes))

    def _values(self, row: Cells) -> Values:
        """What a row says, with keys for what it refers to."""
        said = dict(self.spec.values_of(row))
        said.update({name: row.get(c, "") for name, (_, c) in self.spec.refers.items()})
        if self.spec.sourced:
            said["source"] = self.cited.key_of(row.get("source", "")) or ""
        return said

    def _now(self, stored: Any, values: Values) -> Values:
        """What the register says, in the same terms."""
        refers = {*self.spec.refers, *(("source",) if self.spec.sourced else ())}
        return {
            name: _key(getattr(stored, name)) if name in refers else getattr(stored, name)
            for name in values
        }

    def _about(self, text: str, row: Row, column: str, key: str) -> Message:
        told = {"file": self.file, "row": row.number, "column": column, "key": key}
        return Message(text, told)

    def apply(self, door: Door) -> None:
        used = {values.get("source") for values in (*self.fresh.values(), *self.edits.values())}
        note_sources(door, {key: v for key, v in self.cited.noted.items() if key in used})
        ids = Ids()
        for level in _in_order(self.spec, self.fresh):
            written = self._written(ids, list(level))
            door.add_many([self.spec.model(**values) for values in written if values])
        edited = self._written(ids, list(self.edits.values()))
        door.edit_many(
            self.spec.model,
            {pk: values for pk, values in zip(self.edits, edited, strict=True) if values},
        )

    def _written(self, ids: Ids, many: Sequence[Values]) -> list[Values]:
        """Values as the database takes them; empty where what they refer to is not there."""
        models = {name: model for name, (model, _) in self.spec.refers.items()}
        if self.spec.sourced:
            models["source"] = Source
        for name, model in models.items():
            ids.of(model, [values[name] for values in many if values.get(name)])
        written = [_by_id(values, models, ids) for values in many]
        if self.spec.of_person:
            _add_persons(written)
        return written


def _by_id(values: Values, models: Mapping[str, type[Versioned]], ids: Ids) -> Values:
    said = {name: value for name, value in values.items() if name not in models}
    for name in models.keys() & values.keys():
        key = values[name]
        said[f"{name}_id"] = ids.of(models[name], []).get(key) if key else None
        if key and said[f"{name}_id"] is None:
            return {}
    return said


def _add_persons(written: Sequence[Values]) -> None:
    """Give what is of a record the person of that record, and its source."""
    records = {values["record_id"] for values in written if values.get("record_id")}
    persons = persons_of(records)
    sources = sources_of(records)
    for values in written:
        record = values.get("record_id")
        if record:
            values["person_id"] = persons[record]
            values.setdefault("source_id", sources.get(record))


def too_long(model: type[Versioned], values: Values) -> tuple[str, int] | None:
    """The field whose text is longer than it can hold, and how many letters it can."""
    for name, value in values.items():
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            return name, limit
    return None


def _key(referred: Any) -> str:
    return "" if referred is None else str(referred.key)


def _fields(text: str, names: Any) -> Message:
    return Message(text, {"fields": ", ".join(sorted(names))})


def _own_reference(spec: Spec) -> str | None:
    """The field by which a row refers to another of its own table."""
    return next((name for name, (model, _) in spec.refers.items() if model is spec.model), None)


def _above(spec: Spec) -> dict[str, str]:
    """Key to the key of what it comes after, for a table whose rows refer to each other."""
    name = _own_reference(spec)
    if name is None:
        return {}
    pairs = spec.model._default_manager.filter(**{f"{name}__isnull": False})
    return dict(pairs.values_list("key", f"{name}__key"))


def _goes_round(above: dict[str, str], key: str, cell: str) -> bool:
    """Whether ``key`` would come after itself; else it is noted to come after ``cell``."""
    seen, current = {key}, cell
    while current and current not in seen:
        seen.add(current)
        current = above.get(current, "")
    if current != key:
        above[key] = cell
    return current == key


def _in_order(spec: Spec, fresh: Mapping[str, Values]) -> Iterator[Sequence[Values]]:
    """Rows in runs, each after those to which it refers."""
    name = _own_reference(spec)
    left = dict(fresh)
    while left:
        ready = [k for k, values in left.items() if name is None or values[name] not in left]
        if not ready:
            return
        yield [left.pop(key) for key in ready]
