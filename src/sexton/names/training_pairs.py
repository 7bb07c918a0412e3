"""Read the files that the name tables are trained from: pairs of spellings, counts of names."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sexton.names.letters import spell

CONVENTIONS = ("de", "fr", "nl", "pl", "en", "sci")
# A form that only comes near the rules of a convention counts this much for it.
NEAR_WEIGHT = 0.3
HELD_OUT_SHARE = 10


class TrainingPair(NamedTuple):
    """One Cyrillic and one Latin form of a name, spelt with edges, and whose rules they follow."""

    cyrillic: str
    latin: str
    weights: tuple[float, ...]
    wikidata: str
    soviet: str


def is_held_out(wikidata: str) -> bool:
    """One item in ten is never trained on; all forms of an item fall on the same side."""
    return zlib.crc32(wikidata.encode()) % HELD_OUT_SHARE == 0


def is_development(wikidata: str) -> bool:
    """Another item in ten is not trained on: choices are made by it, versions compared on it."""
    return zlib.crc32(wikidata.encode()) % HELD_OUT_SHARE == 1


def is_training(wikidata: str) -> bool:
    """The eight items in ten that the tables are learnt from."""
    return zlib.crc32(wikidata.encode()) % HELD_OUT_SHARE > 1


def _convention_weights(label: str) -> tuple[float, ...]:
    near = label.endswith("?")
    named = label.rstrip("?").split("|")
    weight = NEAR_WEIGHT if near else 1.0
    return tuple(weight if convention in named else 0.0 for convention in CONVENTIONS)


def _lines(path: Path) -> Iterator[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


def read_pairs(path: Path) -> Iterator[TrainingPair]:
    """Read the name pairs; a pair without letters of both alphabets is passed over."""
    for cyrillic, latin, label, soviet, wikidata in _lines(path):
        left, right = spell(cyrillic), spell(latin)
        if left.alphabet == "cyrillic" and right.alphabet == "latin" and right.letters:
            weights = _convention_weights(label)
            yield TrainingPair(left.letters, right.letters, weights, wikidata, soviet)


def read_counts(path: Path) -> dict[str, int]:
    """Read ``name, count``; names that spell the same in our letters are added up."""
    counts: dict[str, int] = {}
    for name, count in _lines(path):
        spelling = spell(name)
        if spelling.alphabet == "cyrillic":
            counts[spelling.letters] = counts.get(spelling.letters, 0) + int(count)
    return counts
