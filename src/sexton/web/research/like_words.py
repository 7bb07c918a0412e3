"""Words like a word: those that share pairs of letters with it, and of these the likest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from sexton.web.research.bearers import Bearers

LOOKED_AT = 3000


class LikeWords:
    """Finds the likest of many words; which they are is fixed when it is made."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._numbers: dict[str, int] = {}
        numbers = self._numbers
        found = [
            (numbers.setdefault(pair, len(numbers)), at)
            for at, word in enumerate(words)
            for pair in _pairs(word)
        ]
        self._having = Bearers.of(found, len(numbers))

    def like(self, word: str, most: int, at_least: float) -> list[tuple[int, float]]:
        """The places of the likest words, each with how like it is (``rapidfuzz.fuzz.ratio``, of
        100), the likest first. Words that share few pairs of letters with it are not looked at."""
        places = self._nearest(word)
        found = process.extract(
            word,
            [self.words[place] for place in places],
            scorer=fuzz.ratio,
            limit=most,
            score_cutoff=at_least,
        )
        return [(places[at], score) for _, score, at in found]

    def _nearest(self, word: str) -> list[int]:
        """Those that share the most pairs, some ``LOOKED_AT`` at most, in their order."""
        known = [self._numbers[pair] for pair in _pairs(word) if pair in self._numbers]
        if not known:
            return []
        shared = np.bincount(np.concatenate([self._having[number] for number in known]))
        with_as_many = np.bincount(shared)
        with_more = np.cumsum(with_as_many[::-1])[::-1]  # at n: how many share n or more
        enough = int(np.searchsorted(-with_more, -LOOKED_AT))
        found: list[int] = np.flatnonzero(shared >= max(1, enough)).tolist()
        return found


def _pairs(word: str) -> set[str]:
    """Its letters two by two, its ends too."""
    whole = f" {word} "
    return {whole[at : at + 2] for at in range(len(whole) - 1)}
