"""Whom somebody may decide on, and what of it is kept from who has not judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sexton.web.cases.judging import sees_evidence
from sexton.web.cases.models import Candidate, Case
from sexton.web.cases.naming import archive_row, record_key
from sexton.web.register.models.records import written_name
from sexton.web.research.archives import may_search


@dataclass(frozen=True, slots=True)
class Man:
    """A candidate as a page names him: his name as his row writes it ("" where it is not known),
    where he stands, and the page of his row."""

    name: str
    written: str
    archive: str
    address: str
    simulated: bool

    @property
    def key(self) -> str:
        """The key of his record; "" for a row of an archive."""
        return record_key(self.name) or ""


def man(candidate: str, fields: dict[str, str] | None = None, simulated: bool = False) -> Man:
    """A candidate by his name, with what his row says, where that is known."""
    row, key = archive_row(candidate), record_key(candidate)
    address = reverse("record", args=[key]) if key else ""
    if row is not None:
        address = reverse("archive-record", args=row)
    return Man(
        candidate, written_name(fields or {}), row.archive if row else "", address, simulated
    )


def offered(case: Case, user: Any) -> list[Man]:
    """The candidates that ``user`` may see, the likeliest of each list first."""
    return [
        man(one.name, one.fields, one.simulated)
        for one in Candidate.objects.filter(case=case).exclude(name="")
        if may_see(user, one.name)
    ]


def may_see(user: Any, candidate: str) -> bool:
    """Whether ``user`` may be told of a candidate: archives are for who may search them."""
    return not candidate.startswith("archive:") or may_search(user)


def is_blind(case: Case, candidate: str, user: Any) -> bool:
    """Whether ``user`` has neither judged a candidate nor seen the evidence on him: until then
    what others judged is kept from him, so that he can judge by himself."""
    if not candidate:
        return False
    return not sees_evidence(case, candidate, user.get_username())
