"""Finding a person by any writing of any part of what is known, and saying why he was found.

Each word of the query is looked for by itself, in any order, among the forms of names (in every
script and spelling, by the channel model), numbers, years and sites. A person's score is the sum
over the words of the best that each found; those who answer more of the words stand first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sexton.messages import Message
from sexton.names import fold
from sexton.web.register import queries
from sexton.web.register.models import Person, Site
from sexton.web.research.index import Forms, Index, current
from sexton.web.research.reasons import Reason

SHOWN = 30
MOST_WORDS = 8
MANY_WORDS = 3  # from here on, a person may miss one of the words
SHORTEST_BEGINNING = 3
# What a word that is no name tells, in bits; a name as the reader wrote it tells more than a guess.
SAME_EXTRA, BEGINNING, SITE, NUMBER, YEAR = 6.0, 5.0, 6.0, 20.0, 5.0
_WORD = re.compile(r"[^\s,;()\[\]“”«»\"]+")

Reasons = dict[str, Reason]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person that fits, with a reason for each word that does."""

    person: Person
    sites: list[Site]
    reasons: list[Message]
    bits: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found; ``more`` when not all persons that fit are among the hits."""

    hits: list[Hit] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    more: bool = False


def find(query: str) -> Result:
    """Persons and sites that fit ``query``, the best first."""
    index = current()
    words = _words(query)
    fitting = _fitting(index, words)
    return Result(
        hits=_hits(fitting[:SHOWN]),
        sites=list(Site.objects.filter(pk__in=_sites(index, words))),
        more=len(fitting) > SHOWN,
    )


def persons_like(query: str) -> list[int]:
    """The ids of all persons that fit ``query``, the best first."""
    return [person for person, _ in _fitting(current(), _words(query))]


def sites_like(query: str) -> list[int]:
    """The ids of the sites that are called by most words of ``query``."""
    return _sites(current(), _words(query))


def _words(query: str) -> list[str]:
    return _WORD.findall(query)[:MOST_WORDS]


def _fitting(index: Index, words: list[str]) -> list[tuple[int, Reasons]]:
    """Persons that answer all words (of many, all but one), the best first."""
    found = sorted(_persons(index, words).items(), key=_rank)
    best = len(found[0][1]) if found else 0
    needed = best if best < MANY_WORDS else best - 1
    return [item for item in found if len(item[1]) >= needed]


def _rank(item: tuple[int, Reasons]) -> tuple[int, float, int]:
    person, reasons = item
    return -len(reasons), -sum(reason.bits for reason in reasons.values()), person


def _persons(index: Index, words: list[str]) -> dict[int, Reasons]:
    """Persons that a name, number or year of the query fits, and whether their site does too.

    A place alone finds its site; its dead are listed on the site's page.
    """
    found: dict[int, Reasons] = defaultdict(dict)
    for word in words:
        for person, reason in _reasons(index, word):
            best = found[person].get(word)
            if best is None or reason.bits > best.bits:
                found[person][word] = reason
    for person, reasons in found.items():
        for word in words:
            if word not in reasons and _lies_at(index, person, fold(word)):
                reasons[word] = Reason(SITE, "site", word, word)
    return dict(found)


def _reasons(index: Index, word: str) -> Iterator[tuple[int, Reason]]:
    """Every person that a word may mean, with the reason."""
    folded = fold(word)
    for kind, bits in (("number", NUMBER), ("year", YEAR)):
        for person in index.exact.get((kind, folded), ()):
            yield person, Reason(bits, kind, word, word)
    if not any(character.isdigit() for character in word):
        for forms in index.names:
            for reason, bearers in [*_beginning(forms, word, folded), *_like(forms, word, folded)]:
                for person in bearers:
                    yield person, reason


def _beginning(forms: Forms, word: str, folded: str) -> Iterator[tuple[Reason, set[int]]]:
    if len(folded) < SHORTEST_BEGINNING:
        return
    for form, form_folded, bearers in zip(forms.forms, forms.folded, forms.bearers, strict=True):
        if form_folded.startswith(folded) and form_folded != folded:
            yield Reason(BEGINNING, forms.kind, word, form, "begins"), bearers


def _like(forms: Forms, word: str, folded: str) -> Iterator[tuple[Reason, set[int]]]:
    for position, bits in forms.near(word):
        how, extra = ("similar", 0.0)
        if forms.folded[position] == folded:
            how, extra = ("same", SAME_EXTRA)
        reason = Reason(bits + extra, forms.kind, word, forms.forms[position], how)
        yield reason, forms.bearers[position]


def _sites(index: Index, words: list[str]) -> list[int]:
    """Sites that are called by most words of the query (the beginning of a name is enough)."""
    scores: dict[int, int] = defaultdict(int)
    for word in map(fold, words):
        for site, called in index.sites:
            scores[site] += _is_called(called, word)
    best = max(scores.values(), default=0)
    return [site for site, score in scores.items() if score == best > 0]


def _is_called(called: frozenset[str], word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and any(name.startswith(word) for name in called)


def _lies_at(index: Index, person: int, word: str) -> bool:
    return any(
        person in index.at_site.get(site, ()) and _is_called(called, word)
        for site, called in index.sites
    )


def _told(reasons: Iterable[Reason]) -> list[Message]:
    """The reasons in sentences, then how the spellings of the words came about."""
    reasons = list(reasons)
    details = [message for reason in reasons for message in reason.details()]
    return [*(reason.message() for reason in reasons), *details]


def _hits(found: list[tuple[int, Reasons]]) -> list[Hit]:
    persons = queries.with_records(Person.objects.filter(pk__in=[pk for pk, _ in found]))
    by_id = {person.pk: person for person in persons}
    return [
        Hit(
            person=by_id[pk],
            sites=queries.sites_of(by_id[pk]),
            reasons=_told(reasons.values()),
            bits=sum(reason.bits for reason in reasons.values()),
        )
        for pk, reasons in found
        if pk in by_id
    ]
