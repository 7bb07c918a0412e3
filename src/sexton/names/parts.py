"""Two readings of a name beside each other, part by part, in every order that the texts allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import log2
from operator import itemgetter
from typing import NamedTuple

from sexton.messages import Message
from sexton.names import wording
from sexton.names.agreement import (
    Spellings,
    equivalent_bits,
    given_bits,
    most_bits,
    spelling_bits,
)
from sexton.names.channel import Kind
from sexton.names.given_names import canonical_given
from sexton.names.initials import same_initial
from sexton.names.patronymics import given_of_patronymic
from sexton.names.readings import NameReading
from sexton.names.variants import FormChances, is_plain, other_forms

_INITIAL = re.compile(r"[^\W\d_]+")
# Sums of the same bits in another order differ by far less than this.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Chances:
    """How often the records of one man differ in a way that no spelling explains.

    ``*_other``: another name altogether (alias, a clerk's confusion). The rules of evidence give
    the first six numbers and document them; ``forms`` are those of :mod:`variants`.
    """

    surname_other: float = 0.03
    given_other: float = 0.03
    patronymic_other: float = 0.04
    fields_swapped: float = 0.03
    initial_agrees: float = 0.97
    initial_share: float = 0.12
    forms: FormChances = field(default_factory=FormChances)

    def other(self, kind: Kind) -> float:
        """The chance of another name altogether."""
        if kind == "surname":
            return self.surname_other
        return self.given_other if kind == "given" else self.patronymic_other


DEFAULT_CHANCES = Chances()


class PartComparison(NamedTuple):
    """Two parts of names beside each other: bits, what was compared, and in which way.

    ``way``: ``spelling``; ``equivalent`` forms of a given name; ``initial``; ``swapped``,
    ``patronymic`` (for the surname), ``patronymic_as_given``; ``half`` or ``turned`` halves of
    a double name; without a ``particle``; ``woman`` and man; one ``father`` named in two ways.
    """

    kind: Kind
    bits: float
    left: str
    right: str
    way: str = "spelling"

    @property
    def message(self) -> Message:
        """The sentence that says whether the parts agree, and how."""
        kind, bits, left, right, way = self
        return Message(_sentence(kind, way, bits > 0), {"left": left, "right": right})


@cache
def _sentence(kind: Kind, way: str, agree: bool) -> str:
    if way == "initial":
        return wording.INITIAL[agree]
    return wording.WAYS.get(way) or (wording.AGREE if agree else wording.DIFFER)[kind]


class _FormPair(NamedTuple):
    """Two forms of one part, and how often just these two stand for each other."""

    chance: float
    kind: Kind
    left: str
    right: str
    way: str


class Comparer:
    """Compares two forms of a name with one set of chances and one source of bits."""

    def __init__(self, chances: Chances, spellings: Spellings) -> None:
        self.chances = chances
        self.spellings = spellings

    def compare(self, left: NameReading, right: NameReading) -> list[PartComparison]:
        """The best way to compare two forms: part by part, or with parts that changed places."""
        surname = self._plain("surname", left.surname, right.surname)
        given = self._given(left, right)
        patronymic = self._patronymic(left, right)
        best = [part for part in (surname, given, patronymic) if part]
        ways = [best]
        if given and given.bits < 0:
            ways += self._patronymic_as_given(left, right, surname)
        if best and (least := total_bits(best)) <= 0:
            ways.append(self._swapped(left, right, patronymic, least))
            ways.append(self._patronymic_as_surname(left, right, given, least))
        if len(ways) == 1:
            return best
        return max([way for way in ways if way], key=total_bits)

    def _plain(self, kind: Kind, left: str | None, right: str | None) -> PartComparison | None:
        """Two parts in all their forms, or another name altogether in one of the records."""
        if not left or not right:
            return None
        bits, way = self._spelt(kind, left, right)
        if not (is_plain(kind, left) and is_plain(kind, right)):
            bits, way = self._in_all_forms(kind, left, right, bits, way)
        other = self.chances.other(kind)
        bits = log2((1 - other) * 2.0**bits + other)
        return PartComparison(kind, bits, left, right, way)

    def _spelt(self, kind: Kind, left: str, right: str) -> tuple[float, str]:
        if kind == "given":
            return given_bits(self.spellings, left, right)
        return spelling_bits(self.spellings, kind, left, right), "spelling"

    def _in_all_forms(
        self, kind: Kind, left: str, right: str, bits: float, way: str
    ) -> tuple[float, str]:
        """Bits of two parts, whichever form stood in which record; ``bits``: both as written."""
        pairs = [*self._pairs_of_forms(kind, left, right)]
        as_written = max(1 - sum([pair.chance for pair in pairs]), 0.5)
        odds = sum([p.chance * 2.0 ** self._spelt(p.kind, p.left, p.right)[0] for p in pairs])
        odds += as_written * 2.0**bits
        pairs.append(_FormPair(as_written, kind, left, right, way))
        return log2(odds), max(pairs, key=self._likeness).way

    def _likeness(self, pair: _FormPair) -> float:
        """How well a pair of forms explains the spellings, not limited by how rare a name is."""
        bits = self.spellings.bits(pair.kind, pair.left, pair.right)
        if pair.kind == "given":
            bits = max(bits, self._spelt("given", pair.left, pair.right)[0])
        return bits + log2(pair.chance)

    def _pairs_of_forms(self, kind: Kind, left: str, right: str) -> Iterator[_FormPair]:
        """Each pair of forms of which at least one is not as written."""
        lefts = other_forms(kind, left, self.chances.forms)
        rights = other_forms(kind, right, self.chances.forms)
        for form in lefts:
            if form.kind == kind:
                yield _FormPair(form.chance, kind, form.text, right, form.way)
            for other in rights:
                if form.kind == other.kind:
                    chance, way = form.chance * other.chance, min(form.way, other.way)
                    yield _FormPair(chance, form.kind, form.text, other.text, way)
        for form in rights:
            if form.kind == kind:
                yield _FormPair(form.chance, kind, left, form.text, form.way)

    def _given(self, left: NameReading, right: NameReading) -> PartComparison | None:
        if left.given and right.given:
            return self._plain("given", left.given, right.given)
        a = left.given or _first(_initials(left))
        b = right.given or _first(_initials(right))
        return self._initial("given", a, b) if a and b else None

    def _patronymic(self, left: NameReading, right: NameReading) -> PartComparison | None:
        if left.patronymic and right.patronymic:
            return self._plain("patronymic", left.patronymic, right.patronymic)
        a = left.patronymic or (left.initials and _of_father(left))
        b = right.patronymic or (right.initials and _of_father(right))
        return self._initial("patronymic", a, b) if a and b else None

    def _initial(self, kind: Kind, left: str, right: str) -> PartComparison:
        agrees, share = self.chances.initial_agrees, self.chances.initial_share
        if _same_initial(left, right):
            return PartComparison(kind, log2(agrees / share), left, right, "initial")
        return PartComparison(kind, log2((1 - agrees) / (1 - share)), left, right, "initial")

    def _swapped(
        self, left: NameReading, right: NameReading, patronymic: PartComparison | None, least: float
    ) -> list[PartComparison]:
        """Given name and surname changed places in one record; [] where less than ``least``."""
        if not (left.surname and left.given and right.surname and right.given):
            return []
        cost = log2(self.chances.fields_swapped)
        enough = least - _ROUNDING - cost - (patronymic.bits if patronymic else 0.0)
        # Mostly one look shows that the other words cannot make up for these.
        most = _most_either(left.given, right.surname)
        one = self._either(left.surname, right.given, enough - most)
        if one + most < enough:
            return []
        two = self._either(left.given, right.surname, enough - one)
        if one + two < enough:
            return []
        parts = [
            PartComparison("given", one + cost, left.surname, right.given, "swapped"),
            PartComparison("surname", two, left.given, right.surname, "swapped"),
        ]
        return [*parts, patronymic] if patronymic else parts

    def _either(self, left: str, right: str, enough: float) -> float:
        """Bits of a word that is a surname in one place and a given name in the other.

        It says no more than it would in either: else the same two words would say more when they
        changed places, for Иванов is a rare given name and Jean a rare surname. Below ``enough``
        the result is a bound from above.
        """
        known = equivalent_bits(left, right)
        if known is not None:
            return known
        bits = spelling_bits(self.spellings, "surname", left, right)
        if bits < enough:
            return bits
        return min(bits, spelling_bits(self.spellings, "given", left, right))

    def _patronymic_as_surname(
        self, left: NameReading, right: NameReading, given: PartComparison | None, least: float
    ) -> list[PartComparison]:
        """A patronymic was written where the surname belongs; [] where less than ``least``."""
        places = ((left.surname, right.patronymic), (left.patronymic, right.surname))
        found = [
            (spelling_bits(self.spellings, "patronymic", a, b), a, b) for a, b in places if a and b
        ]
        if not found:
            return []
        bits, a, b = max(found, key=itemgetter(0))
        bits += log2(self.chances.fields_swapped)
        if bits + (given.bits if given else 0.0) < least - _ROUNDING:
            return []
        return [PartComparison("surname", bits, a, b, "patronymic"), *([given] if given else [])]

    def _patronymic_as_given(
        self, left: NameReading, right: NameReading, surname: PartComparison | None
    ) -> Iterator[list[PartComparison]]:
        """The father's name was written where the given name belongs (Moisse for Моисеевич)."""
        cost = log2(self.chances.fields_swapped)
        for name, patronymic in ((left.given, right.patronymic), (right.given, left.patronymic)):
            father = given_of_patronymic(patronymic) if patronymic else None
            bits = _fathers_name_bits(name, father) if name and father else None
            if bits is not None:
                a, b = (name, patronymic) if name == left.given else (patronymic, name)
                moved = PartComparison(
                    "given", bits + cost, a or "", b or "", "patronymic_as_given"
                )
                yield [surname, moved] if surname else [moved]


def _fathers_name_bits(name: str, father: str) -> float | None:
    return equivalent_bits(given_of_patronymic(name) or name, father)


def _most_either(left: str, right: str) -> float:
    """The most that a word which changed places can say."""
    known = equivalent_bits(left, right)
    if known is not None:
        return known
    return max(0.0, min(most_bits("given", left), most_bits("given", right)))


def total_bits(parts: Iterable[PartComparison]) -> float:
    """What the parts say together."""
    return sum([part.bits for part in parts])


def _initials(reading: NameReading) -> list[str]:
    return _INITIAL.findall(reading.initials or "")


def _first(initials: list[str]) -> str:
    return initials[0] if initials else ""


def _of_father(reading: NameReading) -> str:
    """The initial of the patronymic: the second one, or the only one beside a given name."""
    initials = _initials(reading)
    return _first(initials if reading.given else initials[1:])


@lru_cache(maxsize=1 << 17)
def _same_initial(left: str, right: str) -> bool:
    """Whether an initial is that of a name or of a name that it is a local form of."""
    lefts, rights = (left, *canonical_given(left)), (right, *canonical_given(right))
    return any(same_initial(a, b) for a in lefts for b in rights)
