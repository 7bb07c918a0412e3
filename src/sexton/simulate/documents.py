"""The documents that name simulated men, as rows of a person list.

A recorded man stands in one to three documents of different kinds. Each states what such documents
state, with the slips of its own typist (`rates.Fill`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.simulate.calendar import Mask
from sexton.simulate.fates import Fates, Numbers
from sexton.simulate.men import DOCUMENTS, World
from sexton.simulate.rates import Shares
from sexton.simulate.tables import read_table

COLUMNS = (
    "id",
    "name",
    "surname",
    "given",
    "patronymic",
    "sex",
    "birth_date",
    "birth_place",
    "death_date",
    "death_place",
    "prisoner_number",
    "camp",
    "rank",
    "source",
    "language",
    "remarks",
)
CAMP_CARD, HOSPITAL_LIST, LOSS_REPORT, DRAFT_LIST = range(4)
SOURCES = (
    "simulated: camp card",
    "simulated: hospital list",
    "simulated: loss report",
    "simulated: draft list",
)
# In which document a man stands first, and in which next (judged): prisoners, then the others.
_FIRST = (np.array([0.75, 0.05, 0.18, 0.02]), np.array([0.0, 0.0, 0.85, 0.15]))
_NEXT = (
    ((HOSPITAL_LIST, LOSS_REPORT), (CAMP_CARD, LOSS_REPORT), (CAMP_CARD, DRAFT_LIST),
     (CAMP_CARD, LOSS_REPORT)),
    ((LOSS_REPORT, DRAFT_LIST), (LOSS_REPORT, DRAFT_LIST), (DRAFT_LIST, DRAFT_LIST),
     (LOSS_REPORT, LOSS_REPORT)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a block: which man (position in the block) and which kind of document."""

    man: NDArray[np.int64]
    kind: NDArray[np.int8]
    later: Mask

    def __len__(self) -> int:
        return len(self.man)


def draw_rows(random: np.random.Generator, fates: Fates, shares: Shares, limit: int) -> Rows:
    """The documents of a block's men in the order of the archive, which is none.

    Of more than ``limit`` documents those of the last men are left out.
    """
    size = len(fates.prisoner)
    recorded = random.random(size) >= shares.unrecorded
    records = _how_many(random, size, shares)
    which = (~fates.prisoner).astype(np.int8)
    uniform = random.random(size)
    first = np.empty(size, np.int8)
    for group, chances in enumerate(_FIRST):
        mine = which == group
        first[mine] = np.searchsorted(np.cumsum(chances)[:-1], uniform[mine], side="right")
    after = np.array(_NEXT, np.int8)[which, first]
    # A man who is no prisoner has no third document: two of one kind stand in one list.
    records = np.minimum(records, np.where(fates.prisoner, 3, 2)) * recorded
    man = np.repeat(np.arange(size), records)[:limit]
    turn = np.arange(len(man)) - (np.cumsum(records) - records)[man]
    kinds = np.column_stack([first, after])[man, turn]
    order = random.permutation(len(man))
    return Rows(man[order], kinds[order], (turn > 0)[order])


def _how_many(random: np.random.Generator, size: int, shares: Shares) -> Numbers:
    drawn = random.random(size)
    third = drawn < shares.third_record
    second = drawn < shares.third_record + shares.second_record
    return (1 + second.astype(np.int32) + third).astype(np.int32)


def rows_of(world: World, block: int, fates: Fates, limit: int) -> Rows:
    """The documents of a block, ``limit`` of them at most."""
    return draw_rows(world.random(block, DOCUMENTS), fates, world.shares, limit)


@cache
def camp_labels() -> tuple[tuple[str, ...], ...]:
    """Each camp as an archive writes it, four ways."""
    return tuple(_labels(row["numeral"], row["number"]) for row in read_table("camps"))


def _labels(numeral: str, number: str) -> tuple[str, ...]:
    short = numeral or number
    if numeral and number:
        return (f"Stalag {number} ({numeral})", f"шталаг {numeral}", f"шталаг {number}",
                f"Stalag {number}")  # fmt: skip
    return f"Stalag {short}", f"шталаг {short}", f"шталаг {short}", f"Stalag {short}"
