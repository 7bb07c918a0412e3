"""The words around a name: ranks, "dit", "ou", "geb.", and the texts that name nobody."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sexton.names.folding import fold
from sexton.names.tables import read_table

Phrase = tuple[str, ...]
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def bare(token: str) -> str:
    """Fold a token and take the punctuation off its ends."""
    return fold(token).strip(".,;:!?\"'()[]-")


@cache
def phrases(kind: str) -> frozenset[Phrase]:
    """The phrases of ``kind`` in ``tables/name_words.tsv`` as tuples of folded words."""
    rows = (row for row in read_table("name_words.tsv") if row["kind"] == kind)
    entries = (entry for row in rows for entry in row["words"].split(";"))
    return frozenset(tuple(bare(word) for word in entry.split()) for entry in entries)


@cache
def _first_words() -> frozenset[str]:
    kinds = {row["kind"] for row in read_table("name_words.tsv")}
    return frozenset(word for kind in kinds for word in _by_first_word(kind))


def begins_phrase(token: str) -> bool:
    """Whether a phrase of any kind can begin with ``token``; most words of names are none."""
    return bare(token) in _first_words()


def phrase_length(tokens: list[str], start: int, kind: str) -> int:
    """How many tokens from ``start`` make up the longest phrase of ``kind``; 0 when none does."""
    if start >= len(tokens):
        return 0
    for phrase in _by_first_word(kind).get(bare(tokens[start]), ()):
        if tuple(map(bare, tokens[start : start + len(phrase)])) == phrase:
            return len(phrase)
    return 0


@cache
def _by_first_word(kind: str) -> dict[str, list[Phrase]]:
    """The phrases of ``kind`` by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases(kind), key=lambda phrase: -len(phrase)):
        found.setdefault(phrase[0], []).append(phrase)
    return found


# How surnames end that begin like a word for a man nobody knows: Солдатов, Soldatenko, Воинов.
_SURNAME_END = re.compile(r"(?:[oe](?:v|w|f|ff|wf)|[оеё]в|k[iy]n|кин|enko|енко)[aа]?$")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = sorted({" ".join(phrase) for phrase in phrases(kind)}, key=len, reverse=True)
    alternatives = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", " ") for word in words)
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


def is_unnamed(text: str) -> bool:
    """Say whether ``text`` tells only that nobody knows the name ("Ici repose un soldat russe").

    True when nothing else is in it than such words of five languages (``tables/name_words.tsv``).

    >>> is_unnamed("Onbekende Russische soldaat"), is_unnamed("Soldat Petrov")
    (True, False)
    >>> is_unnamed("Солдатов"), is_unnamed("Soldatenko")
    (False, False)
    """
    folded = fold(text)
    if folded.replace(".", "").split() in (["nn"], ["n", "n"]):
        return True
    if " " not in folded and _SURNAME_END.search(folded):
        return False
    rest, found = _pattern("unnamed").subn(" ", folded)
    if not found:
        return False
    return not _LETTERS.search(_pattern("unnamed_filler").sub(" ", rest))
