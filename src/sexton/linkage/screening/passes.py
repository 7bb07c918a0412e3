"""Screening in two passes: quickly for all, with a deep search for those who are not found so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import pow
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading
from sexton.linkage.screening.screen import Screened
from sexton.linkage.screening.spelt import DEEP, QUICK, Search

SETTLED = 0.5
"""Who is "none of these" less probably than so, roughly, is not searched for again beside a million
records. Of 7,188 men of 8,441 simulated graves the deep search brings 77 among the first ten, two
of them where "none of these" stands between 0.1 and 0.3, and five between 0.3 and 0.55, which are a
fifth of the graves that would be searched for."""
SETTLED_LEAST = 0.1
"""The same beside ten million and more: of so many spellings the quick search sees a smaller part.
Between 0.1 and 0.3 stand 14 men of 7,123 beside ten million."""
# By which power of the size it falls from the one to the other.
_FALLS = 0.7

LED = 2.0
"""To whom other routes than the surname lead (:mod:`other_routes`) is searched for again only from
as many times that on: beside a million records where nobody at all was found. These are a third of
the graves that would be searched for again, and five of the 79 men whom the deep search brings."""

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Ints = NDArray[np.int64]
Screen = Callable[[Sequence[PersonReading], Search], Screened]
"""Screens some records, searching spellings as widely as told."""


class Found(NamedTuple):
    """The pairs worth weighing, as in :class:`Screened`; ``passes`` are the searches that found
    them, the deepest first."""

    left: Ints
    right: Ints
    bits: Floats
    rest: Floats
    looked: int
    passes: list[Screened]


def screen_once(people: Sequence[PersonReading], screen: Screen) -> Found:
    """All records searched for deeply: for short lists."""
    found = screen(people, DEEP)
    return Found(*found[:5], [found])


def screen_twice(
    people: Sequence[PersonReading],
    screen: Screen,
    prior: float,
    missed: float,
    size: int,
    led: Marks,
) -> Found:
    """Quickly for all, deeply for those who are not settled.

    ``prior`` is log2 of the odds, before evidence, that one given person is the man; ``missed`` the
    odds that he is in the archive and no route leads to him. Both against his not being there.
    ``size``: how many records the archive has. ``led``: to whom other routes than the surname lead.
    """
    quick = screen(people, QUICK)
    limits = settled_beside(size) * np.where(led, LED, 1.0)
    unsettled = np.flatnonzero(none_of_them(quick, prior, missed) >= limits)
    if not len(unsettled):
        return Found(*quick[:5], [quick])
    deep = screen([people[number] for number in unsettled.tolist()], DEEP)
    kept = ~np.isin(quick.left, unsettled)
    left = np.concatenate([quick.left[kept], unsettled[deep.left]])
    right = np.concatenate([quick.right[kept], deep.right])
    bits = np.concatenate([quick.bits[kept], deep.bits])
    rest = quick.rest.copy()
    rest[unsettled] = deep.rest
    return Found(left, right, bits, rest, quick.looked + deep.looked, [deep, quick])


def settled_beside(size: int) -> float:
    """The probability of "none of these" below which a record is not searched for again."""
    return max(SETTLED_LEAST, min(SETTLED, SETTLED * pow(1_000_000 / size, _FALLS)))


def none_of_them(found: Screened, prior: float, missed: float) -> Floats:
    """The rough probability of each record that nobody who was looked at is the man."""
    odds = np.bincount(found.left, np.exp2(found.bits + prior), minlength=len(found.rest))
    none: Floats = (1 + missed) / (1 + missed + odds + found.rest)
    return none
