"""Learn how Cyrillic letter groups are written in Latin letters, by expectation maximisation.

A joint-multigram aligner (Bisani and Ney 2008, Jiampojamarn et al. 2007): the alignment of letters
is hidden; every pair of letter groups gets the count that its alignments are worth, and from the
counts come new probabilities ``P(Latin group | Cyrillic group)``. Deterministic: no random start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sexton.names import training_kernels as kernels
from sexton.names.letters import CYRILLIC, END, LATIN, START

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CYRILLIC = START + CYRILLIC + END
_LATIN = START + LATIN + END
_CYRILLIC_NUMBER = {char: number for number, char in enumerate(_CYRILLIC, 1)}
_LATIN_NUMBER = {char: number for number, char in enumerate(_LATIN, 1)}
_CHUNKS = 1 << 12


def _numbers(words: Sequence[str], table: dict[str, int]) -> tuple[Ints, Ints]:
    flat = np.array([table[char] for word in words for char in word], dtype=np.int64)
    starts = np.cumsum([0, *(len(word) for word in words)], dtype=np.int64)
    return flat, starts


def _chunk_number(chunk: str) -> int:
    number = 0
    for char in chunk:
        number = number << 6 | _CYRILLIC_NUMBER[char]
    return number


def chunk_text(number: int) -> str:
    high, low = number >> 6, number & 63
    return (_CYRILLIC[high - 1] if high else "") + _CYRILLIC[low - 1]


def _latin_text(key: int) -> str:
    chars = []
    while key > 1:
        chars.append(_LATIN[(key & 31) - 1])
        key >>= 5
    return "".join(reversed(chars))


@dataclass
class Lattice:
    """All alignments of a list of pairs; ``chunk`` and ``latin`` name the parameters."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    param: NDArray[np.int32]
    first_arc: NDArray[np.int64]
    states: NDArray[np.int64]
    chunk: NDArray[np.int64]
    latin: list[str]

    def start(self) -> Floats:
        """Probabilities before anything is known: the longer a Latin group, the less likely."""
        lengths = np.array([len(text) for text in self.latin])
        return self.normalise(np.exp2(-np.abs(lengths - 1.2)))

    def normalise(self, counts: Floats) -> Floats:
        """Probabilities given the Cyrillic group."""
        totals = np.bincount(self.chunk, weights=counts, minlength=_CHUNKS)
        result: Floats = counts / np.maximum(totals[self.chunk], 1e-300)
        return result


def build_lattice(cyrillic: Sequence[str], latin: Sequence[str], groups: set[str]) -> Lattice:
    """Enumerate the alignments of the pairs; ``groups`` are the two-letter groups allowed."""
    c, c_start = _numbers(cyrillic, _CYRILLIC_NUMBER)
    l, l_start = _numbers(latin, _LATIN_NUMBER)  # noqa: E741
    allowed = np.zeros(_CHUNKS, dtype=np.bool_)
    allowed[[_chunk_number(group) for group in groups]] = True
    shcha = _CYRILLIC_NUMBER["щ"]
    first = np.zeros(len(cyrillic) + 1, dtype=np.int64)
    arcs = np.zeros((0, 3), dtype=np.int64)
    total = kernels.enumerate_all(c, c_start, l, l_start, allowed, shcha, arcs, first)
    arcs = np.zeros((total, 3), dtype=np.int64)
    kernels.enumerate_all(c, c_start, l, l_start, allowed, shcha, arcs, first)
    keys, param = np.unique(arcs[:, 2], return_inverse=True)
    states = (np.diff(c_start) + 1) * (np.diff(l_start) + 1)
    return Lattice(
        source=arcs[:, 0].astype(np.int32),
        target=arcs[:, 1].astype(np.int32),
        param=param.astype(np.int32),
        first_arc=first,
        states=states,
        chunk=keys >> 45,
        latin=[_latin_text(int(key) & ((1 << 45) - 1)) for key in keys],
    )


def expectation(lattice: Lattice, weights: Floats, probability: Floats) -> tuple[Floats, float]:
    """Expected counts of every parameter, and the log-likelihood of the pairs (nats)."""
    counts = np.zeros(len(probability))
    fit = kernels.expected_counts(
        lattice.source,
        lattice.target,
        lattice.param,
        lattice.first_arc,
        lattice.states,
        weights,
        probability,
        counts,
    )
    return counts, float(fit)


def maximise(
    lattice: Lattice, weights: Floats, start: Floats, rounds: int, prior: float = 0.0
) -> tuple[Floats, Floats]:
    """Run ``rounds`` of EM from ``start``, which also serves as prior worth ``prior`` counts."""
    probability, counts = start, start
    for _ in range(rounds):
        counts, _ = expectation(lattice, weights, probability)
        probability = lattice.normalise(counts + prior * start)
    return probability, counts
