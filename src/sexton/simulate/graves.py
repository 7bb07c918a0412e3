"""Graves of simulated men, with the truth: who lies there, and which records speak of him.

The dead prisoners of an archive are counted block by block, their graves are shared out among the
blocks, and each block is drawn again for its own. Graves of men that no document names are drawn
from the same convoys, and from further blocks where those do not suffice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from sexton.simulate.archive import Progress, world_of
from sexton.simulate.birthplaces import birth_places
from sexton.simulate.calendar import day_of
from sexton.simulate.documents import rows_of
from sexton.simulate.fates import Fates
from sexton.simulate.men import GRAVES, RANKS, Persons, World
from sexton.simulate.names import NameCounts
from sexton.simulate.rates import GraveShares, Shares
from sexton.simulate.stones import Dead, Habits, engraved, habits, plate, unnamed
from sexton.simulate.tables import read_table

TRUTH_COLUMNS = ("grave_id", "man_id", "record_ids", "plot_id", "unnamed")
WHAT = "simulating graves"
# Fewer men who died together are no plot.
SMALLEST_PLOT = 3
LARGEST_PLOT = 30
# A block is drawn for at least so many graves where it can give them, or it could fill no plot.
GRAVES_OF_A_BLOCK = 64
# Pools of men for graves: recorded in the West, recorded elsewhere, unrecorded in the West and
# elsewhere. Graves of the West come first: it is their registers that are linked.
_POOLS = 4

Men = NDArray[np.int64]


class TooManyGraves(ValueError):
    """More graves of archive men than the archive has dead prisoners."""

    def __init__(self, wanted: int, possible: int) -> None:
        super().__init__(
            f"{wanted:,} graves of men of the archive are wanted, but it has only {possible:,} "
            "dead prisoners. Make the archive larger, or the graves fewer."
        )


@dataclass(frozen=True, slots=True)
class Grave:
    """A row of a person list, and what it hides.

    ``record_ids`` are the archive's records of the man (empty when he has none); ``plot_id`` is ""
    for a single grave; ``unnamed`` graves have only a place and perhaps a date.
    """

    row: dict[str, str]
    man_id: str
    record_ids: tuple[str, ...]
    plot_id: str
    unnamed: bool

    def truth(self) -> dict[str, str]:
        """The row of the truth file: `TRUTH_COLUMNS`, several records joined by a blank."""
        return {
            "grave_id": self.row["id"],
            "man_id": self.man_id,
            "record_ids": " ".join(self.record_ids),
            "plot_id": self.plot_id,
            "unnamed": "1" if self.unnamed else "0",
        }


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of men, where its rows begin in the archive, and how many there is room for."""

    number: int
    first_row: int
    limit: int

    def pools(self, world: World, fates: Fates) -> tuple[NDArray[np.int8], Men]:
        """For each man his pool (see `_POOLS`; -1: he is no dead prisoner), and the rows' men."""
        rows = rows_of(world, self.number, fates, self.limit)
        used = rows.man
        recorded = np.zeros(world.block_size, bool)
        recorded[used] = True
        dead = fates.prisoner & (fates.death > 0)
        pool = np.where(recorded, 0, 2) + np.where(fates.site >= 0, 0, 1)
        return np.where(dead, pool, -1).astype(np.int8), used


def simulate_graves(
    count: int,
    archive: int,
    seed: int = 1,
    shares: Shares | None = None,
    graves: GraveShares | None = None,
    names: NameCounts | None = None,
    progress: Progress | None = None,
) -> Iterator[Grave]:
    """``count`` graves beside the archive that `simulate_archive` makes of the same arguments.

    Raises TooManyGraves when the archive has too few dead prisoners, MissingNames.
    """
    wanted = graves or GraveShares()
    world = world_of(archive, seed, shares, names)
    blocks, counts = _counted(world, archive, progress)
    quotas, blocks = _shared_out(world, count, wanted, blocks, counts)
    done = 0
    for block, quota in zip(blocks, quotas, strict=True):
        if not quota.any():
            continue
        for grave in _of_block(world, block, quota, wanted):
            done += 1
            grave.row["id"] = f"sim-grave-{seed}-{done:07d}"
            yield grave
        if progress:
            progress(WHAT, done, count)


