"""The names among which the truth is looked for."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterable

from benchmarks.names.queries import ROOT, plain_cyrillic

FOLDER = ROOT / "data" / "names"
SIZE = 160_000


def read_counts(kind: str) -> Counter[str]:
    """Bearers of each name of ``kind`` in russiannames 2.0.0; small letters, е for ё."""
    counts: Counter[str] = Counter()
    with lzma.open(FOLDER / f"{kind}_counts.tsv.xz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            name, count = line.rstrip("\n").split("\t")
            counts[plain_cyrillic(name)] += int(count)
    return counts


def load_vocabulary(
    truths: Iterable[str], size: int = SIZE, kind: str = "surname"
) -> tuple[list[str], list[int]]:
    """The commonest ``size`` names of ``kind``, and the true ones beside them.

    Returns names (small letters, е for ё) by falling commonness, and their counts.
    """
    counts = read_counts(kind)
    names = [name for name, _ in counts.most_common(size)]
    rest = sorted(set(truths) - set(names), key=lambda name: (-counts[name], name))
    names += rest
    return names, [max(counts[name], 1) for name in names]
