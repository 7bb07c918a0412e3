"""What explains each step of an alignment: a regular spelling, the ear, the reader, an accident.

Every explanation has a probability from the same tables as the weight; the likeliest is told. A
step of several letters may be explained letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from sexton.names import noise, whys
from sexton.names.composition import CONVENTIONS, Spellings, clean_spellings
from sexton.names.letters import CYRILLIC, END, LATIN, START, Alphabet

Floats = NDArray[np.float64]

# A spelling at least so probable under its convention is regular, not an accident.
REGULAR = 0.1
# Two Latin groups are spellings of one sound when this much of both is.
_BOTH = 0.02
_NOTHING = 1e-9
# A regular step, and the signs that no Latin convention has to write.
_SIGNS = {"ь": "soft_sign", "ъ": "hard_sign"}
_SILENT = frozenset({"", *_SIGNS.values()})


@dataclass(frozen=True, slots=True)
class Finding:
    """Why ``a`` stands for ``b`` (the Latin form first where alphabets differ).

    ``reason`` is a key of ``wording.REASONS``, or "" for a regular step; ``shares`` then tells how
    probable the spelling is under each convention (empty where that says nothing).
    """

    a: str
    b: str
    reason: str
    probability: float
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands in its names: at the start, at the end, and in which alphabets."""

    alphabets: tuple[Alphabet, Alphabet]
    conventions: tuple[str, ...]
    first: bool = False
    last: bool = False


@cache
def _clean() -> Spellings:
    return clean_spellings()


@cache
def _spelt_so() -> Mapping[str, tuple[tuple[str, Floats], ...]]:
    """The Cyrillic groups that a Latin group may spell, with its probabilities."""
    found: dict[str, list[tuple[str, Floats]]] = {}
    for chunk, group in _clean().items():
        for latin, vector in group.items():
            if latin and vector.max() >= _BOTH:
                found.setdefault(latin, []).append((chunk, vector))
    return {latin: tuple(some) for latin, some in found.items()}


def _share(vector: Floats, conventions: tuple[str, ...]) -> float:
    known = [float(vector[CONVENTIONS.index(name)]) for name in conventions if name in CONVENTIONS]
    return max(known) if known else float(vector.max())


def _bare(text: str) -> str:
    return text.strip(START + END)


# A Latin form of a Cyrillic name


def _spellings(chunk: str, place: Place) -> Iterator[tuple[str, str, Floats]]:
    """(group, Latin form, probabilities) of a Cyrillic group, with and without the edges."""
    for c, edges in whys.with_edges(chunk, "|", place.first, place.last):
        before, after = edges.split("|")
        for latin, vector in _clean().get(chunk, {}).items():
            yield c, before + latin + after, vector
        if c != chunk:
            for latin, vector in _clean().get(c, {}).items():
                yield c, latin, vector


def _spelt(latin: str, chunk: str, place: Place) -> Iterator[Finding]:
    if not latin and chunk in _SIGNS:
        return
    for c, spelt, vector in _spellings(chunk, place):
        if _bare(spelt) != latin:
            continue
        share, most = _share(vector, place.conventions), float(vector.max())
        remark = whys.spelling_reasons().get((c, spelt), "")
        shares = tuple(float(part) for part in vector)
        if share >= REGULAR:
            yield Finding(latin, chunk, "", share, shares)
        elif most >= REGULAR:
            yield Finding(latin, chunk, "other_papers", max(share, REGULAR * most))
        else:
            yield Finding(latin, chunk, remark or "odd_spelling", share)


def _heard(latin: str, chunk: str, place: Place) -> Iterator[Finding]:
    for c, l in whys.with_edges(chunk, latin, place.first, place.last):  # noqa: E741
        for rule in whys.hearing().get(c, ()):
            vector = _clean().get(rule.right, {}).get(l)
            spelt = float(not rule.right and not l) if vector is None else float(vector.max())
            yield Finding(latin, chunk, rule.reason, rule.probability * spelt)


def _read_as(written: str, read: str) -> Iterator[whys.Rule]:
    """The rules by which ``written`` is read as ``read`` when one place of it is misread."""
    rules = whys.reading()
    for start in range(len(written)):
        for end in range(start + 1, len(written) + 1):
            for rule in rules.get(written[start:end], ()):
                if written[:start] + rule.right + written[end:] == read:
                    yield rule


def _misread(latin: str, chunk: str, place: Place) -> Iterator[Finding]:
    for _, spelt, vector in _spellings(chunk, place):
        before, after = START * spelt.startswith(START), END * spelt.endswith(END)
        if vector.max() < _BOTH:
            continue
        for rule in _read_as(spelt, before + latin + after):
            probability = rule.probability * _share(vector, place.conventions)
            yield Finding(_bare(rule.right), _bare(rule.left), rule.reason, probability)


