"""Shorter and other forms of one part of a name under which the same person is written.

A double surname keeps one half (Иванов for Иванов-Петров), a particle falls away (Berg for
von Berg, Петросян for Тер-Петросян), a woman stands under the man's form (Шафров for Шафрова),
a father is named in another way (Гасанович for Гасан оглы). Each form has a chance, judged
beforehand and never fitted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from sexton.names.channel import Kind
from sexton.names.folding import fold
from sexton.names.patronymics import given_of_patronymic
from sexton.names.words import phrases

_BREAK = re.compile(r"(?:[-\s]|(?<=\bd)')+", re.I)
_LETTERS = re.compile(r"[^\W\d_]")
_SUFFIXES = ("zade", "zadeh", "заде", "oglu", "ogly", "оглы", "оглу")
_SUFFIX = re.compile(rf"(?<=[^\W\d_]{{3}})-?(?:{'|'.join(_SUFFIXES)})$", re.I)
# The woman's ending, and what the man's name has in its place; only after what no man's name has.
_WOMAN = tuple(
    (re.compile(pattern, re.I), man)
    for pattern, man in (
        (r"(?<=[оеё]в)а$", ""),
        (r"(?<=[оеё]в)ой$", ""),
        (r"(?<=[^аеёиоуыэюя]ин)а$", ""),
        (r"(?<=[сц]к)ая$", "ий"),
        (r"(?<=[^аеёиоуыэюя])ая$", "ый"),
        (r"(?<=[oe][vw])a$", ""),
        (r"(?<=[oe]ff)a$", ""),
        (r"(?<=[^aeiouy]in)a$", ""),
        (r"(?<=s[kc])(?:aja|aya|aia|aïa)$", "ij"),
        (r"(?<=s[kc])a$", "i"),
    )
)
_WOMANS_LAST = frozenset("аяйa")
_MANS_PATRONYMIC = re.compile(r"(?:вич|ич|[vw]i(?:tch|tsch|ch|c|č|cz|tsj))$", re.I)


@dataclass(frozen=True, slots=True)
class FormChances:
    """How often a part of a name is written in another form (judged, to be re-estimated)."""

    half: float = 0.3
    turned: float = 0.1
    particle: float = 0.3
    woman: float = 0.1
    father: float = 0.3


_CHANCES = FormChances()


class Variant(NamedTuple):
    """A form of a part: its text, what kind of name it is, its chance, and which way it is."""

    text: str
    kind: Kind
    chance: float
    way: str


@cache
def _particles() -> frozenset[str]:
    kinds = (
        "surname_particle",
        "surname_prefix",
        "surname_suffix",
        "father_before",
        "father_after",
    )
    return frozenset(word for kind in kinds for phrase in phrases(kind) for word in phrase)


def _core(words: list[str]) -> list[str]:
    """The words of a name without its particles; all of them where nothing else is left."""
    if len(words) == 1:
        return words
    return [word for word in words if fold(word).strip("'") not in _particles()] or words


def _words(text: str) -> list[str]:
    """The words of a name that have letters."""
    # Most names are one word, which is soon seen.
    if text.isalpha():
        return [text]
    return [word for word in _BREAK.split(text) if _LETTERS.search(word)]


def _surname_forms(text: str, chances: FormChances) -> Iterator[Variant]:
    words = _words(text)
    core = _core(words)
    if len(core) < len(words):
        yield Variant(" ".join(core), "surname", chances.particle, "particle")
    elif (stem := _without_suffix(text)) and stem != text:
        yield Variant(stem, "surname", chances.particle, "particle")
    if len(core) == 2:
        yield Variant(" ".join(reversed(core)), "surname", chances.turned, "turned")
    if len(core) > 1:
        for word in core:
            yield Variant(word, "surname", chances.half / len(core), "half")
    if (man := mans_form(text)) != text:
        yield Variant(man, "surname", chances.woman, "woman")


def _without_suffix(text: str) -> str:
    return _SUFFIX.sub("", text) if text.lower().endswith(_SUFFIXES) else text


def _given_forms(text: str, chances: FormChances) -> Iterator[Variant]:
    words = _words(text)
    if len(words) > 1:
        for word in words:
            yield Variant(word, "given", chances.half / len(words), "half")


def _patronymic_forms(text: str, chances: FormChances) -> Iterator[Variant]:
    words = _words(text)
    core = _core(words)
    father = given_of_patronymic(text) or (" ".join(core) if len(core) < len(words) else "")
    if father:
        yield Variant(father, "given", chances.father, "father")


_FORMS: dict[Kind, Callable[[str, FormChances], Iterator[Variant]]] = {
    "surname": _surname_forms,
    "given": _given_forms,
    "patronymic": _patronymic_forms,
}


def mans_form(surname: str) -> str:
    """The man's form of a woman's surname (Шафрова: Шафров); any other surname as it is."""
    if _WOMANS_LAST.isdisjoint(surname[-2:].lower()):
        return surname
    for ending, man in _WOMAN:
        if ending.search(surname):
            return ending.sub(man, surname)
    return surname


@lru_cache(maxsize=262_144)
def is_plain(kind: Kind, text: str) -> bool:
    """Whether the part has no other form worth a look (most have none)."""
    if kind == "patronymic":
        return bool(_MANS_PATRONYMIC.search(text)) and " " not in text
    return next(_FORMS[kind](text, _CHANCES), None) is None


@lru_cache(maxsize=65_536)
def other_forms(kind: Kind, text: str, chances: FormChances) -> tuple[Variant, ...]:
    """The other forms of a part, each with its chance; the part as written is not among them."""
    return tuple(_FORMS[kind](text, chances))


def halves(surname: str) -> tuple[str, ...]:
    """The names that a double surname consists of, without particles; () for a single one.

    >>> halves("Иванов-Петров"), halves("von Berg")
    (('Иванов', 'Петров'), ())
    """
    core = _core(_words(surname))
    return tuple(core) if len(core) > 1 else ()
