"""Persons of a simulated archive, one by one: nobody in it has lived, and every row says so."""

from __future__ import annotations

from collections.abc import Iterator

from sexton.simulate.archive import Progress, simulate_archive, without_truth
from sexton.simulate.calendar import birth_year_shares
from sexton.simulate.documents import COLUMNS
from sexton.simulate.names import NameCounts
from sexton.simulate.rates import PLAIN, Shares

__all__ = ["COLUMNS", "Person", "birth_year_shares", "simulate_people"]

Person = dict[str, str]


def simulate_people(
    count: int,
    seed: int = 1,
    shares: Shares | None = None,
    names: NameCounts | None = None,
    progress: Progress | None = None,
) -> Iterator[Person]:
    """``count`` persons, one by one, as rows of a person list; the same for the same arguments.

    For small lists; `simulate_archive` makes millions. Without ``shares`` every man has one
    faultless row (`PLAIN`). Raises MissingNames when the counts of names are not there.
    """
    for batch in simulate_archive(count, seed, shares or PLAIN, names, progress):
        yield from without_truth(batch).to_pylist()
