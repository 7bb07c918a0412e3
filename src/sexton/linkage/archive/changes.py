"""What has changed between two answers to the same graves, and mainly why.

An archive that grows changes rankings in three ways: a new record is itself a candidate, it stands
beside an old one and takes of his probability, or what it adds to the counts makes names more or
less common, so that the same evidence weighs otherwise. Which of them a change is due to is told by
what each of them alone would have done to the probabilities.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp2
from typing import NamedTuple

LEAST = 0.05
"""Probabilities that moved by less are not told."""

# Evidence that moved by fewer bits is the same.
_SAME_BITS = 0.02
NONE = ""
"""The id of "none of these"."""

FIRST, ENTERED, LEFT, MOVED = "first", "entered", "left", "moved"
NEW, BESIDE, EVIDENCE, REMOVED, OTHERS = (
    "new record",
    "new record beside",
    "evidence",
    "record removed",
    "other",
)


class Ranked(NamedTuple):
    """One row of an answer; ``evidence`` is the JSON of its fields."""

    right_id: str
    rank: int
    probability: float
    weight: float
    evidence: str


Links = Mapping[str, Sequence[Ranked]]
"""Rows of answers by the id of the left record."""


class Change(NamedTuple):
    """What has changed about one candidate of one grave; None where he was, or is, no candidate.

    ``change`` is ``first`` (he stands first now and did not), ``entered``, ``left`` or ``moved``;
    ``cause`` what it is mainly due to, which ``why`` says in words.
    """

    left_id: str
    right_id: str
    change: str
    cause: str
    rank_before: int | None
    rank_after: int | None
    probability_before: float | None
    probability_after: float | None
    weight_before: float | None
    weight_after: float | None
    why: str


COLUMNS = Change._fields


@dataclass(frozen=True)
class Origin:
    """Which list of the archive each candidate is of, and which lists the archive has since."""

    lists: Mapping[str, str]
    added: Collection[str]

    def is_new(self, right_id: str) -> bool:
        """Whether the record came with a list that was added since."""
        return self.lists.get(right_id) in self.added

    def is_gone(self, right_id: str) -> bool:
        """Whether the archive has the record no longer."""
        return right_id != NONE and right_id not in self.lists


def compare_links(
    before: Links, after: Links, origin: Origin, least: float = LEAST
) -> Iterator[Change]:
    """The candidates whose place or probability changed, grave by grave, the first one first.

    Who enters or leaves a ranking is told if he has, or had, a probability of ``least``; who stays
    if it moved by as much; another first one is always told.
    """
    for left_id in dict.fromkeys((*after, *before)):
        grave = _Grave(before.get(left_id, ()), after.get(left_id, ()), origin)
        yield from (change._replace(left_id=left_id) for change in grave.changes(least))


class _Grave:
    """The two answers to one grave."""

    def __init__(self, before: Sequence[Ranked], after: Sequence[Ranked], origin: Origin) -> None:
        self._before = {row.right_id: row for row in before}
        self._after = {row.right_id: row for row in after}
        self._origin = origin
        self._first = {min(rows, key=lambda row: row.rank).right_id for rows in (after,) if rows}
        self._was_first = {
            min(rows, key=lambda row: row.rank).right_id for rows in (before,) if rows
        }

    def changes(self, least: float) -> Iterator[Change]:
        """What changed, in the order of the later answer."""
        by_evidence: dict[str, float] | None = None
        for right_id in dict.fromkeys((*self._after, *self._before)):
            change = self._kind(right_id, least)
            if change:
                if by_evidence is None:
                    by_evidence = self._by_evidence_alone()
                yield self._told(right_id, change, by_evidence)

    def _kind(self, right_id: str, least: float) -> str | None:
        before, after = self._before.get(right_id), self._after.get(right_id)
        if right_id in self._first - self._was_first:
            return FIRST
        if before and after:
            return MOVED if abs(after.probability - before.probability) >= least else None
        there = before or after
        if there is None or there.probability < least:
            return None
        return ENTERED if after else LEFT

    def _by_evidence_alone(self) -> dict[str, float]:
        """The probabilities that the old candidates would have if nothing but what their evidence
        weighs had changed. Roughly, where several records are one man's."""
        moved = {
            right_id: row.probability * exp2(min(self._weight_moved(right_id), 60.0))
            for right_id, row in self._before.items()
        }
        gained = sum(moved.values()) - sum(row.probability for row in self._before.values())
        total = max(1.0 + gained, *moved.values(), 1e-9)
        return {right_id: odds / total for right_id, odds in moved.items()}

    def _weight_moved(self, right_id: str) -> float:
        before, after = self._before.get(right_id), self._after.get(right_id)
        return after.weight - before.weight if before and after else 0.0

    def _told(self, right_id: str, change: str, by_evidence: Mapping[str, float]) -> Change:
        before, after = self._before.get(right_id), self._after.get(right_id)
        cause, why = self._cause(right_id, by_evidence)
        return Change(
            "",
            right_id,
            change,
            cause,
            before.rank if before else None,
            after.rank if after else None,
            before.probability if before else None,
            after.probability if after else None,
            before.weight if before else None,
            after.weight if after else None,
            why,
        )

    def _cause(self, right_id: str, by_evidence: Mapping[str, float]) -> tuple[str, str]:
        if right_id in self._after and self._origin.is_new(right_id):
            return NEW, f"A record of {self._origin.lists[right_id]}, which was added."
        if self._origin.is_gone(right_id):
            return REMOVED, "The archive has the record no longer."
        before, after = self._before.get(right_id), self._after.get(right_id)
        was, now = (row.probability if row else 0.0 for row in (before, after))
        moved = now - was
        alone = by_evidence.get(right_id, 0.0) - was
        if before and after and alone * moved > 0 and abs(alone) >= abs(moved) / 2:
            return EVIDENCE, self._why_evidence(right_id)
        beside = self._new_beside(right_id)
        if beside and sum(row.probability for row in beside) >= abs(moved) / 2:
            best = beside[0]
            return BESIDE, f"{best.right_id}, a new record, has {best.probability:.3f}."
        gone = [row for row in self._before.values() if self._origin.is_gone(row.right_id)]
        if sum(row.probability for row in gone) >= max(moved, LEAST) / 2:
            return REMOVED, f"{gone[0].right_id}, which had {gone[0].probability:.3f}, is gone."
        return OTHERS, (
            "Nothing of the kind: other graves claim the same men, or the archive has grown."
        )

    def _new_beside(self, right_id: str) -> list[Ranked]:
        new = [
            row
            for row in self._after.values()
            if row.right_id != right_id and self._origin.is_new(row.right_id)
        ]
        return sorted(new, key=lambda row: -row.probability)

    def _why_evidence(self, right_id: str) -> str:
        """The fields whose bits moved; for "none of these" that those of the others did."""
        if right_id == NONE:
            return "What speaks for the candidates weighs otherwise: names are more or less common."
        before, after = (_bits(rows[right_id].evidence) for rows in (self._before, self._after))
        moved = {name: after.get(name, 0.0) - before.get(name, 0.0) for name in {**before, **after}}
        told = [
            f"{name.replace('_', ' ')} {bits:+.1f}"
            for name, bits in sorted(moved.items(), key=lambda item: -abs(item[1]))
            if abs(bits) > _SAME_BITS
        ]
        fields = ", ".join(told) or "of the other candidates"
        return f"The evidence weighs otherwise, as values are more or less common: {fields} bits."


def _bits(evidence: str) -> dict[str, float]:
    """The bits of each field."""
    found: dict[str, float] = defaultdict(float)
    for item in json.loads(evidence or "[]"):
        found[item["field"]] += float(item["bits"])
    return found
