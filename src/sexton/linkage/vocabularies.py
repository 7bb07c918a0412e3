"""The distinct names of a list: numbered, counted, and searched for what a written name may be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.screening.commonness import MOST_IMAGINED, OwnLetters
from sexton.names import NameIndex
from sexton.names.agreement import MOST_SURNAME_BITS, most_bits
from sexton.names.channel import Kind
from sexton.names.index_files import texts_at
from sexton.names.short_forms import meanings_of

KINDS: tuple[Kind, ...] = ("surname", "given", "patronymic")

_BREAK = re.compile(r"[-\s]+")
# In a small vocabulary a wide beam costs little and finds Donetsko beside a perfect Dotsenko.
_SMALL = 5_000
_WIDE_BEAM_BITS = 40.0
_BEAM_BITS = 18.0

POPULATION = 50_000
"""From so many records on an archive tells itself how common names are."""

IMAGINED = MOST_IMAGINED
"""Records that are added to those of an archive, with the names as common as they are known to be:
else names that nobody else of the archive bears would seem rarer than they can be."""

# How common a name is elsewhere matters little in a list of so many, and takes long to ask.
_MANY = 50_000
# From so many names of a long list it is seen of what letters they are.
_SPELT = 1_000


class NameNumbers:
    """Numbers given to names when they are first seen; ``counts``, once all rows are there."""

    def __init__(self) -> None:
        """No name yet."""
        self.names: list[str] = []
        self.counts: list[int] = []
        self.men: list[int] | None = None
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a name, given to it when it is first seen."""
        known = self._numbers.setdefault(name, len(self.names))
        if known == len(self.names):
            self.names.append(name)
        return known


class Apart(NamedTuple):
    """What stands beside names in the records of those who bear them: ``value`` of the sort
    ``column`` (day of birth, other names) beside the name ``name``; arrays of one length.

    A man's records repeat these: there are as many men as there are values, at the least.
    """

    name: NDArray[np.int64]
    column: NDArray[np.int64]
    value: NDArray[np.int64]


@dataclass(frozen=True)
class Vocabulary:
    """The distinct names of one kind in a list, folded, by number.

    ``counts`` tells how many records bear each, ``apart`` what tells the men apart who do. Initials
    that stand for a name are numbered behind the names, in the order of ``initials``.
    """

    kind: Kind
    names: Sequence[str]
    counts: NDArray[np.int64]
    index: NameIndex
    initials: tuple[str, ...] = ()
    apart: Apart | None = None

    @property
    def size(self) -> int:
        """How many numbers there are: names and initials."""
        return len(self.names) + len(self.initials)

    def most_of(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """The most that agreement on each of some names can say, in bits: how rare it is known to
        be."""
        if len(self.names) > _MANY:
            return np.full(len(numbers), MOST_SURNAME_BITS)
        known = self._most
        new = np.unique(numbers[np.isnan(known[numbers])])
        known[new] = [most_bits(self.kind, name) for name in texts_at(self.names, new)]
        found: NDArray[np.float64] = known[numbers]
        return found

    @cached_property
    def _most(self) -> NDArray[np.float64]:
        """:meth:`most_of` of the names that were asked for; not a number for others."""
        return np.full(len(self.names), np.nan)

    @property
    def records(self) -> float:
        """How many records have a name of this kind."""
        return float(self.counts.sum())

    @cached_property
    def letters(self) -> OwnLetters:
        """How the letters of these names differ from those of the packaged model."""
        step = max(1, len(self.names) // _SPELT)
        if len(self.names) <= _SMALL:
            step = 1
        return OwnLetters.of(self.kind, (self.names[n] for n in range(0, len(self.names), step)))

    @cached_property
    def by_meaning(self) -> dict[str, list[int]]:
        """The numbers of the given names that can be forms of each canonical given name."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            for meaning in meanings_of(name):
                found[meaning].append(number)
        return dict(found)

    @cached_property
    def by_word(self) -> dict[str, list[tuple[int, str]]]:
        """The numbers of double given names, each with one of its words, by that word and by what
        it can be a form of."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, name in enumerate(self.names):
            if len(words := words_of(name)) > 1:
                for word in words:
                    for meaning in (word, *meanings_of(word)):
                        found[meaning].append((number, word))
        return dict(found)

    @cached_property
    def by_letter(self) -> dict[str, list[int]]:
        """The numbers of the names by their first letters."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            found[name[:1]].append(number)
        return dict(found)


def words_of(given: str) -> list[str]:
    """The names that a folded given name consists of, without initials."""
    return [word for word in _BREAK.split(given) if len(word.rstrip(".")) > 1]


def is_population(vocabularies: Sequence[Vocabulary]) -> bool:
    """Whether the lists of an archive are long enough to tell how common names are."""
    return sum(names.records for names in vocabularies) >= POPULATION


def make_vocabulary(kind: Kind, names: NameNumbers, initials: Sequence[str] = ()) -> Vocabulary:
    """Index the names that were numbered."""
    beam = _WIDE_BEAM_BITS if len(names.names) <= _SMALL else _BEAM_BITS
    index = NameIndex(names.names, names.counts, kind, beam_bits=beam)
    counts = np.array(names.counts, dtype=np.int64)
    return Vocabulary(kind, names.names, counts, index, tuple(initials))


class Vocabularies(NamedTuple):
    """One of each kind."""

    surname: Vocabulary
    given: Vocabulary
    patronymic: Vocabulary

    def of(self, kind: Kind) -> Vocabulary:
        """That of one kind."""
        found: Vocabulary = getattr(self, kind)
        return found


@dataclass
class NameCoder:
    """Numbers the names and initials of a list while it is gone through."""

    names: dict[Kind, NameNumbers] = field(
        default_factory=lambda: {kind: NameNumbers() for kind in KINDS}
    )
    initials: dict[Kind, dict[str, int]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )

    def number(self, kind: Kind, name: str) -> int:
        """The number of a folded name."""
        return self.names[kind].number(name)

    def parts(self, surname: str, given: str, patronymic: str) -> tuple[int, int, int]:
        """The numbers of the folded parts of a name, which may be initials; -1 for none."""
        return (
            self.number("surname", surname) if surname else -1,
            self._part("given", given),
            self._part("patronymic", patronymic),
        )

    def _part(self, kind: Kind, name: str) -> int:
        if name.endswith("."):
            return self.initial(kind, name)
        return self.number(kind, name) if name else -1

    def initial(self, kind: Kind, letter: str) -> int:
        """A number below -1 for an initial; :meth:`settled` puts it behind the names."""
        known = self.initials[kind]
        return -2 - known.setdefault(letter, len(known))

    def settled(self, kind: Kind, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers with those of initials behind the names, now that these are counted."""
        behind = len(self.names[kind].names)
        return np.where(numbers < -1, behind - 2 - numbers, numbers).astype(np.int32)

    def vocabularies(self) -> Vocabularies:
        """The vocabularies of all that was numbered."""
        return Vocabularies(
            *(make_vocabulary(kind, self.names[kind], [*self.initials[kind]]) for kind in KINDS)
        )
