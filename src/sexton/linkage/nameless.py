"""Graves without a name: whom their day and place of death, or a number, lead to.

What such a grave says is little, so it must be weighed as it is. How often day and place agree in
one man's records, and how many other men agree as well by chance, is learned in the run itself: the
named graves whose man was found are asked for again as if they had no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares
from sexton.evidence.resting import chances_there
from sexton.linkage.coding import CodedList, numbers_of, span_of
from sexton.linkage.columns import BURIAL, DIED, NUMBER, PERSON
from sexton.linkage.nameless_bits import LATE, day_and_place_bits
from sexton.linkage.whereabouts import NOWHERE, THERE, Bearers, PlacesAlike
from sexton.names import PersonName

# A date that leaves more days open than this leads to nobody; nor do places where more men died.
_MOST_DAYS = 31
_MOST_OF_A_PLACE = 2_000
# Who fits worse by so many bits than the best is no candidate beside him.
_FAR = 12.0

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Int32 = NDArray[np.int32]

_NOBODY = np.zeros(0, dtype=np.int32)


def is_nameless(person: PersonReading) -> bool:
    """Whether a record names nobody and yet says when he died, where he lies, or his number."""
    dated = person.death is not None and person.death.first is not None
    return not person.name.forms and (dated or bool(person.burial_place or person.numbers))


def first_alike(left: Sequence[PersonReading], graves: Iterable[int]) -> dict[int, int]:
    """The first of some graves that says the same, for those that are not the first themselves.

    Of graves without a name there are many: dozens of one day and place, or of a place alone. What
    is found for one of them holds for all.
    """
    first: dict[PersonReading, int] = {}
    alike = ((grave, first.setdefault(replace(left[grave], id=""), grave)) for grave in graves)
    return {grave: one for grave, one in alike if grave != one}


def stripped(person: PersonReading, *, dated: bool = True) -> PersonReading:
    """What an unnamed grave beside this one would say: where he lies and when he died."""
    return PersonReading(
        id=person.id,
        name=PersonName("", ()),
        death=person.death if dated else None,
        burial_place=person.burial_place,
        source=person.source,
        role=person.role,
        unnamed=True,
    )


class Fitting(NamedTuple):
    """Positions in the pool of those whom a grave may mean, rough bits for each, and how far he is
    free: not claimed by a grave with a name."""

    right: Ints
    bits: Floats
    free: Floats

    def odds(self) -> Floats:
        """2 to the bits, as far as they are free."""
        found: Floats = np.exp2(self.bits) * self.free
        return found

    def some(self, which: Ints | NDArray[np.bool_]) -> Fitting:
        """Some of them."""
        return Fitting(self.right[which], self.bits[which], self.free[which])


class Kept(NamedTuple):
    """The best of some, and the odds of all others together."""

    best: Fitting
    rest: float

    def whole(self) -> float:
        """The odds of all."""
        return float(self.best.odds().sum()) + self.rest


def keep(found: Fitting, most: int) -> Kept:
    """The ``most`` that fit best, not far worse than the best of all."""
    if not len(found.right):
        return Kept(found, 0.0)
    bits = found.bits.copy()
    claimed = found.free < 1
    bits[claimed] += np.log2(np.maximum(found.free[claimed], 1e-3))
    # Of tens of thousands only the best need be put in order; of so many alike, a sort of the bits
    # alone is sooner done than a partition.
    least = np.sort(bits)[-most] if len(bits) > most else -np.inf
    best = np.flatnonzero(bits >= max(least, bits.max() - _FAR))
    best = best[np.lexsort((found.right[best], -bits[best]))][:most]
    best = best[bits[best] > bits[best[0]] - _FAR]
    odds = found.odds()
    return Kept(found.some(best), max(float(odds.sum() - odds[best].sum()), 0.0))


class Claimed(NamedTuple):
    """How far persons of the pool are claimed by graves with a name; positions ascend."""

    right: Ints
    share: Floats


class Routes:
    """The ways from nameless graves to the persons of an archive."""

    def __init__(
        self,
        archive: Sequence[CodedList],
        lies: Sequence[str],
        claimed: Claimed,
        shares: Shares,
        rules: Rules,
    ) -> None:
        """``lies``: the places of burial that will be asked for."""
        self._lists = []
        begin = 0
        for coded in archive:
            self._lists.append(_List(coded, begin, lies))
            begin += len(coded.columns.record)
        self._free = np.ones(begin)
        self._free[claimed.right] = np.maximum(1.0 - claimed.share, 0.0)
        self._shares, self._rules = shares, rules

    def fitting(self, grave: PersonReading) -> Fitting:
        """All to whom a way leads from the grave, with what day, place and number say of them."""
        weights = _weights_of(grave, self._shares, self._rules)
        span, numbers = span_of(grave.death), numbers_of(grave)
        parts = [part.fitting(span, grave.burial_place, numbers, weights) for part in self._lists]
        right = np.concatenate([right for right, _ in parts])
        bits = np.concatenate([bits for _, bits in parts])
        return Fitting(right, bits, self._free[right])


class _Weights(NamedTuple):
    """What each way to agree says, in bits, for one grave."""

    same_day: float
    late: float
    may: float
    other_day: float
    died_here: float
    died_elsewhere: float
    buried_here: float
    buried_elsewhere: float
    same_number: float
    near_number: float
    other_number: float


def _weights_of(grave: PersonReading, shares: Shares, rules: Rules) -> _Weights:
    days, value = rules.value("death", "days"), rules.value
    day = grave.death.first.isoformat() if grave.death and grave.death.first else ""
    first, last = span_of(grave.death)
    open_days = max(last - first + 1, 1) / days
    here = chances_there(grave.burial_place, shares, rules)
    buried = shares.share("burial", grave.burial_place, 0.05)
    odds = (
        value("death", "same_day") / max(1 / days, shares.share("death", day, 0.0)),
        value("death", "days_late") * days / (2 * LATE),
        value("death", "same_year_or_month") / min(open_days, 1.0),
        (value("death", "differs") + value("death", "years_apart")) / 0.9,
        (value("resting", "same") + value("resting", "alike")) / sum(here),
        value("resting", "differs") / value("resting", "differs_share"),
        value("burial", "same") / buried,
        value("burial", "differs"),
        value("number", "same") / value("number", "same_share"),
        value("number", "one_digit_off") / value("number", "one_digit_share"),
        value("number", "differs"),
    )
    return _Weights(*np.log2(odds).tolist())


class _List:
    """One list of an archive."""

    def __init__(self, coded: CodedList, begin: int, lies: Sequence[str]) -> None:
        self._columns, self._begin = coded.columns, begin
        self._died = PlacesAlike.of(lies, coded.categories.died.texts)
        # What names no settlement may be the identifier of a cemetery: a place of its own.
        self._buried = PlacesAlike.of(lies, coded.categories.burial.texts, as_written=True)
        persons = coded.columns.persons
        self._bearers = [
            Bearers(persons[:, column], alike, _MOST_OF_A_PLACE)
            for column, alike in ((DIED, self._died), (BURIAL, self._buried))
        ]
        # Many graves lie in one place.
        self._there: dict[str, Int32] = {}

    def fitting(
        self, span: tuple[int, int], lies: str, numbers: Sequence[int], w: _Weights
    ) -> tuple[Ints, Floats]:
        same, near = self._of_numbers(numbers)
        ways = [self._of_days(*span), self._of_the_place(lies), same, near]
        found = _distinct(np.concatenate(ways))
        persons, weights = self._columns.persons, np.array(w[:8])
        where, place = (
            (self._died.table(lies), self._buried.table(lies)),
            THERE if lies else NOWHERE,
        )
        bits = day_and_place_bits(found, persons, *where, *span, place, weights)
        if numbers:
            stated = self._columns.persons[found, NUMBER] >= 0
            other = np.where(stated, w.other_number, 0.0)
            kind = np.where(np.isin(found, near), w.near_number, other)
            bits += np.where(np.isin(found, same), w.same_number, kind)
        right = self._columns.record[found].astype(np.int64) + self._begin
        return right, bits

    def _rows(self, lookup_rows: Int32) -> Int32:
        persons: Int32 = self._columns.rows[lookup_rows, PERSON]
        return persons

    def _of_days(self, first: int, last: int) -> Int32:
        """Who died then, or a few days from it."""
        if first <= 0 or last - first > _MOST_DAYS:
            return _NOBODY
        keys, rows = self._columns.lookups.death
        low, high = np.searchsorted(keys, (first - LATE, last + LATE + 1))
        return self._rows(rows[low:high])

    def _of_the_place(self, lies: str) -> Int32:
        """Who died or lies there, unless they are too many."""
        if any(bearers.are_many(lies) for bearers in self._bearers):
            return _NOBODY
        if lies not in self._there:
            there = [some for bearers in self._bearers for some in bearers.of(lies)]
            found = _distinct(np.concatenate([*there, _NOBODY]))
            self._there[lies] = found if len(found) <= _MOST_OF_A_PLACE else _NOBODY
        return self._there[lies]

    def _of_numbers(self, numbers: Sequence[int]) -> tuple[Int32, Int32]:
        """Who has one of the numbers; and one with a wrong digit."""
        if not numbers:
            return _NOBODY, _NOBODY
        keys, rows = self._columns.lookups.number
        near = sorted({other for number in numbers for other in _one_digit_off(number)})
        return self._having(keys, rows, numbers), self._having(keys, rows, near)

    def _having(self, keys: Ints, rows: Int32, wanted: Sequence[int]) -> Int32:
        low = np.searchsorted(keys, wanted, side="left").tolist()
        high = np.searchsorted(keys, wanted, side="right").tolist()
        found = [self._rows(rows[a:b]) for a, b in zip(low, high, strict=True) if b > a]
        return np.concatenate([*found, _NOBODY])


def _distinct(numbers: Int32) -> Int32:
    """Each of some numbers once, ascending."""
    found = np.sort(numbers)
    fresh = np.ones(len(found), dtype=np.bool_)
    np.not_equal(found[1:], found[:-1], out=fresh[1:])
    return found[fresh]


def _one_digit_off(number: int) -> list[int]:
    """The numbers that differ in one digit, or in two neighbours' order."""
    text, found = str(number), []
    for place, digit in enumerate(text):
        found += [text[:place] + other + text[place + 1 :] for other in "0123456789"]
        if text[place + 1 : place + 2] not in ("", digit):
            found.append(text[:place] + text[place + 1] + digit + text[place + 2 :])
    return [int(other) for other in found if int(other) != number]


