"""Where graves lie beside where an archive's men died, place by place instead of pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from sexton.evidence.resting import ALIKE, CLOSE, other_sounds, settlements
from sexton.linkage.clusters import connected
from sexton.places.folding import sounds, stem

NOWHERE, ELSEWHERE, THERE = -1, -2, 0
"""A place that names no settlement; one that is none of those asked for; the one asked for."""

# Names that are compared at once: as many times those asked for, in memory.
_AT_ONCE = 20_000
# Scores are single floats.
_ROUNDING = 1e-3

Pairs = set[tuple[int, int]]


class Alike(NamedTuple):
    """Pairs (of positions) of places that may be one as :func:`sexton.evidence.resting.likeness`
    has it: ``close`` ones, and those that are only ``alike``."""

    close: Pairs
    alike: Pairs


class Deaths(NamedTuple):
    """For each place the shares of those who died there, by how close the spellings are; of the
    ``counted`` whose place of death names a settlement."""

    close: dict[str, float]
    alike: dict[str, float]
    counted: int


def _spoken(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """How the settlements of the texts sound, and of which text each is."""
    spoken = [
        (sound, number)
        for number, text in enumerate(texts)
        for part in settlements(text)
        for sound in sounds(part)
    ]
    return [sound for sound, _ in spoken], [number for _, number in spoken]


def alike_places(lefts: Sequence[str], rights: Sequence[str]) -> Alike:
    """The pairs of places that may be one: as their settlements sound, with endings or without."""
    (a, of_a), (b, of_b) = _spoken(lefts), _spoken(rights)
    best: dict[tuple[int, int], float] = {}
    for first in range(0, len(b), _AT_ONCE):
        part = b[first : first + _AT_ONCE]
        for left, right, less in (
            (a, part, 0),
            ([stem(sound) for sound in a], [stem(sound) for sound in part], 2),
        ):
            least = ALIKE * 100 + less
            scores = cdist(left, right, scorer=ratio, score_cutoff=least, dtype=np.float32)
            rows, columns = np.nonzero(scores)
            found = scores[rows, columns] - less
            for i, j, score in zip(rows.tolist(), columns.tolist(), found.tolist(), strict=True):
                pair = of_a[i], of_b[first + j]
                best[pair] = max(score, best.get(pair, 0.0))
    for pair in _called_alike(lefts, b, of_b):
        best[pair] = 100.0
    close = {pair for pair, score in best.items() if score >= CLOSE * 100 - _ROUNDING}
    return Alike(close, best.keys() - close)


def _called_alike(lefts: Sequence[str], heard: list[str], of_right: list[int]) -> Pairs:
    """The pairs of places of which one is known to be called as the other sounds."""
    by_sound: dict[str, list[int]] = {}
    for sound, number in zip(heard, of_right, strict=True):
        by_sound.setdefault(sound, []).append(number)
    return {
        (position, number)
        for position, text in enumerate(lefts)
        for part in settlements(text)
        for sound in other_sounds(part)
        for number in by_sound.get(sound, ())
    }


def number_places(lies: Sequence[str], died: Sequence[str]) -> tuple[list[int], NDArray[np.int32]]:
    """A number for each place of ``lies`` (alike ones share it), and for each of ``died`` the
    number of the place it is, ``ELSEWHERE`` or ``NOWHERE``; one more at the end for no place."""
    named = [number for number, text in enumerate(lies) if settlements(text)]
    asked = [lies[number] for number in named]
    groups = connected((a, b) for a, b in alike_places(asked, asked).close if a != b)
    first = {number: group[0] for group in groups for number in group}
    numbers = [NOWHERE] * len(lies)
    for position, number in enumerate(named):
        numbers[number] = named[first.get(position, position)]
    table = np.full(len(died) + 1, NOWHERE, dtype=np.int32)
    table[[n for n, text in enumerate(died) if settlements(text)]] = ELSEWHERE
    for left, right in sorted(alike_places(asked, died).close, reverse=True):
        table[right] = numbers[named[left]]
    return numbers, table


@dataclass(frozen=True)
class PlacesAlike:
    """An archive's written places beside places that are asked for, pair by pair: two that are each
    like a third need not be one.

    ``told`` has ``ELSEWHERE`` for each text that tells a place, else ``NOWHERE``; one more at the
    end for no text.
    """

    told: NDArray[np.int32]
    _alike: dict[str, list[int]]
    _as_written: bool

    @property
    def places(self) -> Iterable[str]:
        """The places that are asked for, as far as they tell one."""
        return self._alike.keys()

    @classmethod
    def of(
        cls, lies: Sequence[str], texts: Sequence[str], *, as_written: bool = False
    ) -> PlacesAlike:
        """``as_written``: texts that name no settlement tell a place too, by how they are written;
        an identifier may be one."""
        asked = [text for text in lies if settlements(text)]
        alike: dict[str, list[int]] = {text: [] for text in (lies if as_written else asked)}
        pairs = alike_places(asked, texts)
        for left, right in sorted(pairs.close | pairs.alike):
            alike[asked[left]].append(right)
        if as_written:
            for number, text in enumerate(texts):
                if text in alike:
                    alike[text].append(number)
        told = [ELSEWHERE if as_written or settlements(text) else NOWHERE for text in texts]
        return cls(np.array([*told, NOWHERE], dtype=np.int32), alike, as_written)

    def texts_of(self, place: str) -> list[int]:
        """The positions of the texts that can be a place that is asked for."""
        return self._alike.get(place, [])

    def table(self, place: str) -> NDArray[np.int32]:
        """For each text ``THERE`` if it can be the place that is asked for, else as in ``told``;
        a place that names no settlement is ``NOWHERE`` for all, unless it is told as written."""
        if place not in self._alike:
            return np.full_like(self.told, ELSEWHERE if self._as_written else NOWHERE)
        found = self.told.copy()
        found[self._alike[place]] = THERE
        return found


class Bearers:
    """Who of an archive states which of its places, for places that few of them state."""

    def __init__(self, stated: NDArray[np.int32], alike: PlacesAlike, most: int) -> None:
        """``stated`` has for each person the position of a text, -1 for none. Of a place that more
        than ``most`` persons state nobody is kept."""
        self._alike, self._most = alike, most
        self._counts = np.bincount(stated + 1, minlength=len(alike.told))[1:]
        wanted = np.zeros(len(alike.told), dtype=np.bool_)
        for place in alike.places:
            if not self.are_many(place):
                wanted[alike.texts_of(place)] = True
        there = np.flatnonzero(wanted[stated]).astype(np.int32)
        order = np.argsort(stated[there], kind="stable")
        self._persons, self._texts = there[order], stated[there][order]

    def are_many(self, place: str) -> bool:
        """Whether more persons state it than are kept."""
        return int(self._counts[self._alike.texts_of(place)].sum()) > self._most

    def of(self, place: str) -> list[NDArray[np.int32]]:
        """The persons who state a place that few of them state, text by text."""
        texts = self._alike.texts_of(place)
        low = np.searchsorted(self._texts, texts, side="left").tolist()
        high = np.searchsorted(self._texts, texts, side="right").tolist()
        return [self._persons[a:b] for a, b in zip(low, high, strict=True)]


def shares_of_deaths(lies: Sequence[str], died: dict[str, int]) -> Deaths:
    """For each place of ``lies`` how many of the others died there; ``died`` counts the places of
    death as they are written."""
    texts = [text for text in died if settlements(text)]
    total = sum(died[text] for text in texts)

    def shares(pairs: Pairs) -> dict[str, float]:
        found: dict[str, float] = {}
        for left, right in sorted(pairs):
            found[lies[left]] = found.get(lies[left], 0.0) + died[texts[right]] / total
        return found

    pairs = alike_places(lies, texts)
    return Deaths(shares(pairs.close), shares(pairs.alike), total)
