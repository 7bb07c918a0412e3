"""Peers that give a name a key: jellyfish and abydos. Names of one key are found together.

Within a key, names stand by falling commonness; "then Levenshtein" orders them by distance first.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing import get_context
from time import perf_counter
from unicodedata import normalize

import jellyfish
import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.names.measures import NOT_FOUND, Run

Keys = frozenset[str]
SMALL_VOCABULARY = 5_000
_SEED = 1944


def _jellyfish(function: str, name: str) -> Keys:
    return frozenset([getattr(jellyfish, function)(name)])


def _abydos(algorithm: str, name: str) -> Keys:
    code = _encoder(algorithm).encode(name)
    if isinstance(code, str):
        code = code.split()
    return frozenset(code) - {""}


_ENCODERS: dict[str, object] = {}


def _encoder(algorithm: str):
    if algorithm not in _ENCODERS:
        from benchmarks.names import abydos_compat

        _ENCODERS[algorithm] = getattr(abydos_compat, algorithm)()
    return _ENCODERS[algorithm]


KEYS: dict[str, Callable[[str], Keys]] = {
    "Soundex": partial(_jellyfish, "soundex"),
    "NYSIIS": partial(_jellyfish, "nysiis"),
    "Metaphone": partial(_jellyfish, "metaphone"),
    "Match rating codex": partial(_jellyfish, "match_rating_codex"),
    "Refined Soundex": partial(_abydos, "RefinedSoundex"),
    "Caverphone": partial(_abydos, "Caverphone"),
    "Kölner Phonetik": partial(_abydos, "Koelner"),
    "Double Metaphone": partial(_abydos, "DoubleMetaphone"),
    "Daitch-Mokotoff": partial(_abydos, "DaitchMokotoff"),
}
BEIDER_MORSE = partial(_abydos, "BeiderMorse")


def _ascii(name: str) -> str:
    letters = normalize("NFD", name)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def _safe_keys(function: Callable[[str], Keys], name: str) -> Keys:
    """The keys of one name; a peer that fails on a name has no key for it."""
    try:
        return function(_ascii(name))
    except (ValueError, IndexError, KeyError, TypeError):
        return frozenset()


def _all_keys(function: Callable[[str], Keys], names: list[str]) -> list[Keys]:
    with get_context("fork").Pool(2) as pool:
        return pool.map(partial(_safe_keys, function), names, chunksize=2000)


def _blocks(keys: Iterable[Keys]) -> dict[str, list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, name_keys in enumerate(keys):
        for key in name_keys:
            blocks[key].append(position)
    return blocks


def _found(blocks: dict[str, list[int]], keys: Keys) -> list[int]:
    return sorted({position for key in keys for position in blocks.get(key, ())})


def _rank(found: list[int], truth: int) -> int:
    return found.index(truth) if truth in found else NOT_FOUND


def _by_distance(found: list[int], names: list[str], query: str) -> list[int]:
    return sorted(found, key=lambda position: Levenshtein.distance(query, names[position]))


def _key_runs(
    method: str,
    function: Callable[[str], Keys],
    romanised: dict[str, list[str]],
    queries: list[str],
    truths: np.ndarray,
    note: str = "",
) -> Iterator[Run]:
    for convention, names in romanised.items():
        blocks = _blocks(_all_keys(function, names))
        began = perf_counter()
        found = [_found(blocks, _safe_keys(function, query)) for query in queries]
        ranks = [_rank(f, t) for f, t in zip(found, truths, strict=True)]
        ms = 1000 * (perf_counter() - began) / len(queries)
        yield Run(method, convention, np.array(ranks), ms, note)
        began = perf_counter()
        ordered = [_by_distance(f, names, q) for f, q in zip(found, queries, strict=True)]
        ranks = [_rank(f, t) for f, t in zip(ordered, truths, strict=True)]
        more = 1000 * (perf_counter() - began) / len(queries)
        yield Run(f"{method}, then Levenshtein", convention, np.array(ranks), ms + more, note)


def key_runs(
    romanised: dict[str, list[str]],
    queries: list[str],
    truths: np.ndarray,
    progress: Callable[[str], None],
) -> Iterator[Run]:
    """Every key on the whole vocabulary, Beider-Morse (5 ms a name) on a seeded part of it.

    Two romanisations suffice: on a small vocabulary no key did best with another one.
    """
    romanised = {convention: romanised[convention] for convention in ("English", "German")}
    for method, function in KEYS.items():
        progress(method)
        yield from _key_runs(method, function, romanised, queries, truths)
    progress("Beider-Morse")
    kept, places = _small_vocabulary(len(next(iter(romanised.values()))), truths)
    small = {"English": [romanised["English"][position] for position in kept]}
    note = f"vocabulary of {len(kept):,} names only"
    yield from _key_runs("Beider-Morse", BEIDER_MORSE, small, queries, places, note)


def _small_vocabulary(size: int, truths: np.ndarray) -> tuple[list[int], np.ndarray]:
    """A seeded sample with all true names, and where the truths stand in it."""
    sample = random.Random(_SEED).sample(range(size), min(SMALL_VOCABULARY, size))
    kept = sorted({*sample, *truths.tolist()})
    place = {position: index for index, position in enumerate(kept)}
    return kept, np.array([place[truth] for truth in truths.tolist()])
