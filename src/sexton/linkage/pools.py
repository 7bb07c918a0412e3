"""Whom a list is linked with: another list in memory, or an archive on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import Protocol

from sexton.evidence import PersonReading, Rules, Shares
from sexton.linkage.beginnings import Beginnings, beginnings_of
from sexton.linkage.coding import CodedList, code_people
from sexton.linkage.model import Progress
from sexton.linkage.screening.screen import Scratches, Screened, screen
from sexton.linkage.screening.spelt import Search
from sexton.linkage.shares import beside, count_shares, counts_of


class Screener(Protocol):
    """Screens one pool again and again; see :func:`sexton.linkage.screening.screen.screen`."""

    def __call__(
        self,
        people: Sequence[PersonReading],
        *,
        shares: Shares,
        rules: Rules,
        prior: float,
        most: int,
        progress: Progress | None,
        within: bool,
        search: Search,
    ) -> Screened:
        """The ``most`` likeliest persons of the pool for each of ``people``."""


def screener_of(archive: Sequence[CodedList]) -> Screener:
    """Screens lists that are in this machine's memory, or mapped into it."""
    return partial(screen, archive=archive, scratches=[Scratches(coded) for coded in archive])


class Pool(Protocol):
    """Persons that can be screened, and read one by one."""

    @property
    def coded(self) -> Sequence[CodedList]:
        """The persons as columns, list by list; positions go on from list to list."""

    def __len__(self) -> int:
        """How many persons there are."""

    def person(self, position: int) -> PersonReading:
        """The reading of the person at a position of the list."""

    def read(self, positions: Iterable[int]) -> None:
        """Read some persons together, which may take less time than one by one."""

    def beginnings(self, positions: Iterable[int]) -> dict[int, Beginnings]:
        """How the names of some persons begin, which takes less time than to read them."""

    def nameless(self, *, born: bool) -> Pool:
        """The same persons, of whom perhaps only that is read which graves without a name tell:
        their births, if those are ``born``."""

    def shares(self, left: Sequence[PersonReading]) -> Shares:
        """How common values are in this pool and in the list that it is linked with."""

    def screener(self) -> Screener:
        """Finds who of this pool is worth weighing; it may keep memory as long as it is held."""


class ListPool:
    """A list of readings."""

    def __init__(self, people: Sequence[PersonReading]) -> None:
        """Codes the people, when they are first screened."""
        self.people = people

    @cached_property
    def coded(self) -> Sequence[CodedList]:
        """The persons as columns."""
        return [code_people(self.people)]

    def __len__(self) -> int:
        return len(self.people)

    def person(self, position: int) -> PersonReading:
        """The reading at a position."""
        return self.people[position]

    def read(self, positions: Iterable[int]) -> None:
        """Nothing to do: all are read."""

    def beginnings(self, positions: Iterable[int]) -> dict[int, Beginnings]:
        """How the names of some persons begin."""
        return {position: beginnings_of(self.people[position]) for position in positions}

    def nameless(self, *, born: bool) -> ListPool:
        """The list itself: it is read."""
        return self

    def shares(self, left: Sequence[PersonReading]) -> Shares:
        """Counted in both lists; in one when a list is linked with itself."""
        if left is self.people:
            return count_shares(left).of_one_list()
        return beside(count_shares(left, self.people), left, counts_of(self.people))

    def screener(self) -> Screener:
        """Of the list in memory."""
        return screener_of(self.coded)
