"""Two whole names compared: their parts in every order and form that the texts allow.

A name may give several forms (on the stone, restored, in brackets) and a form may be read in
several ways. The weight is the mean of the odds over all pairs of readings, each with its
probability: whoever wrote the other name had one of them before him (log2 of the mean of 2^bits).
A part that one name lacks says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import log2
from typing import NamedTuple

from sexton.messages import Message
from sexton.names import wording
from sexton.names.agreement import (
    MODEL,
    Spellings,
    equivalent_bits,
    given_bits,
    spelling_bits,
)
from sexton.names.channel import Kind
from sexton.names.given_names import canonical_given
from sexton.names.initials import same_initial
from sexton.names.patronymics import given_of_patronymic
from sexton.names.persons import read_person_name
from sexton.names.readings import NameReading, PersonName
from sexton.names.variants import FormChances, is_plain, other_forms

# A record with more forms than this repeats itself.
MAX_FORMS = 6
_INITIAL = re.compile(r"[^\W\d_]+")


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
        chances = {"surname": self.surname_other, "given": self.given_other}
        return chances.get(kind, self.patronymic_other)


DEFAULT_CHANCES = Chances()


@dataclass(frozen=True, slots=True)
class PartComparison:
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
        return Message(self._text(), {"left": self.left, "right": self.right})

    def _text(self) -> str:
        if self.way == "initial":
            return wording.INITIAL[self.bits > 0]
        if self.way in wording.WAYS:
            return wording.WAYS[self.way]
        return (wording.AGREE if self.bits > 0 else wording.DIFFER)[self.kind]


@dataclass(frozen=True, slots=True)
class WholeComparison:
    """What two written names say about being one person's.

    ``bits`` is the sum of the bits of ``parts``; 0 where there is nothing to compare. ``left`` and
    ``right`` are the readings under which the names agree best (None where a text names nobody).
    """

    a: str
    b: str
    bits: float
    left: NameReading | None
    right: NameReading | None
    parts: tuple[PartComparison, ...]


class _FormPair(NamedTuple):
    """Two forms of one part, and how often just these two stand for each other."""

    chance: float
    kind: Kind
    left: str
    right: str
    way: str


class _Comparer:
    """Compares two forms of a name with one set of chances and one source of bits."""

    def __init__(self, chances: Chances, spellings: Spellings) -> None:
        self.chances = chances
        self.spellings = spellings

    def compare(self, left: NameReading, right: NameReading) -> list[PartComparison]:
        """The best way to compare two forms: part by part, or with parts that changed places."""
        straight = self._straight(left, right)
        if not straight:
            return straight
        ways = [straight, *self._patronymic_as_given(left, right, straight)]
        if _total(straight) <= 0:
            ways += [self._swapped(left, right), self._patronymic_as_surname(left, right)]
        return max((way for way in ways if way), key=_total)

    def _straight(self, left: NameReading, right: NameReading) -> list[PartComparison]:
        parts = [
            self._plain("surname", left.surname, right.surname),
            self._given(left, right),
            self._patronymic(left, right),
        ]
        return [part for part in parts if part]

    def _or_another(self, kind: Kind, bits: float) -> float:
        """The weight when the record may bear another name altogether."""
        other = self.chances.other(kind)
        return log2((1 - other) * 2.0**bits + other)

    def _plain(self, kind: Kind, left: str | None, right: str | None) -> PartComparison | None:
        if not left or not right:
            return None
        bits, way = self._bits(kind, left, right)
        return PartComparison(kind, self._or_another(kind, bits), left, right, way)

    def _spelt(self, kind: Kind, left: str, right: str) -> tuple[float, str]:
        if kind == "given":
            return given_bits(self.spellings, left, right)
        return spelling_bits(self.spellings, kind, left, right), "spelling"

    def _bits(self, kind: Kind, left: str, right: str) -> tuple[float, str]:
        """Bits of two parts in all their forms: the odds of each pair of forms, by its chance."""
        bits, way = self._spelt(kind, left, right)
        if is_plain(kind, left) and is_plain(kind, right):
            return bits, way
        pairs = [*self._pairs_of_forms(kind, left, right)]
        as_written = max(1 - sum(pair.chance for pair in pairs), 0.5)
        pairs.append(_FormPair(as_written, kind, left, right, way))
        odds = sum(p.chance * 2.0 ** self._spelt(p.kind, p.left, p.right)[0] for p in pairs)
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
        a = left.patronymic or _of_father(left)
        b = right.patronymic or _of_father(right)
        return self._initial("patronymic", a, b) if a and b else None

    def _initial(self, kind: Kind, left: str, right: str) -> PartComparison:
        agrees, share = self.chances.initial_agrees, self.chances.initial_share
        if _same_initial(left, right):
            return PartComparison(kind, log2(agrees / share), left, right, "initial")
        return PartComparison(kind, log2((1 - agrees) / (1 - share)), left, right, "initial")

    def _swapped(self, left: NameReading, right: NameReading) -> list[PartComparison]:
        """Given name and surname changed places in one of the two records."""
        if not (left.surname and left.given and right.surname and right.given):
            return []
        cost = log2(self.chances.fields_swapped)
        patronymic = self._patronymic(left, right)
        one = self._either(left.surname, right.given) + cost
        two = self._either(left.given, right.surname)
        parts = [
            PartComparison("given", one, left.surname, right.given, "swapped"),
            PartComparison("surname", two, left.given, right.surname, "swapped"),
        ]
        return [*parts, patronymic] if patronymic else parts

    def _either(self, left: str, right: str) -> float:
        """Bits of a word that is a surname in one place and a given name in the other.

        It says no more than it would in either: else the same two words would say more when they
        changed places, for Иванов is a rare given name and Jean a rare surname.
        """
        known = equivalent_bits(left, right)
        if known is not None:
            return known
        kinds: tuple[Kind, ...] = ("surname", "given")
        return min(spelling_bits(self.spellings, kind, left, right) for kind in kinds)

    def _patronymic_as_surname(self, left: NameReading, right: NameReading) -> list[PartComparison]:
        """A patronymic was written where the surname belongs."""
        cost = log2(self.chances.fields_swapped)
        places = ((left.surname, right.patronymic), (left.patronymic, right.surname))
        parts = [self._father("surname", a, b, cost, "patronymic") for a, b in places if a and b]
        if not parts:
            return []
        given = self._given(left, right)
        return [max(parts, key=lambda part: part.bits), *([given] if given else [])]

    def _father(self, kind: Kind, a: str, b: str, cost: float, way: str) -> PartComparison:
        bits = spelling_bits(self.spellings, "patronymic", a, b)
        return PartComparison(kind, bits + cost, a, b, way)

    def _patronymic_as_given(
        self, left: NameReading, right: NameReading, straight: list[PartComparison]
    ) -> Iterator[list[PartComparison]]:
        """The father's name was written where the given name belongs (Moisse for Моисеевич)."""
        given = next((part for part in straight if part.kind == "given"), None)
        if given is None or given.bits >= 0:
            return
        cost = log2(self.chances.fields_swapped)
        for name, patronymic in ((left.given, right.patronymic), (right.given, left.patronymic)):
            father = given_of_patronymic(patronymic) if patronymic else None
            bits = _fathers_name_bits(name, father) if name and father else None
            if bits is not None:
                a, b = (name, patronymic) if name == left.given else (patronymic, name)
                moved = PartComparison(
                    "given", bits + cost, a or "", b or "", "patronymic_as_given"
                )
                yield [part for part in straight if part.kind == "surname"] + [moved]


