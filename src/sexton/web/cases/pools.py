"""The lists in which candidates are looked for: how large they are, and what is common in them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from sexton.evidence import Rules, Shares
from sexton.evidence.spellings import MODEL, Kind
from sexton.linkage.pools import ListPool
from sexton.linkage.shares import count_shares
from sexton.records import Record
from sexton.records.reading import read_person
from sexton.web.cases.models import Inquiry
from sexton.web.cases.naming import archive_of, as_list_record, of_record, record_key
from sexton.web.cases.rules import in_use
from sexton.web.cases.weighing import Pool
from sexton.web.register import models
from sexton.web.research.shelf import Opened, shelf


@dataclass(frozen=True, slots=True)
class Counted:
    """A list's records, and how common values are among them."""

    size: int
    shares: Shares


class RegisterList(ListPool):
    """The register's own records as a list: of a row written twice the later writing."""

    def __init__(self, records: Sequence[Record], buried: Collection[str]) -> None:
        """Reads them all. ``buried``: the ids of those that put a man into a grave."""
        super().__init__([read_person(record) for record in records])
        self.records = records
        self.graves = [person for person in self.people if person.id in buried]
        self.position = {record.id: at for at, record in enumerate(records)}
        self.counted = Counted(len(records), count_shares(self.people).of_one_list())


class _Kept:
    """The register's list, made anew when a record came or went. What is written in the course of a
    case changes the register, but no record of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[object, RegisterList] | None = None

    def __call__(self) -> RegisterList:
        now = _stamp()
        with self._lock:
            if self._made is None or self._made[0] != now:
                self._made = (now, RegisterList([*_records()], _buried()))
            return self._made[1]


class _Beside:
    """What is common in archives and in the graves of the register together, as a link of these
    with an archive counts it; counted anew when one of the two has changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Opened, RegisterList, Shares]] = {}

    def __call__(self, archive: str, opened: Opened) -> Shares:
        register = of_register()
        with self._lock:
            known = self._known.get(archive)
            if known is None or known[0] is not opened or known[1] is not register:
                shares = opened.search.pool.shares(register.graves)
                self._known[archive] = known = (opened, register, shares)
            return known[2]


def _stamp() -> object:
    """Another one after every change of the records. A number that was rolled back is given again,
    so the time of the newest change of one stands beside it."""
    told = models.Record.objects.aggregate(n=Count("pk"), last=Max("pk"), by=Max("change"))
    changed = models.Change.objects.filter(pk=told["by"]).values_list("at", flat=True).first()
    return (*told.values(), changed)


def _records() -> Iterable[Record]:
    found = models.Record.objects.filter(replaced_by=None).order_by("key")
    return map(as_list_record, found.iterator(2_000))


def _buried() -> set[str]:
    burials = models.Record.objects.filter(site__isnull=False)
    return set(burials.values_list("key", flat=True))


of_register = _Kept()
"""The register as a list to look for candidates in."""
beside_register = _Beside()
"""How common values are where graves of the register are looked up in an archive."""


def counted(pool: str) -> Counted:
    """What a list holds. Raises ``research.shelf.Trouble`` where an archive cannot be asked."""
    archive = archive_of(pool)
    if archive is None:
        return of_register().counted
    opened = shelf().open(archive)
    return Counted(len(opened.search.pool), beside_register(archive, opened))


def pool_of(inquiry: Inquiry, rules: Rules | None = None) -> Pool:
    """The list as it was asked, with what is common in it now, and the rules in use or given ones.

    Raises Trouble.
    """
    found = counted(inquiry.pool)
    men = None if archive_of(inquiry.pool) else men_of_register(inquiry)
    return Pool(
        inquiry.size, found.shares, inquiry.coverage, rules or in_use(), inquiry.rest,
        inquiry.shift, men, ToldSpellings(inquiry.spellings),
    )  # fmt: skip


def men_of_register(inquiry: Inquiry) -> dict[str, str]:
    """Of the candidates from the register the person of each, by the name of the candidate."""
    names = inquiry.case.candidates.filter(pool=inquiry.pool).values_list("name", flat=True)
    keys = [key for name in names if (key := record_key(name))]
    members = models.Membership.objects.filter(record__key__in=keys)
    return {of_record(key): man for key, man in members.values_list("record__key", "person__key")}


class ToldSpellings:
    """Bits of pairs of names as a list told them when it was searched; else those of the model."""

    def __init__(self, told: Iterable[Sequence[Any]]) -> None:
        """``told``: kind, the two names, bits; as JSON has them."""
        self._told = {(kind, left, right): float(bits) for kind, left, right, bits in told}

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for ``left`` and ``right`` being one name."""
        known = self._told.get((kind, left, right))
        return MODEL.bits(kind, left, right) if known is None else known
