"""What programs do to the register as a whole. Each is one transaction and can be repeated.

``load_pack`` takes in a data pack; ``store_clusters`` what the engine concludes from its records;
``store_findings`` what the audit found; ``rebuild_search`` the forms by which a record is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from django.db import transaction

from sexton.messages import Message
from sexton.web.register import clusters, conclusions, imports, keys, state
from sexton.web.register.components import by_decisions
from sexton.web.register.history import change
from sexton.web.register.models import (
    Finding,
    NameKey,
    PairLink,
    Person,
    Record,
    RecordLink,
    Site,
    Source,
    Statement,
)

IMPORTER = "sexton"
PACK_REASON = "a data pack was loaded"
ENGINE = "the linking engine"
ENGINE_REASON = "records compared again"
Progress = Callable[[str, int, int | None], None]


class AuditFinding(Protocol):
    """A possible fault (``sexton.audit.Finding``); ids are those of records or sites."""

    kind: str
    severity: str
    ids: Sequence[str]
    message: Message


def load_pack(path: Path | str, progress: Progress | None = None) -> dict[str, int]:
    """Take in the data pack in the folder ``path``: all its tables, as one batch.

    A record that is there already stays as it is; what the list now says instead becomes a record
    beside it (counted as ``differing``). Rows that conflict are left out. Returns how many of each
    are new, and what was left out.
    Raises ``sexton.records.UnreadableFile`` before anything is written.
    """
    files = imports.read_files(path, progress=progress)
    before = _table_counts()
    batch, found = imports.apply(files, IMPORTER, PACK_REASON, leave_out=True, progress=progress)
    now = _table_counts() if batch else before
    added = {name: now[name] - before[name] for name in now}
    differing = found.counts.get("persons", {}).get("changed", 0)
    added["records"] -= differing
    return {**added, "rejected": len(found.problems), "differing": differing}


def store_clusters(result: clusters.Clusters) -> dict[str, int]:
    """Make the persons that the engine concludes out of those that it concluded before."""
    links = [[x.a, x.b, x.weight, clusters.evidence_json(x.evidence)] for x in result.links]
    members = sorted([m.id, str(m.cluster_id), m.probability] for m in result.members)
    with transaction.atomic():
        stored = {record.key: record for record in Record.objects.all()}
        if not state.is_current("clusters", _clusters_digest(members, links)):
            PairLink.objects.all().delete()
            groups, probability = clusters.grouped(stored.values(), result.members)
            clusters.make_links(result.links, stored)
            with change(ENGINE, ENGINE_REASON) as door:
                conclusions.regroup(door, list(by_decisions(groups)), probability)
            digest = _clusters_digest(members, links)
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


_TABLE_MODELS: dict[str, type[Source | Site | Record | RecordLink | Statement]] = {
    "sources": Source,
    "sites": Site,
    "records": Record,
    "links": RecordLink,
    "statements": Statement,
}


def _table_counts() -> dict[str, int]:
    return {name: model.objects.count() for name, model in _TABLE_MODELS.items()}


def _clusters_digest(members: object, links: object) -> str:
    """A fingerprint of what the engine said and of what the register made of it."""
    held = Record.objects.order_by("key").values_list("key", "membership__person__key")
    return state.digest_of([members, links, list(held)])


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