class Learned(NamedTuple):
    """How probable a candidate of a nameless grave is: his odds against "none of these" are
    2^(``offset`` + bits) / S^``crowd``, S being the sum of 2^bits over all to whom a way
    leads.

    ``crowd`` is 0 where it does not matter how many others fit as well, and 1 where nothing else
    does: men who died together are not in an archive by chance, and a grave whose man is missing
    there has his comrades for neighbours as well. Others count as far as they are free.
    """

    offset: float
    crowd: float

    def unit(self, whole: float) -> float:
        """log2 of the odds of a candidate of 0 bits, where S is ``whole``."""
        return self.offset - self.crowd * float(np.log2(max(whole, 1e-9)))


@dataclass(frozen=True)
class Example:
    """A named grave whose man was found: the grave, and the positions of his records."""

    grave: PersonReading
    records: tuple[int, ...]


# As many examples, imagined, stand for what the rules say.
_IMAGINED = 10.0
# Fewer examples teach nothing of how many others fit as well.
_FEWEST = 20
_CROWDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
# The levels of evidence that examples tell, section by section.
_LEVELS = {
    "death": ("same_day", "days_late", "one_part_off", "differs", "years_apart"),
    "resting": ("same", "alike", "differs"),
    "burial": ("same", "differs"),
}


