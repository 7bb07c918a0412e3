"""The only functions that write to the register. Each is one transaction and can be repeated.

``load_pack`` takes in a data pack; ``store_clusters`` what the engine concludes from its records;
``store_findings`` what the audit found; ``rebuild_search`` the forms by which a record is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction

from sexton import records as lists
from sexton.messages import Message
from sexton.records import tables
from sexton.web.register import clusters, keys, rows, state
from sexton.web.register.models import (
    Finding,
    Membership,
    NameKey,
    PairLink,
    Person,
    Record,
    Site,
    Source,
    Statement,
)

Progress = Callable[[str, int, int | None], None]


class AuditFinding(Protocol):
    """A possible fault (``sexton.audit.Finding``); ids are those of records or sites."""

    kind: str
    severity: str
    ids: Sequence[str]
    message: Message


def load_pack(path: Path | str, progress: Progress | None = None) -> dict[str, int]:
    """Take in the data pack in the folder ``path``: sources, sites, records, statements.

    A record that is there already stays as it is, even if the list now says something else
    (counted as ``differing``). Returns how many of each are new, and what was left out.
    Raises ``sexton.records.UnreadableFile`` before anything is written.
    """
    folder = Path(path)
    tell = progress or _silent
    read = lists.read_person_list(folder / "entries.csv", _profile(folder), progress)
    pack = {name: _table(folder / f"{name}.csv", reader) for name, reader in _TABLES.items()}
    with transaction.atomic():
        return _land(read, pack, tell)


def store_clusters(result: clusters.Clusters) -> dict[str, int]:
    """Make the persons that the engine concludes; those it concluded before are dissolved."""
    links = [[x.a, x.b, x.weight, clusters.evidence_json(x.evidence)] for x in result.links]
    members = sorted([m.id, str(m.cluster_id), m.probability] for m in result.members)
    with transaction.atomic():
        stored = {record.key: record for record in Record.objects.all()}
        digest = state.digest_of([members, links, sorted(stored)])
        if not state.is_current("clusters", digest):
            _dissolve()
            groups, probability = clusters.grouped(stored.values(), result.members)
            clusters.make_persons(groups, probability)
            clusters.make_links(result.links, stored)
            state.remember("clusters", digest, _cluster_counts())
        return _cluster_counts()


def store_findings(findings: Sequence[AuditFinding]) -> dict[str, int]:
    """Replace the audit's findings. Returns how many there are of each severity."""
    told = [[f.kind, f.severity, list(f.ids), f.message.as_dict()] for f in findings]
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    with transaction.atomic():
        digest = state.digest_of([told, sorted(Record.objects.values_list("key", flat=True))])
        if not state.is_current("findings", digest):
            Finding.objects.all().delete()
            _write_findings(findings)
            state.remember("findings", digest, counts)
    return counts


def rebuild_search() -> int:
    """Write the forms by which each record is found. Returns how many there are."""
    with transaction.atomic():
        made = [key for record in Record.objects.all() for key in keys.keys_of(record)]
        digest = state.digest_of([[k.record_id, k.kind, k.written, k.folded] for k in made])
        if not state.is_current("search", digest):
            NameKey.objects.all().delete()
            NameKey.objects.bulk_create(made, batch_size=2000)
            state.remember("search", digest, {"keys": len(made)})
    return len(made)


def _silent(what: str, done: int, total: int | None) -> None:
    """No progress is shown."""


_TABLES = {
    "sources": tables.read_sources,
    "sites": tables.read_sites,
    "statements": tables.read_statements,
}


def _table(path: Path, reader: Callable[[Path], tables.Table[Any]]) -> tables.Table[Any]:
    """A table of the pack; a pack need not have all of them."""
    return reader(path) if path.exists() else tables.Table((), (), 0)


def _rows(table: tables.Table[Any]) -> list[rows.Row]:
    return [asdict(row) for row in table.rows]


def _profile(folder: Path) -> lists.Mapping | None:
    """The pack's own mapping profile; None where it ships none."""
    path = folder / "profile.toml"
    return lists.load_mapping(str(path)) if path.is_file() else None


