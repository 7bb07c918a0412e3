"""What happened to simulated men: convoys with runs of prisoner numbers, work parties, deaths.

The prisoners of a block of men stand in one line, in the order in which camps numbered them.
Stretches of the line are convoys: one camp, neighbouring numbers (some are missing: those men stand
in no document), days of capture close together. Shorter stretches are work parties, which went to
one mine or stayed by the camp, and of which many died on one day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sexton.simulate.calendar import END_OF_WAR, Days, Mask, draw_days, number_of
from sexton.simulate.rates import Shares
from sexton.simulate.tables import read_table

# Numbers are given out in stretches of this length; no two stretches share a number before
# 95 camps have given out 300,000 each.
STRETCH = 500
STRETCHES_OF_A_CAMP = 600
# One convoy in this many men, one work party in this many (judged; the first Limburg convoy had
# 2,500 men, and stands here in several).
CONVOY, PARTY = 300, 40
# Between two men of the line one number or more is missing in one case of five (judged).
GAP = 0.2
NONE = np.int32(-1)
# The great dying in the camps: about Christmas 1941, most within three months (general knowledge
# of the field; judged numbers).
_WINTER = (number_of(date(1941, 12, 20)), 40.0)
_FIRST_IN_THE_WEST, _LAST_IN_THE_WEST = number_of(date(1942, 9, 10)), number_of(date(1943, 12, 1))
_END = number_of(END_OF_WAR)
# Judged: who died in the West, days from a late capture to death, men who died with their party.
DEAD_IN_THE_WEST = 0.35
MEAN_DAYS_TO_DEATH = 180
DIED_TOGETHER = 0.35
_DAYS_APART = (0.80, 0.12, 0.08)
# A stride through the stretches of all camps that meets each one once: prime, and no divisor.
_STRIDE, _SEED_STRIDE = 7919, 104_729

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Fates:
    """One entry a man. -1 stands for none: camp, number, convoy, party, site, capture, death.

    ``camp`` and ``site`` are rows of ``tables/camps.tsv`` and ``tables/western_sites.tsv``;
    ``second_camp`` and ``second_number`` those after a transfer. ``together`` marks a man who died
    within two days of his party's worst one.
    """

    prisoner: Mask
    convoy: Numbers
    party: Numbers
    camp: Numbers
    number: Numbers
    second_camp: Numbers
    second_number: Numbers
    capture: Days
    site: Numbers
    death: Days
    together: Mask


def draw_fates(
    random: np.random.Generator, block: int, size: int, shares: Shares, seed: int
) -> Fates:
    """The fates of the ``size`` men of a block."""
    prisoner = random.random(size) < shares.prisoner
    line = random.permutation(np.flatnonzero(prisoner))
    position = np.cumsum(_steps(random, len(line)))
    stretch = position // STRETCH
    convoy = _groups(random, stretch, CONVOY)
    party = _groups(random, convoy, PARTY)
    offset = block * stretches_of_block(size, shares)
    camp, number = _numbered(offset + stretch, position % STRETCH, seed)
    capture, arrival = _captures(random, convoy, len(line))
    west = _of_group(random, convoy) < shares.west
    west &= arrival < _END - 60
    death, together = _deaths(random, party, capture, arrival, west, shares)
    sites = len(read_table("western_sites"))
    site = (_of_group(random, party) * sites).astype(np.int32)
    moved = random.random(len(line)) < shares.transferred
    second_camp = random.integers(0, len(read_table("camps")), len(line), np.int32)
    second_number = random.integers(1, STRETCH * STRETCHES_OF_A_CAMP, len(line), np.int32)
    second_camp = np.where(moved, second_camp, NONE)
    second_number = np.where(moved, second_number, NONE)
    site = np.where(west, site, NONE)
    whole = _Line(line, size)
    return Fates(
        prisoner=prisoner,
        convoy=whole.spread(convoy),
        party=whole.spread(party),
        camp=whole.spread(camp),
        number=whole.spread(number),
        second_camp=whole.spread(second_camp),
        second_number=whole.spread(second_number),
        capture=whole.spread(capture),
        site=whole.spread(site),
        death=np.where(prisoner, whole.spread(death), _front_deaths(random, size, shares)),
        together=whole.spread(together.astype(np.int32)) > 0,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """The prisoners of a block in the order of their numbers, among ``size`` men."""

    men: NDArray[np.int64]
    size: int

    def spread(self, values: NDArray[np.int32]) -> Numbers:
        """The values of the line at the places of its men, -1 elsewhere."""
        whole = np.full(self.size, NONE, np.int32)
        whole[self.men] = values
        return whole


def stretches_of_block(size: int, shares: Shares) -> int:
    """Stretches of numbers that a block of ``size`` men may use; the rest stays unused."""
    return int(size * shares.prisoner * 1.5) // STRETCH + 3


def _steps(random: np.random.Generator, size: int) -> Numbers:
    missing = random.geometric(0.5, size) * (random.random(size) < GAP)
    return (1 + missing).astype(np.int32)


def _groups(random: np.random.Generator, within: Numbers, mean: int) -> Numbers:
    """Numbers of groups along the line: a new one where ``within`` changes, or by chance."""
    new = random.random(len(within)) < 1 / mean
    new[1:] |= within[1:] != within[:-1]
    return np.cumsum(new).astype(np.int32)


def _of_group(random: np.random.Generator, group: Numbers) -> NDArray[np.float64]:
    """A number of 0..1 for each man, the same for all men of a group."""
    return random.random(int(group[-1]) + 1 if len(group) else 0)[group]


def _numbered(stretch: Numbers, within: Numbers, seed: int) -> tuple[Numbers, Numbers]:
    camps = len(read_table("camps"))
    slot = (stretch.astype(np.int64) * _STRIDE + seed * _SEED_STRIDE) % (
        camps * STRETCHES_OF_A_CAMP
    )
    number = slot // camps * STRETCH + within + 1
    return (slot % camps).astype(np.int32), number.astype(np.int32)


def _captures(
    random: np.random.Generator, convoy: Numbers, size: int
) -> tuple[Days, NDArray[np.float64]]:
    """Days of capture, and when the convoy could have reached the West."""
    convoys = int(convoy[-1]) + 1 if size else 0
    middle = draw_days(random, convoys, "captures", "captured")[convoy]
    near = middle + np.rint(random.normal(0, 4, size)).astype(np.int32)
    alone = random.random(size) < 0.05
    earlier = np.minimum(near, draw_days(random, size, "captures", "captured"))
    capture = np.clip(np.where(alone, earlier, near), number_of(date(1941, 6, 22)), _END - 10)
    span = _LAST_IN_THE_WEST - _FIRST_IN_THE_WEST
    start = _FIRST_IN_THE_WEST + _of_group(random, convoy) * span
    return capture.astype(np.int32), np.maximum(start, middle + 60)


def _deaths(
    random: np.random.Generator,
    party: Numbers,
    capture: Days,
    arrival: NDArray[np.float64],
    west: Mask,
    shares: Shares,
) -> tuple[Days, Mask]:
    """Days of death (-1 for those who lived), and who died with his party."""
    size = len(party)
    dead = random.random(size) < np.where(west, DEAD_IN_THE_WEST, shares.dead_prisoners)
    alone = _death_day(random, capture, arrival, west)
    # The party's worst day is the one that its first man would have died on.
    _, first = np.unique(party, return_index=True)
    worst = alone[first][np.searchsorted(party[first], party)] if size else alone
    apart = random.choice(len(_DAYS_APART), size, p=_DAYS_APART)
    together = dead & (random.random(size) < DIED_TOGETHER) & (worst > capture)
    day = np.where(together, np.minimum(worst + apart, _END), alone)
    return np.where(dead, day, NONE).astype(np.int32), together


def _death_day(
    random: np.random.Generator, capture: Days, arrival: NDArray[np.float64], west: Mask
) -> Days:
    size = len(capture)
    in_west = arrival + random.random(size) * (_END - arrival)
    winter = np.maximum(random.normal(*_WINTER, size), capture + 5 + random.exponential(20, size))
    late = capture + 10 + random.exponential(MEAN_DAYS_TO_DEATH, size)
    in_1941 = capture < number_of(date(1942, 1, 1))
    day = np.where(west, in_west, np.where(in_1941, winter, late))
    return np.minimum(day, _END).astype(np.int32)


def _front_deaths(random: np.random.Generator, size: int, shares: Shares) -> Days:
    fell = random.random(size) < shares.dead_others
    return np.where(fell, draw_days(random, size, "front_losses", "losses"), NONE)