def _fathers_name_bits(name: str, father: str) -> float | None:
    return equivalent_bits(given_of_patronymic(name) or name, father)


def _total(parts: Iterable[PartComparison]) -> float:
    return sum(part.bits for part in parts)


def _initials(reading: NameReading) -> list[str]:
    return _INITIAL.findall(reading.initials or "")


def _first(initials: list[str]) -> str:
    return initials[0] if initials else ""


def _of_father(reading: NameReading) -> str:
    """The initial of the patronymic: the second one, or the only one beside a given name."""
    initials = _initials(reading)
    return _first(initials if reading.given else initials[1:])


def _same_initial(left: str, right: str) -> bool:
    """Whether an initial is that of a name or of a name that it is a local form of."""
    lefts, rights = (left, *canonical_given(left)), (right, *canonical_given(right))
    return any(same_initial(a, b) for a in lefts for b in rights)


def _complete(form: NameReading, first: NameReading) -> NameReading:
    """The form with the parts that it lacks taken from the first: "Jovi" is Jovi Ataev."""
    has_given = form.given or form.initials
    return replace(
        form,
        surname=form.surname or first.surname,
        given=form.given if has_given else first.given,
        initials=form.initials if has_given else first.initials,
        patronymic=form.patronymic or first.patronymic,
    )


