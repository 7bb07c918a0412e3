"""Which records are one man: by decisions first, then by what the engine holds likely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from sexton.disjoint import DisjointSets
from sexton.web.register.models import PairLink, Record, RecordLink

LIKELY = 0.5


class Components:
    """Records (by id) in groups; two of whom a decision says that they are two are never joined."""

    def __init__(self) -> None:
        self._sets = DisjointSets()
        self._apart: set[frozenset[int]] = set()

    @classmethod
    def of(cls, records: Sequence[Record], engine: bool = True) -> Components:
        """Groups by decisions and further writings of a row; by likely pairs too, if asked."""
        made = cls()
        ids = [record.pk for record in records]
        known = set(ids)
        decided = RecordLink.objects.filter(decided=True).order_by("pk")
        said = decided.values_list("left_id", "right_id", "verdict")
        pairs = [pair for pair in said if known.issuperset(pair[:2])]
        made._apart = {frozenset((a, b)) for a, b, verdict in pairs if verdict == "different"}
        made.join((a, b) for a, b, verdict in pairs if verdict == "same")
        made.join((r.replaces_id, r.pk) for r in records if r.replaces_id in known)
        if engine:
            made.join(_likely(ids))
        return made

    @staticmethod
    def pairs(links: QuerySet[RecordLink], a: int, b: int) -> QuerySet[RecordLink]:
        """The links between two records, whichever stands first."""
        return links.filter(Q(left=a, right=b) | Q(left=b, right=a))

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join pairs, in their order, where no decision keeps their groups apart."""
        for a, b in pairs:
            first, second = self.find(a), self.find(b)
            if first != second and not self._kept_apart(first, second):
                self._sets.join(first, second)

    def find(self, record: int) -> int:
        """The record that stands for the group."""
        return self._sets.find(record)

    def parts(self, records: Iterable[int]) -> bool:
        """Whether a decision says of two of these records that they are two men."""
        known = set(records)
        return any(pair <= known for pair in self._apart)

    def groups(self, records: Sequence[Record]) -> list[list[Record]]:
        """The records by group, each group and all groups in the order of ``records``."""
        found: dict[int, list[Record]] = {}
        for record in records:
            found.setdefault(self.find(record.pk), []).append(record)
        return list(found.values())

    def _kept_apart(self, first: int, second: int) -> bool:
        return any(
            {self.find(record) for record in pair} == {first, second} for pair in self._apart
        )


def by_decisions(groups: Iterable[Sequence[Record]]) -> Iterator[list[Record]]:
    """The engine's groups, joined where decisions join, and parted where they part.

    A group in which decisions part two falls into those whom decisions or likely pairs join.
    """
    listed = [list(group) for group in groups]
    everything = [record for group in listed for record in group]
    decided = RecordLink.objects.filter(decided=True)
    if not decided.exists():
        yield from listed
        return
    made = Components.of(everything, engine=False)
    for group in listed:
        ids = [record.pk for record in group]
        if made.parts(ids):
            made.join(_likely(ids))
        else:
            made.join((ids[0], other) for other in ids[1:])
    yield from made.groups(everything)


def _likely(ids: Sequence[int]) -> QuerySet[Any, tuple[int, int]]:
    """The pairs among these records that the engine holds likely, the likeliest first."""
    likely = PairLink.objects.filter(probability__gt=LIKELY, left__in=ids, right__in=ids)
    return likely.order_by("-probability", "pk").values_list("left_id", "right_id")
