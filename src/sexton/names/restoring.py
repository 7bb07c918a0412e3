"""Which Cyrillic names may stand behind a name in Latin letters: readings, with their convention.

A proposal, nothing more: for each way of spelling (German, French, …) the Cyrillic names are built
letter group by letter group that a clerk would have spelt so, by the clean spellings of the channel
tables, and told apart by how Russian names run (the letter models). What was misheard or misread
is not undone here; :mod:`sexton.names.channel` does that between two names that exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import log2
from typing import NamedTuple

from sexton.names.background import background_bits, load_letters
from sexton.names.channel import Kind
from sexton.names.composition import CONVENTION_PRIOR, CONVENTIONS, clean_spellings
from sexton.names.letters import END, START, spell

__all__ = ["Restored", "restore"]

WIDTH = 24  # of the beam: how many beginnings are followed at each place
LEAST = 0.02  # how probable a spelling of a group must be under its convention
LONGEST = 4  # letters of a Latin group
FARTHEST = 12.0  # bits by which a reading may stay behind the best
SIGN = "ь"
UNWRITTEN = 0.5
"""How often a soft sign has no letter in the Latin spelling, where one can stand (judged)."""
AFTER_CONSONANT = frozenset("бвдзлмнпрстфш")
OTHERS = frozenset("іїєґў")


class Restored(NamedTuple):
    """A Cyrillic name that may stand behind a Latin one: in lower case, by which convention.

    ``bits`` is log2 of P(spelt so, and this name); only differences of it mean anything.
    """

    text: str
    convention: str
    bits: float


@lru_cache(maxsize=4_096)
def restore(name: str, kind: Kind = "surname", top: int = 5) -> tuple[Restored, ...]:
    """The likeliest Cyrillic names behind one Latin word, each once, the best first.

    () for a word in Cyrillic letters or without letters, and for one that no convention writes.

    >>> restore("Schatunow")[0].text
    'шатунов'
    """
    spelling = spell(name)
    if spelling.alphabet != "latin" or not spelling.letters:
        return ()
    best: dict[str, Restored] = {}
    for number, convention in enumerate(CONVENTIONS):
        prior = log2(float(CONVENTION_PRIOR[number]))
        for text, bits in _search(spelling.letters, kind, number):
            weighed = prior + bits + background_bits(kind, "cyrillic", text)
            told = Restored(text.strip(START + END), convention, weighed)
            if told.text not in best or best[told.text].bits < weighed:
                best[told.text] = told
    ordered = sorted(best.values(), key=lambda one: -one.bits)
    near = [one for one in ordered if one.bits > ordered[0].bits - FARTHEST]
    # Soviet papers wrote in Russian letters; others stand only where nothing else does.
    russian = [one for one in near if OTHERS.isdisjoint(one.text)]
    return tuple((russian or near)[:top])


@cache
def _groups(convention: int) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Latin group -> the Cyrillic groups that are spelt so, with their bits."""
    found: dict[str, list[tuple[str, float]]] = {}
    for chunk, spelt in clean_spellings().items():
        for latin, shares in spelt.items():
            share = float(shares[convention])
            if latin and len(latin.strip(START + END)) <= LONGEST and share >= LEAST:
                found.setdefault(latin, []).append((chunk, log2(share)))
    return {latin: tuple(some) for latin, some in found.items()}


def _search(letters: str, kind: Kind, convention: int) -> Iterator[tuple[str, float]]:
    """Cyrillic spellings (with their edges) of a Latin one, and the bits of spelling it so."""
    model = load_letters(kind, "cyrillic")
    at: list[dict[str, tuple[float, float]]] = [{} for _ in range(len(letters) + 1)]
    at[0][""] = (0.0, 0.0)
    for here in range(len(letters)):
        kept = sorted(at[here].items(), key=lambda item: -sum(item[1]))[:WIDTH]
        for size in range(1, min(LONGEST + 2, len(letters) - here) + 1):
            for chunk, bits in _groups(convention).get(letters[here : here + size], ()):
                for text, (spelt, known) in kept:
                    for more, cost in _with_sign(chunk):
                        grown = text + more
                        told = (
                            spelt + bits + cost,
                            known + model.added_bits(grown, max(len(text), 1)),
                        )
                        before = at[here + size].get(grown)
                        if before is None or sum(before) < sum(told):
                            at[here + size][grown] = told
    for text, (spelt, _) in sorted(at[-1].items(), key=lambda item: -sum(item[1]))[:WIDTH]:
        yield text, spelt


def _with_sign(chunk: str) -> Iterator[tuple[str, float]]:
    """A group as it is and, after a consonant that can be soft, with the sign nobody writes."""
    yield chunk, 0.0
    if chunk[-1] in AFTER_CONSONANT:
        yield chunk + SIGN, log2(UNWRITTEN)
