"""Letters in a row: how probable a spelling is by its groups of up to four letters.

A group is one number here, six bits a letter, the last letter lowest; so the letters before the
last are the number shifted, and groups that end alike agree in their lowest bits.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from sexton.names.letters import CYRILLIC, LATIN, Alphabet
from sexton.names.table_arrays import encode

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Share of letters that follow no pattern (misread names), spread evenly over the alphabet.
_IRREGULAR = 0.03
# Witten-Bell: contexts are trusted as far as they were seen; one step back at a time.
_ORDER = 4
_LETTER_BITS = 6
# Groups of letters of which the bits are kept for asking one by one.
_KEPT = 65_536


def _last(groups: Ints, letters: int) -> Ints:
    """Groups cut to their last letters."""
    return groups & ((1 << _LETTER_BITS * letters) - 1)


def _starts(words: Sequence[str]) -> Ints:
    return np.cumsum([0, *map(len, words)])


def _groups(words: Sequence[str]) -> tuple[Ints, Ints]:
    """The group that each letter of words ends, and the letter's place in its word."""
    letters, starts = encode("".join(words)).astype(np.int64), _starts(words)
    places = np.arange(len(letters)) - np.repeat(starts[:-1], np.diff(starts))
    groups = letters.copy()
    for back in range(1, _ORDER):
        before = np.where(places[back:] >= back, letters[:-back], 0)
        groups[back:] |= before << _LETTER_BITS * back
    return groups, places


def _numbers(groups: Sequence[str]) -> Ints:
    """The numbers of groups of up to four letters."""
    letters, starts = encode("".join(groups)).astype(np.int64), _starts(groups)
    numbers = np.zeros(len(groups), dtype=np.int64)
    for place in range(_ORDER):
        at = np.flatnonzero(np.diff(starts) > place)
        numbers[at] = numbers[at] << _LETTER_BITS | letters[starts[at] + place]
    return numbers


def _number(group: str) -> int:
    """The number of one group."""
    number = 0
    for letter in encode(group).tolist():
        number = number << _LETTER_BITS | letter
    return number


@dataclass(frozen=True, eq=False)
class LetterModel:
    """Letter n-grams with Witten-Bell smoothing.

    ``groups`` ascend, each was counted ``counts`` times; ``contexts``, ascending, are what stands
    before their last letters: ``totals`` is how often, ``kinds`` before how many different ones.
    ``letters`` is the size of the alphabet.
    """

    groups: Ints
    counts: Floats
    contexts: Ints
    totals: Floats
    kinds: Floats
    letters: int

    def bits(self, word: str) -> float:
        """log2 probability of a spelt word, its end included."""
        return self.added_bits(word, 1)

    def added_bits(self, word: str, start: int) -> float:
        """What the letters of a spelt word from ``start`` on (1 or more) add to :meth:`bits`."""
        bits = self._known_bits
        return sum(bits(word[max(0, i - _ORDER + 1) : i + 1]) for i in range(start, len(word)))

    def bits_many(self, words: Sequence[str]) -> Floats:
        """:meth:`bits` of many words."""
        groups, places = _groups(words)
        distinct, which = np.unique(groups[places > 0], return_inverse=True)
        word = np.repeat(np.arange(len(words)), [len(text) for text in words])[places > 0]
        bits = np.bincount(word, self._last_bits(distinct)[which], len(words))
        return np.asarray(bits, dtype=np.float64)

    @cached_property
    def _known_bits(self) -> Callable[[str], float]:
        """:meth:`_bits_of_group`, kept: spellings share most of their groups of letters."""
        return lru_cache(maxsize=_KEPT)(self._bits_of_group)

    def _bits_of_group(self, letters: str) -> float:
        """:meth:`_last_bits` of one group, without the arrays."""
        group = _number(letters)
        even = 1.0 / (self.letters + 1)
        groups, counts, contexts, totals, kinds = self._views
        value = even
        for size in range(_ORDER):
            own = group & (1 << _LETTER_BITS * (size + 1)) - 1
            context = _place(contexts, own >> _LETTER_BITS)
            if context < 0 or not group >> _LETTER_BITS * size:
                break
            place = _place(groups, own)
            count = counts[place] if place >= 0 else 0.0
            value = (count + kinds[context] * value) / (totals[context] + kinds[context])
        return math.log2((1 - _IRREGULAR) * value + _IRREGULAR * even)

    @cached_property
    def _views(self) -> tuple[memoryview, ...]:
        """The arrays as they are asked number by number: dictionaries of them would take a process
        10 ms to make, for each kind of name in each alphabet."""
        arrays = self.groups, self.counts, self.contexts, self.totals, self.kinds
        return tuple([np.ascontiguousarray(array).data for array in arrays])

    def _last_bits(self, groups: Ints) -> Floats:
        """log2 probability of the last letter of each group after the others."""
        even = _IRREGULAR / (self.letters + 1)
        bits: Floats = np.log2((1 - _IRREGULAR) * self._probability(groups) + even)
        return bits

    def _probability(self, groups: Ints) -> Floats:
        """P(last letter | those before), from the longest context seen down to no context."""
        value = np.full(len(groups), 1.0 / (self.letters + 1))
        if not len(self.contexts):
            return value
        seen = np.ones(len(groups), dtype=np.bool_)
        for size in range(_ORDER):
            context, is_there = _found(self.contexts, _last(groups >> _LETTER_BITS, size))
            seen &= is_there & (groups >> _LETTER_BITS * size > 0)
            own, is_counted = _found(self.groups, _last(groups, size + 1))
            count = np.where(is_counted, self.counts[own], 0.0)
            total, kinds = self.totals[context], self.kinds[context]
            value = np.where(seen, (count + kinds * value) / (total + kinds), value)
        return value


def _place(ascending: memoryview, asked: int) -> int:
    """The place of a number among ascending ones; -1 where it is none of them."""
    place = bisect_left(ascending, asked)
    return place if place < len(ascending) and ascending[place] == asked else -1


def _found(ascending: Ints, asked: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The place of each number among ascending ones, and whether it is one of them."""
    places = np.minimum(np.searchsorted(ascending, asked), len(ascending) - 1)
    return places, ascending[places] == asked


def letter_model(groups: Sequence[str], counts: Sequence[float], alphabet: Alphabet) -> LetterModel:
    """The model from the counts of distinct groups of up to four letters."""
    numbers = _numbers(groups)
    order = np.argsort(numbers, kind="stable")
    return _model(numbers[order], np.array(counts, dtype=np.float64)[order], alphabet)


def counted_letters(words: Sequence[str], alphabet: Alphabet) -> LetterModel:
    """The model of the letters of some spelt words, each counted once."""
    groups, places = _groups(words)
    ends = [(places > 0) & (places >= size) for size in range(_ORDER)]
    found = [_last(groups[end], size) for size, end in enumerate(ends, 1)]
    distinct, counts = np.unique(np.concatenate(found), return_counts=True)
    return _model(distinct, counts.astype(np.float64), alphabet)


def _model(groups: Ints, counts: Floats, alphabet: Alphabet) -> LetterModel:
    """The model of groups that ascend, so that those with one context stand together."""
    before = groups >> _LETTER_BITS
    first = np.flatnonzero(np.diff(before, prepend=-1))
    totals = np.add.reduceat(counts, first)
    kinds = np.diff(first, append=len(groups)).astype(np.float64)
    letters = len(CYRILLIC if alphabet == "cyrillic" else LATIN)
    return LetterModel(groups, counts, before[first], totals, kinds, letters)
