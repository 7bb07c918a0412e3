"""Clues and searches without result: what they would change, and writing them.

Each of them is one change of the register; after it all candidates of the case are weighed again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sexton.records import Record
from sexton.web.cases.comparing import Moved, moves
from sexton.web.cases.models import Case, Clue, Inquiry, NegativeSearch
from sexton.web.cases.naming import as_list_record
from sexton.web.cases.pools import pool_of
from sexton.web.cases.refreshing import failed_of, row_of, rows_of, weigh_again
from sexton.web.cases.weighing import Failed, Ranking, rank, with_clues
from sexton.web.register.history import Door, change
from sexton.web.register.models import Source
from sexton.web.research.shelf import Trouble

STANDS_AGAIN = "it stands again"


@dataclass(frozen=True, slots=True)
class Told:
    """A clue as it is to be written."""

    field: str
    value: str
    source: Source | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A search without result as it is to be written."""

    where: str
    asked: str
    share: float
    candidate: str = ""
    searched_on: date | None = None
    source: Source | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a list says now and would say; ``trouble`` where it cannot be asked, then nothing."""

    inquiry: Inquiry
    before: Ranking | None = None
    after: Ranking | None = None
    trouble: str = ""
    moved: list[Moved] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the man of a case: his row with clues, the searches without result."""

    row: Record
    failed: list[Failed]


def known_of(case: Case) -> Known:
    """What is known now."""
    return Known(row_of(case), failed_of(case))


def with_clue(case: Case, clue: Told) -> Known:
    """What would be known with one clue more."""
    known = known_of(case)
    return Known(with_clues(known.row, [(clue.field, clue.value)]), known.failed)


def without(case: Case, row: Clue | NegativeSearch) -> Known:
    """What would be known without a clue or a search that stands."""
    if isinstance(row, NegativeSearch):
        rest = case.searches.filter(stands=True).exclude(pk=row.pk)
        return Known(row_of(case), [Failed(one.share, one.candidate) for one in rest])
    clues = case.clues.filter(stands=True).exclude(pk=row.pk).values_list("field", "value")
    return Known(with_clues(as_list_record(case.record), clues), failed_of(case))


def with_search(case: Case, sought: Sought) -> Known:
    """What would be known with one search without result more."""
    known = known_of(case)
    return Known(known.row, [*known.failed, Failed(sought.share, sought.candidate)])


def outlook(case: Case, would: Known) -> list[Outlook]:
    """What each list that was asked says now, and what it would say. Nothing is written."""
    now = known_of(case)
    return [_outlook(case, inquiry, now, would) for inquiry in case.inquiries.all()]


def _outlook(case: Case, inquiry: Inquiry, now: Known, would: Known) -> Outlook:
    inquiry.case = case
    try:
        pool = pool_of(inquiry)
    except Trouble as trouble:
        return Outlook(inquiry, trouble=trouble.kind)
    rows = rows_of(inquiry)
    before, after = (rank(known.row, rows, pool, known.failed) for known in (now, would))
    return Outlook(inquiry, before, after, moved=moves(before, after))


def add_clue(case: Case, told: Told, by: str, reason: str) -> Clue:
    """Write a clue and weigh again."""
    with change(by, reason) as door:
        clue = clue_within(door, case, told)
    weigh_again(case)
    return clue


def add_search(case: Case, sought: Sought, by: str, reason: str) -> NegativeSearch:
    """Write a search without result and weigh again."""
    with change(by, reason) as door:
        search = search_within(door, case, sought)
    weigh_again(case)
    return search


def clue_within(door: Door, case: Case, told: Told) -> Clue:
    """Write a clue within a change; whoever does so weighs again afterwards."""
    clue = Clue(case=case, field=told.field, value=told.value)
    clue.source, clue.citation = told.source, told.citation
    return door.add(clue)


def search_within(door: Door, case: Case, sought: Sought) -> NegativeSearch:
    """Write a search without result within a change."""
    return door.add(
        NegativeSearch(
            case=case, where=sought.where, asked=sought.asked, share=sought.share,
            candidate=sought.candidate, searched_on=sought.searched_on,
            source=sought.source, citation=sought.citation,
        )
    )  # fmt: skip


def drop(row: Clue | NegativeSearch, by: str, reason: str, seen: int | None = None) -> None:
    """A clue or a search stands no more, and ``reason`` says why. Raises history.Conflict."""
    with change(by, reason) as door:
        door.edit(row, seen=seen, stands=False, reason=reason)
    weigh_again(row.case)


def take_up(row: Clue | NegativeSearch, by: str, reason: str = "", seen: int | None = None) -> None:
    """A clue or a search that was dropped stands again. Raises history.Conflict."""
    with change(by, reason.strip() or STANDS_AGAIN) as door:
        door.edit(row, seen=seen, stands=True, reason="")
    weigh_again(row.case)
