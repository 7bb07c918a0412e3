"""What the work lists know of the register's records, for all at once, kept until it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from sexton.names import fold
from sexton.records import Record as ListRecord
from sexton.records.simulated import is_simulated
from sexton.web.cases.promise import TELLING
from sexton.web.register.burials.dead import LAID, LAYS
from sexton.web.register.findings import shown_beside
from sexton.web.register.models import (
    Finding,
    Image,
    Marking,
    Membership,
    Participant,
    Record,
    Site,
)
from sexton.web.research.facet_table import Column
from sexton.web.workbench.lists import kept
from sexton.web.workbench.lists.listing import column

AT_ONCE = 2_000
LAST = "\uffff"  # stands after every name


class Said(NamedTuple):
    """A record: what it is called, where it puts the man, what it states that matters here.

    ``folded`` is what a search looks into; ``replaced``, when a later list writes the row
    otherwise.
    """

    key: str
    name: str
    language: str
    folded: str
    named: bool
    site: int | None
    stated: tuple[str, ...]
    simulated: bool
    replaced: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside records: sites by id, who of them has a photograph, open findings."""

    sites: Mapping[int, Site]
    photographed: frozenset[int]
    findings: Mapping[int, int]


def _said() -> dict[int, Said]:
    later = Record.objects.filter(replaces__isnull=False)
    replaced = set(later.values_list("replaces", flat=True))
    columns = ("pk", "key", "fields", "is_named", "site")
    return {
        record.pk: _of(record, record.pk in replaced)
        for record in Record.objects.order_by().only(*columns).iterator(AT_ONCE)
    }


def _of(record: Record, replaced: bool) -> Said:
    fields, name = record.fields, record.name
    return Said(
        key=record.key,
        name=name,
        language=record.language,
        folded=fold(f"{name} {fields.get('other_names', '')} {record.key}"),
        named=record.is_named,
        site=record.site_id,
        stated=tuple(field for field in TELLING if fields.get(field)),
        simulated=is_simulated(ListRecord(record.key, fields, {}, "", 0)),
        replaced=replaced,
    )


def _beside() -> Beside:
    columns = ("key", "names", "municipality", "province")
    return Beside(
        sites=Site.objects.order_by().only(*columns).in_bulk(),
        photographed=frozenset(_photographed()),
        findings=_findings(),
    )


def _findings() -> Mapping[int, int]:
    """Record to the number of findings that are not said to be no fault."""
    through = Finding.records.through.objects.filter(finding__in=shown_beside())
    return Counter(through.values_list("record_id", flat=True))


def _photographed() -> set[int]:
    """Records of which there is an image: of the row itself, the man, his marker or his grave."""
    own = Image.objects.filter(record__isnull=False).values_list("record", flat=True)
    found = {pk for pk in own if pk is not None}
    graves = Image.objects.filter(grave__isnull=False).values("grave")
    marks = Marking.objects.filter(marker__images__isnull=False)
    laid = Participant.objects.filter(event__kind__in=LAID, role__in=LAYS)
    there = Q(event__grave__in=graves) | Q(event__grave__in=marks.values("grave"))
    men = (
        Q(person__in=Image.objects.filter(person__isnull=False).values("person"))
        | Q(person__in=marks.filter(person__isnull=False).values("person"))
        | Q(person__in=laid.filter(there).values("person"))
    )
    return found | set(Membership.objects.filter(men).values_list("record", flat=True))


def places(rows: Sequence[Said], beside: Beside) -> dict[str, Column]:
    """The facets of where records put their men."""
    sites, size = [beside.sites.get(row.site or 0) for row in rows], len(rows)
    return {
        "site": column(([site.key] if site else [] for site in sites), size),
        "commune": column(([s.municipality] if s and s.municipality else [] for s in sites), size),
        "province": column(([s.province] if s and s.province else [] for s in sites), size),
    }


def about(record: int, row: Said, beside: Beside) -> list[str]:
    """What else a record can be chosen by."""
    told = {
        "unnamed": not row.named,
        "photograph": record in beside.photographed,
        "finding": record in beside.findings,
        "simulated": row.simulated,
    }
    return [code for code, holds in told.items() if holds]


def orders(rows: Sequence[Said], beside: Beside) -> dict[str, Callable[[int], Any]]:
    """By name (those without one last), and by the name of the site."""
    names = {pk: str(site).casefold() for pk, site in beside.sites.items()}
    return {
        "site": lambda n: (names.get(rows[n].site or 0, LAST), rows[n].folded, n),
        "name": lambda n: (not rows[n].named, rows[n].folded, n),
    }


said: kept.Kept[dict[int, Said]] = kept.Kept(_said)
beside: kept.Kept[Beside] = kept.Kept(_beside)
