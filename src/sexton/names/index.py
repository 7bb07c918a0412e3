"""Find the names of a vocabulary that a written name may stand for, without comparing them all."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.names import index_files, kernels
from sexton.names.channel import KINDS, RUINED_BITS, Kind, base_bits, table_for
from sexton.names.composition import cyrillic_latin, transposed
from sexton.names.letters import Alphabet, Spelling, spell
from sexton.names.pair_scores import score_words
from sexton.names.table_arrays import PreparedTable, encode
from sexton.names.tables import read_numbers
from sexton.names.vocabulary import ALPHABETS, Vocabulary, build_vocabularies

# Words this far (bits) under the best one are not looked for.
BEAM_BITS = 12.0

# A search stops after this many words; only a query of a letter or two finds so many.
_ROOM = 20_000
# Of words found by spelling, so many times ``top`` are weighed by commonness as well.
_WEIGHED = 4
# No spelling of the archive adds more than this for being rare.
_MOST_RARE = 60.0
# Of so few words all are scored: laying a query out takes longer.
_FEW = 50
# Queries of a batch that one thread takes at a time.
_SHARE = 64

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Arrays = tuple[Ints, Ints, Floats]


class Match(NamedTuple):
    """A name of the vocabulary, where it stands in it, and the bits for it."""

    position: int
    name: str
    bits: float


@cache
def search_table(archive: Alphabet, query: Alphabet) -> PreparedTable:
    """The prepared table whose left side is the archive's alphabet."""
    if archive == "latin" and query == "cyrillic":
        return transposed(cyrillic_latin()).prepared
    return table_for(archive, query).prepared


def compile_search() -> None:
    """Compile all that a search runs and keep it on disk: half a minute, once after an install."""
    names = list(read_numbers("popular_surname.tsv"))[: 4 * _FEW]
    NameIndex(names).search("Schatunov")