def _land(
    read: lists.PersonList, pack: Mapping[str, tables.Table[Any]], tell: Progress
) -> dict[str, int]:
    before = _table_counts()
    tell("storing the register", 0, 4)
    _land_sources(_rows(pack["sources"]))
    tell("storing the register", 1, 4)
    _land_sites(_rows(pack["sites"]))
    tell("storing the register", 2, 4)
    differing = _land_records(read.records)
    tell("storing the register", 3, 4)
    _land_statements(_rows(pack["statements"]))
    tell("storing the register", 4, 4)
    now = _table_counts()
    held = [list(model.objects.order_by("pk").values_list()) for model in _TABLE_MODELS.values()]
    digest = state.digest_of(held)
    if not state.is_current("pack", digest):
        state.remember("pack", digest, now)
    added = {name: now[name] - before[name] for name in now}
    rejected = len(read.problems) + sum(len(table.problems) for table in pack.values())
    return {**added, "rejected": rejected, "differing": differing}


_TABLE_MODELS: dict[str, type[Source | Site | Record | Statement]] = {
    "sources": Source,
    "sites": Site,
    "records": Record,
    "statements": Statement,
}


def _table_counts() -> dict[str, int]:
    return {name: model.objects.count() for name, model in _TABLE_MODELS.items()}


def _land_sources(table: Sequence[rows.Row]) -> None:
    for row in table:
        values = rows.source_values(row)
        key = rows.source_key(values["url"], values["title"], values["publisher"])
        Source.objects.update_or_create(key=key, defaults=values)


def _source_of(url: str) -> Source | None:
    """The source with this address; one that no list of sources names is noted by its address."""
    if not url:
        return None
    return Source.objects.get_or_create(key=rows.source_key(url), defaults={"url": url})[0]


def _land_sites(table: Sequence[rows.Row]) -> None:
    for row in table:
        values = {**rows.site_values(row), "source": _source_of(row.get("source_url", ""))}
        Site.objects.update_or_create(key=row["site_id"], defaults=values)


def _land_records(read: Sequence[lists.Record]) -> int:
    """Add the records that are new; return how many known ones the list now writes otherwise."""
    stored = {record.key: record for record in Record.objects.all()}
    sources: dict[str, Source] = {}
    for url in sorted({record.fields.get("source", "") for record in read}):
        if source := _source_of(url):
            sources[url] = source
    sites = {site.key: site for site in Site.objects.all()}
    fresh = [rows.as_record(r, sources, sites) for r in read if r.id not in stored]
    Record.objects.bulk_create(fresh, batch_size=1000)
    return sum(1 for r in read if r.id in stored and rows.differs(stored[r.id], r))


def _land_statements(table: Sequence[rows.Row]) -> None:
    sources = list(Source.objects.all())
    sites = {site.key: site for site in Site.objects.all()}
    for row in table:
        values = rows.statement_values(row)
        source = _cited(str(values["source_text"]), sources)
        related = {"source": source, "site": sites.get(str(values["subject"]))}
        key = state.short_key(*(str(value) for value in values.values()))
        Statement.objects.update_or_create(key=key, defaults={**values, **related})


def _cited(text: str, sources: Sequence[Source]) -> Source | None:
    """The source that a statement cites: by its address within the text, or by its publisher."""
    for source in sources:
        if (source.url and source.url in text) or (source.publisher and source.publisher == text):
            return source
    return None


def _dissolve() -> None:
    PairLink.objects.all().delete()
    Membership.objects.all().delete()
    Person.objects.all().delete()


def _cluster_counts() -> dict[str, int]:
    return {
        "persons": Person.objects.count(),
        "named": Person.objects.filter(is_named=True).count(),
        "links": PairLink.objects.count(),
    }


def _write_findings(findings: Sequence[AuditFinding]) -> None:
    records = {record.key: record for record in Record.objects.all()}
    sites = {site.key: site for site in Site.objects.all()}
    for position, found in enumerate(findings):
        message = found.message.as_dict()
        key = state.short_key(found.kind, *found.ids, str(found.message), str(position))
        finding = Finding.objects.create(
            key=key,
            kind=found.kind,
            severity=found.severity,
            ids=list(found.ids),
            message=message,
            position=position,
        )
        finding.records.set([records[i] for i in found.ids if i in records])
        finding.sites.set([sites[i] for i in found.ids if i in sites])
