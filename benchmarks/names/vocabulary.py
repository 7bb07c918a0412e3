"""The names among which the truth is looked for."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterable

from benchmarks.names.queries import ROOT, plain_cyrillic

COUNTS = ROOT / "data" / "names" / "surname_counts.tsv.xz"
SIZE = 160_000


def load_vocabulary(truths: Iterable[str], size: int = SIZE) -> tuple[list[str], list[int]]:
    """The commonest ``size`` surnames of russiannames 2.0.0, and the true ones beside them.

    Returns names (small letters, е for ё) by falling commonness, and their counts.
    """
    counts: Counter[str] = Counter()
    with lzma.open(COUNTS, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            name, count = line.rstrip("\n").split("\t")
            counts[plain_cyrillic(name)] += int(count)
    names = [name for name, _ in counts.most_common(size)]
    rest = sorted(set(truths) - set(names), key=lambda name: (-counts[name], name))
    names += rest
    return names, [max(counts[name], 1) for name in names]
