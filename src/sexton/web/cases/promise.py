"""How near a case is to being solved: a measure by which the work list is sorted.

Pure: it knows no database. It is no probability that the case will be solved, and is never shown
as a number: work that is likely to lead somewhere stands first, and ``reasons`` say why. What the
engine found is one part of it, what can still be found out is the other:

- the probability of the likeliest candidate: as far as he leads, judging him may settle it;
- where the row lacks what the leading candidates state differently, one document would tell them
  apart; then it counts that the man is among them at all, less for each search in vain, since such
  a document is the less likely to be found;
- with no candidate it counts what the row tells an archive can be asked by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from sexton.messages import N_, Message

GRADES = ("near", "good", "open", "poor", "decided")
# From which value of the measure on a case is of a grade; below the last it is "poor".
BEGINS = (("near", 0.8), ("good", 0.4), ("open", 0.08))
LEADING = 3
"""How many candidates of a list are looked at; the others count together."""
DOCUMENT = 0.75  # how much less a document counts that is still to be found
IN_VAIN = 0.8  # what each search without result leaves of the hope for a document
CONSIDERED = 0.02  # under this probability a candidate does not matter for what a document tells
UNKNOWN = 0.3  # what one candidate counts whose evidence the reader is not to guess
# What a further document is asked for, and what it counts that a row without candidates states it.
TELLING = ("prisoner_number", "birth_date", "death_date", "birth_place")
STATED = {"prisoner_number": 0.12, "birth_date": 0.06, "birth_place": 0.03, "death_date": 0.03}
NAMED = 0.03

ONE = N_("There is one candidate, whom you have not judged.")
STANDS_OUT = N_("One answer stands out.")
LEADS = N_("One candidate is ahead of the others, but the question is open.")
BETWEEN = N_("The question lies between some %(n)d answers.")
NONE_FITS = N_("None of the candidates fits well.")
DOCUMENT_TELLS = N_("A document that states this could tell the candidates apart: %(field)s.")
IN_VAIN_SO_FAR = N_("Searches without result: %(n)d.")
NOBODY = N_("No candidate was found in the lists that were asked.")
NOT_ASKED = N_("No list has been asked for candidates yet.")
TO_ASK_BY = N_("The record states what an archive can be asked by: %(field)s.")
ONLY_NAME = N_("The record states a name and little more.")
LITTLE = N_("The record states no name; the place and its days may limit who he is.")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one list answered: the probabilities of its first candidates, the likeliest first, and
    by which fields (of ``TELLING``) a document could tell them apart."""

    chances: Sequence[float] = ()
    telling: Sequence[str] = ()

    @property
    def best(self) -> float:
        return self.chances[0] if self.chances else 0.0

    @property
    def openness(self) -> float:
        """How open the question is: the entropy of the answers in bits, where all others and "none
        of these" are one answer (so it is at most what it would be if they were told apart)."""
        chances = [*self.chances, max(0.0, 1.0 - sum(self.chances))]
        return -sum(p * log2(p) for p in chances if p > 0)


@dataclass(frozen=True, slots=True)
class Known:
    """What the measure is made of. ``stated`` are the fields of ``TELLING`` that the row states;
    ``opened``: whether there is a case, so that lists could have been asked."""

    answers: Sequence[Answers] = ()
    named: bool = True
    stated: Collection[str] = ()
    searches: int = 0
    asked: bool = False
    decided: bool = False
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Promise:
    """Where a case stands in the work list (the higher ``score`` the sooner), and why."""

    score: float
    grade: str
    reasons: tuple[Message, ...] = ()


def promise(known: Known, *, veiled: bool = False) -> Promise:
    """How near a case is to being solved.

    ``veiled``: the reader has not judged its only candidate, so nothing may follow from what is
    known of him.
    """
    if known.decided:
        return Promise(-1.0, "decided")
    likeliest = max(known.answers, key=lambda one: one.best, default=Answers())
    if not likeliest.chances:
        score, reasons = _by_row(known), tuple(_of_row(known))
    elif veiled:
        score, reasons = UNKNOWN, (Message(ONE),)
    else:
        score = max(likeliest.best, _by_document(likeliest, known.searches))
        reasons = tuple(_of_answers(likeliest))
    if known.searches:
        reasons += (Message(IN_VAIN_SO_FAR, {"n": known.searches}),)
    return Promise(score, grade_of(score), reasons)


def grade_of(score: float) -> str:
    """The class of a value of the measure."""
    return next((grade for grade, least in BEGINS if score >= least), "poor")


def telling(
    row: Collection[str], candidates: Sequence[tuple[float, Mapping[str, str]]]
) -> list[str]:
    """By which fields a document could tell the candidates (probability, what they state) apart.

    ``row`` are the fields that the man's own row states, with its clues: those are known already.
    """
    likely = [fields for chance, fields in candidates if chance >= CONSIDERED]
    found = []
    for field in TELLING:
        if field not in row:
            told = {fields[field].casefold() for fields in likely if fields.get(field)}
            if len(told) > 1:
                found.append(field)
    return found


def _by_document(likeliest: Answers, searches: int) -> float:
    if not likeliest.telling:
        return 0.0
    return DOCUMENT * sum(likeliest.chances) * IN_VAIN**searches


def _by_row(known: Known) -> float:
    """Without a candidate: what an archive can be asked by; less where lists were asked already."""
    score = sum(STATED[field] for field in known.stated) + NAMED * known.named
    return score * IN_VAIN**known.searches * (0.5 if known.asked else 1.0)


def _of_answers(likeliest: Answers) -> Iterator[Message]:
    best = likeliest.best
    if best >= BEGINS[0][1]:
        yield Message(STANDS_OUT)
    elif best >= BEGINS[1][1]:
        yield Message(LEADS)
    elif best >= BEGINS[2][1]:
        yield Message(BETWEEN, {"n": max(2, round(2**likeliest.openness))})
    else:
        yield Message(NONE_FITS)
    if likeliest.telling and CONSIDERED <= best < BEGINS[0][1]:
        yield Message(DOCUMENT_TELLS, {"field": likeliest.telling[0]})


def _of_row(known: Known) -> Iterator[Message]:
    if known.opened:
        yield Message(NOBODY if known.asked else NOT_ASKED)
    if first := next((field for field in TELLING if field in known.stated), ""):
        yield Message(TO_ASK_BY, {"field": first})
    else:
        yield Message(ONLY_NAME if known.named else LITTLE)