def relearned(rules: Rules, levels: Sequence[str]) -> Rules:
    """The rules with the chances of ``levels`` ("death.same_day") as often as they occurred among
    records of one man; the rules' own numbers count like ten examples."""
    tables = {section: dict(table) for section, table in rules.tables.items()}
    for section, names in _LEVELS.items():
        counts = [sum(level == f"{section}.{name}" for level in levels) for name in names]
        own = [rules.value(section, name) for name in names]
        total = sum(counts) + _IMAGINED
        for name, count, m in zip(names, counts, own, strict=True):
            tables[section][name] = (count + _IMAGINED * m / sum(own)) / total
    return replace(rules, tables=tables)


class Odds(NamedTuple):
    """Those of an example's man, and those of all others together."""

    true: float
    others: float


def odds_of(routes: Routes, example: Example) -> Odds:
    """What an example gives that is asked for as if it had no name."""
    found = routes.fitting(example.grave)
    own = np.isin(found.right, example.records)
    true = np.exp2(found.bits[own]).max(initial=0.0)
    return Odds(float(true), float(found.some(~own).odds().sum()))


def learn(examples: Sequence[Odds], coverage: float) -> Learned | None:
    """What makes the odds of examples likeliest; None for too few.

    ``coverage`` is the chance that the man of a grave is in the archive: by it each example counts
    as one whose man is there, and else as one that has only the others.
    """
    if len(examples) < _FEWEST:
        return None
    true, others = np.array(examples).T
    fitted = (_fitted(true, others, coverage, crowd) for crowd in _CROWDS)
    return max(fitted, key=lambda found: found[0])[1]


def _fitted(true: Floats, others: Floats, coverage: float, crowd: float) -> tuple[float, Learned]:
    """The likeliest offset beside ``crowd``, and the log-likelihood."""
    offsets = np.arange(-40.0, 20.0, 0.125)
    there, missing = true + others, others
    unit = np.exp2(offsets)[:, None]
    scale = unit / np.maximum(there, 1e-9) ** crowd
    found = np.log(np.where(true > 0, scale * true, 1.0)) - np.log1p(scale * there)
    scale = unit / np.maximum(missing, 1e-9) ** crowd
    lost = -np.log1p(scale * missing)
    likelihood = (coverage * found + (1 - coverage) * lost).sum(axis=1)
    best = int(np.argmax(likelihood))
    return float(likelihood[best]), Learned(float(offsets[best]), crowd)


def unlearned(coverage: float, fill: float, size: int) -> Learned:
    """What holds where there are no examples: the prior odds of one of ``size`` records, if all
    of the ``fill`` that state what the graves can be compared by are found."""
    there = max(coverage * fill, 1e-9)
    return Learned(float(np.log2(there / (1 - there) / max(1, size))), 0.0)
