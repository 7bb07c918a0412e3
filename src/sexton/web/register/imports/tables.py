"""Sources and sites of a batch, compared three ways: the list, the list before, the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sexton.messages import N_, Message
from sexton.web.register import rows
from sexton.web.register.history import Door
from sexton.web.register.imports import sheets
from sexton.web.register.imports.files import TakenFile
from sexton.web.register.imports.items import BREAKS, CHANGED, CONFLICTING, NEW, SAME, Item
from sexton.web.register.models import Claim, Site, Source, Versioned

Values = dict[str, Any]
OTHERWISE = N_("The list says otherwise than before: %(fields)s")
BOTH = N_("Both the list and the register were changed since the last import: %(fields)s")
DECIDED = N_("The list goes against a decision (%(fields)s): %(reason)s")
TOO_LONG = N_("%(fields)s: the text is longer than %(limit)d letters")


def source_key(row: Mapping[str, str]) -> str:
    return rows.source_key(row.get("url", ""), row.get("title", ""), row.get("publisher", ""))


def source_values(row: Mapping[str, str]) -> Values:
    return dict(rows.source_values(row))


def site_key(row: Mapping[str, str]) -> str:
    return row.get("site_id", "")


def site_values(row: Mapping[str, str]) -> Values:
    url = row.get("source_url", "")
    return {**rows.site_values(row), "source": rows.source_key(url) if url else ""}


@dataclass(slots=True)
class KeyedTable:
    """What a file of sources or sites would add and edit."""

    file: TakenFile
    model: type[Versioned]
    key_of: Callable[[Mapping[str, str]], str]
    values_of: Callable[[Mapping[str, str]], Values]
    fresh: dict[str, Values] = field(default_factory=dict)
    edits: dict[str, Values] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    def compare(self) -> Iterator[Item]:
        """A verdict for each row. What is refused is neither added nor edited."""
        before = {
            key: self.values_of(row) for key, row in sheets.earlier_rows(self.file.table).items()
        }
        present = {row.key: row for row in self._rows()}
        decided = _decisions(self.model)
        for parsed in self.file.parsed:
            row = asdict(parsed)  # type: ignore[call-overload]
            key, values = self.key_of(row), self.values_of(row)
            if url := row.get("source_url"):
                self.urls[values["source"]] = url
            now = _values_now(present[key], values) if key in present else None
            yield self._item(key, values, now, before.get(key), decided.get(key, {}))

    def _item(
        self,
        key: str,
        values: Values,
        now: Values | None,
        before: Values | None,
        decided: Mapping[str, str],
    ) -> Item:
        table = self.file.table
        if fault := _too_long(self.model, {"key": key, **values}):
            return Item(table, key, CONFLICTING, fault)
        if now is None:
            self.fresh[key] = values
            return Item(table, key, NEW)
        changes, conflicts = three_ways(values, before, now)
        if broken := sorted(decided.keys() & {*changes, *conflicts}):
            reason = {"fields": ", ".join(broken), "reason": decided[broken[0]]}
            return Item(table, key, BREAKS, Message(DECIDED, reason))
        if conflicts:
            return Item(table, key, CONFLICTING, _about(BOTH, conflicts))
        if not changes:
            return Item(table, key, SAME)
        self.edits[key] = changes
        return Item(table, key, CHANGED, _about(OTHERWISE, changes))

    def apply(self, door: Door) -> None:
        sources = sources_for(door, self.urls) if self.model is Site else {}

        def written(values: Values) -> Values:
            said = {name: value for name, value in values.items() if name != "source"}
            if "source" in values:
                said["source_id"] = sources.get(values["source"])
            return said

        added = [self.model(key=key, **written(values)) for key, values in self.fresh.items()]
        door.add_many(added)
        ids = {row.key: row.pk for row in self._rows() if row.key in self.edits}
        door.edit_many(self.model, {pk: written(self.edits[key]) for key, pk in ids.items()})

    def _rows(self) -> Any:
        rows_ = self.model._default_manager.all()
        return rows_.select_related("source") if self.model is Site else rows_


def sources_table(file: TakenFile) -> KeyedTable:
    return KeyedTable(file, Source, source_key, source_values)


def sites_table(file: TakenFile) -> KeyedTable:
    return KeyedTable(file, Site, site_key, site_values)


def sources_for(door: Door, urls: Mapping[str, str]) -> dict[str, int]:
    """Key to id of the sources with these addresses; one that no list names is noted by its own."""
    ids = dict(Source.objects.values_list("key", "pk"))
    missing = [Source(key=key, url=url) for key, url in urls.items() if key not in ids]
    door.add_many(missing)
    return {**ids, **{source.key: source.pk for source in missing}}


def three_ways(values: Values, before: Values | None, now: Values) -> tuple[Values, list[str]]:
    """What the list changes, and where the register was changed as well, to something else."""
    changes: Values = {}
    conflicts: list[str] = []
    for name, value in values.items():
        if now[name] == value or (before is not None and before.get(name) == value):
            continue
        if before is None or now[name] == before.get(name, now[name]):
            changes[name] = value
        else:
            conflicts.append(name)
    return changes, conflicts


def _values_now(row: Any, values: Values) -> Values:
    now = {name: getattr(row, name) for name in values if name != "source"}
    if "source" in values:
        now["source"] = row.source.key if row.source else ""
    return now


def _about(text: str, fields: Any) -> Message:
    return Message(text, {"fields": ", ".join(sorted(fields))})


def _too_long(model: type[Versioned], values: Values) -> Message | None:
    for name, value in values.items():
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            return Message(TOO_LONG, {"fields": name, "limit": limit})
    return None


def _decisions(model: type[Versioned]) -> dict[str, dict[str, str]]:
    """Key of a site to the properties that a decision prefers, each with its reason."""
    found: dict[str, dict[str, str]] = {}
    if model is Site:
        claims = Claim.objects.filter(site__isnull=False, preferred=True)
        for key, name, reason in claims.values_list("site__key", "property", "reason"):
            found.setdefault(key, {})[name] = reason
    return found
