"""The audit of the register itself, run again when something changed that it looks at.

The whole register is audited each time: 10,000 records take about two seconds. It never runs while
a reader waits for a page: commands and imports call ``rerun`` (``services.refresh``) when they are
done, and the page of findings says so where the register is ahead of its audit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sexton import __version__
from sexton.audit import audit, kinds
from sexton.audit.run import Progress
from sexton.places import load_gazetteer
from sexton.records import Record as ListRecord
from sexton.web.register import findings, state
from sexton.web.register.history import kind_of
from sexton.web.register.models import (
    Change,
    History,
    PairLink,
    Record,
    RecordLink,
    Site,
    State,
    Versioned,
)

# What the audit looks at. Persons are not among it: it reckons who is one man by itself.
LOOKED_AT: tuple[type[Versioned], ...] = (Record, Site, RecordLink)
PART = "audit"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by key, and how probably they are one man."""

    a: str
    b: str
    probability: float


def is_current() -> bool:
    """Whether the findings are those of the register as it is (a few look-ups in indexes)."""
    last = State.objects.filter(part=PART).first()
    return last is not None and last.digest == _basis() and not _touched(last.counts["change"])


def last_run() -> datetime | None:
    """When the register was last audited; None where it never was."""
    return State.objects.filter(part=PART).values_list("changed_at", flat=True).first()


def rerun(progress: Progress | None = None, *, whole: bool = False) -> bool:
    """Audit the register again, if anything that the audit looks at has changed, or if ``whole``.

    Returns whether it ran.
    """
    if not whole and is_current():
        return False
    basis, last = _basis(), _last_change()
    found = audit(
        _records(),
        sites=_sites(),
        links=_links(),
        gazetteer=load_gazetteer("belgium"),
        progress=progress,
        apart=_apart(),
    )
    findings.store(found)
    state.remember(PART, basis, {"change": last})
    return True


def _basis() -> str:
    """A fingerprint of what findings depend on beside the register's rows."""
    compared = State.objects.filter(part="clusters").values_list("digest", flat=True).first()
    return state.digest_of([__version__, _kinds(), compared])


@cache
def _kinds() -> list[str]:
    return sorted(kinds())


def _last_change() -> int:
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _touched(since: int) -> bool:
    """Whether a change after that one (an id) made, edited or dropped something looked at."""
    kept = History.objects.filter(ended__gt=since, kind__in=[kind_of(m) for m in LOOKED_AT])
    return kept.exists() or any(
        model._default_manager.filter(change__gt=since).exists() for model in LOOKED_AT
    )


def _records() -> Iterator[ListRecord]:
    """The records in the order in which they came in; of a row written twice the later writing."""
    rows = Record.objects.filter(replaced_by=None).order_by("pk")
    for row in rows.values_list("key", "fields", "extra", "file", "row").iterator(2000):
        yield ListRecord(*row)


def _sites() -> Iterator[dict[str, str]]:
    columns = ("municipality", "province", "kind", "persons_buried", "persons_unknown", "facts")
    for site in Site.objects.order_by("pk"):
        told = {column: getattr(site, column) for column in columns}
        point = {"latitude": site.latitude, "longitude": site.longitude}
        numbers = {name: "" if value is None else str(value) for name, value in point.items()}
        yield {"site_id": site.key, **told, **numbers}


def _links() -> Iterator[Pair]:
    """The pairs that the engine compared, and those that a decision says are one man."""
    compared = PairLink.objects.order_by("pk")
    for a, b, probability in compared.values_list("left__key", "right__key", "probability"):
        yield Pair(a, b, probability)
    for a, b in _decided("same"):
        yield Pair(a, b, 1.0)


def _apart() -> set[frozenset[str]]:
    return {frozenset(pair) for pair in _decided("different")}


def _decided(verdict: str) -> Iterator[tuple[str, str]]:
    links = RecordLink.objects.filter(decided=True, verdict=verdict).order_by("pk")
    yield from links.values_list("left__key", "right__key")
