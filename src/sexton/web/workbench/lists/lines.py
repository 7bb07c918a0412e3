"""The rows of a page of a work list, as they are shown and as they go into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from sexton.web.cases.naming import REGISTER
from sexton.web.cases.promise import Promise
from sexton.web.register.models import Site
from sexton.web.workbench.lists import words
from sexton.web.workbench.lists.cases import Common
from sexton.web.workbench.lists.listing import Listing
from sexton.web.workbench.lists.records import Beside, Said
from sexton.web.workbench.lists.waiting import WAITING
from sexton.web.workbench.lists.without import Everyone

COLUMNS = (
    "case", "record", "name", "state", "site", "commune", "province", "assignee", "opened",
    "last_happened", "outlook", "why", "waits_for", "candidates_in_register",
    "candidates_in_archives", "simulated_candidates", "findings",
)  # fmt: skip
RECORD_COLUMNS = ("record", "name", "site", "commune", "province", "outlook", "why", "findings")


@dataclass(frozen=True, slots=True)
class Line:
    """A record: what it says, where it is, how near to being solved and why."""

    said: Said
    site: Site | None
    grade: str
    outlook: Any
    reasons: Sequence[str]
    photographed: bool
    findings: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with the line of its record: its candidates by number, ``hidden`` those that the
    reader may not see; what it waits for."""

    line: Line
    key: str
    state: str
    assignee: str
    opened: datetime
    last: datetime
    waits: Sequence[str]
    in_register: int
    in_archives: int
    simulated: int
    hidden: int

    @property
    def waits_for(self) -> list[Any]:
        return [words.WAITS[code] for code in WAITING if code in self.waits and code != "quiet"]


def case_lines(
    known: Common, promises: Sequence[Promise], found: Listing, rows: Sequence[int]
) -> Iterator[CaseLine]:
    """The lines of these rows (numbers)."""
    waiting = found.columns["waiting"]
    for n in rows:
        case, lists = known.cases[n], known.lists[n]
        codes = waiting.codes[waiting.starts[n] : waiting.starts[n + 1]].tolist()
        here = sum(one.given for one in lists if one.pool == REGISTER)
        yield CaseLine(
            line=_line(case.record, known.said[n], known.beside, promises[n]),
            key=case.key,
            state=case.state,
            assignee=case.assignee,
            opened=case.opened,
            last=case.last,
            waits=[waiting.values[code] for code in codes if code],
            in_register=here,
            in_archives=sum(one.given for one in lists) - here,
            simulated=sum(one.simulated for one in lists),
            hidden=known.hidden[n],
        )


def record_lines(known: Everyone, rows: Sequence[int]) -> Iterator[Line]:
    for n in rows:
        yield _line(known.ids[n], known.said[n], known.beside, known.promises[n])


def _line(record: int, said: Said, beside: Beside, told: Promise) -> Line:
    return Line(
        said=said,
        site=beside.sites.get(said.site or 0),
        grade=told.grade,
        outlook=words.OUTLOOKS[told.grade],
        reasons=[words.reason(message) for message in told.reasons],
        photographed=record in beside.photographed,
        findings=beside.findings.get(record, 0),
    )


def case_cells(case: CaseLine) -> list[object]:
    """A case as a row of ``COLUMNS``."""
    line = case.line
    return [
        case.key,
        line.said.key,
        line.said.name,
        case.state,
        *_place(line.site),
        case.assignee,
        timezone.localdate(case.opened).isoformat(),
        timezone.localdate(case.last).isoformat(),
        line.grade,
        " ".join(line.reasons),
        "; ".join(case.waits),
        case.in_register,
        case.in_archives,
        case.simulated,
        line.findings,
    ]


def record_cells(line: Line) -> list[object]:
    """A record as a row of ``RECORD_COLUMNS``."""
    place, said = _place(line.site), line.said
    return [said.key, said.name, *place, line.grade, " ".join(line.reasons), line.findings]


def _place(site: Site | None) -> tuple[str, str, str]:
    return (site.key, site.municipality, site.province) if site else ("", "", "")
