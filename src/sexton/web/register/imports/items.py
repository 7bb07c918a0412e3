"""What an import would do, row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sexton.messages import Message
from sexton.records import Problem

NEW, SAME, CHANGED, CONFLICTING, BREAKS = "new", "same", "changed", "conflicting", "breaks"
WAITING = "waiting"
VERDICTS = (NEW, SAME, CHANGED, WAITING, CONFLICTING, BREAKS)
REFUSED = frozenset({CONFLICTING, BREAKS})


@dataclass(frozen=True, slots=True)
class Item:
    """One row: of which table, by which key, the verdict, and in a sentence why.

    Rows that say what the register says already are only counted, not listed.
    """

    table: str
    key: str
    verdict: str
    message: Message | None = None

    def as_dict(self) -> dict[str, object]:
        told = self.message.as_dict() if self.message else None
        return {"table": self.table, "key": self.key, "verdict": self.verdict, "message": told}


@dataclass(slots=True)
class Preview:
    """What a batch would do: counts by table and verdict; rows that are not plainly new or same.

    ``known`` is the number of the batch in which the same files were taken in before.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: int | None = None

    def add(self, item: Item) -> None:
        self.count(item.table, item.verdict)
        if item.message is not None:
            self.items.append(item)

    def count(self, table: str, verdict: str, number: int = 1) -> None:
        self.counts.setdefault(table, Counter())[verdict] += number

    def total(self, verdict: str) -> int:
        return sum(counts[verdict] for counts in self.counts.values())

    @property
    def refused(self) -> list[Item]:
        """Rows for which somebody must decide before the batch can be applied."""
        return [item for item in self.items if item.verdict in REFUSED]

    def as_dict(self) -> dict[str, object]:
        return {
            "counts": {table: dict(counts) for table, counts in self.counts.items()},
            "items": [item.as_dict() for item in self.items],
            "problems": [problem.as_dict() for problem in self.problems],
            "known_batch": self.known,
        }
