"""How else a written name may stand in somebody's papers: in Latin letters by each country's
practice, and in the Cyrillic letters that may have been before it.

For people who look a man up by hand and for letters that ask for him: a few plain spellings, the
likeliest first. What the engine compares with is far wider (``channel``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from sexton.names.background import rarity_bits
from sexton.names.channel import Kind, load_model
from sexton.names.folding import fold, script
from sexton.names.given_names import canonical_given
from sexton.names.tables import read_table
from sexton.names.transliteration import transliterate

COUNTRIES = ("de", "fr", "nl", "en", "pl")
LONGEST = 30  # letters of a word; what is longer is no name
FAR = 7.0  # bits from the likeliest reading at which the others are left out
BEAM = 240  # beginnings that are kept at each letter
_VOWELS = frozenset("аеёиіїоуыэюяє")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_OPEN = _VOWELS | frozenset("ъь")
# Latin groups that no table above gives, and what they may stand for.
_ALSO = {
    "ff": ("в", "фф"), "f": ("ф", "в"), "v": ("в", "ф"), "x": ("кс",), "c": ("к", "ц"),
    "ck": ("к",), "ph": ("ф",), "gh": ("г",), "h": ("х", "г"), "q": ("к",), "sh": ("ш",),
    "y": ("ы", "и", "й"), "j": ("й", "ж"), "th": ("т",), "w": ("в",), "tz": ("ц",),
    "ij": ("ий", "и"), "ie": ("е", "ие"), "l": ("л", "ль"), "n": ("н", "нь"), "ï": ("и", "й"),
    "ž": ("ж",), "š": ("ш",), "č": ("ч",), "ŝ": ("щ",), "û": ("ю",), "â": ("я",), "è": ("э",),
    "u": ("у", "ю"), "o": ("о", "ё"), "eff": ("ев",), "off": ("ов",),
}  # fmt: skip


class _Rule(NamedTuple):
    cyrillic: str
    place: str
    kind: str
    latin: dict[str, str]


@dataclass(frozen=True, slots=True)
class Writings:
    """A name as ``written`` and how else it may stand, the likeliest first; none is told twice."""

    written: str
    cyrillic: tuple[str, ...]
    latin: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The name as written, and after it every other form."""
        return once([self.written, *self.cyrillic, *self.latin])


@lru_cache(maxsize=4_096)
def writings(text: str, kind: Kind, most: int = 10) -> Writings:
    """How else a part of a name may be written: at most ``most`` forms in either alphabet.

    A name in Latin letters is read back first; what it is read as is then written anew. Never
    raises; a text without letters has no other form.
    """
    written = " ".join(text.split())
    known = canonical_given(written) if kind == "given" else ()
    if script(written) == "cyrillic":
        readings = [_name(written)]
    elif script(written) == "latin":
        readings = list(cyrillic_readings(written, kind, most))
    else:
        return Writings(written, (), ())
    cyrillic = once([*known, *readings])[:most]
    latin = once(latin for name in cyrillic[:2] for latin in latin_writings(name))
    alike = fold(written)
    return Writings(
        written,
        tuple(name for name in cyrillic if fold(name) != alike),
        tuple(name for name in latin if fold(name) != alike)[:most],
    )


def latin_writings(cyrillic: str) -> tuple[str, ...]:
    """A Cyrillic name as the papers of five countries write it, by ISO 9, and with older endings.

    >>> latin_writings("Шатунов")[:3]
    ('Schatunow', 'Chatounov', 'Sjatoenov')
    """
    plain = [_romanised(cyrillic, country, older=False) for country in COUNTRIES]
    older = [_romanised(cyrillic, country, older=True) for country in COUNTRIES]
    return once(_name(one) for one in [*plain, transliterate(cyrillic.lower()), *older] if one)


def cyrillic_readings(latin: str, kind: Kind, most: int = 4) -> tuple[str, ...]:
    """What a name in Latin letters may have been in Cyrillic ones, the likeliest first.

    How likely it is: how common such a name is, times how probable it is that it was written so.
    """
    words = fold(latin).replace("-", " ").split()
    if not words or any(len(word) > LONGEST for word in words):
        return ()
    sign = "-" if "-" in latin and len(words) > 1 else " "
    columns = zip_longest(*(_read_word(word, kind)[:most] for word in words))
    told = [[one or "" for one in column] for column in columns]
    first = told[0] if told else []
    # Where a word has fewer readings than another, its likeliest one stands beside the others'.
    filled = ([one or best for one, best in zip(row, first, strict=True)] for row in told)
    return once(_name(sign.join(row)) for row in filled if all(row))[:most]


