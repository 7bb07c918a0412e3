"""What programs do to the register as a whole. Each is one transaction and can be repeated.

``load_pack`` takes in a data pack; ``store_clusters`` what the engine concludes from its records;
``store_findings`` what the audit found; ``refresh`` makes what is computed from the register again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import transaction

from sexton.web.register import auditing, clusters, conclusions, findings, imports, keys, state
from sexton.web.register.components import by_decisions
from sexton.web.register.figures import keep as figures
from sexton.web.register.history import change
from sexton.web.register.models import (
    Affiliation,
    Event,
    Memorial,
    NameKey,
    Organisation,
    PairLink,
    Person,
    PersonName,
    Record,
    RecordLink,
    Site,
    Source,
    Statement,
    Versioned,
)

IMPORTER = "sexton"
PACK_REASON = "a data pack was loaded"
ENGINE = "the linking engine"
ENGINE_REASON = "records compared again"
Progress = Callable[[str, int, int | None], None]


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


def store_findings(found: Sequence[findings.AuditFinding]) -> dict[str, int]:
    """Take in what an audit found; verdicts stand. Returns how many there are of each severity."""
    return findings.store(found)


def rebuild_search(progress: Progress | None = None) -> int:
    """Write the forms by which each record is found, all anew. Returns how many there are."""
    keys.catch_up(progress, whole=True)
    return NameKey.objects.count()


def is_behind() -> bool:
    """Whether search keys or findings are behind the register (a few look-ups in indexes)."""
    return not (keys.is_current() and auditing.is_current())


def refresh(progress: Progress | None = None, *, whole: bool = False) -> dict[str, int]:
    """Make again what is computed from the register and is behind it.

    Search keys, findings, and the figures of the pages of numbers.

    To be called after every change of the register, when it is written; ``whole`` makes all of it
    anew. Returns of how many records search keys were made, and whether the audit ran (1 or 0).
    """
    made = keys.catch_up(progress, whole=whole)
    audited = auditing.rerun(progress, whole=whole)
    figures.prepare(progress)
    return {"indexed": made, "audited": int(audited)}


_TABLE_MODELS: dict[str, type[Versioned]] = {
    "sources": Source,
    "sites": Site,
    "records": Record,
    "links": RecordLink,
    "statements": Statement,
    "names": PersonName,
    "organisations": Organisation,
    "memorials": Memorial,
    "affiliations": Affiliation,
    "events": Event,
}


def _table_counts() -> dict[str, int]:
    return {name: model._default_manager.count() for name, model in _TABLE_MODELS.items()}


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
