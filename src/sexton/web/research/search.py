"""Finding a person by any writing of any part of what is known, and saying why he was found.

Each word of the query is looked for by itself, in any order, among the forms of names (in every
script and spelling, by the channel model), numbers, years and sites. A person's score is the sum
over the words of the best that each found; those who answer more of the words stand first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sexton import names
from sexton.messages import N_, Message
from sexton.names import fold
from sexton.web.register import queries
from sexton.web.register.models import Person, Site
from sexton.web.research.index import Forms, Index, current

SHOWN = 30
MOST_WORDS = 8
LEAST_BITS = 2.0
# A similar form must reach this share of the bits that the same spelling would have.
LEAST_SHARE = 0.35
EXACT_EXTRA = 6.0
SITE_BITS = 6.0
NUMBER_BITS = 20.0
YEAR_BITS = 5.0
SHORTEST_PLACE = 3
_WORD = re.compile(r"[^\s,;()\[\]“”«»\"]+")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a word of the query fits a person: bits, and the sentence."""

    bits: float
    message: Message


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
    words = _WORD.findall(query)[:MOST_WORDS]
    site_ids = _sites(index, words)
    found = _persons(index, words)
    ranked = sorted(found.items(), key=lambda item: _rank(*item))
    enough = [item for item in ranked if _answers(item[1], ranked)]
    return Result(
        hits=_hits(enough[:SHOWN]),
        sites=list(Site.objects.filter(pk__in=site_ids)),
        more=len(enough) > SHOWN,
    )


Found = dict[int, dict[str, Reason]]


def _rank(person: int, reasons: dict[str, Reason]) -> tuple[int, float, int]:
    return -len(reasons), -sum(reason.bits for reason in reasons.values()), person


def _answers(reasons: dict[str, Reason], ranked: list[tuple[int, dict[str, Reason]]]) -> bool:
    """Whether a person answers as many words as the best one, or nearly."""
    return len(reasons) >= max(1, len(ranked[0][1]) - 1)


def _persons(index: Index, words: list[str]) -> Found:
    found: Found = defaultdict(dict)
    for word in words:
        for person, reason in _reasons(index, word):
            best = found[person].get(word)
            if best is None or reason.bits > best.bits:
                found[person][word] = reason
    # A place alone finds its site; its dead are listed on the site's page.
    persons = dict(found)
    for person, reasons in persons.items():
        for word in words:
            if word not in reasons and (reason := _site_reason(index, word, person)):
                reasons[word] = reason
    return persons


def _reasons(index: Index, word: str) -> Iterator[tuple[int, Reason]]:
    """Every person that a word may mean, with the reason."""
    folded = fold(word)
    for kind, bits, text in (
        ("number", NUMBER_BITS, N_("Prisoner number %(word)s")),
        ("year", YEAR_BITS, N_("The year %(word)s stands among the dates")),
    ):
        for person in index.exact.get((kind, folded), ()):
            yield person, Reason(bits, Message(text, {"word": word}))
    if not any(character.isdigit() for character in word):
        for forms in index.names:
            yield from _name_reasons(forms, word, folded)


def _name_reasons(forms: Forms, word: str, folded: str) -> Iterator[tuple[int, Reason]]:
    model = names.load_model(forms.kind)
    own = model.bits(word, word)
    for form, bits, bearers in forms.near(word, LEAST_BITS):
        same = fold(form) == folded
        if not same and bits < LEAST_SHARE * own:
            continue
        reason = Reason(bits + EXACT_EXTRA * same, _name_message(forms.kind, word, form, same))
        for person in bearers:
            yield person, reason


_SAME = {
    "surname": N_("Surname %(form)s, as you wrote it"),
    "given": N_("Given name %(form)s, as you wrote it"),
    "patronymic": N_("Patronymic %(form)s, as you wrote it"),
}
_SIMILAR = {
    "surname": N_("“%(word)s” can be the surname %(form)s: %(steps)s"),
    "given": N_("“%(word)s” can be the given name %(form)s: %(steps)s"),
    "patronymic": N_("“%(word)s” can be the patronymic %(form)s: %(steps)s"),
}


def _name_message(kind: str, word: str, form: str, same: bool) -> Message:
    if same:
        return Message(_SAME[kind], {"form": form})
    steps = names.load_model(kind).compare(word, form).steps
    shown = ", ".join(f"{step.left or '–'} = {step.right or '–'}" for step in steps)
    return Message(_SIMILAR[kind], {"word": word, "form": form, "steps": shown})


def _sites(index: Index, words: list[str]) -> list[int]:
    """Sites of which some word of the query is a name (its beginning is enough)."""
    scores: dict[int, int] = defaultdict(int)
    for word in (fold(word) for word in words if len(word) >= SHORTEST_PLACE):
        for site, called in index.sites:
            if _is_place(word, called):
                scores[site] += 1
    best = max(scores.values(), default=0)
    return [site for site, score in scores.items() if score == best]


def _is_place(word: str, called: frozenset[str]) -> bool:
    return len(word) >= SHORTEST_PLACE and any(name.startswith(word) for name in called)


def _site_reason(index: Index, word: str, person: int) -> Reason | None:
    folded = fold(word)
    for site, called in index.sites:
        if person in index.at_site.get(site, ()) and _is_place(folded, called):
            return Reason(SITE_BITS, Message(N_("Named at a site called %(word)s"), {"word": word}))
    return None


def _hits(found: list[tuple[int, dict[str, Reason]]]) -> list[Hit]:
    persons = queries.with_records(Person.objects.filter(pk__in=[pk for pk, _ in found]))
    by_id = {person.pk: person for person in persons}
    return [
        Hit(
            person=by_id[pk],
            sites=queries.sites_of(by_id[pk]),
            reasons=[reason.message for reason in reasons.values()],
            bits=sum(reason.bits for reason in reasons.values()),
        )
        for pk, reasons in found
        if pk in by_id
    ]
