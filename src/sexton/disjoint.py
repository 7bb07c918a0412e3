"""Disjoint sets (union-find): what pairs join, record by record."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class DisjointSets:
    """Disjoint sets of records, none larger than ``most``."""

    most: int = 1 << 60
    parent: dict[int, int] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)

    def find(self, record: int) -> int:
        """The record that stands for the set of ``record``."""
        parent = self.parent
        parent.setdefault(record, record)
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def join(self, a: int, b: int) -> bool:
        """Join two sets, unless they are one or would be too large; whether it was done."""
        a, b = sorted((self.find(a), self.find(b)))
        size = self.sizes.get(a, 1) + self.sizes.get(b, 1)
        if a == b or size > self.most:
            return False
        self.parent[b] = a
        self.sizes[a] = size
        return True
