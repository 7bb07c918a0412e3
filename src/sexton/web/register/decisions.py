"""Decisions on claims: which one pages show first, and which are disputed or disproven."""

from __future__ import annotations

from sexton.web.register.history import Door
from sexton.web.register.models import Claim, Membership
from sexton.web.register.models.claims import SUBJECTS


def prefer(door: Door, claim: Claim, reason: str) -> Claim:
    """Prefer a claim to the others on the same property of the same subject."""
    for other in rivals(claim):
        if other.preferred:
            kept = "" if other.state == "asserted" else other.reason
            door.edit(other, preferred=False, reason=kept)
    return door.edit(claim, preferred=True, reason=reason)


def judge(door: Door, claim: Claim, state: str, reason: str) -> Claim:
    """Say that a claim is ``disputed``, ``disproven`` or (again) ``asserted``, and why."""
    return door.edit(claim, state=state, reason=reason)


def rivals(claim: Claim) -> list[Claim]:
    """The other claims on the same property of the same subject."""
    same = Claim.objects.filter(property=claim.property).exclude(pk=claim.pk)
    if claim.record_id is not None:
        person = Membership.objects.filter(record=claim.record_id).values("person")
        return list(same.filter(record__membership__person__in=person))
    subject = {f"{name}_id": getattr(claim, f"{name}_id") for name in SUBJECTS}
    return list(same.filter(record=None, **subject))
