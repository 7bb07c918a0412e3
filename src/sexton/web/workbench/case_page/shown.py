"""What the pages of a case and of a pair show, made ready for their templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sexton.web.cases.models import Case
from sexton.web.public.footnotes import Footnotes
from sexton.web.public.readings import of_record
from sexton.web.register import queries
from sexton.web.register.contact import CONTACT
from sexton.web.register.models import Site
from sexton.web.workbench.case_page.asking import Answer, ask
from sexton.web.workbench.case_page.candidates import Found, Shown, found_for
from sexton.web.workbench.case_page.facing import Side, side_by_side
from sexton.web.workbench.case_page.readings import cyrillic_readings, letters_of
from sexton.web.workbench.case_page.sides import candidate_side, own_side, site_names
from sexton.web.workbench.case_page.stones import stones_of
from sexton.web.workbench.case_page.whereabouts import whereabouts


def whole_case(case: Case, user: Any, asked_for: str = "") -> dict[str, Any]:
    """The page of a case. ``asked_for`` is a list of which somebody asks what it lacks."""
    record, found = case.record, found_for(case, user)
    stones = stones_of(record, user)
    return {
        "fields": of_record(record),
        "extra": sorted((n, text) for n, text in record.extra.items() if text and n not in CONTACT),
        "stones": stones,
        "foot": Footnotes(),
        "parts_read": cyrillic_readings(record),
        "words": letters_of(record),
        "clues": list(case.clues.filter(stands=True).select_related("change")),
        "found": found,
        "answer": _answer(case, found, asked_for),
        "site_names": _sites_in(found.everybody),
    }


def pair(case: Case, shown: Shown, found: Found, user: Any, beside: str = "") -> dict[str, Any]:
    """The page of a case and one of its candidates, with a second one beside him if asked for."""
    other = found.of(beside) if beside and beside != shown.candidate.name else None
    sides = sides_of(case, shown, other)
    sites = site_names(sides)
    return {
        "shown": shown,
        "beside": other,
        "others": [one for one in found.everybody if one is not shown],
        "list": next(told for told in found.lists if shown in told.candidates),
        "sides": sides,
        "rows": side_by_side(sides),
        "sites": sites,
        "site_names": sites | _sites_in([one for one in (shown, other) if one]),
        "stones": stones_of(case.record, user),
        "foot": Footnotes(),
        "where": whereabouts(sides, sites),
        "found": found,
    }


def sides_of(case: Case, shown: Shown, other: Shown | None = None) -> list[Side]:
    """The man of the case, a candidate and, if given, a second one."""
    sides = [own_side(case), shown.side]
    return [*sides, candidate_side(other.candidate, "C")] if other else sides


def _answer(case: Case, found: Found, pool: str) -> Answer | None:
    told = next((one for one in found.lists if one.inquiry.pool == pool), None)
    if told is None or not told.is_open or not told.candidates:
        return None
    told.inquiry.case = case
    return ask(told.inquiry)


def _sites_in(candidates: Sequence[Shown]) -> dict[str, Site]:
    """The sites that the evidence which is open names by their keys."""
    opened = [one for one in candidates if one.is_open]
    messages = [item["message"] for one in opened for item in one.candidate.evidence]
    return queries.site_names_in(messages, ())
