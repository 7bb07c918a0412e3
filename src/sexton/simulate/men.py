"""Blocks of simulated men: who they are and what happened to them, as arrays.

A block is drawn from (seed, block) alone, so any block can be drawn again: graves are made of the
same men as the archive, without keeping the men.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sexton.simulate.birthplaces import birth_places
from sexton.simulate.calendar import Days, Mask, draw_births, first_of_month, first_of_year
from sexton.simulate.fates import Fates, Numbers, draw_fates
from sexton.simulate.names import NameCounts
from sexton.simulate.peoples import PARTS, Cast, cast_of, people_names
from sexton.simulate.rates import Shares

BLOCK = 65_536
SMALLEST_BLOCK = 256
RANKS = ("красноармеец", "мл. сержант", "сержант", "ст. сержант", "лейтенант")
RANK_SHARES = (0.80, 0.07, 0.06, 0.02, 0.05)
# The streams of random numbers of a block.
_FATES, _PERSONS, DOCUMENTS, TYPIST, GRAVES = range(5)


@dataclass(frozen=True, slots=True)
class Persons:
    """Who the men of a block are: positions in the cast's names, in `birth_places`, days, ranks."""

    woman: Mask
    people: Numbers
    names: Mapping[str, Numbers]
    birth: Days
    place: Numbers
    rank: Numbers


@dataclass(frozen=True)
class World:
    """Everything that the men are drawn from; ``block_size`` men make a block."""

    seed: int
    shares: Shares
    counts: NameCounts
    block_size: int

    @cached_property
    def cast(self) -> Cast:
        """The names by people."""
        return cast_of(self.counts)

    def random(self, block: int, stream: int) -> np.random.Generator:
        """The random numbers of one stream of a block, the same each time."""
        return np.random.default_rng([self.seed, block, stream])

    def fates(self, block: int) -> Fates:
        """What happened to the men of a block."""
        random = self.random(block, _FATES)
        return draw_fates(random, block, self.block_size, self.shares, self.seed)

    def persons(self, block: int) -> Persons:
        """Who the men of a block are."""
        return _draw_persons(self.random(block, _PERSONS), self.block_size, self)


def block_size_for(count: int) -> int:
    """Men of a block: fewer in a small archive, so that its convoys are whole."""
    return min(BLOCK, max(SMALLEST_BLOCK, count))


def _draw_persons(random: np.random.Generator, size: int, world: World) -> Persons:
    shares, cast = world.shares, world.cast
    drawn = np.searchsorted(cast.shares, random.random(size), side="right")
    people = np.minimum(drawn, len(cast.shares) - 1).astype(np.int32)
    woman = random.random(size) < shares.women
    uniform = {part: random.random(size) for part in PARTS}
    place_at = random.random(size)
    names = {part: np.empty(size, np.int32) for part in PARTS}
    place = np.empty(size, np.int32)
    for number, drawing in enumerate(birth_places().drawings):
        mine = np.flatnonzero(people == number)
        place[mine] = drawing.draw(place_at[mine])
        for part in PARTS:
            names[part][mine] = cast.men[part][number].draw(uniform[part][mine])
    for part in PARTS:
        names[part][woman] = cast.women[part].draw(uniform[part][woman])
    birth = _heaped(random, draw_births(random, size), people, shares)
    rank = random.choice(len(RANKS), size, p=RANK_SHARES).astype(np.int32)
    return Persons(woman, people, names, birth, place, rank)


def _heaped(random: np.random.Generator, births: Days, people: Numbers, shares: Shares) -> Days:
    """Births that were put on 1 January or the first of a month when nobody knew the day."""
    asian = people == people_names().index("central_asian")
    new_year = np.where(asian, shares.new_year_asia, shares.new_year)
    drawn = random.random(len(births))
    heaped = np.where(drawn < new_year, first_of_year(births), births)
    month = (drawn >= new_year) & (drawn < new_year + shares.first_of_month)
    return np.where(month, first_of_month(births), heaped).astype(np.int32)
