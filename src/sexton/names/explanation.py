"""A comparison of two written names told in sentences, the surprising ones first.

>>> from sexton.names import explain_comparison, load_model
>>> for sentence in explain_comparison(load_model().compare("Schatunow", "Шатунов")):
...     print(sentence)
sch = ш, w = в: German spelling.
The name is rare: that makes the agreement weigh more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log2

import numpy as np

from sexton.messages import Message
from sexton.names import wording
from sexton.names.background import rarity_bits
from sexton.names.channel import KINDS, Kind, NameComparison
from sexton.names.composition import CONVENTIONS
from sexton.names.findings import Finding, Place, explain_step
from sexton.names.letters import spell

# No more sentences than a reader takes in.
_SURPRISES = 3
_SENTENCES = 5
# A spelling that more conventions share tells nobody anything.
_MOST_CONVENTIONS = 3
_SHARED = 0.3
# A name that one in 2^n bears: above and below these the reader is told.
_RARE = {"surname": 18.0, "given": 12.0, "patronymic": 12.0}
_COMMON = {"surname": 11.0, "given": 7.0, "patronymic": 7.0}
_GAP = "–"
# Told after everything else: they surprise nobody who knows how names are spelt.
_MILD = frozenset({"soft_sign", "hard_sign", "yo"})
_BY_LETTERS = {"lost": "lost_many", "added": "added_many", "only_one": "only_one"}


def explain_comparison(comparison: NameComparison, kind: Kind = "surname") -> tuple[Message, ...]:
    """Why two written names agree or differ, in at most five sentences, surprising ones first.

    The sentences say what was spelt otherwise, misheard, misread, lost, added or moved, by the
    rules of the reviewed tables; regular steps are summed up. ``sexton.messages.translate`` puts
    them into the reader's language. Never empty. Raises ValueError for
    another kind of name.

    >>> from sexton.names import load_model
    >>> comparison = load_model().compare("Robelzov", "Бобельцов")
    >>> print(explain_comparison(comparison)[0])
    “r” read for “b”: as capitals they look alike.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of name {kind!r}: use one of {', '.join(KINDS)}")
    if not comparison.steps:
        return (Message(wording.NO_LETTERS),)
    if comparison.note == "ruined":
        return (Message(wording.RUINED),)
    findings = _findings(comparison)
    told = list(_differences(findings))
    if not any(message.text == wording.REST for message in told):
        told += _regular(findings, comparison)
    return (*told, *_weight(comparison, kind))[:_SENTENCES]


# What each step means


def _findings(comparison: NameComparison) -> list[Finding]:
    left, right = spell(comparison.a).alphabet, spell(comparison.b).alphabet
    turned = left == "cyrillic" and right == "latin"
    alphabets = (right, left) if turned else (left, right)
    conventions = tuple(filter(None, comparison.convention.split("/")))
    last = len(comparison.steps) - 1
    found: list[Finding] = []
    for position, step in enumerate(comparison.steps):
        a, b = (step.right, step.left) if turned else (step.left, step.right)
        place = Place(alphabets, conventions, position == 0, position == last)
        found += explain_step(a, b, place)
    found = _with_endings(_moved(_doubled(found)))
    return [_neutral(finding) for finding in found] if left == right else found


def _doubled(findings: list[Finding]) -> list[Finding]:
    """A letter added beside the same letter was doubled."""
    told = list(findings)
    for i, finding in enumerate(findings):
        near = [other.a for other in findings[max(0, i - 1) : i + 2] if other is not finding]
        beside = any(finding.a in (text[:1], text[-1:]) for text in near)
        if finding.reason == "added" and len(finding.a) == 1 and beside:
            told[i] = replace(finding, a=finding.a * 2, b=finding.a, reason="doubled")
    return told


def _moved(findings: list[Finding]) -> list[Finding]:
    """A letter lost, and added again behind its neighbour, changed places with it."""
    told: list[Finding] = []
    for finding in findings:
        told.append(finding)
        if len(told) < 3:
            continue
        before, between, after = told[-3:]
        if between.reason or {before.reason, after.reason} != {"lost", "added"}:
            continue
        gone, come = (before, after) if before.reason == "lost" else (after, before)
        if not _stands_for(come.a, gone.b):
            continue
        a = "".join(piece.a for piece in (before, between, after))
        b = "".join(piece.b for piece in (before, between, after))
        told[-3:] = [Finding(a, b, "moved", gone.probability)]
    return told


def _stands_for(a: str, b: str) -> bool:
    alphabets = (spell(a).alphabet, spell(b).alphabet)
    steps = explain_step(a, b, Place(alphabets, ()))
    return all(not step.reason for step in steps)


def _with_endings(findings: list[Finding]) -> list[Finding]:
    """Name the endings -ow, -off that are known as such, with their vowel."""
    if len(findings) < 2:
        return findings
    vowel, end = findings[-2:]
    if end.b != "в" or vowel.b not in ("о", "е", "ё") or vowel.reason not in ("", "yo"):
        return findings
    reason = {"ff": "french_end", "w": "german_or_polish_end"}.get(end.a)
    if reason is None or not end.reason:
        return findings
    whole = Finding(vowel.a + end.a, vowel.b + end.b, reason, end.probability)
    return [*findings[:-2], whole]


