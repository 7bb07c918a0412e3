"""The distinct forms of one part of names, who bears each, and which of them a word can mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sexton import names
from sexton.names.initials import same_initial
from sexton.names.patronymics import is_patronymic
from sexton.web.research.bearers import Bearers

NAME_KINDS = ("surname", "given", "patronymic")
SIMILAR_FORMS = 100
# A spelling that is less than four times likelier with one name than by chance is not shown.
LEAST_BITS = 2.0
# Down to here it is shown where nothing is like the word by so many bits; its bits are those from
# 0 to ``LEAST_BITS``, for a person who is found at all is found by more than nothing.
WEAKEST, WELL_ALIKE = -4.0, 8.0
# What a form tells beside the model: a name as the reader wrote it more than a guess, its beginning
# less, an initial hardly anything.
SAME_EXTRA, BEGINNING, INITIAL = 6.0, 5.0, 1.0
SHORTEST_BEGINNING, MOST_BEGINNINGS = 3, 300
# A form of fewer letters is like too many words to be another spelling of one.
SHORTEST_SIMILAR, SHORTEST_WEAK = 3, 5
LEAST_BITS_SHORT = 6.0


class Near(NamedTuple):
    """A form that a word can mean: which, its bits, and ``how``.

    How: ``same``, ``similar``, ``begins`` with it, joined by a ``table``, or an ``initial``.
    """

    form: int
    bits: float
    how: str


@dataclass(slots=True)
class Forms:
    """``folded`` and ``bearers`` go with ``forms``; ``ordered`` are the folded ones, sorted."""

    kind: str
    forms: Sequence[str]
    folded: list[str]
    bearers: Bearers
    similar: names.NameIndex | None
    ordered: list[tuple[str, int]]
    initials: list[int]
    canonical: dict[str, list[int]]

    @classmethod
    def of(cls, kind: str, numbers: dict[str, int], pairs: Sequence[tuple[int, int]]) -> Forms:
        """``numbers`` is form to number, ``pairs`` a form's number and a person's place."""
        forms = list(numbers)
        folded = [names.fold(form) for form in forms]
        bearers = Bearers.of(pairs, len(forms))
        canonical: dict[str, list[int]] = defaultdict(list)
        if kind == "given":
            for number, form in enumerate(forms):
                for name in names.canonical_given(form):
                    canonical[name].append(number)
        return cls(
            kind=kind,
            forms=forms,
            folded=folded,
            bearers=bearers,
            similar=names.NameIndex(forms, bearers.counts().tolist(), kind) if forms else None,
            ordered=sorted(zip(folded, range(len(folded)), strict=True)),
            initials=[n for n, form in enumerate(folded) if len(form.strip(".")) == 1],
            canonical=dict(canonical),
        )

    def near(self, word: str) -> list[Near]:
        """The forms that ``word`` can mean, the likeliest first, each once."""
        best: dict[int, Near] = {}
        for found in self._near(word, names.fold(word)):
            if found.form not in best or found.bits > best[found.form].bits:
                best[found.form] = found
        return sorted(best.values(), key=lambda near: (-near.bits, near.form))

    def _near(self, word: str, folded: str) -> Iterator[Near]:
        if self.similar is None:
            return
        if len(folded.strip(".")) < 2:
            return
        if self.kind == "patronymic" and not is_patronymic(word):
            yield from (Near(n, BEGINNING, "same") for n in self._same(folded))
            yield from self._beginning(folded)
            return
        yield from self._similar(word, folded)
        yield from self._beginning(folded)
        if self.kind == "given":
            yield from self._in_table(word)
        if self.kind != "surname":
            alike = (n for n in self.initials if same_initial(word, self.forms[n]))
            yield from (Near(number, INITIAL, "initial") for number in alike)

    def _similar(self, word: str, folded: str) -> Iterator[Near]:
        """What the channel model takes for another spelling.

        Where nothing is well like the word, what is little like it is better than nothing: a
        letter lost in the Polish spelling of what stands there in French.
        """
        least = WEAKEST if len(folded) >= SHORTEST_SIMILAR else LEAST_BITS_SHORT
        matches = self.similar.search(word, top=SIMILAR_FORMS, min_bits=least)
        weak = not matches or matches[0].bits < WELL_ALIKE
        for match in matches:
            form = self.folded[match.position]
            if form == folded:
                yield Near(match.position, max(float(match.bits), LEAST_BITS) + SAME_EXTRA, "same")
            elif match.bits >= (LEAST_BITS if len(form) >= SHORTEST_SIMILAR else LEAST_BITS_SHORT):
                yield Near(match.position, float(match.bits), "similar")
            elif weak and min(len(form), len(folded)) >= SHORTEST_WEAK:
                share = (float(match.bits) - WEAKEST) / (LEAST_BITS - WEAKEST)
                yield Near(match.position, LEAST_BITS * share, "similar")

    def _same(self, folded: str) -> Iterator[int]:
        at = bisect_left(self.ordered, (folded, -1))
        while at < len(self.ordered) and self.ordered[at][0] == folded:
            yield self.ordered[at][1]
            at += 1

    def _beginning(self, folded: str) -> Iterator[Near]:
        if len(folded) < SHORTEST_BEGINNING:
            return
        at = bisect_left(self.ordered, (folded, -1))
        for text, number in self.ordered[at : at + MOST_BEGINNINGS]:
            if not text.startswith(folded):
                break
            if text != folded:
                yield Near(number, BEGINNING, "begins")

    def _in_table(self, word: str) -> Iterator[Near]:
        """Given names that the curated table joins: Jean = Иван."""
        for name in names.canonical_given(word):
            for number in self.canonical.get(name, ()):
                bits = names.given_names_equivalent(word, self.forms[number])
                if bits is not None and bits > LEAST_BITS:
                    yield Near(number, bits, "table")

    def beginning_with(self, letter: str) -> list[int]:
        """The forms of which ``letter`` can be the initial, in either script."""
        firsts: dict[str, bool] = {}
        found = []
        for number, form in enumerate(self.folded):
            first = form[:1]
            if first not in firsts:
                firsts[first] = same_initial(letter, first)
            if firsts[first]:
                found.append(number)
        return found
