"""A vocabulary of a million distinct surnames: the real ones, and SIMULATED ones beside them.

A simulated surname joins the beginning of one real surname to the end of another, cut before a
consonant that follows a vowel (корн|илов + вас|ильев = корнильев), each drawn alike. Nobody need
bear it; it serves to measure time and memory only.
"""

from __future__ import annotations

import re
from random import Random

from benchmarks.names.vocabulary import read_counts

SEED = 1946
_CUT = re.compile("(?<=[аеиоуыэюя])(?=[бвгджзклмнпрстфхцчшщ])")
_LEAST, _MOST = 4, 16
_LETTERS = re.compile("[а-я]+")
# Rarer surnames of the counts are often slips of the keyboard, whose parts would make worse ones.
_LEAST_COUNT = 2


def many_surnames(size: int) -> tuple[list[str], list[int], int]:
    """Names, their counts (1 for the simulated), and how many of them are real.

    The real ones come first, by falling commonness.
    """
    counts = read_counts("surname")
    names = [name for name, _ in counts.most_common(size)]
    real, known, random = len(names), set(names), Random(SEED)
    beginnings, ends = _parts(
        [n for n in names if counts[n] >= _LEAST_COUNT and _LETTERS.fullmatch(n)]
    )
    while len(names) < size:
        name = random.choice(beginnings) + random.choice(ends)
        if _LEAST <= len(name) <= _MOST and name not in known:
            known.add(name)
            names.append(name)
    return names, [max(counts[name], 1) for name in names], real


def _parts(names: list[str]) -> tuple[list[str], list[str]]:
    beginnings, ends = [], []
    for name in names:
        cuts = [match.start() for match in _CUT.finditer(name)]
        if cuts:
            middle = cuts[len(cuts) // 2]
            beginnings.append(name[:middle])
            ends.append(name[middle:])
    return sorted(set(beginnings)), sorted(set(ends))