def _completed(name: PersonName) -> list[NameReading]:
    """The forms; what stands beside the name lacks parts that the name has, and takes them.

    Another reading of the name itself takes nothing: it has used all the words.
    """
    return [
        form if form.form == "written" else _complete(form, name.forms[0])
        for form in name.forms[:MAX_FORMS]
    ]


def compare_person_names(
    left: PersonName,
    right: PersonName,
    chances: Chances = DEFAULT_CHANCES,
    spellings: Spellings = MODEL,
) -> WholeComparison:
    """Compare two names of which all forms have been read; never raises, symmetric in its bits.

    The likeliest pair of forms gives the parts that are shown; that several forms were tried is
    charged to the first of them, so that the parts add up to the log of the mean odds.

    >>> from sexton.names import read_person_name
    >>> stone = read_person_name(surname="Gavrilenko", given="Jean")
    >>> card = read_person_name(surname="Гавриленко", given="Иван", patronymic="Петрович")
    >>> [part.way for part in compare_person_names(stone, card).parts]
    ['spelling', 'equivalent']
    """
    comparer = _Comparer(chances, spellings)
    tried = [
        (x.probability * y.probability, x, y, comparer.compare(x, y))
        for x in _completed(left)
        for y in _completed(right)
    ]
    tried = [pair for pair in tried if pair[3] and pair[0] > 0]
    if not tried:
        return WholeComparison(left.written, right.written, 0.0, None, None, ())
    _, x, y, best = max(tried, key=lambda pair: log2(pair[0]) + _total(pair[3]))
    odds = sum(chance * 2.0 ** _total(parts) for chance, _, _, parts in tried)
    bits = log2(odds / sum(chance for chance, _, _, _ in tried))
    first = replace(best[0], bits=best[0].bits + bits - _total(best))
    return WholeComparison(left.written, right.written, bits, x, y, (first, *best[1:]))


def compare_names(a: str, b: str) -> WholeComparison:
    """Compare two whole names as they are written, in any script, order and layout.

    Several readings are weighed, not one guessed; initials, local forms of given names, double
    surnames, particles, women's forms, by-names and forms in brackets or after "ou", "dit",
    "genannt", "он же" are understood. ``bits`` above 0 speak for one person, below 0 against.
    Symmetric; never raises.

    >>> compare_names("Chatounov Afanas", "Шатунов Афанасий Фёдорович").bits > 15
    True
    >>> for part in compare_names("J. Petrow", "Петров Иван").parts:
    ...     print(part.message)
    The surnames Petrow and Петров can be one name.
    The initial fits: J and Иван.
    >>> compare_names("Petrov", "Климов Пётр").bits < 0
    True
    """
    return compare_person_names(read_person_name(a), read_person_name(b))
