"""Peers that score every query against every romanised name: edit distances and n-grams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np
from rapidfuzz.distance import OSA, Indel, Jaro, JaroWinkler, Levenshtein
from rapidfuzz.process import cdist
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.names.measures import Run, ranks_of

# The restricted form of Damerau-Levenshtein: the unrestricted one takes over five minutes here.
DISTANCES = {
    "Levenshtein": Levenshtein,
    "Damerau-Levenshtein (OSA)": OSA,
    "Indel (longest common subsequence)": Indel,
    "Jaro": Jaro,
    "Jaro-Winkler": JaroWinkler,
}
ALL_CONVENTIONS = "best of all"
_CHUNK = 32

Scorer = Callable[[list[str]], np.ndarray]


def _distance_scorers(metric, romanised: dict[str, list[str]]) -> dict[str, Scorer]:
    """A scorer for each convention: rows of similarities, higher is nearer."""

    def scorer(names: list[str]) -> Scorer:
        return lambda chunk: cdist(
            chunk, names, scorer=metric.normalized_similarity, dtype=np.float32, workers=1
        )

    return {convention: scorer(names) for convention, names in romanised.items()}


def _ngram_scorers(romanised: dict[str, list[str]]) -> dict[str, Scorer]:
    def scorer(names: list[str]) -> Scorer:
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), dtype=np.float32)
        matrix = vectorizer.fit_transform(names).T.tocsr()
        return lambda chunk: (vectorizer.transform(chunk) @ matrix).toarray()

    return {convention: scorer(names) for convention, names in romanised.items()}


def _runs(
    method: str, scorers: dict[str, Scorer], queries: list[str], truths: np.ndarray
) -> Iterator[Run]:
    """One run per convention and one for the best score of all conventions."""
    seconds = dict.fromkeys(scorers, 0.0)
    ranks: dict[str, list[np.ndarray]] = {c: [] for c in (*scorers, ALL_CONVENTIONS)}
    for start in range(0, len(queries), _CHUNK):
        chunk, true = queries[start : start + _CHUNK], truths[start : start + _CHUNK]
        best = None
        for convention, score in scorers.items():
            began = perf_counter()
            scores = score(chunk)
            seconds[convention] += perf_counter() - began
            ranks[convention].append(ranks_of(scores, true))
            best = scores if best is None else np.maximum(best, scores)
        ranks[ALL_CONVENTIONS].append(ranks_of(best, true))
    seconds[ALL_CONVENTIONS] = sum(seconds.values())
    for convention, parts in ranks.items():
        ms = 1000 * seconds[convention] / len(queries)
        yield Run(method, convention, np.concatenate(parts), ms)


def matrix_runs(
    romanised: dict[str, list[str]],
    queries: list[str],
    truths: np.ndarray,
    progress: Callable[[str], None],
) -> Iterator[Run]:
    """All edit distances of rapidfuzz, then cosine of tf-idf character n-grams (scikit-learn)."""
    for method, metric in DISTANCES.items():
        progress(method)
        yield from _runs(method, _distance_scorers(metric, romanised), queries, truths)
    progress("tf-idf n-grams")
    yield from _runs("tf-idf, 2-3-grams", _ngram_scorers(romanised), queries, truths)
