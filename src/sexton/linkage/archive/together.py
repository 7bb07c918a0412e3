"""What goes together among the records of an archive, counted in the archive itself.

The evidence weighs fields as if each were a witness of his own. A given name is as common as it is
among all; but among Georgian surnames every eighth man is an Иосиф. Men who died in one camp on one
day share the day, the place and the camp. Between a grave and an archive that matters little, for
other fields decide; between all pairs of an archive it is what most strangers who agree agree by.
So what such fields say together is limited by how common they are together. Men are counted, as far
as names and years of birth tell them apart, and the two of the pair are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.archive.paired import Weighed
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.columns import (
    BIRTH_FIRST,
    CAMP,
    DEATH_FIRST,
    DEATH_LAST,
    DIED,
    GIVEN,
    PATRONYMIC,
    PERSON,
    SURNAME,
)
from sexton.linkage.vocabularies import KINDS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ENDINGS = (2, 3, 4)
"""Letters at the end of a surname by which peoples are told apart: -ян, -дзе, -енко."""
TRUSTED = 10.0
"""Men with surnames of one kind among whom a name is counted as much as among all."""
SHARED_FATE = ("death_date", "death_place", "camp", "burial_place")

_NONE = -1
_YEAR = 366
# Odd numbers that spread keys of several columns over 64 bits.
_SPREAD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)


@dataclass(frozen=True)
class Told:
    """What the records say, by position: numbers, ``_NONE`` where they say nothing."""

    surname: Ints
    given: Ints
    patronymic: Ints
    year: Ints
    death: Ints
    died: Ints
    camp: Ints
    endings: list[Ints]
    """For each of ``ENDINGS`` a number for each surname."""

    @classmethod
    def of(cls, pool: ArchivePool) -> Told:
        """What the records of an archive say: of several names of a man one."""
        size = len(pool)
        names: dict[str, dict[str, int]] = {name: {} for name in (*KINDS, "died", "camp")}
        found = {name: np.full(size, _NONE, dtype=np.int64) for name in (*names, "year", "death")}
        for which, coded in enumerate(pool.coded):
            columns, persons = coded.columns, coded.columns.persons
            at = pool.place_of(which) + columns.record.astype(np.int64)
            person, first = np.unique(columns.rows[:, PERSON], return_index=True)
            row = columns.rows[first]
            for kind, column in zip(KINDS, (SURNAME, GIVEN, PATRONYMIC), strict=True):
                vocabulary = coded.vocabularies.of(kind)
                table = _numbered(list(vocabulary.names), names[kind], vocabulary.size)
                found[kind][at[person]] = table[row[:, column]]
            for name, column in (("died", DIED), ("camp", CAMP)):
                texts = getattr(coded.categories, name).texts
                found[name][at] = _numbered(texts, names[name], len(texts))[persons[:, column]]
            born, died = persons[:, BIRTH_FIRST], persons[:, DEATH_FIRST]
            found["year"][at] = np.where(born > 0, born // _YEAR, _NONE)
            full = (died > 0) & (died == persons[:, DEATH_LAST])
            found["death"][at] = np.where(full, died, _NONE)
        texts = [*names["surname"]]
        return cls(**found, endings=[_ending_numbers(texts, letters) for letters in ENDINGS])

    def kinds_of_surname(self) -> list[Ints]:
        """By position, from all surnames being one kind to each being its own."""
        no_name = len(self.endings[0]) - 1
        of_name = np.where(self.surname >= 0, self.surname, no_name)
        kinds = [ending[of_name] for ending in self.endings]
        return [np.zeros_like(self.surname), *kinds, of_name]

    def men(self) -> Ints:
        """One record of each man, as far as names and years tell them apart."""
        return _distinct(self.surname, self.given, self.patronymic, self.year)


def _numbered(texts: Sequence[str], known: dict[str, int], size: int) -> Ints:
    """Numbers for texts that are the same in all lists; ``size`` and one entries, ``_NONE`` for
    those that are no text (initials, and the last for none)."""
    table = np.full(size + 1, _NONE, dtype=np.int64)
    table[: len(texts)] = [known.setdefault(text, len(known)) for text in texts]
    return table


def _ending_numbers(texts: Sequence[str], letters: int) -> Ints:
    known: dict[str, int] = {}
    numbers = [known.setdefault(text[-letters:], len(known)) for text in texts]
    return np.array([*numbers, len(known)], dtype=np.int64)


def _distinct(*columns: Ints) -> Ints:
    """The positions at which a combination of values stands first."""
    keys = np.zeros(len(columns[0]), dtype=np.uint64)
    for column, odd in zip(columns, _SPREAD, strict=False):
        keys = (keys ^ (column.astype(np.uint64) + np.uint64(1))) * np.uint64(odd)
        keys ^= keys >> np.uint64(29)
    return np.unique(keys, return_index=True)[1]


def _counts(among: Ints, asked: Ints) -> Floats:
    """How often each number that is asked for stands ``among`` others."""
    values, counts = np.unique(among, return_counts=True)
    if not len(values):
        return np.zeros(len(asked))
    place = np.minimum(np.searchsorted(values, asked), len(values) - 1)
    return np.where(values[place] == asked, counts[place], 0).astype(np.float64)


def limit_together(pool: ArchivePool, pairs: Weighed) -> None:
    """Take from the bits of all pairs what their fields say for being common together."""
    told = Told.of(pool)
    _limit_names(told, pairs)
    _limit_fates(told, pairs)


def _limit_names(told: Told, pairs: Weighed) -> None:
    """A given name and a patronymic say no more than that they are rare among such surnames."""
    men = told.men()
    kinds = told.kinds_of_surname()
    for name, values in (("given", told.given), ("patronymic", told.patronymic)):
        column = pairs.column(name)
        asked = np.flatnonzero(column > 0)
        ends = [end[asked] for end in (pairs.a, pairs.b)]
        # Of two spellings the commoner one tells.
        chance = np.maximum(*(_chance(values, kinds, men, end) for end in ends))
        limit = np.maximum(-np.log2(chance), 0.0)
        known = (values[ends[0]] >= 0) & (values[ends[1]] >= 0)
        column[asked[known]] = np.minimum(column[asked[known]], limit[known])


def _chance(values: Ints, kinds: Sequence[Ints], men: Ints, asked: Ints) -> Floats:
    """How probably another man with a surname of the same kind as ``asked`` has his value: from
    all surnames to his own, each kind trusted as far as it has men."""
    width = int(values.max(initial=0)) + 2
    named = men[values[men] >= 0]
    chance = np.zeros(len(asked))
    for depth, kind in enumerate(kinds):
        key = kind * width + values
        both = np.maximum(_counts(key[named], key[asked]) - 2, 0.0)
        all_ = np.maximum(_counts(kind[named], kind[asked]) - 2, 0.0)
        if depth:
            chance = (both + TRUSTED * chance) / (all_ + TRUSTED)
        else:
            chance = (both + 0.5) / (all_ + 1.0)
    return chance


def _limit_fates(told: Told, pairs: Weighed) -> None:
    """Day, place and camp of a death say no more together than that few died there that day."""
    columns = [pairs.column(name) for name in SHARED_FATE]
    said = np.sum([np.nan_to_num(np.maximum(column, 0)) for column in columns], axis=0)
    limit = np.full(len(pairs.a), np.inf)
    for where in (told.died, told.camp):
        limit = np.minimum(limit, _limit_there(told, where, pairs))
    over = said > limit
    factor = np.where(over, limit / np.maximum(said, 1e-9), 1.0).astype(np.float32)
    for column in columns:
        positive = over & (column > 0)
        column[positive] *= factor[positive]


def _limit_there(told: Told, where: Ints, pairs: Weighed) -> Floats:
    """Bits of the chance that another man died on the same day at the same place; infinite where
    the two of a pair did not."""
    width = int(told.death.max(initial=0)) + 2
    key = np.where((told.death >= 0) & (where >= 0), where * width + told.death, _NONE)
    men = _distinct(told.surname, told.given, key)
    men = men[key[men] >= 0]
    one, other = key[pairs.a], key[pairs.b]
    share = (np.maximum(_counts(key[men], one) - 2, 0.0) + 0.5) / (len(men) + 1.0)
    return np.where((one >= 0) & (one == other), -np.log2(share), np.inf)


def fitting_prior(bits: Floats, size: int, begin: float, doubles: tuple[float, float]) -> float:
    """log2 of the prior odds that any two of ``size`` records are one man, from the evidence of the
    pairs that were weighed: the share of pairs that it makes one man is what it was taken to be
    (EM; Winkler 1988).

    ``begin`` is where it starts; ``doubles`` are the least and most pairs of one man for each
    record that it may come to.
    """
    pairs = max(size * (size - 1) / 2, 1.0)
    prior = begin
    for _ in range(50):
        expected = float((1 / (1 + np.exp2(-np.clip(bits + prior, -500, 500)))).sum())
        expected = min(max(expected, doubles[0] * size), doubles[1] * size)
        before, prior = prior, float(np.log2(expected / max(pairs - expected, 1.0)))
        if abs(prior - before) < 1e-3:
            break
    return prior
