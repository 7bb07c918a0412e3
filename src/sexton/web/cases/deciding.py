"""Decisions: a step on the ladder, with what it was made upon, and what it does to the register.

What the public sees follows from the register alone. So a decision that may be told joins the
records there, by a decided link, and one that is withdrawn, disputed or under embargo parts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sexton.web.cases import taking
from sexton.web.cases.judging import opinions_on
from sexton.web.cases.ladder import DECIDED, Standing, Step, check, found_state
from sexton.web.cases.models import Candidate, Case, Decision, NegativeSearch
from sexton.web.register import keys, merging
from sexton.web.register.history import Door, change
from sexton.web.register.models import Change, PersonName, Record
from sexton.web.register.models.records import written_name
from sexton.web.register.state import short_key

CONTRADICTS = -3.0
"""Bits from which on evidence against counts as an open contradiction: odds of one to eight."""
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
        searches=NegativeSearch.objects.filter(case=case, stands=True).count(),
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
        decision = door.add(_decision(case, step, case.state, candidate, upon))
        held = candidate if step.to in {*DECIDED, "disputed"} else ""
        _become(door, case, step.reason, state=step.to, candidate=held)
    keys.catch_up()
    return decision


def set_embargo(case: Case, by: str, reason: str) -> Change:
    """Keep the decision from the public, until the family is told. Raises Refused."""
    with change(by, reason) as door:
        case.refresh_from_db()
        _become(door, case, reason, embargo=True, embargo_reason=reason)
        return door.change


def lift_embargo(case: Case, by: str, reason: str) -> Change:
    """Let the public know what is decided. Raises Refused, AgainstDecision."""
    with change(by, reason) as door:
        case.refresh_from_db()
        _become(door, case, reason, embargo=False)
        lifted = door.change
    keys.catch_up()
    return lifted


def assign(case: Case, to: str, by: str, reason: str) -> Change:
    """Say who works on the case ("" for nobody). It keeps nobody else from it."""
    with change(by, reason) as door:
        case.refresh_from_db()
        door.edit(case, assignee=to)
        return door.change


def _become(door: Door, case: Case, reason: str, **values: object) -> None:
    """Give the case new values; the register shows whom the public may be told of, nobody else."""
    before = case.candidate if case.is_public else ""
    door.edit(case, **values)
    now = case.candidate if case.is_public else ""
    if before and before != now:
        taking.part(door, case, before)
    if now and now != before:
        taking.join(door, case, reason)
    elif now:
        _tell_why(door, case, reason)


def _tell_why(door: Door, case: Case, reason: str) -> None:
    """What was joined stays so, for the reason of the later decision."""
    found = taking.there(case.candidate)
    if found is not None:
        for link in merging.decided_between(case.record, found).filter(verdict="same"):
            door.edit(link, reason=reason)


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
        "prior": found.prior if found else None,
        "searched": found.searched if found else None,
        "fields": found.fields if found else {},
        "others": [[one.name, one.probability, one.weight] for one in others],
        "names": {one.name: written_name(one.fields) for one in case.candidates.all()},
        "none": dict(case.inquiries.values_list("pool", "none")),
        "opinions": [[one.reviewer, one.verdict, one.blind] for one in upon.opinions],
        "clues": list(case.clues.filter(stands=True).values_list("field", "value", "citation")),
        "searches": list(case.searches.filter(stands=True).values_list("where", "asked", "share")),
    }
