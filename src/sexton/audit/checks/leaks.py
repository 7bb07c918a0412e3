"""Values that slipped into a row from its neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from sexton.audit.material import Material, Person, by_source
from sexton.audit.model import Finding
from sexton.messages import N_, Message

LEAKED = N_(
    "The birth place of %(name)s ends with “%(tail)s” like that of the row before (%(other)s), "
    "though what stands before differs: “%(place)s”."
)

_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(("de", "d", "du", "des", "la", "le", "l", "of", "van", "von"))
_SHORTEST = 4


@cache
def unit_words() -> frozenset[str]:
    """Words that say what kind of unit the next word names, from the table of the package."""
    text = (files("sexton.audit") / "tables" / "unit_words.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())


def _words(place: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(place)]


def _specific(words: Sequence[str]) -> list[str]:
    """Words that name a settlement or street: what follows "province", "district"… is left out."""
    found, skip = [], False
    for word in words:
        if word in unit_words():
            skip = True
        elif word not in _SMALL_WORDS:
            if not skip and (len(word) >= _SHORTEST or word.isdecimal()):
                found.append(word)
            skip = False
    return found


def _common_tail(a: Sequence[str], b: Sequence[str]) -> int:
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return length


def leaked_tail(above: str, below: str) -> str | None:
    """The end of ``below`` that came from ``above``, or None when nothing speaks for a slip.

    The shared end names a settlement or street, and before it the two places have nothing in
    common: in ``below`` a province or district of its own stands there, or the whole of ``above``
    was added to a place that was complete.
    """
    upper, lower = _words(above), _words(below)
    length = _common_tail(upper, lower)
    head_above, head_below, tail = upper[:-length], lower[:-length], lower[-length:]
    if not length or not head_below or not _specific(tail):
        return None
    if set(_content(head_above)) & set(_content(head_below)):
        return None
    if head_above and not unit_words() & set(head_below):
        return None
    if not head_above and (len(_specific(tail)) < 2 or not _specific(head_below)):
        return None
    return _verbatim_tail(below, length)


def _content(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in unit_words() and word not in _SMALL_WORDS]


def _verbatim_tail(place: str, words: int) -> str:
    return place[list(_WORD.finditer(place))[-words].start() :]


def _natural(identifier: str) -> list[tuple[int, str]]:
    """A key that sorts row-9 before row-10."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", identifier)
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in pieces]


def _neighbours(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Rows that stood below each other on a page: in the order of the list, or of their ids."""
    by_id = sorted(people, key=lambda person: _natural(person.id))
    seen = set()
    for above, below in (*pairwise(people), *pairwise(by_id)):
        if (above.position, below.position) not in seen:
            seen.add((above.position, below.position))
            yield above, below


def leaked_birth_place(material: Material) -> Iterator[Finding]:
    """The end of a birth place was copied from the row above it on the same page.

    The reader then looks for the man in the wrong village, province or street.
    """
    for page in by_source(material.people).values():
        for above, below in _neighbours(page):
            tail = leaked_tail(above.cell("birth_place"), below.cell("birth_place"))
            if tail:
                params = {"name": below.name, "other": above.name, "tail": tail}
                message = Message(LEAKED, {**params, "place": below.cell("birth_place")})
                yield Finding("leaked_birth_place", "warning", (below.id, above.id), message)