def _counted(
    world: World, archive: int, progress: Progress | None
) -> tuple[list[_Block], list[NDArray[np.int64]]]:
    """The blocks of an archive, and how many dead each has of each pool."""
    blocks: list[_Block] = []
    counts: list[NDArray[np.int64]] = []
    done = 0
    while done < archive:
        fates = world.fates(len(blocks))
        block = _Block(len(blocks), done, archive - done)
        pools, rows = block.pools(world, fates)
        blocks.append(block)
        counts.append(np.bincount(pools[pools >= 0], minlength=_POOLS))
        done += len(rows)
        if progress:
            progress("counting the dead", done, archive)
    return blocks, counts


def _shared_out(
    world: World,
    count: int,
    wanted: GraveShares,
    blocks: list[_Block],
    counts: list[NDArray[np.int64]],
) -> tuple[list[NDArray[np.int64]], list[_Block]]:
    """How many graves of each pool each block gets; blocks without records are added at need."""
    inside = round(count * wanted.in_archive)
    whole = np.sum(counts, axis=0)
    if inside > whole[0] + whole[1]:
        raise TooManyGraves(inside, int(whole[0] + whole[1]))
    blocks, counts = list(blocks), list(counts)
    while whole[2] + whole[3] < count - inside:
        block = _Block(len(blocks), 0, 0)
        blocks.append(block)
        pools, _ = block.pools(world, world.fates(block.number))
        counts.append(np.bincount(pools[pools >= 0], minlength=_POOLS))
        whole = np.sum(counts, axis=0)
    table = _few_blocks(np.array(counts), count, inside, world.seed)
    whole = table.sum(axis=0)
    quota = np.zeros_like(table)
    for west, other, number in ((0, 1, inside), (2, 3, count - inside)):
        first = min(number, int(whole[west]))
        quota[:, west] = _evenly(table[:, west], first)
        quota[:, other] = _evenly(table[:, other], number - first)
    return list(quota), blocks


