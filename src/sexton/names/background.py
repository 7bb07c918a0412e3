"""How probable a spelling is by itself: letters in a row, and the names that everybody has.

``P(x) = sum over common names of share x P(x | name) + (rest) x letter model``. A common name
explains its own spelling, so agreeing on Иванов says little; a rare name says much.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.names.chunks import total_bits
from sexton.names.composition import cyrillic_latin
from sexton.names.letter_models import LetterModel, letter_model
from sexton.names.letters import CYRILLIC, END, LATIN, START, Alphabet, by_alphabet, spell
from sexton.names.tables import read_columns, read_numbers

# However few names were counted, there are others.
_LEAST_REST = 1e-4
# How many common names a spelling is tried against.
_TRIED = 3
# So many spellings are kept with their bits.
_MOST_KEPT = 262_144

Floats = NDArray[np.float64]


@cache
def load_letters(kind: str, alphabet: Alphabet) -> LetterModel:
    """The packaged letter model of one kind of name in one alphabet."""
    return letter_model(*read_columns(f"letters_{kind}_{alphabet}.tsv"), alphabet)


# Consonants by the sound that every convention keeps; hushing, hissing and back ones are one class.
_CLASSES = {
    letter: sound
    for sound, group in {
        "k": "сзшжцчщгґхкszckqghxčšž",
        "t": "тдtd",
        "v": "вфvwf",
        "p": "бпbp",
        "l": "лl",
        "r": "рr",
        "n": "мнmn",
    }.items()
    for letter in group
}
_SOUNDS = str.maketrans(
    {letter: _CLASSES.get(letter, "") for letter in START + END + CYRILLIC + LATIN}
)
# What sounds like "tsch" is one sound.
_HUSHED, _REPEATED = re.compile("(?:t*k)+"), re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """The consonant classes of a spelt word, without repeats: what spellings of it share."""
    return _REPEATED.sub(r"\1", _HUSHED.sub("k", word.translate(_SOUNDS)))


@dataclass(frozen=True)
class CommonNames:
    """The commonest names of one kind with their shares, and how to find them by skeleton."""

    shares: Mapping[str, float]
    by_skeleton: Mapping[str, tuple[str, ...]]
    rest: float

    def explained(self, spellings: Sequence[str]) -> Floats:
        """Probability of each Latin spelling that it is that of a common name."""
        lists = [self.by_skeleton.get(skeleton(latin), ())[:_TRIED] for latin in spellings]
        if not any(lists):
            return np.zeros(len(lists))
        bits = total_bits(cyrillic_latin(), lists, spellings)
        shares = [self.shares[name] for names in lists for name in names]
        which = np.repeat(np.arange(len(lists)), [len(names) for names in lists])
        found = np.bincount(which, shares * np.exp2(bits), len(lists))
        return np.asarray(found, dtype=np.float64)


def add_bits(scores: object) -> float:
    """log2 of a sum of probabilities given in bits."""
    values = [float(score) for score in scores]  # type: ignore[attr-defined]
    most = max(values)
    if len(values) == 1:
        return most
    return most + math.log2(math.fsum([2.0 ** (value - most) for value in values]))


@cache
def load_common(kind: str) -> CommonNames:
    """The packaged common names of one kind."""
    shares: dict[str, float] = {}
    for name, share in read_numbers(f"popular_{kind}.tsv").items():
        word = spell(name).letters
        shares[word] = shares.get(word, 0.0) + share
    by_skeleton: dict[str, list[str]] = {}
    for word in shares:
        by_skeleton.setdefault(skeleton(word), []).append(word)
    ordered = {key: tuple(words) for key, words in by_skeleton.items()}
    return CommonNames(shares, ordered, max(1.0 - sum(shares.values()), _LEAST_REST))


class Background:
    """How probable spellings of one kind in one alphabet are by themselves; what was asked is kept.

    Threads may ask at once.
    """

    def __init__(self, kind: str, alphabet: Alphabet) -> None:
        """Use :func:`load_background`, which keeps one of each kind and alphabet."""
        self._common, self._letters = load_common(kind), load_letters(kind, alphabet)
        self._alphabet = alphabet
        self._known: dict[str, float] = {}

    def bits(self, word: str) -> float:
        """log2 P(word) for a spelt name."""
        known = self._known.get(word)
        if known is None:
            letters = np.array([self._letters.bits(word)])
            known = float(self._with_common([word], letters)[0])
            self._keep({word: known})
        return known

    def bits_many(self, words: Sequence[str]) -> Floats:
        """:meth:`bits` of many words: far sooner done than one by one."""
        known = self._known
        fresh = [word for word in dict.fromkeys(words) if word not in known]
        found: dict[str, float] = {}
        if fresh:
            bits = self._with_common(fresh, self._letters.bits_many(fresh))
            found = dict(zip(fresh, bits.tolist(), strict=True))
            self._keep(found)
        told = [found[word] if word in found else known[word] for word in words]
        return np.array(told, dtype=np.float64)

    def _with_common(self, words: Sequence[str], letters: Floats) -> Floats:
        if self._alphabet == "cyrillic":
            common = np.array([self._common.shares.get(word, 0.0) for word in words])
        else:
            common = self._common.explained(words)
        bits: Floats = np.log2(self._common.rest * np.exp2(letters) + common)
        return bits

    def _keep(self, found: Mapping[str, float]) -> None:
        if len(self._known) > _MOST_KEPT:
            # Another thread may still read the old one.
            self._known = {}
        self._known.update(found)


@cache
def load_background(kind: str, alphabet: Alphabet) -> Background:
    """The background of one kind of name in one alphabet, from the packaged tables."""
    return Background(kind, alphabet)


def background_bits(kind: str, alphabet: Alphabet, word: str) -> float:
    """log2 P(word) for a spelt name of this kind."""
    return load_background(kind, alphabet).bits(word)


def rarity_bits(kind: str, name: str) -> float:
    """Minus log2 of how probable the spelling ``name`` is by itself; 0 for one without letters.

    No agreement on a name can say more than this: whoever bears the name is at least as common as
    one way to spell it.
    """
    spelling = spell(name)
    if not spelling.letters:
        return 0.0
    return -background_bits(kind, spelling.alphabet, spelling.letters)


def rarity_bits_many(kind: str, names: Sequence[str]) -> Floats:
    """:func:`rarity_bits` of many names."""
    rarity = np.zeros(len(names))
    for spelt in by_alphabet(names):
        rarity[spelt.places] = -load_background(kind, spelt.alphabet).bits_many(spelt.letters)
    return rarity
