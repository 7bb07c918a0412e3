"""The persons of a page of results, each with what his records write and why he was found.

Asks the database a few times for all of them together, however many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from sexton.messages import Message
from sexton.web.register import queries
from sexton.web.register.models import (
    Membership,
    NameKey,
    Participant,
    Person,
    PersonName,
    Record,
    Site,
)
from sexton.web.register.prepared import Prepared
from sexton.web.register.standing import Standing, standings_of
from sexton.web.research.forms import NAME_KINDS
from sexton.web.research.index import parts_of
from sexton.web.research.ranking import Ranking, Why
from sexton.web.research.reasons import Reason, likest, restored

MOST_FORMS, MOST_DATES = 4, 3
EVENT = {"event_date": "when", "event_place": "place"}
ORGANISED = frozenset({"camp", "mine", "movement"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the name: who writes it (sources), or as what a list gives it (``basis``)."""

    text: str
    language: str = ""
    sources: int = 1
    kind: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person that fits, with a reason for each piece of the query that does."""

    person: Person
    sites: list[Site]
    reasons: list[Message]
    bits: float
    standing: Standing
    forms: list[Form] = field(default_factory=list)
    more_forms: int = 0
    sources: int = 0
    births: list[str] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)


def hits(ranking: Ranking, ranks: Sequence[int]) -> list[Hit]:
    """The persons at some ranks, in their order; one who is gone meanwhile is left out."""
    ids = ranking.index.table.persons[ranking.persons[list(ranks)]].tolist()
    known = _Known(ids)
    return [
        known.hit(pk, ranking, rank)
        for pk, rank in zip(ids, ranks, strict=True)
        if pk in known.persons
    ]


# The columns of which a hit is made, of records and sites that have many more.
_SHOWN = (
    "person_id", "record__key", "record__fields", "record__is_named", "record__source_id",
    "record__site__key", "record__site__names",
)  # fmt: skip


@Prepared
def _persons(ids: Sequence[int]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=ids).order_by()


@Prepared
def _members(persons: Sequence[int]) -> QuerySet[Membership]:
    rows = Membership.objects.filter(person__in=persons)
    return rows.select_related("record__site").only(*_SHOWN)


@Prepared
def _names(persons: Sequence[int]) -> QuerySet[PersonName]:
    return PersonName.objects.filter(person__in=persons).order_by("pk")


@Prepared
def _keys(persons: Sequence[int]) -> QuerySet[NameKey, tuple[int, str, str]]:
    rows = NameKey.objects.filter(record__membership__person__in=persons).order_by()
    return rows.values_list("record__membership__person_id", "written", "kind")


class _Known:
    """All that is asked of the persons of one page."""

    def __init__(self, ids: Sequence[int]) -> None:
        found = queries.give_records(_persons(ids), _members(ids))
        self.persons = {person.pk: person for person in found}
        self.names: dict[int, list[PersonName]] = defaultdict(list)
        for name in _names(ids):
            self.names[name.person_id].append(name)
        told = (name for own in self.names.values() for name in own)
        self.standings = standings_of(self.persons.values(), told)
        self.written: dict[int, dict[str, str]] = defaultdict(dict)
        for person, written, kind in _keys(ids):
            self.written[person][written] = kind
        self._events: dict[int, list[Participant]] | None = None
        self._ids = ids

    def hit(self, pk: int, ranking: Ranking, rank: int) -> Hit:
        person = self.persons[pk]
        records = [member.record for member in person.memberships.all()]
        forms = _forms(person, records, self.names[pk])
        return Hit(
            person=person,
            sites=queries.sites_of(person),
            reasons=self._reasons(person, records, ranking, rank),
            bits=float(ranking.bits[rank]),
            standing=self.standings[pk],
            forms=forms[:MOST_FORMS],
            more_forms=max(len(forms) - MOST_FORMS, 0),
            sources=len({record.source_id for record in records} - {None}),
            births=_cells(records, "birth_date"),
            deaths=_cells(records, "death_date"),
        )

    def _reasons(
        self, person: Person, records: Sequence[Record], ranking: Ranking, rank: int
    ) -> list[Message]:
        """The reasons in sentences, then how the spellings of the words came about."""
        found: list[Message] = []
        details: list[Message] = []
        restored_told = False  # once is enough for surname and given name of one form
        for why in ranking.why(rank):
            reason = self._reason(why, person, records, ranking, rank)
            found.append(reason.message())
            if why.near is not None:
                details += reason.details()
                details += self._given(person.pk, reason, is_told=restored_told)
                restored_told = restored_told or reason.form not in self.written[person.pk]
        return list({str(message): message for message in (*found, *details)}.values())

    def _reason(
        self, why: Why, person: Person, records: Sequence[Record], ranking: Ranking, rank: int
    ) -> Reason:
        if why.near is not None:
            form = ranking.index.names[why.kind].forms[why.near.form]
            return Reason(why.kind, why.piece.text, form, why.near.how)
        answer = why.answer
        told = self._told(why, person, records, ranking, rank)
        return Reason(why.kind, why.piece.text, ", ".join(told) or answer.detail, answer.how)

    def _told(
        self, why: Why, person: Person, records: Sequence[Record], ranking: Ranking, rank: int
    ) -> list[str]:
        """What the person's sources write of what was asked."""
        kind, detail = why.kind, why.answer.detail
        if kind in EVENT:
            parts = self._events_of(person.pk)
            return _distinct(getattr(part.event, EVENT[kind]) for part in parts)
        if kind == "site" or kind in ORGANISED:
            own = ranking.index.table.values_of(kind, int(ranking.persons[rank]))
            asked = set(detail.split("|"))
            return [str(ranking.index.table.words.of(kind, key)) for key in own if key in asked]
        if kind in NAME_KINDS:
            written = self.written[person.pk].items()
            return [form for form, of in written if of == kind][:MOST_FORMS]
        if kind == "number":
            return [detail]
        if kind == "origin":
            unit = ranking.index.table.words.of(kind, detail)
            return [f"{text} → {unit}" for text in _cells(records, "birth_place")]
        return _cells(records, kind)

    def _events_of(self, person: int) -> list[Participant]:
        if self._events is None:
            self._events = defaultdict(list)
            parts = Participant.objects.filter(person__in=self._ids).select_related("event")
            for part in parts.order_by("event__first_day", "pk"):
                self._events[part.person_id].append(part)
        return self._events[person]

    def _given(self, person: int, reason: Reason, *, is_told: bool) -> list[Message]:
        """How a restored form is known, and which spelling joins it to what records write."""
        written = self.written[person]
        told: list[Message] = []
        restored_forms = []
        for name in self.names[person]:
            parts = parts_of(name.written, name.surname, name.given, name.patronymic)
            forms = [form for kind, form in parts if kind == reason.kind and form not in written]
            if not (told or is_told) and reason.form in forms:
                told = [restored(reason.form, name.basis)]
            restored_forms += forms
        if reason.how != "same" or reason.kind != "surname":
            return told
        others = (
            restored_forms
            if reason.form in written
            else [form for form, kind in written.items() if kind == reason.kind]
        )
        other = likest(reason.kind, reason.form, others)
        path = Reason(reason.kind, reason.form, other, "similar") if other else None
        return [*told, path.message(), *path.details()] if path else told


def _forms(person: Person, records: Sequence[Record], names: Sequence[PersonName]) -> list[Form]:
    """The forms that sources write beside the one that heads the hit, then the restored ones."""
    sources: dict[str, set[object]] = defaultdict(set)
    language: dict[str, str] = {}
    for record in records:
        if record.is_named and record.name:
            sources[record.name].add(record.source_id or record.pk)
            language.setdefault(record.name, record.fields.get("language", ""))
    found = {text: Form(text, language[text], len(who)) for text, who in sources.items()}
    for name in names:
        if name.kind == "restored" and name.written not in found:
            found[name.written] = Form(name.written, name.language, 0, name.kind, name.basis)
    alone = len(found) == 1 and person.name in found
    return [] if alone else list(found.values())


def _cells(records: Sequence[Record], column: str) -> list[str]:
    return _distinct(record.fields.get(column, "") for record in records)[:MOST_DATES]


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
