"""Where the bits of two spellings come from, and their path.

The weight of two spellings a, b is log2 P(a | b) / P(a), P(a) being how often another man's record
bears a. Men who bear the name b bring P(a) >= P(b) P(a | b): no weight is above -log2 P(b), the
limit that :mod:`sexton.names.agreement` sets pair by pair. Within it the letter models tell P(a).
The calibration of the names model (:mod:`sexton.names.calibration`) corrects the same excess, but
from one spelling alone, as the average pair needs it: under the limit it would count twice, against
garbled spellings. Their P(a) is as small as the letters say, for hardly another man brings them.

One source for both was tried (22 November 2026). Links found in the Belgian register, of the 184
published: bits by letters 184; bits of the model 169; the model's bits mapped by the curve for
pairs (:func:`sexton.names.calibration.pair_bits`) 171. Log loss over 108 graves by name alone, the
man being there in four cases of five: 1.68, 2.06 and 1.71 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import log2

import numpy as np
from numpy.typing import NDArray

from sexton.names import load_model
from sexton.names.agreement import Spellings
from sexton.names.channel import RUINED_BITS, Kind, bits_taken, bits_taken_many
from sexton.names.index_files import texts_at
from sexton.names.letters import ALPHABETS, Alphabet, Spelt, by_alphabet, spell

__all__ = ["MODEL", "Kind", "LetterSpellings", "Spellings", "joined_by_letters", "spelling_path"]

_RUINED = 2.0**RUINED_BITS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@lru_cache(maxsize=500_000)
def _alphabet(name: str) -> Alphabet:
    return spell(name).alphabet


@lru_cache(maxsize=500_000)
def _taken(kind: Kind, name: str, other: Alphabet) -> float:
    """Bits that the calibration takes from ``name`` beside a name in the alphabet ``other``."""
    own = spell(name)
    # Of a mixed pair the Latin spelling alone counts.
    return 0.0 if own.alphabet == "cyrillic" != other else bits_taken(kind, own, other)


def most_taken(kind: Kind, names: Sequence[str]) -> Floats:
    """The most bits that are given back to a pair with each of ``names`` for its rarity."""
    most = np.zeros(len(names))
    for spelt in by_alphabet(names):
        taken = [_taken_beside(kind, spelt, other) for other in ALPHABETS]
        most[spelt.places] = np.max(taken, axis=0)
    return most


def _taken_beside(kind: Kind, spelt: Spelt, other: Alphabet) -> Floats:
    """:func:`_taken` of many names of one alphabet."""
    if spelt.alphabet == "cyrillic" != other:
        return np.zeros(len(spelt.letters))
    return bits_taken_many(kind, spelt.alphabet, spelt.letters, other)


def joined_by_letters(
    kind: Kind,
    left: Sequence[str],
    right: Sequence[str],
    at_left: Ints,
    at_right: Ints,
    bits: Floats,
    right_is_latin: Bools,
) -> Floats:
    """The names model's ``bits`` of pairs of spellings, with rarities as the letter models give.

    Of ``left[at_left[i]]`` and ``right[at_right[i]]``, which is in Latin letters or not, the model
    says ``bits[i]``; all have letters. Names of ``right`` are looked up only as far as they count.
    Good to 0.01 where the result is above -12, the least that the model says; pair by pair,
    :class:`LetterSpellings` says the same.
    """
    are_latin = np.array([_alphabet(name) == "latin" for name in left], dtype=np.bool_)
    left_is_latin = are_latin[at_left]
    taken = np.zeros(len(bits))
    for own, other in product((True, False), repeat=2):
        pairs = np.flatnonzero((left_is_latin == own) & (right_is_latin == other))
        if len(pairs):
            taken[pairs] += _taken_at(kind, left, at_left[pairs], own, other)
            taken[pairs] += _taken_at(kind, right, at_right[pairs], other, own)
    return _restored(bits, taken)


def _taken_at(
    kind: Kind, names: Sequence[str], at: Ints, latin: bool, beside_latin: bool
) -> Floats:
    """Bits taken from the names ``at`` positions, each asked once."""
    if beside_latin and not latin:
        # As in _taken: of a mixed pair the Latin spelling alone counts.
        return np.zeros(len(at))
    distinct, which = np.unique(at, return_inverse=True)
    letters = [spell(name).letters for name in texts_at(names, distinct)]
    taken = bits_taken_many(kind, _name_of(latin), letters, _name_of(beside_latin))
    found: Floats = taken[which]
    return found


def _name_of(latin: bool) -> Alphabet:
    return "latin" if latin else "cyrillic"


def _restored(bits: Floats, taken: Floats) -> Floats:
    sound = np.maximum(np.exp2(bits) - _RUINED, 0.0)
    restored: Floats = np.log2(sound * np.exp2(taken) + _RUINED)
    return restored


class LetterSpellings:
    """The names model, pair by pair, with rarities as the letter models give."""

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for (or, below zero, against) one name of ``kind``; 0 for one without letters."""
        if not spell(left).letters or not spell(right).letters:
            return 0.0
        taken = _taken(kind, left, _alphabet(right)) + _taken(kind, right, _alphabet(left))
        # As _restored, without the arrays: single pairs are asked for by the ten thousand.
        sound = max(2.0 ** load_model(kind).bits(left, right) - _RUINED, 0.0)
        return log2(sound * 2.0**taken + _RUINED)


MODEL = LetterSpellings()


def spelling_path(kind: Kind, left: str, right: str) -> str:
    """The alignment in one line: "sch = ш, at = ат, un = ун, ov = ов"."""
    steps = load_model(kind).compare(left, right).steps
    return ", ".join(f"{step.left or '–'} = {step.right or '–'}" for step in steps)
