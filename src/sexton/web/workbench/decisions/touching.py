"""What a decision will touch, told before it is done: persons, pages, claims, files, partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sexton.records import COLUMNS
from sexton.web.cases import taking
from sexton.web.cases.ladder import DECIDED
from sexton.web.cases.models import Candidate, Case
from sexton.web.cases.plates import Plate
from sexton.web.cases.proofs import plate_of
from sexton.web.register import merging
from sexton.web.register.burials import care
from sexton.web.register.burials.care import Keeper
from sexton.web.register.models import Person, Record

JOINS, PARTS, NOTHING = "joins", "parts", "nothing"
# What a row says of where it is from stands beside nothing.
_OF_THE_ROW = frozenset({"id", "source", "language"})


@dataclass(frozen=True, slots=True)
class Beside:
    """A property of which both sides say something; it stands on one page then."""

    field: str
    here: list[str]
    there: str

    @property
    def differs(self) -> bool:
        return any(one.casefold() != self.there.casefold() for one in self.here)


@dataclass(slots=True)
class Touched:
    """What the step does to what the public sees: ``deed`` is ``joins``, ``parts`` or ``nothing``.

    ``taken_in``: the row of an archive becomes a record of the register; ``leaves``: the record
    that was taken in leaves it. ``standing`` counts what stands on the persons, by kind.
    """

    deed: str
    persons: list[Person] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    standing: dict[str, int] = field(default_factory=dict)
    claims: list[Beside] = field(default_factory=list)
    taken_in: bool = False
    leaves: bool = False
    plate: Plate | None = None
    keepers: list[Keeper] = field(default_factory=list)


def touched(case: Case, to: str, candidate: str, embargo: bool | None = None) -> Touched:
    """What would follow from a state (with its candidate), or from another embargo."""
    kept = case.embargo if embargo is None else embargo
    before = case.candidate if case.is_public else ""
    now = candidate if to in DECIDED and not kept else ""
    if now and now != before:
        return _joining(case, now)
    if before and before != now:
        return _parting(case, before)
    return Touched(NOTHING)


def _joining(case: Case, candidate: str) -> Touched:
    found = _between(case, taking.there(candidate), JOINS)
    row = Candidate.objects.filter(case=case, name=candidate).first()
    fields = row.fields if row else {}
    found.taken_in = taking.there(candidate) is None
    found.claims = list(_beside(_persons_rows(case), fields))
    found.plate = plate_of(case, candidate)
    return found


def _parting(case: Case, candidate: str) -> Touched:
    there = taking.there(candidate)
    found = _between(case, there, PARTS)
    found.leaves = candidate.startswith("archive:") and there is not None
    return found


def _between(case: Case, other: Record | None, deed: str) -> Touched:
    known = merging.affected(case.record, other or case.record)
    site = case.record.site
    keepers = list(care.of(site)) if site else []
    return Touched(deed, known.persons, known.records, known.standing, keepers=keepers)


def _persons_rows(case: Case) -> list[Mapping[str, str]]:
    rows = Record.objects.filter(membership__person__memberships__record=case.record)
    return [record.fields for record in rows.order_by("key")]


def _beside(rows: list[Mapping[str, str]], other: Mapping[str, str]) -> Iterator[Beside]:
    for column in COLUMNS:
        here = list(dict.fromkeys(row[column] for row in rows if row.get(column)))
        if column not in _OF_THE_ROW and here and other.get(column):
            yield Beside(column, here, other[column])
