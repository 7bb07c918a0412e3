"""Peers that give a name a key: jellyfish and abydos. Names of one key are found together.

Within a key, names stand by falling commonness; "then Levenshtein" orders them by distance first.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import perf_counter
from unicodedata import normalize

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.names.measures import NOT_FOUND, Run
from benchmarks.names.tasks import Form, Task

Keys = frozenset[str]
SMALL_VOCABULARY = 4_000
_SEED = 1944


def _jellyfish(function: str, name: str) -> Keys:
    import jellyfish

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
BEIDER_MORSE = "Beider-Morse"
ALL_KEYS = KEYS | {BEIDER_MORSE: partial(_abydos, "BeiderMorse")}
METHODS = tuple(ALL_KEYS)
# The keys that did best on surnames; the other sets are spared the rest.
MAIN = ("Daitch-Mokotoff", "Double Metaphone")


def _ascii(name: str) -> str:
    letters = normalize("NFD", name)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def _safe_keys(function: Callable[[str], Keys], name: str) -> Keys:
    """The keys of one name; a peer that fails on a name has no key for it."""
    try:
        return function(_ascii(name))
    except (ValueError, IndexError, KeyError, TypeError):
        return frozenset()


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


def _runs_of(
    method: str, form: Form, convention: str, keys: list[Keys], truths: np.ndarray, note: str = ""
) -> Iterator[Run]:
    function = ALL_KEYS[method]
    blocks = _blocks(keys)
    n = len(form.queries)
    began = perf_counter()
    found = [_found(blocks, _safe_keys(function, query)) for query in form.queries]
    ranks = [_rank(f, t) for f, t in zip(found, truths, strict=True)]
    ms = 1000 * (perf_counter() - began) / n
    yield Run(method, convention, np.array(ranks), ms, note)
    began = perf_counter()
    ordered = [_by_distance(f, form.names, q) for f, q in zip(found, form.queries, strict=True)]
    ranks = [_rank(f, t) for f, t in zip(ordered, truths, strict=True)]
    more = 1000 * (perf_counter() - began) / n
    yield Run(f"{method}, then Levenshtein", convention, np.array(ranks), ms + more, note)


def key_runs(task: Task, method: str) -> list[Run]:
    """One key on the whole vocabulary, Beider-Morse (5 ms a name) on a seeded part of it.

    Two romanisations suffice: on a small vocabulary no key did best with another one.
    """
    if method == BEIDER_MORSE:
        return _beider_morse(task)
    runs: list[Run] = []
    for convention in _conventions(task):
        form = task.forms[convention]
        keys = [_safe_keys(ALL_KEYS[method], name) for name in form.names]
        runs += _runs_of(method, form, convention, keys, task.truths)
    return runs


def _conventions(task: Task) -> list[str]:
    return [c for c in ("English", "German", "without accents") if c in task.forms]


def _beider_morse(task: Task) -> list[Run]:
    convention = _conventions(task)[0]
    names, texts = task.forms[convention]
    asked = task.real_positions
    kept, places = _small_vocabulary(len(names), task.truths[asked])
    small = Form([names[position] for position in kept], [texts[at] for at in asked])
    keys = [_safe_keys(ALL_KEYS[BEIDER_MORSE], name) for name in small.names]
    note = f"vocabulary of {len(kept):,} names only; simulated forms not asked"
    runs = []
    for run in _runs_of(BEIDER_MORSE, small, convention, keys, places, note):
        ranks = np.full(len(texts), NOT_FOUND)
        ranks[asked] = run.ranks
        runs.append(run._replace(ranks=ranks))
    return runs


def _small_vocabulary(size: int, truths: np.ndarray) -> tuple[list[int], np.ndarray]:
    """A seeded sample with all true names, and where the truths stand in it."""
    sample = random.Random(_SEED).sample(range(size), min(SMALL_VOCABULARY, size))
    kept = sorted({*sample, *truths.tolist()})
    place = {position: index for index, position in enumerate(kept)}
    return kept, np.array([place[truth] for truth in truths.tolist()])