class NameIndex:
    """An index of distinct names in any mixture of alphabets, searched by the channel model.

    The bits are those of ``load_model(kind).bits`` (to 1e-3). What a search may miss: words more
    than ``beam_bits`` under the best spelling, and now and then one near that border. Threads may
    search one index at once.

    >>> index = NameIndex(["Шатунов", "Чатунов", "Сатурнов"])
    >>> index.search("Schatunov", top=1)[0].name
    'Шатунов'
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

        A wider ``beam_bits`` finds worse spellings beside a perfect one, and takes longer; with
        ``math.inf`` every word is looked at.

        Names without letters are never found. Raises ValueError for an unknown kind, when there
        are not as many counts as names, and beyond some seven million names.
        """
        if counts is not None and len(counts) != len(names):
            raise ValueError(f"{len(names)} names but {len(counts)} counts")
        numbers = None if counts is None else np.asarray(counts, dtype=np.int64)
        self._set(names, numbers, kind, beam_bits, build_vocabularies(names))

    def _set(
        self,
        names: Sequence[str],
        counts: Ints | None,
        kind: Kind,
        beam_bits: float,
        vocabularies: list[Vocabulary],
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"no kind of name {kind!r}: use one of {', '.join(KINDS)}")
        self.names, self.kind = names, kind
        self._counts, self._beam_bits = counts, float(beam_bits)
        self._vocabularies = vocabularies

    def __len__(self) -> int:
        return len(self.names)

    def save(self, folder: str | Path) -> None:
        """Keep the index in ``folder``, to be opened by :meth:`open`; an older index is replaced.

        Raises FileExistsError when something else is there, OSError when it cannot be written.
        """
        arrays: dict[str, NDArray[Any]] = {
            f"names-{part}": array for part, array in index_files.pack_names(self.names).items()
        }
        if self._counts is not None:
            arrays["counts"] = self._counts
        for vocabulary in self._vocabularies:
            for part, array in vocabulary.arrays().items():
                arrays[f"{vocabulary.alphabet}-{part}"] = array
        head = {
            "kind": self.kind,
            "names": len(self.names),
            "beam_bits": self._beam_bits,
            "alphabets": [vocabulary.alphabet for vocabulary in self._vocabularies],
            "counted": self._counts is not None,
        }
        index_files.write_folder(Path(folder), head, arrays)

    @classmethod
    def open(cls, folder: str | Path) -> NameIndex:
        """Map a kept index into memory; nothing is read before it is searched.

        Raises FileNotFoundError when there is none, ValueError when it is damaged or of another
        version.
        """
        folder = Path(folder)
        head = index_files.read_head(folder)

        def array(name: str) -> NDArray[Any]:
            return index_files.map_array(folder, name)

        fields = Vocabulary.array_names()
        vocabularies = [
            Vocabulary.from_arrays(alphabet, {f: array(f"{alphabet}-{f}") for f in fields})
            for alphabet in ALPHABETS
            if alphabet in head["alphabets"]
        ]
        names = index_files.StoredNames(array("names-text"), array("names-starts"))
        counts = array("counts") if head["counted"] else None
        index = cls.__new__(cls)
        index._set(names, counts, head["kind"], head["beam_bits"], vocabularies)
        return index

    def _find(
        self, vocabulary: Vocabulary, query: Spelling, wanted: int, lowest: float
    ) -> tuple[Ints, Floats]:
        """Words and the bits of the channel for each, in no order."""
        table = search_table(vocabulary.alphabet, query.alphabet)
        if vocabulary.words <= _FEW:
            words = np.arange(vocabulary.words)
            scores = score_words(
                table.pairs, vocabulary.trie.letters, vocabulary.trie.starts, encode(query.letters)
            )
            return words, scores
        room = min(vocabulary.words, _ROOM) * 2 + 1
        hits, bits = np.empty(room, dtype=np.int64), np.empty(room)
        found, _ = kernels.search_words(
            tuple(vocabulary.trie),
            table.forward,
            table.backward,
            encode(query.letters),
            wanted,
            lowest,
            self._beam_bits,
            hits,
            bits,
        )
        return hits[:found], bits[:found]

    def _own(self, vocabulary: Vocabulary, words: Ints, query: Spelling) -> Floats:
        """What each word adds for being rare itself."""
        spelt = (Spelling(vocabulary.alphabet, vocabulary.word(int(word))) for word in words)
        return np.array([base_bits(self.kind, own, query.alphabet) for own in spelt])

    def _search_one(
        self, vocabulary: Vocabulary, query: Spelling, top: int, least: float
    ) -> tuple[Ints, Floats]:
        """Positions and bits of the best words of one alphabet, in no order."""
        rarity = base_bits(self.kind, query, vocabulary.alphabet)
        # Only beside a Latin query does a Cyrillic word add nothing of its own.
        weighed = vocabulary.alphabet != query.alphabet == "latin"
        wanted = top if weighed else top * _WEIGHED
        lowest = least - rarity if weighed else least - rarity - _MOST_RARE
        words, bits = self._find(vocabulary, query, wanted, lowest)
        best = np.lexsort((words, -bits))[:wanted]
        words, bits = words[best], bits[best] + rarity
        if not weighed:
            bits += self._own(vocabulary, words, query)
        bearers, positions = vocabulary.names_of(words)
        return positions, np.logaddexp2(np.repeat(bits, bearers), RUINED_BITS)

    def _search(self, query: str, top: int, least: float) -> tuple[Ints, Floats]:
        """Positions and bits of the ``top`` names, best first."""
        spelling = spell(query)
        if not spelling.letters or top < 1 or not self._vocabularies:
            return np.empty(0, dtype=np.int64), np.empty(0)
        found = [self._search_one(part, spelling, top, least) for part in self._vocabularies]
        positions = np.concatenate([positions for positions, _ in found])
        bits = np.concatenate([bits for _, bits in found])
        counts = 0 * positions if self._counts is None else self._counts[positions]
        order = np.lexsort((positions, -counts, -bits))[:top]
        order = order[bits[order] >= least]
        return positions[order], bits[order]

    def search(self, query: str, top: int = 20, min_bits: float = -math.inf) -> list[Match]:
        """The ``top`` names that ``query`` most likely stands for, best first.

        Names under ``min_bits`` are left out, none unless told. Empty for a query without letters.
        """
        positions, bits = self._search(query, top, min_bits)
        return [
            Match(position, self.names[position], value)
            for position, value in zip(positions.tolist(), bits.tolist(), strict=True)
        ]

    def search_many(
        self,
        queries: Iterable[str],
        top: int = 20,
        min_bits: float = -math.inf,
        *,
        workers: int | None = None,
    ) -> Arrays:
        """Search many queries: (query positions, name positions, bits), by query, best first.

        ``workers`` threads share the work, as many as there are cores unless told.
        """
        asked = list(queries)
        shares = [asked[at : at + _SHARE] for at in range(0, len(asked), _SHARE)]

        def work(share: list[str]) -> list[tuple[Ints, Floats]]:
            return [self._search(query, top, min_bits) for query in share]

        threads = min(workers or os.cpu_count() or 1, len(shares))
        if threads <= 1:
            found = [row for share in shares for row in work(share)]
        else:
            with ThreadPoolExecutor(threads) as pool:
                found = [row for rows in pool.map(work, shares) for row in rows]
        sizes = [len(positions) for positions, _ in found]
        empty = (np.empty(0, dtype=np.int64), np.empty(0))
        columns = list(zip(*found, strict=True)) or [(empty[0],), (empty[1],)]
        return (
            np.repeat(np.arange(len(asked)), sizes),
            np.concatenate(columns[0]),
            np.concatenate(columns[1]),
        )
