"""The ladder of identification: what each step asks for, and what stands in its way.

Pure: it knows no database. The steps and what they ask for are those of the project's domain notes
(section 5): two reviewers who judged independently for ``probable``, documents and a competent body
for ``established``, a forensic finding for ``confirmed``. "A name on the stone is not an
identification", so the steps below ``candidates`` are found, not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sexton.messages import N_, Message

FOUND = ("unnamed", "name_recorded", "name_restored", "candidates")
DECIDED = ("probable", "established", "confirmed")
ASIDE = ("disputed", "rejected", "withdrawn", "closed")
STATES = (*FOUND, *DECIDED, *ASIDE)
VERDICTS = ("same", "different", "unsure")
INDEPENDENT = 2
"""How many reviewers must have judged alike without seeing the evidence or each other."""

UNKNOWN_STEP = N_("There is no such step.")
NO_REASON = N_("A decision gives its reason.")
NO_CANDIDATE = N_("It is not said who he is held to be.")
TOO_FEW = N_("Only %(n)d of %(wanted)d reviewers judged, independently, that the two are one man.")
DISAGREE = N_("%(who)s judged that they are two men. That has to be settled among the reviewers.")
UNSURE = N_("%(who)s is not sure.")
CONTRADICTION = N_("An open contradiction: %(what)s")
NOT_FROM = N_("From here this step cannot be taken.")
NO_BODY = N_("The competent body that decides this is not named.")
NO_DOCUMENT = N_("It rests on no document.")
NO_FORENSIC = N_("No forensic finding is named.")
NO_SEARCH = N_("No search without result is written down: where was he looked for?")
ANOTHER = N_("Another decision stands: he is held to be somebody else. Withdraw it first.")

# From which states a step can be taken. "found" is any state that nobody decided.
FROM: dict[str, frozenset[str]] = {
    "probable": frozenset({*FOUND, "disputed", "withdrawn", "rejected", "closed"}),
    "established": frozenset({*FOUND, "probable", "disputed", "withdrawn"}),
    "confirmed": frozenset({"probable", "established", "disputed"}),
    "disputed": frozenset(DECIDED),
    "withdrawn": frozenset({*DECIDED, "disputed", "rejected", "closed"}),
    "rejected": frozenset({*FOUND, "disputed", "withdrawn"}),
    "closed": frozenset({*FOUND, "withdrawn", "rejected"}),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer holds of a candidate now, and whether he first judged it blind."""

    reviewer: str
    verdict: str
    blind: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision on a case is made upon."""

    state: str
    candidate: str = ""
    opinions: Sequence[Opinion] = ()
    contradictions: Sequence[str] = ()
    documents: int = 0
    searches: int = 0
    decided_for: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as somebody wants to take it."""

    to: str
    reason: str
    body: str = ""
    forensic: str = ""


@dataclass(slots=True)
class Refused(Exception):
    """The step may not be taken; ``obstacles`` are sentences, a reason each."""

    obstacles: list[Message] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join(str(obstacle) for obstacle in self.obstacles)


def obstacles(standing: Standing, step: Step) -> list[Message]:
    """What stands in the way of a step, all of it; nothing when it may be taken."""
    if step.to not in FROM:
        return [Message(UNKNOWN_STEP)]
    return list(_obstacles(standing, step))


def check(standing: Standing, step: Step) -> None:
    """Raises Refused unless the step may be taken."""
    if found := obstacles(standing, step):
        raise Refused(found)


def found_state(is_named: bool, is_restored: bool, candidates: int) -> str:
    """The state of a case that nobody decided: from what the register holds of it."""
    if candidates:
        return "candidates"
    if not is_named:
        return "unnamed"
    return "name_restored" if is_restored else "name_recorded"


def independent(opinions: Iterable[Opinion], verdict: str = "same") -> set[str]:
    """The reviewers who first judged blind and hold this verdict."""
    return {one.reviewer for one in opinions if one.blind and one.verdict == verdict}


def _obstacles(standing: Standing, step: Step) -> Iterator[Message]:
    if standing.state not in FROM[step.to]:
        yield Message(NOT_FROM)
    if not step.reason.strip():
        yield Message(NO_REASON)
    if step.to in DECIDED:
        yield from _of_an_identification(standing)
    yield from _of_the_step(standing, step)


def _of_an_identification(standing: Standing) -> Iterator[Message]:
    """What every step asks for that says who somebody is."""
    if not standing.candidate:
        yield Message(NO_CANDIDATE)
    if standing.decided_for and standing.decided_for != standing.candidate:
        yield Message(ANOTHER)
    for what in standing.contradictions:
        yield Message(CONTRADICTION, {"what": what})
    for one in standing.opinions:
        if one.verdict == "different":
            yield Message(DISAGREE, {"who": one.reviewer})


def _of_the_step(standing: Standing, step: Step) -> Iterator[Message]:
    if step.to == "probable":
        agreed = len(independent(standing.opinions))
        if agreed < INDEPENDENT:
            yield Message(TOO_FEW, {"n": agreed, "wanted": INDEPENDENT})
        yield from (
            Message(UNSURE, {"who": one.reviewer})
            for one in standing.opinions
            if one.verdict == "unsure"
        )
    if step.to in {"established", "confirmed"} and not step.body.strip():
        yield Message(NO_BODY)
    if step.to == "established" and not standing.documents:
        yield Message(NO_DOCUMENT)
    if step.to == "confirmed" and not step.forensic.strip():
        yield Message(NO_FORENSIC)
    if step.to == "closed" and not standing.searches:
        yield Message(NO_SEARCH)
