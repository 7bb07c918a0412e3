"""Whom a list is linked with: another list in memory, or an archive on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sexton.evidence import PersonReading, Shares
from sexton.linkage.coding import CodedList, code_people
from sexton.linkage.shares import count_shares


class Pool(Protocol):
    """Persons that can be screened, and read one by one."""

    @property
    def coded(self) -> Sequence[CodedList]:
        """The persons as columns, list by list; positions go on from list to list."""

    def __len__(self) -> int:
        """How many persons there are."""

    def person(self, position: int) -> PersonReading:
        """The reading of the person at a position of the list."""

    def shares(self, left: Sequence[PersonReading]) -> Shares:
        """How common values are in this pool and in the list that it is linked with."""


class ListPool:
    """A list of readings."""

    def __init__(self, people: Sequence[PersonReading]) -> None:
        """Codes the people."""
        self.people = people
        self.coded = [code_people(people)]

    def __len__(self) -> int:
        return len(self.people)

    def person(self, position: int) -> PersonReading:
        """The reading at a position."""
        return self.people[position]

    def shares(self, left: Sequence[PersonReading]) -> Shares:
        """Counted in both lists; in one when a list is linked with itself."""
        return count_shares(left) if left is self.people else count_shares(left, self.people)
