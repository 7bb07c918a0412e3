"""Letters to archives: written, sent, reminded of, answered; which of them wait, and for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case as When
from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models import When as If
from django.db.models.functions import Length

from sexton.web.cases.finding_out import Sought, Told, clue_within, search_within
from sexton.web.cases.models import Case, Clue, Letter, NegativeSearch
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register.history import change
from sexton.web.register.models import Organisation, Source

STATES = ("due", "sent", "draft", "answered")
REMIND_AFTER = timedelta(weeks=8)
MOST_ADDRESSEES = 300
DRAFTED = "a letter to an archive"
SENT = "the letter was sent"
ANSWERED = "an answer came"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it is to be written."""

    addressee: str
    language: str
    question: str
    brief: dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and what it leads to: a clue, a search without result, or neither."""

    text: str
    on: date
    clue: Told | None = None
    search: Sought | None = None


def state_of(letter: Letter, today: date) -> str:
    """Where a letter stands: one of ``STATES``."""
    if letter.answered_on:
        return "answered"
    if not letter.sent_on:
        return "draft"
    return "due" if letter.remind_on and letter.remind_on <= today else "sent"


def in_state(letters: QuerySet[Letter], state: str, today: date) -> QuerySet[Letter]:
    """The letters of a state; all of them for one that there is not."""
    return letters.filter(_CONDITIONS[state](today)) if state in _CONDITIONS else letters


def counts(letters: QuerySet[Letter], today: date) -> dict[str, int]:
    """How many letters stand where, by state."""
    plain = letters.order_by()
    return {state: in_state(plain, state, today).count() for state in STATES}


def waiting_first(letters: QuerySet[Letter], today: date) -> QuerySet[Letter]:
    """Reminders that are due first, the oldest before the others; then sent, drafts, answered."""
    places = [If(_CONDITIONS[state](today), then=Value(at)) for at, state in enumerate(STATES)]
    place = When(*places, default=Value(len(STATES)), output_field=IntegerField())
    return letters.annotate(place=place).order_by("place", "remind_on", "-pk")


_OPEN = Q(answered_on=None, sent_on__isnull=False)
_CONDITIONS = {
    "due": lambda today: _OPEN & Q(remind_on__lte=today),
    "sent": lambda today: _OPEN & (Q(remind_on=None) | Q(remind_on__gt=today)),
    "draft": lambda _today: Q(answered_on=None, sent_on=None),
    "answered": lambda _today: Q(answered_on__isnull=False),
}


def addressees() -> list[str]:
    """Whom the register knows to write to: organisations, holders of sources; the first hundreds.

    Archives stand before the others.
    """
    found: dict[str, None] = {}
    known = Organisation.objects.order_by("name").values_list("name", flat=True)
    found.update(dict.fromkeys(known.filter(kind="archive")))
    holders = Source.objects.exclude(holder="").order_by("holder").annotate(long=Length("holder"))
    found.update(dict.fromkeys(holders.filter(long__lte=300).values_list("holder", flat=True)))
    found.update(dict.fromkeys(known.filter(kind__in=("commune", "association", "embassy"))))
    return list(found)[:MOST_ADDRESSEES]


def write(case: Case, draft: Draft, by: str) -> Letter:
    """Keep a letter that is not sent yet."""
    with change(by, DRAFTED) as door:
        return door.add(
            Letter(
                case=case, to=_known(draft.addressee), addressee=draft.addressee,
                language=draft.language, question=draft.question, brief=draft.brief,
            )
        )  # fmt: skip


def rewrite(letter: Letter, addressee: str, question: str, by: str, seen: int) -> Letter:
    """Change a letter that is not sent yet. Raises history.Conflict."""
    with change(by, DRAFTED) as door:
        values = {"addressee": addressee, "to": _known(addressee), "question": question}
        return door.edit(letter, seen=seen, **values)


def discard(letter: Letter, by: str, reason: str, seen: int) -> None:
    """Take a letter out that was not sent; the history keeps it. Raises history.Conflict."""
    with change(by, reason) as door:
        door.drop(letter, seen=seen)


def send(letter: Letter, on: date, remind_on: date | None, by: str, seen: int) -> Letter:
    """Note that a letter was sent, or when to ask again. Raises history.Conflict."""
    with change(by, SENT) as door:
        return door.edit(letter, seen=seen, sent_on=on, remind_on=remind_on)


def answer(letter: Letter, told: Answer, by: str, seen: int) -> Clue | NegativeSearch | None:
    """Note an answer with what it leads to, in one change. Raises history.Conflict."""
    found: Clue | NegativeSearch | None = None
    with change(by, ANSWERED) as door:
        door.edit(letter, seen=seen, answer=told.text, answered_on=told.on)
        if told.clue is not None:
            found = clue_within(door, letter.case, told.clue)
        elif told.search is not None:
            found = search_within(door, letter.case, told.search)
    if found is not None:
        weigh_again(letter.case)
    return found


def _known(addressee: str) -> Organisation | None:
    """The organisation of the register that bears this name, where only one does."""
    found = list(Organisation.objects.filter(name=addressee)[:2])
    return found[0] if len(found) == 1 else None
