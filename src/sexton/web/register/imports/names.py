"""Names that a list gives to the person of a record; and the pairs of spellings.

A row whose record is not there waits: it is kept, and says nothing until that record comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sexton.messages import N_, Message
from sexton.records.tables import Row
from sexton.web.register.history import Door
from sexton.web.register.imports.facts import LONG, NO_RECORD, Cells, Values
from sexton.web.register.imports.items import CONFLICTING, NEW, SAME, WAITING, Item
from sexton.web.register.imports.known import Cited, Ids, Known, note_sources, persons_of
from sexton.web.register.models import Claim, PersonName, Record, Source

PAIRS = "name_pairs"
TOO_MANY = N_(
    "%(file)s, row %(row)d, column entry_id: a pair is of one record or of two, joined by “ / ”. "
    "Correct the cell."
)
LONGEST = 300
# What the relation of a pair says of a form that it calls restored.
RESTORED = "restored"


@dataclass(slots=True)
class Names:
    """What a file would add of names; ``fresh`` by the citation, which tells each cell apart."""

    rows: Sequence[Row]
    file: str
    known: Known
    cited: Cited
    fresh: dict[str, Values] = field(default_factory=dict)
    edits: dict[int, Values] = field(default_factory=dict)
    claims: dict[str, Values] = field(default_factory=dict)

    def apply(self, door: Door) -> None:
        many = [*self.fresh.values(), *self.claims.values(), *self.edits.values()]
        used = {values.get("source") for values in many}
        note_sources(door, {key: v for key, v in self.cited.noted.items() if key in used})
        ids = Ids()
        named = list(self._written(ids, self.fresh.values()))
        persons = persons_of({values["record_id"] for values in named})
        for values in named:
            values["person_id"] = persons[values["record_id"]]
        door.add_many([PersonName(**values) for values in named])
        door.add_many([Claim(**values) for values in self._written(ids, self.claims.values())])
        edits = zip(self.edits, self._written(ids, self.edits.values()), strict=True)
        door.edit_many(PersonName, dict(edits))

    def _written(self, ids: Ids, many: Iterable[Values]) -> Iterator[Values]:
        rows = list(many)
        records = ids.of(Record, [v["record"] for v in rows if "record" in v])
        sources = ids.of(Source, [v["source"] for v in rows if v.get("source")])
        for values in rows:
            said = dict(values)
            if "record" in said:
                said["record_id"] = records[said.pop("record")]
            if "source" in said:
                said["source_id"] = sources.get(said.pop("source"))
            yield said

    def told(self, row: Row, **more: str | int | Message) -> dict[str, Any]:
        return {"file": self.file, "row": row.number, **more}

    def too_long(self, row: Row, columns: Sequence[str]) -> Message | None:
        for column in columns:
            if len(row.cells.get(column, "")) > LONGEST:
                return Message(LONG, self.told(row, column=column, limit=LONGEST))
        return None


class NamePairs(Names):
    """Two spellings of one man, each a name on the record that writes it."""

    def compare(self) -> Iterator[Item]:
        entries = {key for row in self.rows for key in entries_of(row.cells)}
        there = self.known.records(entries)
        written = _written_names(entries)
        for row in self.rows:
            yield self._item(row, there, written)

    def _item(self, row: Row, there: set[str], written: set[tuple[str, str]]) -> Item:
        key, entries = pair_key(row.cells), entries_of(row.cells)
        if len(entries) > 2:
            return Item(PAIRS, key, CONFLICTING, Message(TOO_MANY, self.told(row)))
        if fault := self.too_long(row, ("form_1", "form_2")):
            return Item(PAIRS, key, CONFLICTING, fault)
        for entry in entries:
            if entry not in there:
                told = self.told(row, column="entry_id", key=entry)
                return Item(PAIRS, key, WAITING, Message(NO_RECORD, told))
        new = False
        for values in self._names(row.cells, entries):
            if (values["record"], values["written"]) not in written:
                written.add((values["record"], values["written"]))
                self.fresh[f"{values['record']} {values['written']}"] = values
                new = True
        return Item(PAIRS, key, NEW if new else SAME)

    def _names(self, row: Cells, entries: Sequence[str]) -> Iterator[Values]:
        sources = row.get("source_url", "").split(" | ")
        languages = row.get("source_lang", "").split(" / ")
        for place, column in enumerate(("form_1", "form_2")):
            restored = f"{column} {RESTORED}" in row.get("relation", "")
            yield {
                "record": entries[min(place, len(entries) - 1)],
                "written": row[column],
                "kind": "restored" if restored else "in_source",
                "basis": "printed" if restored else "",
                "language": languages[min(place, len(languages) - 1)][:40],
                "source": self.cited.key_of(sources[min(place, len(sources) - 1)], any_words=True)
                or "",
                "citation": f"{PAIRS} {row['entry_id']} {column}: {row.get('relation', '')}"[:300],
            }


def pair_key(row: Cells) -> str:
    return " | ".join(row.get(column, "") for column in ("entry_id", "form_1", "form_2"))


def entries_of(row: Cells) -> list[str]:
    return [key.strip() for key in row.get("entry_id", "").split(" / ")]


def _written_names(entries: Iterable[str]) -> set[tuple[str, str]]:
    """Which names stand on which records already."""
    keys = sorted(set(entries))
    return {
        pair
        for start in range(0, len(keys), 500)
        for pair in PersonName.objects.filter(
            record__key__in=keys[start : start + 500]
        ).values_list("record__key", "written")
    }
