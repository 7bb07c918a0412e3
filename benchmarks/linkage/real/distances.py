"""Distances of strings, every pair compared: what many a catalogue search does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from benchmarks.linkage.real.material import Material
from benchmarks.linkage.real.measures import Answer
from benchmarks.linkage.real.prepare import prepared

TOP = 10
Answers = dict[str, list[Answer]]


def jaro_winkler(material: Material) -> Answers:
    """Weighted Jaro-Winkler of romanised names and agreement of dates, every pair compared."""
    return _by_distance(material, JaroWinkler.normalized_similarity)


def levenshtein(material: Material) -> Answers:
    """The same with Levenshtein's normalised similarity."""
    return _by_distance(material, Levenshtein.normalized_similarity)


# What each field adds to the score when both sides have it.
_NAME_WEIGHTS = {"surname": 4.0, "given": 2.0, "patronymic": 1.5, "birth_place": 0.7}
_DATE_WEIGHTS = {"birth_date": 3.0, "birth_year": 1.5, "death_date": 3.0}


def _by_distance(material: Material, scorer: Callable[..., float]) -> Answers:
    left = [prepared(row) for row in material.graves]
    right = [prepared(row) for row in material.archive]
    score = np.zeros((len(left), len(right)), dtype=np.float32)
    for field, weight in _NAME_WEIGHTS.items():
        texts = [[row[field] or "" for row in side] for side in (left, right)]
        alike = process.cdist(*texts, scorer=scorer, dtype=np.float32, workers=2)
        score += weight * np.where(_both(texts), alike, 0)
    for field, weight in _DATE_WEIGHTS.items():
        texts = [[row[field] or "" for row in side] for side in (left, right)]
        same = np.array(texts[0], object)[:, None] == np.array(texts[1], object)[None, :]
        score += weight * np.where(_both(texts), np.where(same, 1.0, -0.5), 0)
    return _best(score, left, right)


def _both(texts: list[list[str]]) -> np.ndarray:
    filled = [np.array([bool(text) for text in side]) for side in texts]
    return filled[0][:, None] & filled[1][None, :]


def _best(score: np.ndarray, left: list[dict], right: list[dict]) -> Answers:
    order = np.argsort(-score, axis=1, kind="stable")[:, :TOP]
    return {
        str(row["unique_id"]): [
            (str(right[position]["unique_id"]), float(score[number, position]))
            for position in order[number]
        ]
        for number, row in enumerate(left)
    }
