"""Compare two written names: how much more probable are they if one person bears both?

``bits = log2 P(a, b | one name) / (P(a) P(b))``: the channel (how a name comes to be written in two
ways, see :mod:`composition` and :mod:`one_alphabet`) against the backgrounds (how common the
spellings are by themselves, see :mod:`background`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names.background import add_bits, background_bits, load_background
from sexton.names.calibration import bend, calibrated_rarity, curve_of, pair_name
from sexton.names.chunks import IMPOSSIBLE, ChunkTable, Step, align, best_scores
from sexton.names.composition import cyrillic_latin
from sexton.names.letters import END, START, Alphabet, Spelling, spell
from sexton.names.one_alphabet import cyrillic_cyrillic, latin_latin
from sexton.names.tables import read_text

Floats = NDArray[np.float64]
Kind = Literal["surname", "given", "patronymic"]
KINDS: tuple[Kind, ...] = ("surname", "given", "patronymic")

# However unlike two spellings are, they may be one name ruined past recognition: one case in 4096.
RUINED_BITS = -12.0


@dataclass(frozen=True, slots=True)
class AlignmentStep:
    """A group of letters of one name beside the group of the other that stands for it.

    ``bits`` is log2 of how probable this way of writing is; an empty side is a letter lost.
    """

    left: str
    right: str
    bits: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What two written names say about being one name.

    ``bits`` is the sum of the bits of ``steps`` and of ``commonness``: how rare the spellings are
    by themselves, with what other conventions add. ``convention`` is the likeliest
    ("de", "fr/nl" for two Latin forms), "" where none is needed. ``note`` is "ruined" when the
    spellings are so unlike that the bits are those of a name ruined past recognition.
    """

    a: str
    b: str
    bits: float
    steps: tuple[AlignmentStep, ...]
    convention: str
    note: str
    commonness: float


class _Pair(NamedTuple):
    """Two spellings in the order of their table."""

    table: ChunkTable
    left: Spelling
    right: Spelling
    swapped: bool


def table_for(left: Alphabet, right: Alphabet) -> ChunkTable:
    """The chunk table of two alphabets; Cyrillic is always the left side of a mixed pair."""
    if left == right:
        return latin_latin() if left == "latin" else cyrillic_cyrillic()
    return cyrillic_latin()


def soften(bits: float) -> float:
    """Allow for names ruined past recognition: log2(2^bits + 2^-12)."""
    return add_bits((bits, RUINED_BITS))


def base_bits(kind: str, own: Spelling, other: Alphabet) -> float:
    """What a spelling adds for being rare, beside a name in the alphabet ``other``.

    Of a mixed pair the Latin spelling alone counts: P(c, l) / P(c) P(l) = P(l | c) / P(l).
    In one alphabet each counts half, as the tables are symmetric. Calibrated: see
    :mod:`calibration`, which is why ``soften(channel + base_bits)`` needs no map of its own.
    """
    share = _share(own.alphabet, other)
    return share * _rarity(kind, own, other) if share else 0.0


def base_bits_many(kind: str, own: Alphabet, words: Sequence[str], other: Alphabet) -> Floats:
    """:func:`base_bits` of many spelt words of one alphabet, sooner than one by one."""
    share = _share(own, other)
    if not share:
        return np.zeros(len(words))
    bits = -load_background(kind, own).bits_many(words)
    heights = curve_of(kind, pair_name(own, other))
    return share * (bits if heights is None else bend(bits, heights))


def bits_taken(kind: str, own: Spelling, other: Alphabet) -> float:
    """What the calibration has taken from :func:`base_bits`."""
    share = _share(own.alphabet, other)
    if not share:
        return 0.0
    by_letters = -background_bits(kind, own.alphabet, own.letters)
    return share * by_letters - base_bits(kind, own, other)


def bits_taken_many(kind: str, own: Alphabet, words: Sequence[str], other: Alphabet) -> Floats:
    """:func:`bits_taken` of many spelt words of one alphabet."""
    by_letters = _share(own, other) * -load_background(kind, own).bits_many(words)
    taken: Floats = by_letters - base_bits_many(kind, own, words, other)
    return taken