@lru_cache(maxsize=4_096)
def _read_word(word: str, kind: Kind) -> tuple[str, ...]:
    model = load_model(kind)
    bits = {one: model.bits(word, one) - rarity_bits(kind, one) for one in _spelt_back(word)}
    best = max(bits.values(), default=0.0)
    near = (one for one in bits if bits[one] > best - FAR)
    return tuple(sorted(near, key=lambda one: (-bits[one], one)))


def _spelt_back(word: str) -> list[str]:
    """Cyrillic spellings behind a folded Latin word: fewer groups, so longer ones, come first."""
    groups = _groups()
    longest = max(map(len, groups))
    beginnings: list[dict[str, int]] = [{} for _ in range(len(word) + 1)]
    beginnings[0][""] = 0
    for at in range(len(word)):
        kept = sorted(beginnings[at].items(), key=lambda item: (item[1], item[0]))[:BEAM]
        for size in range(1, min(longest, len(word) - at) + 1):
            for letters in groups.get(word[at : at + size], ()):
                for before, count in kept:
                    text = before + letters
                    known = beginnings[at + size].get(text, count + 1)
                    beginnings[at + size][text] = min(known, count + 1)
        if not beginnings[at + 1] and word[at] not in groups:  # a sign that no group explains
            beginnings[at + 1] = dict(kept)
    ends = sorted(beginnings[-1].items(), key=lambda item: (item[1], item[0]))[:BEAM]
    return [text for text, _ in ends if text]


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = read_table("romanisation.tsv")
    return tuple(
        _Rule(r["cyrillic"], r["place"], r["kind"], {c: r[c] for c in COUNTRIES}) for r in rows
    )


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Latin group to the Cyrillic ones that some country writes so."""
    found: dict[str, list[str]] = {}
    for rule in _rules():
        for latin in rule.latin.values():
            if latin and _RUSSIAN.issuperset(rule.cyrillic):
                found.setdefault(fold(latin), []).append(rule.cyrillic)
    for latin, cyrillic in _ALSO.items():
        found.setdefault(latin, []).extend(cyrillic)
    for double in "bdfgklmnprstz":
        found.setdefault(double * 2, []).extend([*found[double], *(2 * c for c in found[double])])
    return {latin: tuple(dict.fromkeys(letters)) for latin, letters in found.items()}


def _romanised(cyrillic: str, country: str, older: bool) -> str:
    word, latin, at = fold(cyrillic), "", 0
    while at < len(word):
        rule = next(_fitting(word, at, older), None)
        latin += rule.latin[country] if rule else word[at]
        at += len(rule.cyrillic) if rule else 1
    return latin


def _fitting(word: str, at: int, older: bool) -> Iterator[_Rule]:
    for rule in _rules():
        end = at + len(rule.cyrillic)
        if word.startswith(rule.cyrillic, at) and (older or rule.kind == "plain"):
            before, after = word[at - 1 : at] if at else "", word[end : end + 1]
            if _stands(rule.place, before, after):
                yield rule


def _stands(place: str, before: str, after: str) -> bool:
    if place == "start":
        return before in _OPEN or not before.isalpha()
    if place == "end":
        return not after.isalpha()
    return place != "between" or (before in _VOWELS and after in _VOWELS)


def _name(text: str) -> str:
    """With a capital at the head of every word."""
    low = text.lower().replace("'", "").replace("\u02b9", "").replace("\u02ba", "")
    return "".join(
        char if at and low[at - 1].isalpha() else char.upper() for at, char in enumerate(low)
    )


def once(forms: Iterable[str]) -> tuple[str, ...]:
    """Forms without those that were told already, whatever their capitals."""
    told: dict[str, str] = {}
    for form in forms:
        if form:
            told.setdefault(form.casefold(), form)
    return tuple(told.values())
