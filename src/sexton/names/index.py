"""Find the names of a vocabulary that a written name may stand for, without comparing them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names import kernels
from sexton.names.channel import KINDS, Kind, base_bits, soften, table_for
from sexton.names.composition import cyrillic_latin, transposed
from sexton.names.letters import Alphabet, Spelling, spell
from sexton.names.trie import SearchTable, Trie

# Words this far (bits) under the best one are not looked for.
BEAM_BITS = 12.0
LEAST_BITS = -6.0
# A search stops after this many words; only a query of a letter or two finds so many.
_ROOM = 20_000
# Of words found by spelling, so many times ``top`` are weighed by commonness as well.
_WEIGHED = 4
# No spelling of the archive adds more than this for being rare.
_MOST_RARE = 60.0
_ALPHABETS: tuple[Alphabet, ...] = ("cyrillic", "latin")

Arrays = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


class Match(NamedTuple):
    """A name of the vocabulary, where it stands in it, and the bits for it."""

    position: int
    name: str
    bits: float


@cache
def search_table(archive: Alphabet, query: Alphabet) -> SearchTable:
    """The prepared table whose left side is the archive's alphabet."""
    if archive == "latin" and query == "cyrillic":
        return SearchTable(transposed(cyrillic_latin()))
    return SearchTable(table_for(archive, query))


class _Vocabulary:
    """The distinct spellings of one alphabet, and where each stands."""

    def __init__(self, alphabet: Alphabet, positions: dict[str, list[int]]) -> None:
        self.alphabet = alphabet
        self.words = sorted(positions)
        self.positions = [positions[word] for word in self.words]
        self.trie = Trie(self.words)


class NameIndex:
    """An index of distinct names in any mixture of alphabets, searched by the channel model.

    The bits are those of ``load_model(kind).bits`` (to 1e-6). The result is exact as far as the
    beam allows: a word more than ``BEAM_BITS`` under the best spelling is not looked for.
    """

    def __init__(
        self,
        names: Sequence[str],
        counts: Sequence[int] | None = None,
        kind: Kind = "surname",
        *,
        beam_bits: float = BEAM_BITS,
    ) -> None:
        """Index ``names``; of names with equal bits the one with the higher count comes first.

        A wider ``beam_bits`` finds worse spellings beside a perfect one, and takes longer.

        Names without letters are never found. Raises ValueError for an unknown kind or when there
        are not as many counts as names.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind of name {kind!r}: use one of {', '.join(KINDS)}")
        if counts is not None and len(counts) != len(names):
            raise ValueError(f"{len(names)} names but {len(counts)} counts")
        self.names, self.kind, self._beam_bits = names, kind, beam_bits
        self._counts = counts
        found: dict[Alphabet, dict[str, list[int]]] = {"cyrillic": {}, "latin": {}}
        for position, name in enumerate(names):
            spelling = spell(name)
            if spelling.letters:
                found[spelling.alphabet].setdefault(spelling.letters, []).append(position)
        self._vocabularies = [_Vocabulary(a, found[a]) for a in _ALPHABETS if found[a]]

    def __len__(self) -> int:
        return len(self.names)

    def _search_one(
        self, vocabulary: _Vocabulary, query: Spelling, top: int, least: float
    ) -> list[tuple[float, int]]:
        """(bits, word) of the best words of one alphabet."""
        rarity = base_bits(self.kind, query, vocabulary.alphabet)
        mixed = vocabulary.alphabet != query.alphabet
        weighed = mixed and query.alphabet == "latin"
        wanted = top if weighed else top * _WEIGHED
        lowest = least - rarity if weighed else least - rarity - _MOST_RARE
        hits, channel = self._find(vocabulary, query, wanted, lowest)
        order = np.lexsort((hits, -channel))[:wanted]
        return [
            (
                soften(float(channel[at]) + rarity + self._own(vocabulary, int(hits[at]), query)),
                int(hits[at]),
            )
            for at in order
        ]

    def _own(self, vocabulary: _Vocabulary, word: int, query: Spelling) -> float:
        own = Spelling(vocabulary.alphabet, vocabulary.words[word])
        return base_bits(self.kind, own, query.alphabet)

    def _find(
        self, vocabulary: _Vocabulary, query: Spelling, wanted: int, lowest: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        search = search_table(vocabulary.alphabet, query.alphabet)
        groups, added = search.query(query.letters)
        hits, bits = np.empty(_ROOM, dtype=np.int64), np.empty(_ROOM)
        found = kernels.search_trie(
            vocabulary.trie.arrays(search),
            groups,
            added,
            (*search.inverse, len(search.left_numbers)),
            search.table.weights,
            search.table.prior,
            wanted,
            lowest,
            self._beam_bits,
            hits,
            bits,
        )
        return hits[:found], bits[:found]

    def search(self, query: str, top: int = 20, min_bits: float = LEAST_BITS) -> list[Match]:
        """The ``top`` names that ``query`` most likely stands for, best first.

        Names under ``min_bits`` are left out. Empty when the query has no letters.
        """
        spelling = spell(query)
        if not spelling.letters or top < 1:
            return []
        matches = [
            Match(position, self.names[position], bits)
            for vocabulary in self._vocabularies
            for bits, word in self._search_one(vocabulary, spelling, top, min_bits)
            if bits >= min_bits
            for position in vocabulary.positions[word]
        ]
        return sorted(matches, key=self._order)[:top]

    def _order(self, match: Match) -> tuple[float, int, int]:
        count = self._counts[match.position] if self._counts is not None else 0
        return (-match.bits, -count, match.position)

    def search_many(
        self, queries: Iterable[str], top: int = 20, min_bits: float = LEAST_BITS
    ) -> Arrays:
        """Search many queries: (query positions, name positions, bits), by query, best first."""
        rows = [
            (number, match.position, match.bits)
            for number, query in enumerate(queries)
            for match in self.search(query, top, min_bits)
        ]
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        return (
            np.array(columns[0], dtype=np.int64),
            np.array(columns[1], dtype=np.int64),
            np.array(columns[2], dtype=np.float64),
        )