def _slip(a: str, b: str, letters: str) -> Finding:
    """An accident that no rule foresees; ``letters`` is the alphabet of ``a``."""
    if not a:
        return Finding(a, b, _SIGNS.get(b, "lost"), float(np.prod([noise.loss(x) for x in b])))
    if not b:
        return Finding(a, b, "added", float(np.prod([noise.addition(x) for x in a])))
    if len(a) > 1 or len(b) > 1:
        return Finding(a, b, "replaced", _NOTHING)
    return Finding(a, b, "replaced", noise.substitution(b, a, letters))


def _mixed(latin: str, chunk: str, place: Place) -> Iterator[Finding]:
    yield from _spelt(latin, chunk, place)
    yield from _heard(latin, chunk, place)
    if latin:
        yield from _misread(latin, chunk, place)


# Two forms in one alphabet


def _turned(a: str, b: str) -> Iterator[Finding]:
    if len(a) == 2 and a == b[::-1] and a != b:
        yield Finding(a, b, "moved", noise.EXCHANGED)


def _one_sound(a: str, b: str, place: Place) -> Iterator[Finding]:
    """Two Latin spellings of one Cyrillic group; ``shares`` for each pair of conventions."""
    for left, right in whys.with_edges(a, b, place.first, place.last):
        other = dict(_spelt_so().get(right, ()))
        for chunk, vector in _spelt_so().get(left, ()):
            if chunk in other:
                pairs = np.outer(vector, other[chunk]).ravel()
                yield Finding(a, b, "", float(pairs.max()), tuple(map(float, pairs)))


def _one_sound_heard(a: str, b: str, place: Place) -> Iterator[Finding]:
    for left, right in whys.with_edges(a, b, place.first, place.last):
        for chunk, vector in _spelt_so().get(left, ()):
            for rule in whys.hearing().get(chunk, ()):
                other = _clean().get(rule.right, {}).get(right)
                if other is not None and rule.right:
                    share = float(vector.max()) * float(other.max()) * rule.probability
                    yield Finding(a, b, rule.reason, share)


def _two_latin(a: str, b: str, place: Place) -> Iterator[Finding]:
    yield from _turned(a, b)
    if not a or not b:
        return
    yield from _one_sound(a, b, place)
    yield from _one_sound_heard(a, b, place)
    for finding in _one_sound_heard(b, a, place):
        yield Finding(a, b, finding.reason, finding.probability)
    for left, right in whys.with_edges(a, b, place.first, place.last):
        for rule in _read_as(right, left):
            yield Finding(_bare(rule.right), _bare(rule.left), rule.reason, rule.probability)
        for rule in _read_as(left, right):
            yield Finding(_bare(rule.left), _bare(rule.right), rule.reason, rule.probability)


def _two_cyrillic(a: str, b: str, place: Place) -> Iterator[Finding]:
    yield from _turned(a, b)
    for left, right in whys.with_edges(a, b, place.first, place.last):
        for x, y in ((left, right), (right, left)):
            for rule in whys.cyrillic().get(x, ()):
                if rule.right == y:
                    yield Finding(a, b, rule.reason, rule.probability)


def _direct(a: str, b: str, place: Place) -> Finding:
    """The likeliest explanation of a step as one piece."""
    if place.alphabets[0] != place.alphabets[1]:
        found, letters = [*_mixed(a, b, place)], LATIN
    elif a == b:
        return Finding(a, b, "", 1.0)
    else:
        latin = place.alphabets[0] == "latin"
        found = [*(_two_latin if latin else _two_cyrillic)(a, b, place)]
        letters = LATIN if latin else CYRILLIC
    regular = [finding for finding in found if not finding.reason]
    return max(regular or [*found, _slip(a, b, letters)], key=lambda finding: finding.probability)


@lru_cache(maxsize=16_384)
def explain_step(a: str, b: str, place: Place) -> tuple[Finding, ...]:
    """The likeliest explanation of ``a`` for ``b``, in one piece or in two and more."""
    direct = _direct(a, b, place)
    best: tuple[Finding, ...] = (direct,)
    if not direct.reason and (len(b) < 2 or a == b):
        return best
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if 0 < i + j < len(a) + len(b):
                before = Place(place.alphabets, place.conventions, place.first, False)
                after = Place(place.alphabets, place.conventions, False, place.last)
                pieces = explain_step(a[:i], b[:j], before) + explain_step(a[i:], b[j:], after)
                best = _better(best, pieces)
    return best


def _better(best: tuple[Finding, ...], pieces: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The likelier; of regular ones the smaller pieces, for they show what the rule is."""
    if not any(piece.reason for piece in best):
        return pieces if all(piece.reason in _SILENT for piece in pieces) else best
    return max(best, pieces, key=_likelihood)


def _likelihood(findings: tuple[Finding, ...]) -> float:
    return float(np.prod([finding.probability for finding in findings]))
