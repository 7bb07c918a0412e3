"""Count letters and common names for the background models."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from sexton.names.composition import CONVENTION_PRIOR, CONVENTIONS, Spellings
from sexton.names.letters import END, START

ORDER = 4
COMMON = {"surname": 5000, "given": 1500, "patronymic": 1500}
# Latin spellings are made for so many of the commonest names; the rest adds little.
ROMANISED = 60_000
# n-grams seen less often than this (per million names) are dropped.
LEAST_PER_MILLION = 25.0
# The spellings of a group must add up to this for it to be written as one.
LEAST_TOLD = 0.5


def common_names(counts: Mapping[str, int], kind: str) -> dict[str, float]:
    """The commonest names and their shares of all bearers, commonest first."""
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {name.strip(START + END): n / total for name, n in ordered[: COMMON[kind]]}


def _letter_groups(word: str) -> list[str]:
    return [
        word[i - size : i + 1] for i in range(1, len(word)) for size in range(min(ORDER - 1, i) + 1)
    ]


def letter_counts(words: Mapping[str, float]) -> dict[str, float]:
    """n-gram counts per million names, those of weight kept, in order."""
    counted: Counter[str] = Counter()
    for word, weight in words.items():
        for group in _letter_groups(word):
            counted[group] += weight  # type: ignore[assignment]
    scale = 1e6 / math.fsum(words.values())
    kept = {group: float(round(n * scale)) for group, n in sorted(counted.items())}
    return {group: n for group, n in kept.items() if n >= LEAST_PER_MILLION}


def damped(counts: Mapping[str, int]) -> dict[str, float]:
    """Counts drawn together: the letter model stands for the names that are not common."""
    return {word: math.sqrt(count) for word, count in counts.items()}


def _likeliest(spellings: Spellings, convention: int) -> dict[str, str]:
    """The commonest spelling of each group; a group of which only rare ones are told has none."""
    return {
        chunk: max(sorted(group), key=lambda latin: float(group[latin][convention]))
        for chunk, group in spellings.items()
        if sum(float(vector[convention]) for vector in group.values()) >= LEAST_TOLD
    }


def _romanise(word: str, likeliest: Mapping[str, str]) -> str:
    latin, i = "", 0
    while i < len(word):
        size = 2 if word[i : i + 2] in likeliest else 1
        latin += likeliest.get(word[i : i + size], "")
        i += size
    return latin


def romanised(counts: Mapping[str, int], spellings: Spellings) -> dict[str, float]:
    """Latin spellings of the commonest names, each convention with its share."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:ROMANISED]
    words: dict[str, float] = {}
    for convention in range(len(CONVENTIONS)):
        likeliest = _likeliest(spellings, convention)
        for word, count in ordered:
            latin = _romanise(word, likeliest)
            weight = float(CONVENTION_PRIOR[convention]) * math.sqrt(count)
            words[latin] = words.get(latin, 0.0) + weight
    return words
