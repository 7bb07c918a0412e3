"""The decisions on a case as they were made: with the evidence that was seen then, and no later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sexton.web.cases.models import Case, Decision
from sexton.web.register.models import Change
from sexton.web.workbench.decisions.seen import Man, is_blind, man, may_see


@dataclass(frozen=True, slots=True)
class Made:
    """A decision and what it was made upon. ``closed``: its evidence and the opinions are kept
    from the reader, who has not judged the candidate yet; ``unseen`` other candidates stand in
    archives that he may not search."""

    decision: Decision
    change: Change
    man: Man | None
    closed: bool
    evidence: list[dict[str, Any]]
    others: list[tuple[Man, float | None, float]]
    unseen: int

    @property
    def snapshot(self) -> dict[str, Any]:
        return self.decision.snapshot

    @property
    def total(self) -> float | None:
        """What the evidence came to, in bits: prior, fields, searches."""
        parts = [self.snapshot.get(name) for name in ("prior", "weight", "searched")]
        return sum(parts) if all(part is not None for part in parts) else None  # type: ignore[arg-type]

    @property
    def opinions(self) -> list[list[Any]]:
        return [] if self.closed else list(self.snapshot.get("opinions", ()))


def decisions(case: Case, user: Any) -> list[Made]:
    """All decisions on a case, the latest first, as far as ``user`` may see them."""
    rows = case.decisions.select_related("change").order_by("-pk")
    return [_made(case, row, user) for row in rows]


def _made(case: Case, row: Decision, user: Any) -> Made:
    snapshot = row.snapshot
    names: Mapping[str, str] = snapshot.get("names", {})
    seen = may_see(user, row.candidate)
    closed = not seen or is_blind(case, row.candidate, user)
    others = [(name, chance, bits) for name, chance, bits in snapshot.get("others", ()) if name]
    shown = [one for one in others if may_see(user, one[0]) and not closed]
    who = _man(row.candidate, names) if row.candidate and seen else None
    return Made(
        row, row.change, who, closed,
        [] if closed else _strongest(snapshot.get("evidence", ())),
        [(_man(name, names), chance, bits) for name, chance, bits in shown],
        0 if closed else len(others) - len(shown),
    )  # fmt: skip


def _man(name: str, names: Mapping[str, str]) -> Man:
    return man(name, {"name": names.get(name, "")})


def _strongest(evidence: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(evidence, key=lambda item: -abs(item["bits"]))
