"""Links of a batch: which two records a source holds for one man; and the statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sexton.messages import N_, Message
from sexton.web.register import rows, state
from sexton.web.register.history import Door
from sexton.web.register.imports import sheets
from sexton.web.register.imports.files import TakenFile
from sexton.web.register.imports.items import BREAKS, CHANGED, CONFLICTING, NEW, SAME, Item
from sexton.web.register.imports.known import Cited, note_sources
from sexton.web.register.imports.tables import OTHERWISE, three_ways
from sexton.web.register.merging import TWO_MEN
from sexton.web.register.models import Record, RecordLink, Site, Source, Statement

LACKS = N_("There is no record %(id)s")
Values = dict[str, Any]


def link_key(row: Mapping[str, str]) -> str:
    """A pair has one key, whichever of the two stands first."""
    return " ".join(sorted((row.get("entry_id_a", ""), row.get("entry_id_b", ""))))


def link_values(row: Mapping[str, str]) -> Values:
    return {
        "certainty": row.get("certainty", "")[:40],
        "reason": row.get("why", ""),
        "group": row.get("group_id", "")[:100],
    }


@dataclass(slots=True)
class Links:
    """What a file of links would add; ``coming`` are ids of records of the same batch."""

    file: TakenFile
    coming: Collection[str]
    fresh: dict[tuple[str, str], Values] = field(default_factory=dict)
    edits: dict[int, Values] = field(default_factory=dict)

    def compare(self) -> Iterator[Item]:
        before = {k: link_values(row) for k, row in sheets.earlier_rows(self.file.table).items()}
        stored = RecordLink.objects.filter(decided=False, verdict="same")
        present = {
            " ".join(sorted((link.left.key, link.right.key))): link
            for link in stored.select_related("left", "right")
        }
        known = set(Record.objects.values_list("key", flat=True)) | set(self.coming)
        apart = _Apart()
        for parsed in self.file.parsed:
            row = asdict(parsed)  # type: ignore[call-overload]
            key = link_key(row)
            yield self._item(row, key, present.get(key), before.get(key), known, apart)

    def _item(
        self,
        row: Mapping[str, str],
        key: str,
        link: RecordLink | None,
        before: Values | None,
        known: Collection[str],
        apart: _Apart,
    ) -> Item:
        a, b = row["entry_id_a"], row["entry_id_b"]
        for name in (a, b):
            if name not in known:
                return Item("links", key, CONFLICTING, Message(LACKS, {"id": name}))
        values = link_values(row)
        if link is not None:
            now = {name: getattr(link, name) for name in values}
            changes, conflicts = three_ways(values, before, now)
            if conflicts or not changes:
                return Item("links", key, SAME)
            self.edits[link.pk] = changes
            told = Message(OTHERWISE, {"fields": ", ".join(sorted(changes))})
            return Item("links", key, CHANGED, told)
        if decision := apart.joined(a, b):
            return Item("links", key, BREAKS, Message(TWO_MEN, decision))
        self.fresh[(a, b)] = values
        return Item("links", key, NEW)

    def apply(self, door: Door) -> None:
        keys = {key for pair in self.fresh for key in pair}
        ids = dict(Record.objects.filter(key__in=keys).values_list("key", "pk"))
        door.add_many(
            [
                RecordLink(left_id=ids[a], right_id=ids[b], **values)
                for (a, b), values in self.fresh.items()
                if a in ids and b in ids
            ]
        )
        door.edit_many(RecordLink, self.edits)


class _Apart:
    """Which records decisions hold for two men, with all that links join to either."""

    def __init__(self) -> None:
        self._group: dict[str, str] = {}
        links = RecordLink.objects.select_related("left", "right")
        self._decisions = [
            (link.left.key, link.right.key, link.reason)
            for link in links.filter(verdict="different", decided=True)
        ]
        if self._decisions:
            for link in links.filter(verdict="same"):
                self._join(link.left.key, link.right.key)

    def joined(self, a: str, b: str) -> dict[str, str] | None:
        """Join two records; or the decision against it, which then stands."""
        groups = {self._of(a), self._of(b)}
        for left, right, reason in self._decisions:
            if {self._of(left), self._of(right)} == groups and len(groups) == 2:
                return {"a": left, "b": right, "reason": reason}
        self._join(a, b)
        return None

    def _of(self, key: str) -> str:
        while key in self._group:
            key = self._group[key]
        return key

    def _join(self, a: str, b: str) -> None:
        first, second = self._of(a), self._of(b)
        if first != second:
            self._group[second] = first


def statement_key(row: Mapping[str, str]) -> str:
    """All that a statement says makes its key: two that differ in anything are two."""
    return state.short_key(*(str(value) for value in rows.statement_values(row).values()))


@dataclass(slots=True)
class Statements:
    """What a file of statements would add. A statement is never edited by an import."""

    file: TakenFile
    fresh: dict[str, Values] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)

    def compare(self) -> Iterator[Item]:
        known = set(Statement.objects.values_list("key", flat=True))
        for parsed in self.file.parsed:
            row = asdict(parsed)  # type: ignore[call-overload]
            key = statement_key(row)
            if key in known:
                yield Item("statements", key, SAME)
                continue
            known.add(key)
            self.fresh[key] = rows.statement_values(row)
            yield Item("statements", key, NEW)

    def apply(self, door: Door) -> None:
        sources = self._sources(door)
        sites = {site.key: site for site in Site.objects.all()}
        door.add_many(
            [
                Statement(
                    key=key,
                    source=self._source_of(str(values["source_text"]), sources),
                    site=sites.get(str(values["subject"])),
                    **values,
                )
                for key, values in self.fresh.items()
            ]
        )

    def _source_of(self, text: str, sources: Collection[Source]) -> Source | None:
        noted = self.noted.get(text)
        if noted is not None:
            return next(source for source in sources if source.key == noted)
        return cited(text, sources)

    def _sources(self, door: Door) -> list[Source]:
        """All sources, with those whose address the statements give and that no list names."""
        listed = list(Source.objects.all())
        texts = {str(values["source_text"]) for values in self.fresh.values()}
        noted = Cited({})
        keys = {text: noted.key_of(text) for text in texts if cited(text, listed) is None}
        note_sources(door, noted.noted)
        self.noted = {text: key for text, key in keys.items() if key is not None}
        return list(Source.objects.all()) if self.noted else listed


def cited(text: str, sources: Collection[Source]) -> Source | None:
    """The source that a statement cites: by its address within the text, or by its publisher."""
    for source in sources:
        if (source.url and source.url in text) or (source.publisher and source.publisher == text):
            return source
    return None