def _share(own: Alphabet, other: Alphabet) -> float:
    """How much of its rarity a spelling adds."""
    if own == other:
        return 0.5
    return 0.0 if own == "cyrillic" else 1.0


@lru_cache(maxsize=262_144)
def _rarity(kind: str, own: Spelling, other: Alphabet) -> float:
    bits = -background_bits(kind, own.alphabet, own.letters)
    return calibrated_rarity(kind, own.alphabet, other, bits)


def _arrange(a: str, b: str) -> _Pair | None:
    left, right = spell(a), spell(b)
    if not left.letters or not right.letters:
        return None
    swapped = left.alphabet == "latin" and right.alphabet == "cyrillic"
    if swapped:
        left, right = right, left
    return _Pair(table_for(left.alphabet, right.alphabet), left, right, swapped)


def _shown(step: Step, swapped: bool) -> AlignmentStep:
    left, right = (text.strip(START + END) for text in step[:2])
    return AlignmentStep(right, left, step[2]) if swapped else AlignmentStep(left, right, step[2])


class ChannelModel:
    """Compares names of one kind (surnames, given names, patronymics) in any two alphabets.

    ``version`` names the tables that the numbers come from.
    """

    def __init__(self, kind: Kind) -> None:
        """Use :func:`load_model`, which keeps one model of each kind."""
        self.kind = kind
        self.version = read_text("VERSION").strip()
        self.bits = lru_cache(maxsize=262_144)(self._bits)

    def _scores(self, pair: _Pair) -> NDArray[np.float64]:
        return best_scores(pair.table, pair.left.letters, pair.right.letters)

    def _rarity(self, pair: _Pair) -> float:
        left, right = pair.left, pair.right
        return base_bits(self.kind, left, right.alphabet) + base_bits(
            self.kind, right, left.alphabet
        )

    def _bits(self, a: str, b: str) -> float:
        """Bits for (or, below zero, against) one name behind ``a`` and ``b``.

        0 when one of them has no letters. Symmetric. Cached.
        """
        pair = _arrange(a, b)
        if pair is None:
            return 0.0
        return soften(add_bits(self._scores(pair)) + self._rarity(pair))

    def bits_many(self, pairs: Iterable[tuple[str, str]]) -> NDArray[np.float64]:
        """:meth:`bits` of many pairs."""
        return np.array([self.bits(a, b) for a, b in pairs], dtype=np.float64)

    def convention_bits(self, a: str, b: str) -> dict[str, float]:
        """Bits under each convention alone, its prior left out: a source that keeps to one
        convention can weigh its pages together. Empty when a name has no letters."""
        pair = _arrange(a, b)
        if pair is None:
            return {}
        alone = self._scores(pair) - pair.table.prior + self._rarity(pair)
        return {
            name: soften(float(bits)) for name, bits in zip(pair.table.profiles, alone, strict=True)
        }

    def compare(self, a: str, b: str) -> NameComparison:
        """The alignment of two names that explains :meth:`bits`."""
        pair = _arrange(a, b)
        if pair is None:
            return NameComparison(a, b, 0.0, (), "", "", 0.0)
        scores = self._scores(pair)
        profile = int(scores.argmax())
        raw = add_bits(scores) + self._rarity(pair)
        aligned = align(pair.table, pair.left.letters, pair.right.letters, profile)
        shown = tuple(_shown(step, pair.swapped) for step in aligned)
        steps = tuple(step for step in shown if step.left or step.right)
        bits = soften(raw)
        commonness = bits - math.fsum(step.bits for step in steps)
        note = "ruined" if raw < RUINED_BITS and scores.max() > IMPOSSIBLE else ""
        return NameComparison(a, b, bits, steps, pair.table.profiles[profile], note, commonness)


@cache
def load_model(kind: Kind = "surname") -> ChannelModel:
    """The model of one kind of name, from the packaged tables.

    Raises ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of name {kind!r}: use one of {', '.join(KINDS)}")
    return ChannelModel(kind)
