"""The spellings that each distinct name which is asked for may stand for, searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import inf
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence.spellings import joined_by_letters, most_taken
from sexton.linkage.cores import core_count
from sexton.linkage.vocabularies import Vocabulary
from sexton.names.channel import Kind


class Search(NamedTuple):
    """How widely spellings are searched for.

    ``top``: how many archive names are taken for each distinct name that is asked for. ``lowest``:
    the search goes no lower than so many bits. ``beam``: names so many bits under the best spelling
    are left out; as the vocabulary has it where there is none. ``sound``: where the best spelling
    itself lies more than so many bits under the best conceivable one, the beam is narrower.
    """

    top: Mapping[Kind, int]
    lowest: float
    sound: Mapping[Kind, float]
    beam: float | None = None


# Of surnames alone: a vocabulary of given names or patronymics is soon searched.
DEEP = Search({"surname": 300, "given": 150, "patronymic": 150}, -24.0, {"surname": 14.0})
"""To where hardly anything is told apart any more."""

QUICK = Search({"surname": 100, "given": 50, "patronymic": 50}, -12.0, {"surname": 10.0}, 10.0)
"""Enough for most names: they are spelt nearly as the archive spells them."""

# Texts that a thread takes at a time: fewer where they are few, so that threads end together. How
# many cores there are is not asked: on it would hang the order in which sums are taken.
_TOGETHER, _FEWEST_TOGETHER = 400, 50
_RUNS = 8

DEPTH = 6.0
"""Texts are searched together whose searches go down to the same multiple of so many bits."""

LEAST_BITS = -6.0
"""Pairs of spellings below are not joined: another name altogether explains them better."""

_loading = Lock()

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Found(NamedTuple):
    """Pairs of queries and names, arrays of one length."""

    query: Ints
    name: Ints
    bits: Floats
    weight: Floats


def search_spellings(texts: Sequence[str], names: Vocabulary, search: Search) -> Found:
    """The names that each text may stand for, with the letters' bits."""
    share = max(min(_TOGETHER, len(texts) // _RUNS), _FEWEST_TOGETHER)
    # Two that ask for the same tables at once would load them twice. While one kind of name waits
    # for another one's, that is searched for already.
    with _loading:
        most_taken(names.kind, texts[:share])

    def work(first: int) -> Found:
        found = _search_some(texts[first : first + share], names, search)
        return found._replace(query=found.query + first)

    # What is compiled lets go of Python, so that one thread reckons while another one prepares.
    with ThreadPoolExecutor(core_count()) as threads:
        return joined_up(list(threads.map(work, range(0, len(texts), share))))


def _search_some(texts: Sequence[str], names: Vocabulary, search: Search) -> Found:
    parts = []
    index = names.index.with_beam(search.beam, search.sound.get(names.kind, inf))
    for least, numbers in _by_depth(texts, names.kind, search.lowest).items():
        asked = [texts[number] for number in numbers]
        top = search.top[names.kind]
        q, n, bits = index.search_many(asked, top=top, min_bits=least, workers=1)
        are_latin = index.are_latin(n)
        bits = joined_by_letters(names.kind, asked, names.names, q, n, bits, are_latin)
        worth = bits >= LEAST_BITS
        q = np.array(numbers, dtype=np.int64)[q]
        parts.append(Found(q[worth], n[worth], bits[worth], bits[worth]))
    return joined_up(parts)


def _by_depth(texts: Sequence[str], kind: Kind, lowest: float) -> dict[float, list[int]]:
    """The texts by how low their search must go to find all that is worth joining.

    The calibration of the model takes bits from rare spellings, which ``joined_by_letters`` gives
    back: the search goes as much deeper.
    """
    found: dict[float, list[int]] = {}
    depths = LEAST_BITS - DEPTH * np.ceil(most_taken(kind, texts) / DEPTH)
    for number, least in enumerate(np.maximum(depths, lowest).tolist()):
        found.setdefault(least, []).append(number)
    return found


def joined_up(parts: Sequence[Found]) -> Found:
    """All pairs of several searches."""
    empty = Found(*(np.zeros(0, dtype=np.int64),) * 2, *(np.zeros(0),) * 2)
    return Found(*(np.concatenate(columns) for columns in zip(empty, *parts, strict=True)))
