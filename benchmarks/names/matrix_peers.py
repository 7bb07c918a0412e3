"""Peers that score every query against every name: edit distances and n-grams."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
from rapidfuzz.distance import OSA, Indel, Jaro, JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

from benchmarks.names.measures import Run, ranks_of
from benchmarks.names.tasks import Form, Task

# The restricted form of Damerau-Levenshtein: the unrestricted one takes over five minutes here.
DISTANCES = {
    "Levenshtein": Levenshtein,
    "Damerau-Levenshtein (OSA)": OSA,
    "Indel (longest common subsequence)": Indel,
    "Jaro": Jaro,
    "Jaro-Winkler": JaroWinkler,
}
NGRAMS = "tf-idf, 2-3-grams"
METHODS = (*DISTANCES, NGRAMS)
ALL_CONVENTIONS = "best of all"
_CHUNK = 32

# Rows of similarities (queries x names) for the queries of a slice; higher is nearer.
Scorer = Callable[[slice], np.ndarray]


def distance_scorer(metric, form: Form) -> Scorer:
    """Similarities of rapidfuzz, one thread."""
    return lambda part: cdist(
        form.queries[part],
        form.names,
        scorer=metric.normalized_similarity,
        dtype=np.float32,
        workers=1,
    )


def _ngram_scorer(form: Form) -> Scorer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), dtype=np.float32)
    matrix = vectorizer.fit_transform(form.names).T.tocsr()
    return lambda part: (vectorizer.transform(form.queries[part]) @ matrix).toarray()


def _scorers(method: str, forms: dict[str, Form]) -> dict[str, Scorer]:
    if method == NGRAMS:
        return {convention: _ngram_scorer(form) for convention, form in forms.items()}
    metric = DISTANCES[method]
    return {convention: distance_scorer(metric, form) for convention, form in forms.items()}


def matrix_runs(task: Task, method: str) -> list[Run]:
    """One run per convention and one for the best score of all conventions."""
    scorers = _scorers(method, task.forms)
    seconds = dict.fromkeys(scorers, 0.0)
    ranks: dict[str, list[np.ndarray]] = {c: [] for c in (*scorers, ALL_CONVENTIONS)}
    n = len(task.queries)
    for start in range(0, n, _CHUNK):
        part = slice(start, start + _CHUNK)
        true, best = task.truths[part], None
        for convention, score in scorers.items():
            began = perf_counter()
            scores = score(part)
            seconds[convention] += perf_counter() - began
            ranks[convention].append(ranks_of(scores, true))
            best = scores if best is None else np.maximum(best, scores, out=best)
        ranks[ALL_CONVENTIONS].append(ranks_of(best, true))
    seconds[ALL_CONVENTIONS] = sum(seconds.values())
    return [
        Run(method, convention, np.concatenate(parts), 1000 * seconds[convention] / n)
        for convention, parts in ranks.items()
    ]


def shortlists(task: Task, size: int) -> np.ndarray:
    """The ``size`` nearest names of each query by Levenshtein, best of conventions, in order."""
    scorers = _scorers("Levenshtein", task.forms)
    found, size = [], min(size, len(task.names) - 1)
    for start in range(0, len(task.queries), _CHUNK):
        part = slice(start, start + _CHUNK)
        best = np.maximum.reduce([score(part) for score in scorers.values()])
        # Among equals the commoner name comes first.
        best -= np.arange(best.shape[1], dtype=np.float32) * 1e-8
        nearest = np.argpartition(-best, size, axis=1)[:, :size]
        order = np.argsort(-np.take_along_axis(best, nearest, axis=1), axis=1, kind="stable")
        found.append(np.take_along_axis(nearest, order, axis=1))
    return np.concatenate(found)
