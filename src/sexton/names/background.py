"""How probable a spelling is by itself: letters in a row, and the names that everybody has.

``P(x) = sum over common names of share x P(x | name) + (rest) x letter model``. A common name
explains its own spelling, so agreeing on Иванов says little; a rare name says much.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from sexton.names.chunks import total_bits
from sexton.names.composition import cyrillic_latin
from sexton.names.letters import CYRILLIC, LATIN, Alphabet, spell
from sexton.names.tables import read_numbers

# Share of letters that follow no pattern (misread names), spread evenly over the alphabet.
_IRREGULAR = 0.03
# Witten-Bell: contexts are trusted as far as they were seen; one step back at a time.
_ORDER = 4
# Groups of letters of which the probability is kept.
_KEPT = 65_536
# However few names were counted, there are others.
_LEAST_REST = 1e-4
# How many common names a spelling is tried against.
_TRIED = 3
# What common names explain is kept of so many spellings.
_MOST_EXPLAINED = 262_144


@dataclass(frozen=True)
class LetterModel:
    """Letter n-grams with Witten-Bell smoothing; ``counts`` are by n-gram of up to four letters."""

    counts: Mapping[str, float]
    totals: Mapping[str, tuple[float, int]]
    letters: int

    def probability(self, context: str, letter: str) -> float:
        """P(letter | context), from the longest context seen down to no context."""
        value = 1.0 / (self.letters + 1)
        for size in range(len(context) + 1):
            seen = self.totals.get(context[len(context) - size :])
            if seen is None:
                break
            total, kinds = seen
            count = self.counts.get(context[len(context) - size :] + letter, 0.0)
            value = (count + kinds * value) / (total + kinds)
        return value

    def bits(self, word: str) -> float:
        """log2 probability of a spelt word, its end included."""
        bits = self._known_bits
        return sum(bits(word[max(0, i - _ORDER + 1) : i + 1]) for i in range(1, len(word)))

    def added_bits(self, word: str, start: int) -> float:
        """What the letters of a spelt word from ``start`` on (1 or more) add to :meth:`bits`."""
        bits = self._known_bits
        return sum(bits(word[max(0, i - _ORDER + 1) : i + 1]) for i in range(start, len(word)))

    @cached_property
    def _known_bits(self) -> Callable[[str], float]:
        """:meth:`_last_bits`, kept: spellings share most of their groups of letters."""
        return lru_cache(maxsize=_KEPT)(self._last_bits)

    def _last_bits(self, gram: str) -> float:
        """log2 probability of the last letter of ``gram`` after the others."""
        even = _IRREGULAR / (self.letters + 1)
        return math.log2((1 - _IRREGULAR) * self.probability(gram[:-1], gram[-1]) + even)


def letter_model(counts: Mapping[str, float], alphabet: Alphabet) -> LetterModel:
    """Build the model from n-gram counts; shorter n-grams are summed from the longest ones."""
    totals: dict[str, tuple[float, int]] = {}
    for gram, count in counts.items():
        total, kinds = totals.get(gram[:-1], (0.0, 0))
        totals[gram[:-1]] = (total + count, kinds + 1)
    return LetterModel(counts, totals, len(CYRILLIC if alphabet == "cyrillic" else LATIN))


@cache
def load_letters(kind: str, alphabet: Alphabet) -> LetterModel:
    """The packaged letter model of one kind of name in one alphabet."""
    return letter_model(read_numbers(f"letters_{kind}_{alphabet}.tsv"), alphabet)


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


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonant classes of a spelt word, without repeats: what spellings of it share."""
    sounds = ""
    for letter in word:
        sound = _CLASSES.get(letter, "")
        if sound == "k" and sounds.endswith("t"):
            sounds = sounds[:-1]
        if sound and not sounds.endswith(sound):
            sounds += sound
    return sounds


@dataclass(frozen=True)
class CommonNames:
    """The commonest names of one kind with their shares, and how to find them by skeleton."""

    shares: Mapping[str, float]
    by_skeleton: Mapping[str, tuple[str, ...]]
    rest: float

    def explained(self, latin: str) -> float:
        """Probability that a Latin spelling is that of a common name."""
        known = self._known.get(latin)
        return self._explain([latin])[0] if known is None else known

    def explain(self, spellings: Iterable[str]) -> None:
        """Prepare :meth:`explained` of many spellings: far sooner done than one by one."""
        fresh = [latin for latin in dict.fromkeys(spellings) if latin not in self._known]
        if fresh:
            self._explain(fresh)

    def _explain(self, spellings: Sequence[str]) -> list[float]:
        lists = [self.by_skeleton.get(skeleton(latin), ())[:_TRIED] for latin in spellings]
        bits = iter(total_bits(cyrillic_latin(), lists, spellings).tolist())
        found = [
            math.fsum(self.shares[name] * math.exp2(next(bits)) for name in names)
            for names in lists
        ]
        if len(self._known) > _MOST_EXPLAINED:
            self._known.clear()
        self._known.update(zip(spellings, found, strict=True))
        return found

    @cached_property
    def _known(self) -> dict[str, float]:
        return {}


def add_bits(scores: object) -> float:
    """log2 of a sum of probabilities given in bits."""
    values = [float(score) for score in scores]  # type: ignore[attr-defined]
    most = max(values)
    return most + math.log2(math.fsum(2.0 ** (value - most) for value in values))


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


def explain_spellings(kind: str, spellings: Iterable[str]) -> None:
    """Prepare :func:`background_bits` of many Latin spellings at once."""
    load_common(kind).explain(spellings)


@lru_cache(maxsize=262_144)
def background_bits(kind: str, alphabet: Alphabet, word: str) -> float:
    """log2 P(word) for a spelt name of this kind."""
    common = load_common(kind)
    by_letters = common.rest * 2.0 ** load_letters(kind, alphabet).bits(word)
    if alphabet == "cyrillic":
        return math.log2(by_letters + common.shares.get(word, 0.0))
    return math.log2(by_letters + common.explained(word))


def rarity_bits(kind: str, name: str) -> float:
    """Minus log2 of how probable the spelling ``name`` is by itself; 0 for one without letters.

    No agreement on a name can say more than this: whoever bears the name is at least as common as
    one way to spell it.
    """
    spelling = spell(name)
    if not spelling.letters:
        return 0.0
    return -background_bits(kind, spelling.alphabet, spelling.letters)
