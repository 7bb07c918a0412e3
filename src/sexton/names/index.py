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
from sexton.names.channel import KINDS, RUINED_BITS, Kind, base_bits_many, table_for
from sexton.names.composition import cyrillic_latin, transposed
from sexton.names.letters import ALPHABETS, Alphabet, Spelt, by_alphabet
from sexton.names.table_arrays import PreparedTable, encode
from sexton.names.tables import read_numbers
from sexton.names.vocabulary import Vocabulary, build_vocabularies

# Words this far (bits) under the best one are not looked for.
BEAM_BITS = 12.0

# Of words found by spelling, so many times ``top`` are weighed by commonness as well.
_WEIGHED = 4
# No spelling of the archive adds more than this for being rare.
_MOST_RARE = 60.0
# A sum in bits is not changed (1e-6) by what is so far below the rest.
_TRIFLING = 21.0
# Queries of a batch that one thread takes at a time, and the most rows that they may want.
_SHARE, _MOST_ROWS = 128, 1 << 20

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
    names = list(read_numbers("popular_surname.tsv"))[:200]
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
        self._set(names, numbers, kind, beam_bits, math.inf, build_vocabularies(names))

    def _set(
        self,
        names: Sequence[str],
        counts: Ints | None,
        kind: Kind,
        beam_bits: float,
        sound_bits: float,
        vocabularies: list[Vocabulary],
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"no kind of name {kind!r}: use one of {', '.join(KINDS)}")
        self.names, self.kind = names, kind
        self._counts = counts
        self._beam_bits, self._sound_bits = float(beam_bits), float(sound_bits)
        self._vocabularies = vocabularies

    def __len__(self) -> int:
        return len(self.names)

    def with_beam(self, beam_bits: float | None, sound_bits: float = math.inf) -> NameIndex:
        """The same index, to be searched with another beam, where told; nothing is copied.

        Where even the best spelling lies more than ``sound_bits`` under the best conceivable one,
        the beam is narrower by as many bits (four at the least): names that far from what is
        written are as good as any other.
        """
        index = type(self).__new__(type(self))
        beam = self._beam_bits if beam_bits is None else beam_bits
        index._set(self.names, self._counts, self.kind, beam, sound_bits, self._vocabularies)
        return index

    def are_latin(self, positions: Ints) -> NDArray[np.bool_]:
        """Which of some names, by position, were indexed as words in Latin letters."""
        alphabets = {vocabulary.alphabet: vocabulary for vocabulary in self._vocabularies}
        if len(alphabets) < 2:
            return np.full(len(positions), "latin" in alphabets, dtype=np.bool_)
        found: NDArray[np.bool_] = np.isin(positions, alphabets["latin"].positions)
        return found

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
        index._set(names, counts, head["kind"], head["beam_bits"], math.inf, vocabularies)
        return index

    def _find(self, vocabulary: Vocabulary, queries: Spelt, top: int, least: float) -> Arrays:
        """Queries, positions and bits of the best names of one alphabet, by query."""
        alphabet = queries.alphabet
        rarity = base_bits_many(self.kind, alphabet, queries.letters, vocabulary.alphabet)
        # Only beside a Latin query does a Cyrillic word add nothing of its own.
        weighed = vocabulary.alphabet != alphabet == "latin"
        wanted = min(top if weighed else top * _WEIGHED, vocabulary.words)
        lowest = least - rarity if weighed else least - rarity - _MOST_RARE
        if vocabulary.words <= kernels.FEW or math.isinf(self._beam_bits):
            # Each is given its bits; what adds nothing to those of a ruined name need not be told.
            most = 0.0 if weighed else self._most_rare(vocabulary, alphabet)
            lowest = np.maximum(lowest, RUINED_BITS - _TRIFLING - rarity - most)
        counts, words, bits = self._words(vocabulary, alphabet, queries.letters, wanted, lowest)
        asked = np.repeat(np.arange(len(counts)), counts)
        bits += rarity[asked]
        if not weighed:
            bits += self._own(vocabulary, words, alphabet)
        bearers, positions = vocabulary.names_of(words)
        softened = np.logaddexp2(bits, RUINED_BITS)
        return (
            np.repeat(queries.places[asked], bearers),
            positions,
            np.repeat(softened, bearers),
        )

    def _words(
        self,
        vocabulary: Vocabulary,
        alphabet: Alphabet,
        queries: Sequence[str],
        wanted: int,
        lowest: Floats,
    ) -> tuple[Ints, Ints, Floats]:
        """How many words each query finds; the words and the bits of the channel, best first."""
        table = search_table(vocabulary.alphabet, alphabet)
        starts = np.concatenate(([0], np.cumsum([len(letters) for letters in queries])))
        words = np.empty((len(queries), wanted), dtype=np.int64)
        bits, counts = np.empty(words.shape), np.zeros(len(queries), dtype=np.int64)
        kernels.search_words(
            tuple(vocabulary.trie),
            (table.forward, table.backward, table.pairs),
            encode("".join(queries)),
            starts,
            wanted,
            lowest,
            self._beam_bits,
            self._sound_bits,
            words,
            bits,
            counts,
        )
        taken = np.arange(wanted) < counts[:, None]
        return counts, words[taken], bits[taken]

    def _most_rare(self, vocabulary: Vocabulary, alphabet: Alphabet) -> float:
        """No word adds more than this for being rare."""
        if vocabulary.words > kernels.FEW:
            return _MOST_RARE
        return float(self._own(vocabulary, np.arange(vocabulary.words), alphabet).max())

    def _own(self, vocabulary: Vocabulary, words: Ints, alphabet: Alphabet) -> Floats:
        """What each word adds for being rare itself."""
        distinct, which = np.unique(words, return_inverse=True)
        spelt = [vocabulary.word(int(word)) for word in distinct]
        return base_bits_many(self.kind, vocabulary.alphabet, spelt, alphabet)[which]

    def _search(self, queries: Sequence[str], top: int, least: float) -> Arrays:
        """Queries, positions and bits of the ``top`` names of each query, best first."""
        found = [
            self._find(part, spelt, top, least)
            for spelt in by_alphabet(queries if top > 0 else [])
            for part in self._vocabularies
        ]
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
        asked, positions, bits = (np.concatenate(column) for column in zip(*found, strict=True))
        order = [positions, -bits, asked]
        if self._counts is not None:
            order.insert(1, -self._counts[positions])
        by_query = np.lexsort(order)
        asked, positions, bits = asked[by_query], positions[by_query], bits[by_query]
        rank = np.arange(len(asked)) - np.searchsorted(asked, asked)
        kept = (rank < top) & (bits >= least)
        return asked[kept], positions[kept], bits[kept]

    def search(self, query: str, top: int = 20, min_bits: float = -math.inf) -> list[Match]:
        """The ``top`` names that ``query`` most likely stands for, best first.

        Names under ``min_bits`` are left out, none unless told. Empty for a query without letters.
        """
        _, positions, bits = self._search([query], top, min_bits)
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
        size = max(min(_SHARE, _MOST_ROWS // max(top, 1)), 1)
        shares = [asked[at : at + size] for at in range(0, len(asked), size)]

        def work(share: list[str]) -> Arrays:
            return self._search(share, top, min_bits)

        threads = min(workers or os.cpu_count() or 1, len(shares))
        if threads <= 1:
            found = [work(share) for share in shares]
        else:
            with ThreadPoolExecutor(threads) as pool:
                found = list(pool.map(work, shares))
        found.append((np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)))
        offsets = [number * size for number in range(len(found))]
        numbered = [part[0] + offset for part, offset in zip(found, offsets, strict=True)]
        _, positions, bits = (np.concatenate(column) for column in zip(*found, strict=True))
        return np.concatenate(numbered), positions, bits
