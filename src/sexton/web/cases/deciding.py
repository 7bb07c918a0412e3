"""Decisions: a step on the ladder, with what it was made upon, and what it does to the register.

What the public sees follows from the register alone. So a decision that may be told joins the
records there, by a decided link, and one that is withdrawn, disputed or under embargo parts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sexton.messages import N_, Message
from sexton.web.cases.judging import opinions_on
from sexton.web.cases.ladder import DECIDED, Refused, Standing, Step, check, found_state
from sexton.web.cases.models import Candidate, Case, Decision, NegativeSearch
from sexton.web.cases.naming import record_key
from sexton.web.register import merging
from sexton.web.register.history import Door, change
from sexton.web.register.models import Change, PersonName, Record, RecordLink
from sexton.web.register.state import short_key

CONTRADICTS = -3.0
"""Bits from which on evidence against counts as an open contradiction: odds of one to eight."""
OF_THE_REGISTER = N_("He stands in an archive, not in the register: take his record into it first.")
OPENED = "a case was opened"


def open_case(record: Record, by: str, reason: str = OPENED) -> Case:
    """The case of a record; one that is there already stays as it is."""
    with change(by, reason) as door:
        known = Case.objects.filter(record=record).first()
        if known is not None:
            return known
        state = found_state(record.is_named, record.pk in restored_among([record]), 0)
        return door.add(Case(key=short_key("case", record.key), record=record, state=state))


def open_cases(records: Sequence[Record], by: str, reason: str = OPENED) -> list[Case]:
    """The cases of many records as one change; for records that have one already none is made."""
    with change(by, reason) as door:
        known = set(Case.objects.filter(record__in=records).values_list("record", flat=True))
        restored = restored_among(records)
        fresh = [
            Case(
                key=short_key("case", record.key), record=record,
                state=found_state(record.is_named, record.pk in restored, 0),
            )
            for record in records
            if record.pk not in known
        ]  # fmt: skip
        return list(door.add_many(fresh))


def restored_among(records: Iterable[Record]) -> set[int]:
    """Those records (by id) whose man's real name is restored."""
    names = PersonName.objects.filter(kind="restored", person__memberships__record__in=records)
    found = names.exclude(basis="conjecture").values_list("person__memberships__record", flat=True)
    return set(found)


def standing(case: Case, candidate: str) -> Standing:
    """All that a decision on a case is made upon."""
    found = Candidate.objects.filter(case=case, name=candidate).first()
    return Standing(
        state=case.state,
        candidate=candidate,
        opinions=opinions_on(case, candidate),
        contradictions=contradictions(found.evidence) if found else [],
        documents=case.clues.filter(stands=True).count(),
        searches=NegativeSearch.objects.filter(case=case).count(),
        decided_for=case.candidate if case.state in DECIDED else "",
    )


def contradictions(evidence: list[dict[str, Any]]) -> list[str]:
    """The fields that speak strongly against, with both values."""
    return [
        f"{item['field']}: {item['left']} / {item['right']}"
        for item in evidence
        if item["bits"] <= CONTRADICTS
    ]


def decide(case: Case, step: Step, by: str, candidate: str = "") -> Decision:
    """Take a step. Raises Refused with everything that stands in its way."""
    with change(by, step.reason.strip() or step.to) as door:
        case.refresh_from_db()
        candidate = candidate or case.candidate
        upon = standing(case, candidate)
        check(upon, step)
        before, was_public = case.state, case.is_public
        held = candidate if step.to in {*DECIDED, "disputed"} else ""
        decision = door.add(_decision(case, step, before, candidate, upon))
        if was_public:
            _part(door, case)
        door.edit(case, state=step.to, candidate=held)
        if case.is_public:
            _join(door, case, step.reason)
        return decision


def set_embargo(case: Case, by: str, reason: str) -> Change:
    """Keep the decision from the public, until the family is told."""
    with change(by, reason) as door:
        case.refresh_from_db()
        if case.is_public:
            _part(door, case)
        door.edit(case, embargo=True, embargo_reason=reason)
        return door.change


def lift_embargo(case: Case, by: str, reason: str) -> Change:
    """Let the public know what is decided."""
    with change(by, reason) as door:
        case.refresh_from_db()
        door.edit(case, embargo=False)
        if case.is_public:
            _join(door, case, reason)
        return door.change


def _decision(case: Case, step: Step, before: str, candidate: str, upon: Standing) -> Decision:
    found = Candidate.objects.filter(case=case, name=candidate).first()
    return Decision(
        case=case, step=step.to, before=before, candidate=candidate, reason=step.reason.strip(),
        body=step.body.strip(), forensic=step.forensic.strip(),
        snapshot=_snapshot(case, candidate, found, upon), rules=found.rules if found else "",
    )  # fmt: skip


def _snapshot(
    case: Case, candidate: str, found: Candidate | None, upon: Standing
) -> dict[str, Any]:
    """The evidence as it stood, so that what is decided can be contested as it was decided."""
    others = Candidate.objects.filter(case=case).exclude(name=candidate).order_by("rank")
    return {
        "evidence": found.evidence if found else [],
        "weight": found.weight if found else None,
        "probability": found.probability if found else None,
        "fields": found.fields if found else {},
        "others": [[one.name, one.probability, one.weight] for one in others],
        "opinions": [[one.reviewer, one.verdict, one.blind] for one in upon.opinions],
        "clues": list(case.clues.filter(stands=True).values_list("field", "value", "citation")),
        "searches": list(case.searches.values_list("where", "asked", "share")),
    }


def _record_of(candidate: str) -> Record:
    key = record_key(candidate)
    record = Record.objects.filter(key=key).first() if key else None
    if record is None:
        raise Refused([Message(OF_THE_REGISTER)])
    return record


def _join(door: Door, case: Case, reason: str) -> None:
    merging.accept_within(door, case.record, _record_of(case.candidate), reason)


def _part(door: Door, case: Case) -> None:
    pair = (case.record, _record_of(case.candidate))
    for left, right in (pair, pair[::-1]):
        for link in RecordLink.objects.filter(left=left, right=right, decided=True):
            merging.withdraw_within(door, link)