def _few_blocks(table: NDArray[np.int64], count: int, inside: int, seed: int) -> NDArray[np.int64]:
    """The men of as many blocks as ``count`` graves can fill, drawn by the seed; 0 elsewhere."""
    order = np.random.default_rng([seed, GRAVES]).permutation(len(table))
    kept = np.zeros_like(table)
    some = order[: max(1, count // GRAVES_OF_A_BLOCK)]
    kept[some] = table[some]
    enough = kept[:, :2].sum() >= inside and kept[:, 2:].sum() >= count - inside
    return kept if enough else table


def _evenly(available: NDArray[np.int64], number: int) -> NDArray[np.int64]:
    """``number`` shared out in proportion to what is available, never more than that."""
    whole = int(available.sum())
    if not whole:
        return np.zeros_like(available)
    reached = np.cumsum(available) * number // whole
    return np.diff(reached, prepend=0)


def _of_block(
    world: World, block: _Block, quota: NDArray[np.int64], wanted: GraveShares
) -> Iterator[Grave]:
    fates = world.fates(block.number)
    pools, used = block.pools(world, fates)
    random = world.random(block.number, GRAVES)
    persons = world.persons(block.number)
    maker = _Maker(world, block, fates, persons, used, wanted)
    for pair in ((0, 2), (1, 3)):
        candidates = [random.permutation(np.flatnonzero(pools == pool)) for pool in pair]
        numbers = [int(quota[pool]) for pool in pair]
        for men, plot in _chosen(random, fates, candidates, numbers, wanted.group):
            yield from maker.graves(men, plot)


def _chosen(
    random: np.random.Generator,
    fates: Fates,
    candidates: list[Men],
    numbers: list[int],
    group: float,
) -> Iterator[tuple[Men, bool]]:
    """Plots of men who died together until ``group`` of the graves lie in some, then single men.

    ``candidates`` and ``numbers``: recorded and unrecorded men, and how many of each are wanted.
    """
    left, budget = list(numbers), round(group * sum(numbers))
    taken: set[int] = set()
    together = np.concatenate([men[fates.together[men]] for men in candidates])
    recorded = set(candidates[0].tolist())
    for party in random.permutation(np.unique(fates.party[together])).tolist():
        men = _room(together[fates.party[together] == party].tolist(), recorded, left)
        if len(men) < SMALLEST_PLOT:
            continue
        if budget < SMALLEST_PLOT:
            break
        men = men[: min(budget, LARGEST_PLOT)]
        budget -= len(men)
        for man in men:
            left[man not in recorded] -= 1
        taken.update(men)
        yield np.array(men), True
    for pool, number in zip(candidates, left, strict=True):
        for man in [man for man in pool.tolist() if man not in taken][:number]:
            yield np.array([man]), False


def _room(men: list[int], recorded: set[int], left: list[int]) -> list[int]:
    """Those of ``men`` for whom there are still graves to give, recorded and unrecorded."""
    room, kept = list(left), []
    for man in men:
        if room[man not in recorded] > 0:
            room[man not in recorded] -= 1
            kept.append(man)
    return kept


class _Maker:
    """Makes the graves of one block."""

    def __init__(
        self,
        world: World,
        block: _Block,
        fates: Fates,
        persons: Persons,
        used: Men,
        wanted: GraveShares,
    ) -> None:
        self.world, self.block, self.fates, self.persons = world, block, fates, persons
        self.wanted = wanted
        self.order = np.argsort(used, kind="stable")
        self.used = used[self.order]

    def graves(self, men: Men, plot: bool) -> Iterator[Grave]:
        """The graves of men who lie together, or of one man."""
        first = self._man_id(int(men[0]))
        random = Random(f"{self.world.seed} grave {first}")
        plot_id = f"sim-plot-{first.removeprefix('sim-man-')}" if plot else ""
        kin = self._kin(men) if plot else {}
        for man in men.tolist():
            nameless = plot and random.random() < self.wanted.unnamed
            dead = self._dead(man)
            if man in kin:
                dead = _brother(dead, self._dead(kin[man]))
            yield self._grave(man, dead, plot_id, nameless, random)

    def _kin(self, men: Men) -> dict[int, int]:
        """Unrecorded men of a plot who are brothers of a recorded one, and of whom."""
        recorded = [man for man in men.tolist() if self._records(man)]
        found = {}
        for man in men.tolist():
            # A stream of their own: without kin all else is drawn as it was before there were any.
            random = Random(f"{self.world.seed} kin {self._man_id(man)}")
            if recorded and not self._records(man) and random.random() < self.wanted.kin:
                found[man] = random.choice(recorded)
        return found

    def _grave(self, man: int, dead: Dead, plot_id: str, nameless: bool, random: Random) -> Grave:
        write = unnamed if nameless else engraved
        row = write(dead, self._habits(dead.hand, dead.place), self.wanted, random)
        if nameless:
            own = Random(f"{self.world.seed} number {self._man_id(man)}")
            row |= plate(dead, self.wanted, own)
        return Grave(row, self._man_id(man), self._records(man), plot_id, nameless)

    def _records(self, man: int) -> tuple[str, ...]:
        """The ids of a man's records, which number from 1."""
        first, end = np.searchsorted(self.used, (man, man + 1))
        numbers = self.order[first:end] + self.block.first_row + 1
        return tuple(f"sim-{self.world.seed}-{number:08d}" for number in numbers)

    def _habits(self, hand: str, place: str) -> Habits:
        """The habits of a cemetery, the same for all that lie there."""
        return habits(hand, self.wanted, Random(f"{self.world.seed} cemetery {place}"))

    def _man_id(self, man: int) -> str:
        return f"sim-man-{self.world.seed}-{man + self.block.number * self.world.block_size:08d}"

    def _dead(self, man: int) -> Dead:
        fates, persons, names = self.fates, self.persons, self.world.cast.names
        hand, place, works = _where(int(fates.site[man]), int(fates.camp[man]))
        born = int(persons.place[man])
        numbers = [(int(fates.camp[man]), int(fates.number[man]))]
        if fates.second_number[man] > 0:
            numbers.append((int(fates.second_camp[man]), int(fates.second_number[man])))
        return Dead(
            names["surname"][persons.names["surname"][man]],
            names["given"][persons.names["given"][man]],
            names["patronymic"][persons.names["patronymic"][man]],
            "f" if persons.woman[man] else "m",
            day_of(persons.birth[man]),
            day_of(fates.death[man]),
            birth_places().settlements[born],
            birth_places().provinces[born],
            tuple(numbers),
            RANKS[persons.rank[man]],
            hand,
            place,
            works,
        )


def _brother(man: Dead, other: Dead) -> Dead:
    """A man as the brother of another: of one father, name and village."""
    return replace(
        man,
        surname=other.surname,
        patronymic=other.patronymic,
        settlement=other.settlement,
        province=other.province,
    )


def _where(site: int, camp: int) -> tuple[str, str, str]:
    """Whose clerks kept the cemetery, its place, and the mine or works."""
    if site >= 0:
        row = read_table("western_sites")[site]
        return row["clerk"], row["place"], row["works"]
    return "German", read_table("camps")[camp]["place"], ""
