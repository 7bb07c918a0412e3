"""Given names and what other languages and clerks made of them: Jean is Иван, Laurent Лаврентий.

The table ``tables/given_names.tsv`` holds the equivalents, each row with its source. Spellings that
differ only by transliteration (Sergeï, Sergej, Serguei) are not in it: a key that drops
what the conventions disagree about finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

from sexton.names.folding import fold
from sexton.names.tables import read_table

# How far a form speaks for its name, by the kind of its row: the rest of the probability is that
# the clerk meant a name outside the table. Stated beforehand, not estimated.
_TRUST = {
    "name": 1.0,
    "variant": 0.9,
    "ukrainian": 0.9,
    "belarusian": 0.9,
    "turkic": 0.9,
    "caucasian": 0.9,
    "short": 0.8,
    "local": 0.8,
}
# The form was recognised by its transliteration key only, not letter by letter.
_KEY_TRUST = 0.9
# Agreement on a name too rare to be counted is worth no more than 14 bits.
_LEAST_SHARE = 2.0**-14

_ROMAN = str.maketrans(
    dict(zip("абвгґдеєзиіїйклмнопрстуўфхцъыьэё", "abvggdeesiiiiklmnoprstuufhs'i'ee", strict=True))
    | {"ж": "s", "ч": "h", "ш": "h", "щ": "h", "ю": "u", "я": "a"}
    | dict(zip("қғҳәөүұңһҗѣѳў", "kgheouunhsefu", strict=True))
)
# What the clerks of five languages write for one sound, in the order in which it is undone; before
# it a letter without which nothing is to be undone, "" for none.
_SPELLINGS = tuple(
    (needed, re.compile(pattern), letter)
    for needed, pattern, letter in (
        ("", r"schtsch|chtch|shch|szcz|tsch|tsh|tch|tsj|sch|cz|sz|sh|kh|ch|[čš]", "h"),
        ("p", r"ph", "f"),
        ("h", r"th", "t"),
        ("g", r"gu(?=[eiy])|gh", "g"),
        ("", r"ck|q|c(?![eiyhz])", "k"),
        ("x", r"x", "ks"),
        ("o", r"ou|oe", "u"),
        ("w", r"w", "v"),
        ("", r"ts|tz|zh|[zžc]", "s"),
        ("", r"[iyj]+(?=[au])", ""),
        ("", r"(?:[iyj]+|(?<=.)e)o|[iyj]+e", "e"),
        ("", r"[iyj]+", "i"),
        ("", r"[^a-z]", ""),
        ("", r"(.)\1+", r"\1"),
    )
)


@dataclass(frozen=True, slots=True)
class _Sense:
    """A Russian name that a form may stand for, and how far the form speaks for it, 0 to 1."""

    canonical: str
    trust: float


def transliteration_key(text: str) -> str:
    """Reduce a given name to what all conventions agree on: Sergueï, Sergej, Сергей give "sergei".

    Loses much on purpose (з = с = ж, ч = ш = х, е = ё = ио): fit for given names, of which
    there are few, not for surnames.
    """
    return _key_of(fold(text))


@lru_cache(maxsize=1 << 17)
def _key_of(folded: str) -> str:
    key = folded.translate(_ROMAN)
    for needed, pattern, letter in _SPELLINGS:
        if needed in key:
            key = pattern.sub(letter, key)
    return key


def _table_senses() -> Iterator[tuple[str, _Sense]]:
    for row in read_table("given_names.tsv"):
        canonical, kind = row["canonical"], row["kind"]
        yield canonical, _Sense(canonical, _TRUST["name"])
        if kind in _TRUST:
            for form in row["forms"].split():
                yield form, _Sense(canonical, _TRUST[kind])


def _index(senses: Iterator[tuple[str, _Sense]]) -> dict[str, tuple[_Sense, ...]]:
    """Group by form; each canonical name keeps its best trust, commonest name first."""
    grouped: dict[str, dict[str, float]] = {}
    for form, sense in senses:
        trusts = grouped.setdefault(form, {})
        trusts[sense.canonical] = max(sense.trust, trusts.get(sense.canonical, 0.0))
    return {
        form: tuple(sorted((_Sense(c, t) for c, t in trusts.items()), key=_rank))
        for form, trusts in grouped.items()
    }


def _rank(sense: _Sense) -> tuple[float, str]:
    return -sense.trust * given_name_share(sense.canonical), sense.canonical


@cache
def _by_form() -> dict[str, tuple[_Sense, ...]]:
    return _index((fold(form), sense) for form, sense in _table_senses())


@cache
def _by_key() -> dict[str, tuple[_Sense, ...]]:
    return _index(
        (transliteration_key(form), _Sense(sense.canonical, sense.trust * _KEY_TRUST))
        for form, sense in _table_senses()
    )


@lru_cache(maxsize=65536)
def _senses(text: str) -> tuple[_Sense, ...]:
    """What ``text`` may stand for, likeliest first; a double name stands for each of its parts."""
    folded = fold(text)
    found = _by_form().get(folded) or _by_form().get(folded.replace("ё", "е"))
    if not found:
        found = _by_key().get(_key_of(folded), ())
    if not found and "-" in folded:
        parts = [part for part in folded.split("-") if part]
        found = tuple(sense for part in parts for sense in _senses(part))
    return found


@lru_cache(maxsize=65536)
def canonical_given(text: str) -> tuple[str, ...]:
    """Name the Russian given names that ``text`` may stand for, most likely first.

    An unknown name gives ().

    >>> canonical_given("Georges")
    ('Юрий', 'Георгий', 'Егор')
    """
    return tuple(dict.fromkeys(sense.canonical for sense in _senses(text)))


def is_given_name(text: str) -> bool:
    """Say whether ``text`` is, as a whole, a form of a name in the table.

    >>> is_given_name("Sergueï"), is_given_name("Шатунов")
    (True, False)
    """
    return bool(_senses(text))


@cache
def _counts() -> tuple[dict[str, int], int]:
    counts = {row["canonical"]: int(row["count"]) for row in read_table("given_name_counts.tsv")}
    return counts, counts.pop("*")


def given_name_share(canonical: str) -> float:
    """The share of people who bear the name, from counts of russiannames 2.0.0 (BSD-3)."""
    counts, total = _counts()
    return max(counts.get(canonical, 0) / total, _LEAST_SHARE)


@lru_cache(maxsize=65536)
def _meanings(text: str) -> dict[str, float]:
    """P(canonical name | form): shares of the names it stands for, times the trust in the form."""
    senses = _senses(text)
    total = sum(given_name_share(sense.canonical) for sense in senses)
    return {s.canonical: s.trust * given_name_share(s.canonical) / total for s in senses}


def given_names_equivalent(a: str, b: str) -> float | None:
    """Bits for two forms of one given name (Jean = Иван); None when the table does not join them.

    ``log2 P(a, b | same) / (P(a) P(b))``, which is the logarithm of the sum over the names ``c``
    that both can stand for of ``P(c | a) P(c | b) / P(c)``: a rare name says more than a common
    one, an ambiguous form (Georges) less. A double name agrees through either part.

    >>> given_names_equivalent("Jean", "Иван") > 3
    True
    >>> print(given_names_equivalent("Jean", "Пётр"))
    None
    """
    left = _meanings(a)
    if not left:
        return None
    right = _meanings(b)
    ratio = sum(left[c] * right[c] / given_name_share(c) for c in left.keys() & right.keys())
    return max(0.0, log2(ratio)) if ratio else None