def _neutral(finding: Finding) -> Finding:
    """Of two forms in one alphabet nobody knows which one lost a letter."""
    if finding.reason in ("lost", "added"):
        return replace(finding, a=finding.a or finding.b, b="", reason="only_one")
    return finding


# The sentences


def _surprise(finding: Finding) -> float:
    return 0.0 if finding.reason in _MILD else -log2(max(finding.probability, 1e-12))


def _differences(findings: Sequence[Finding]) -> Iterator[Message]:
    irregular = sorted((f for f in findings if f.reason), key=lambda f: -_surprise(f))
    told = list(_told(irregular))
    sentences = [message for message, _ in told]
    yield from sentences[:_SURPRISES]
    if len(sentences) == _SURPRISES + 1:
        yield sentences[-1]
    elif len(sentences) > _SURPRISES:
        rest = "; ".join(pair for _, pair in told[_SURPRISES:])
        yield Message(wording.REST, {"pairs": rest})


def _told(irregular: Sequence[Finding]) -> Iterator[tuple[Message, str]]:
    """The sentence of each finding, and the finding in short; lost letters in one sentence."""
    seen: set[tuple[str, str, str]] = set()
    for finding in irregular:
        key = _told_once(finding)
        if key in seen:
            continue
        seen.add(key)
        if finding.reason in _BY_LETTERS:
            same = [f.a or f.b for f in irregular if f.reason == finding.reason]
            letters = ", ".join(same)
            reason = _BY_LETTERS[finding.reason] if len(same) > 1 else finding.reason
            yield Message(wording.REASONS[reason], {"letters": letters}), letters
        else:
            message = Message(wording.REASONS[finding.reason], {"a": finding.a, "b": finding.b})
            yield message, _pair(finding)


def _told_once(finding: Finding) -> tuple[str, str, str]:
    if finding.reason in _BY_LETTERS or finding.reason in _MILD:
        return finding.reason, "", ""
    return finding.reason, finding.a, finding.b


def _pair(finding: Finding) -> str:
    return f"{finding.a or _GAP} = {finding.b or _GAP}"


def _telling(finding: Finding) -> frozenset[str]:
    """The conventions that a regular step speaks for; empty when it speaks for most of them."""
    if finding.reason or len(finding.shares) != len(CONVENTIONS):
        return frozenset()
    most = max(finding.shares)
    named = [c for c, s in zip(CONVENTIONS, finding.shares, strict=True) if s >= _SHARED * most]
    return frozenset(named if len(named) <= _MOST_CONVENTIONS else ())


def _regular(findings: Sequence[Finding], comparison: NameComparison) -> Iterator[Message]:
    """All regular steps in one sentence."""
    regular = [finding for finding in findings if not finding.reason]
    if len({spell(comparison.a).alphabet, spell(comparison.b).alphabet}) == 1:
        differing = [finding for finding in regular if finding.a != finding.b]
        if differing:
            yield Message(_two_spellings(differing), {"pairs": _pairs(differing)})
        elif len(regular) == len(findings):
            yield Message(wording.SAME_TEXT)
        return
    telling = [finding for finding in regular if _telling(finding)]
    if telling:
        yield Message(_spelling_of(telling), {"pairs": _pairs(telling)})
    elif len(regular) == len(findings):
        yield Message(wording.REGULAR)


def _pairs(findings: Iterator[Finding] | Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(_pair(finding) for finding in findings))


def _spelling_of(telling: Sequence[Finding]) -> str:
    """The sentence that names the conventions which explain all of the steps."""
    odds = dict.fromkeys(CONVENTIONS, 1.0)
    for finding in telling:
        for name, share in zip(CONVENTIONS, finding.shares, strict=True):
            odds[name] *= share
    most = max(odds.values())
    named = tuple(name for name in CONVENTIONS if odds[name] >= _SHARED * most)
    return wording.SPELLED.get(named, wording.SPELLED_ANYHOW)


def _two_spellings(differing: Sequence[Finding]) -> str:
    """The sentence that names the two conventions which alone explain all of the steps."""
    odds = np.ones(len(CONVENTIONS) ** 2)
    for finding in differing:
        odds *= np.array(finding.shares)
    named = np.flatnonzero(odds >= _SHARED * odds.max())
    if len(named) != 1:
        return wording.SPELLED_DIFFERENTLY
    pair = sorted(divmod(int(named[0]), len(CONVENTIONS)))
    key = CONVENTIONS[pair[0]], CONVENTIONS[pair[1]]
    return wording.SPELLED_TWICE.get(key, wording.SPELLED_DIFFERENTLY)


def _weight(comparison: NameComparison, kind: Kind) -> Iterator[Message]:
    if comparison.bits <= 0:
        return
    rarity = min(rarity_bits(kind, comparison.a), rarity_bits(kind, comparison.b))
    if rarity >= _RARE[kind]:
        yield Message(wording.RARE)
    elif rarity <= _COMMON[kind]:
        yield Message(wording.COMMON)
