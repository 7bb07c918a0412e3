"""Who answers a query best: bits summed over its pieces, each part of a name used once.

A query of several words can be cut in several ways ("Genk" "mai 1943", "VI K" "108258"); each
person is given the way that speaks most for him. What a piece asks and no source states of him
costs little, for missing is not contradicting; what his sources state otherwise costs more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sexton.web.research.forms import NAME_KINDS, Near
from sexton.web.research.index import Index
from sexton.web.research.pieces import Answer, Piece, read, words_of
from sexton.web.research.stated import NOT_STATED

CONTRADICTED, SILENT = -6.0, -1.0
MANY_PIECES = 3  # from here on, one of them may be contradicted
WELL = 0.4  # the share of the best one's bits
MOST_WAYS, MOST_PARTS = 24, 4
OTHER = "other"
NAMING = frozenset({*NAME_KINDS, "number"})
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class _Weighed:
    """A piece with the bits of the candidates: ``bits`` and ``which`` by what it is taken for."""

    piece: Piece
    bits: dict[str, Floats]
    which: dict[str, Ints]
    missing: Floats


@dataclass(frozen=True, slots=True)
class Why:
    """What one piece of the query is for a person: a form of his name, or another answer."""

    piece: Piece
    kind: str
    near: Near | None = None
    answer: Answer | None = None


@dataclass(slots=True)
class Ranking:
    """All who answer, the best first: their places in the list of persons, and the bits."""

    index: Index
    persons: Ints
    bits: Floats
    pieces: Sequence[Piece]
    _weighed: Sequence[_Weighed]
    _ways: Sequence[tuple[tuple[int, str], ...]]
    _way: Ints
    _local: Ints

    @property
    def by_name(self) -> bool:
        """Whether a part of a name is all that is asked."""
        return all(piece.asks in NAME_KINDS for piece in self.pieces)

    def ids(self) -> list[int]:
        return self.index.table.persons[self.persons].tolist()

    def why(self, rank: int) -> list[Why]:
        """What each piece is for the person at ``rank``; a piece that does not fit is left out."""
        local = int(self._local[rank])
        found = []
        for number, taken in self._ways[int(self._way[rank])]:
            weighed = self._weighed[number]
            if taken in weighed.bits and weighed.bits[taken][local] > 0:
                which = int(weighed.which[taken][local])
                piece = weighed.piece
                if taken == OTHER:
                    found.append(Why(piece, piece.others[which].what, answer=piece.others[which]))
                else:
                    found.append(Why(piece, taken, near=piece.names[taken][which]))
        return found


def rank(index: Index, query: str, only: Mask | None = None) -> Ranking:
    """Rank those who answer ``query``, among all or those in the mask ``only``."""
    pieces = read(index, words_of(query))
    candidates = _candidates(index, pieces)
    if only is not None:
        candidates &= only
    persons = np.flatnonzero(candidates).astype(np.int32)
    local = np.cumsum(candidates, dtype=np.int32) - 1
    weighed = [_weigh(index, piece, candidates, persons, local) for piece in pieces]
    ways = list(_ways(pieces, weighed))
    best = _best(weighed, ways, len(persons))
    kept = _kept(best)
    order = kept[np.argsort(-best.bits[kept], kind="stable")].astype(np.int32)
    return Ranking(
        index, persons[order], best.bits[order], pieces, weighed, ways, best.way[order], order
    )


def _candidates(index: Index, pieces: Sequence[Piece]) -> Mask:
    mask = np.zeros(index.size, np.bool_)
    for piece in pieces:
        for answer in piece.others:
            mask[answer.persons] = True
        for kind, near in piece.names.items():
            bearers = index.names[kind].bearers
            for found in near:
                mask[bearers[found.form]] = True
    return mask


def _weigh(index: Index, piece: Piece, candidates: Mask, persons: Ints, local: Ints) -> _Weighed:
    """The best that the piece can be for each candidate, as a part of the name or another thing."""
    bits: dict[str, Floats] = {}
    which: dict[str, Ints] = {}

    def add(taken: str, number: int, who: Ints, worth: float) -> None:
        if taken not in bits:
            bits[taken] = np.zeros(len(persons), np.float32)
            which[taken] = np.zeros(len(persons), np.int32)
        at = local[who[candidates[who]]]
        bits[taken][at] = worth
        which[taken][at] = number

    # The worst first: what is better is written over it.
    for kind, near in piece.names.items():
        bearers = index.names[kind].bearers
        for number in range(len(near) - 1, -1, -1):
            add(kind, number, bearers[near[number].form], near[number].bits)
    for number in sorted(range(len(piece.others)), key=lambda n: piece.others[n].bits):
        add(OTHER, number, piece.others[number].persons, piece.others[number].bits)
    stated = _stated(index, piece.asks)[persons]
    missing = np.where(stated, CONTRADICTED, SILENT).astype(np.float32)
    return _Weighed(piece, bits, which, missing)


def _stated(index: Index, asks: str) -> Mask:
    """Of whom some source states what a piece asks for."""
    if asks in index.has:
        return index.has[asks]
    if asks == "number":
        return index.facts.has_number
    if asks.endswith("_date"):
        return index.facts.days.stated
    if asks in ("camp", "mine", "movement", "origin"):
        return ~index.table.columns[asks].having([NOT_STATED])
    return index.facts.places.stated | ~index.table.columns["site"].having([NOT_STATED])


def _ways(
    pieces: Sequence[Piece], weighed: Sequence[_Weighed]
) -> Iterator[tuple[tuple[int, str], ...]]:
    """Each way to cut the query into pieces, with each way to take these for parts of a name."""
    at = {(piece.first, piece.last): number for number, piece in enumerate(pieces)}
    end = max((piece.last for piece in pieces), default=0)
    for cut in list(_cuts(at, 0, end))[:MOST_WAYS]:
        options = [_taken(weighed[number]) for number in cut]
        if sum(len(own) > 1 for own in options) > MOST_PARTS:
            yield from ((tuple(zip(cut, (own[0] for own in options), strict=True))),)
            continue
        for taken in product(*options):
            parts = [kind for kind in taken if kind in NAME_KINDS]
            if len(parts) == len(set(parts)):
                yield tuple(zip(cut, taken, strict=True))


def _cuts(at: dict[tuple[int, int], int], start: int, end: int) -> Iterator[list[int]]:
    """Ways to cover the words from ``start`` on, those of few pieces first."""
    if start == end:
        yield []
        return
    for last in range(end, start, -1):
        if (start, last) in at:
            yield from ([at[start, last], *rest] for rest in _cuts(at, last, end))


def _taken(weighed: _Weighed) -> list[str]:
    """What a piece can be taken for; a word that is nothing at all is still a piece."""
    return list(weighed.bits) or [OTHER]


@dataclass(slots=True)
class _Best:
    """For each candidate the best way, its bits, what is contradicted, whether he is named."""

    bits: Floats
    way: Ints
    contradicted: Ints
    named: Mask
    pieces: int


def _best(
    weighed: Sequence[_Weighed], ways: Sequence[tuple[tuple[int, str], ...]], size: int
) -> _Best:
    best = _Best(
        np.full(size, -np.inf, np.float32),
        np.zeros(size, np.int32),
        np.zeros(size, np.int32),
        np.zeros(size, np.bool_),
        min((len(way) for way in ways), default=0),
    )
    for number, way in enumerate(ways):
        total = np.zeros(size, np.float32)
        against = np.zeros(size, np.int32)
        named = np.zeros(size, np.bool_)
        for place, taken in way:
            own = weighed[place]
            bits = own.bits.get(taken)
            if bits is None:
                total += own.missing
                against += own.missing == CONTRADICTED
                continue
            fits = bits > 0
            total += np.where(fits, bits, own.missing)
            against += ~fits & (own.missing == CONTRADICTED)
            if own.piece.asks in NAMING:
                named |= fits
        better = total > best.bits
        for mine, theirs in (
            (best.bits, total), (best.contradicted, against), (best.named, named)
        ):  # fmt: skip
            mine[better] = theirs[better]
        best.way[better] = number
    return best


def _kept(best: _Best) -> NDArray[np.int64]:
    """Who is shown: those against whom least speaks, and of a long query one piece more may.

    Who answers much better than most may be contradicted once more: sources err. Where the best
    answers by name or number, who only lies at the place that is asked is not meant.
    """
    speaks = best.bits > 0
    if not speaks.any():
        return np.empty(0, np.int64)
    first = int(np.argmax(best.bits))
    if best.named[first]:
        speaks &= best.named
    least = int(best.contradicted[speaks].min())
    allowed = least + (1 if best.pieces >= MANY_PIECES else 0)
    well = (best.contradicted == allowed + 1) & (best.bits >= best.bits[first] * WELL)
    kept: NDArray[np.int64] = np.flatnonzero(speaks & ((best.contradicted <= allowed) | well))
    return kept
