"""How common names are, told by the very lists that are compared.

A spelling's background P(x) comes with the names model, which knows Soviet names: to it webb is
almost impossible, so any two Latin names that it cannot explain would seem to agree. The lists
themselves know better. Their letters are mixed with the model's, as far as they explain names that
they were not counted on; their men are counted beside an imagined population in which every
spelling is as common as its letters, as many as explain best which names repeat themselves.
Nothing here is learnt from pairs that are known to be one man's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sexton.names.background import load_background
from sexton.names.channel import Kind
from sexton.names.letter_models import LetterModel, counted_letters
from sexton.names.letters import Alphabet, by_alphabet, spell

Floats = NDArray[np.float64]

SAMPLE = 5_000
"""Distinct names of which the letters are counted."""
MOST_IMAGINED = 100_000.0
"""The imagined population is no larger."""

_ROUNDS = 30


@dataclass
class _Letters:
    """The letters of one alphabet: two models, each of one half of the names, and the share in
    which they are mixed with the packaged one."""

    halves: tuple[LetterModel, LetterModel]
    share: float


@dataclass
class OwnLetters:
    """The letters of a list's names of one kind beside those of the packaged model."""

    kind: Kind
    _letters: dict[Alphabet, _Letters] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, names: Iterable[str]) -> OwnLetters:
        """Count the letters of distinct names; the order of the names plays no part."""
        words: dict[Alphabet, set[str]] = defaultdict(set)
        for spelling in map(spell, names):
            if spelling.letters:
                words[spelling.alphabet].add(spelling.letters)
        found = cls(kind)
        for alphabet, distinct in words.items():
            chosen = sorted(distinct, key=_lot)[:SAMPLE]
            found._letters[alphabet] = _mixed(kind, alphabet, chosen)
        return found

    def gains(self, names: Sequence[str]) -> Floats:
        """log2 P'(x) / P(x) of each name: how much likelier a spelling is by the mixed letters
        than by the packaged ones; 0 for names without letters."""
        gains = np.zeros(len(names))
        for spelt in by_alphabet(names):
            known = self._letters.get(spelt.alphabet)
            if known is not None:
                advantage = _advantage(self.kind, spelt.alphabet, known.halves, spelt.letters)
                odds = np.exp2(np.minimum(advantage, 500.0))
                gains[spelt.places] = np.log2(1 - known.share + known.share * odds)
        return gains


def _lot(word: str) -> int:
    """A number that a word always draws."""
    return crc32(word.encode())


def _half(word: str) -> int:
    """The half to which a word belongs: with all that begin like it, for the spellings of one man's
    name must not foretell each other."""
    return _lot(word[:1]) & 1


def _mixed(kind: Kind, alphabet: Alphabet, words: Sequence[str]) -> _Letters:
    one, other = (
        counted_letters([word for word in words if _half(word) == half], alphabet)
        for half in (0, 1)
    )
    halves = one, other
    return _Letters(halves, mixing_share(_advantage(kind, alphabet, halves, words)))


def _advantage(
    kind: Kind,
    alphabet: Alphabet,
    halves: tuple[LetterModel, LetterModel],
    words: Sequence[str],
) -> Floats:
    """log2 of how much likelier each word is by the letters of the half that it is not in than by
    the packaged ones."""
    half = np.array([_half(word) for word in words])
    own = np.where(half == 0, halves[1].bits_many(words), halves[0].bits_many(words))
    advantage: Floats = own - load_background(kind, alphabet).bits_many(words)
    return advantage


def mixing_share(advantage: Floats) -> float:
    """The share of a second model in a mixture that makes what was seen likeliest (EM).

    ``advantage``: log2 of how much likelier the second makes each thing seen than the first.
    """
    odds = np.exp2(np.clip(advantage, -500.0, 500.0))
    share = 0.5
    for _ in range(_ROUNDS):
        share = float((share * odds / (1 - share + share * odds)).mean())
    # Neither of the two is ever known to be of no use.
    return min(max(share, 1 / (len(odds) + 2)), 1 - 1 / (len(odds) + 2))


def discount(bearers: Floats) -> float:
    """What to take from the men of each name for how often another man will bear it, 0 to 1.

    Names that one man of a list bears are borne by fewer others than one in so many: of those that
    a list has once, most will not come again. The names borne once and twice tell how many (Ney,
    Essen & Kneser 1994, "On structuring probabilistic dependences in stochastic language
    modelling"); where none is borne twice, all of it is taken.
    """
    once, twice = int((bearers == 1).sum()), int((bearers == 2).sum())
    return once / (once + 2 * twice) if once else 1.0


def imagined_population(bearers: Floats, letters: Floats) -> float:
    """How many imagined men beside the counted ones explain best which names repeat themselves.

    ``bearers`` counts the men of each name, ``letters`` is log2 P'(name). Each man is foretold by
    all others and the imagined ones (the likelihood with one left out): those who bear Soviet names
    are foretold by the letters, of other names the list itself tells more.
    """
    sizes = np.exp2(np.arange(0.0, np.log2(MOST_IMAGINED) + 1)).clip(max=MOST_IMAGINED)
    shares = np.exp2(letters)
    total = bearers.sum()
    others = np.maximum(bearers - 1, 0.0)
    likelihoods = [
        float((bearers * np.log2((others + size * shares) / (total - 1 + size))).sum())
        for size in sizes
    ]
    return float(sizes[int(np.argmax(likelihoods))]) if total > 1 else MOST_IMAGINED
