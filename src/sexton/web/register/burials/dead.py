"""The dead of a site in three groups: named, with a restored name, unnamed.

A site may hold thousands: whole it is known by ids alone; all that is said of a person is asked for
those of one page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from sexton.web.register.lives.accounts import Aspect, Said, Voice, said_when
from sexton.web.register.lives.kept import kept_each
from sexton.web.register.models import (
    Claim,
    Grave,
    Marking,
    Membership,
    Participant,
    Person,
    PersonName,
    Record,
    Site,
    Source,
)
from sexton.web.register.prepared import Prepared

NAMED, RESTORED, UNNAMED = GROUPS = ("named", "restored", "unnamed")
LAID = ("burial", "reburial")
LAYS = ("subject", "buried")
DATES = {"birth_date": "born", "death_date": "died"}
# Which form of a name stands first.
FORMS = ("on_stone", "in_source", "restored", "birth", "married", "partisan", "alias")


@dataclass(slots=True)
class Form:
    """A name as it is written, with all who write it so; ``bases`` say how it is known."""

    text: str
    language: str = ""
    kind: str = "in_source"
    basis: str = ""
    voices: list[Voice] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """Where in the site somebody lies, by whom; ``moved`` is where he was taken later."""

    grave: Grave | None
    voices: list[Voice]
    moved: Site | None = None


@dataclass(slots=True)
class Dead:
    """One of the dead of a site with all that the list tells of him."""

    person: Person
    group: str
    forms: list[Form] = field(default_factory=list)
    born: Aspect = field(default_factory=lambda: Aspect("born"))
    died: Aspect = field(default_factory=lambda: Aspect("died"))
    places: list[Place] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)

    @property
    def name_voices(self) -> list[Voice]:
        """Who writes the name by which the person is called; for the unnamed, who counts him."""
        own = [form.voices for form in self.forms if form.text == self.person.name]
        return own[0] if own else [] if self.forms else self.voices

    @property
    def other_forms(self) -> list[Form]:
        return [form for form in self.forms if form.text != self.person.name]

    @property
    def is_only_counted(self) -> bool:
        """Whether no source says more of this person than that there is one."""
        return not (self.born.accounts or self.died.accounts or self.places)


@dataclass(frozen=True, slots=True)
class Roll:
    """All of a site by their ids, in the order of the list; ``groups`` says who is what.

    ``rows`` are how many rows each source has for the site, and how many of them name nobody.
    """

    ids: Sequence[int]
    groups: Mapping[int, str]
    rows: Mapping[int | None, tuple[int, int]]

    def numbers(self) -> dict[str, int]:
        counted = dict.fromkeys(GROUPS, 0)
        for group in self.groups.values():
            counted[group] += 1
        return counted

    def of(self, group: str) -> Sequence[int]:
        """The ids of one group, or of all for any other word."""
        if group not in GROUPS:
            return self.ids
        return [pk for pk in self.ids if self.groups[pk] == group]


def roll(site: Site) -> Roll:
    """Who lies or is remembered at a site by any record, burial or marker."""
    return _roll(site.pk)


@kept_each(100)
def _roll(site: int) -> Roll:
    """All that grows with the site: it is put in order once until the register changes."""
    rows = _persons_at(site)
    groups = {pk: _group(back, named) for pk, named, back, _, _ in rows}
    rows.sort(key=lambda row: (GROUPS.index(groups[row[0]]), row[3], row[4]))
    return Roll([row[0] for row in rows], groups, _rows_by_source(site))


def _rows_by_source(site: int) -> dict[int | None, tuple[int, int]]:
    return {source: (number, unnamed) for source, number, unnamed in _counted(site)}


def _group(restored: bool, named: bool) -> str:
    """A conjecture restores nobody: who has nothing else stays among the unnamed."""
    if restored:
        return RESTORED
    return NAMED if named else UNNAMED


def _ids_at(site: int) -> QuerySet[Membership, int]:
    laid = Participant.objects.filter(event__kind__in=LAID, role__in=LAYS).order_by()
    marked = Marking.objects.filter(marker__site=site, person__isnull=False).order_by()
    records = Membership.objects.filter(record__site=site).order_by()
    # Not "this site or a grave of it" in one condition: the database would read all of them.
    at, in_grave = laid.filter(event__site=site), laid.filter(event__grave__site=site)
    others = (rows.values("person_id") for rows in (at, in_grave, marked))
    return records.values("person_id").union(*others)


@Prepared
def _persons_at(site: int) -> QuerySet[Person, tuple[int, bool, bool, str, str]]:
    restored = PersonName.objects.filter(person=OuterRef("pk"), kind="restored")
    persons = Person.objects.filter(pk__in=_ids_at(site)).order_by()
    named = persons.annotate(restored=Exists(restored.exclude(basis="conjecture")))
    return named.values_list("pk", "is_named", "restored", "sort_name", "key")


@Prepared
def _counted(site: int) -> QuerySet[Record, tuple[int | None, int, int]]:
    rows = Record.objects.filter(site=site).order_by().values_list("source")
    return rows.annotate(rows=Count("pk"), unnamed=Count("pk", filter=Q(is_named=False)))


@Prepared
def _members(persons: Sequence[int]) -> QuerySet[Membership]:
    rows = Membership.objects.filter(person__in=persons).order_by("record__key")
    return rows.select_related("person", "record__source")


@Prepared
def _dates(records: Sequence[int], persons: Sequence[int]) -> QuerySet[Claim]:
    told_of = Q(record__in=records) | Q(person__in=persons)
    rows = Claim.objects.filter(told_of, property__in=list(DATES)).defer("qualifiers")
    return rows.annotate(theirs=F("record__membership__person_id")).order_by("pk")


@Prepared
def _names(persons: Sequence[int]) -> QuerySet[PersonName]:
    return PersonName.objects.filter(person__in=persons).order_by("pk")


@Prepared
def _burials(persons: Sequence[int]) -> QuerySet[Participant]:
    parts = Participant.objects.filter(person__in=persons, event__kind__in=LAID, role__in=LAYS)
    related = ("source", "record__source", "event__source", "event__grave__site", "event__site")
    return parts.select_related(*related).order_by("pk")


@Prepared
def _markings(persons: Sequence[int], site: int) -> QuerySet[Marking]:
    rows = Marking.objects.filter(person__in=persons, grave__site=site).order_by("pk")
    return rows.select_related("grave__site", "marker__source", "marker__record__source")


def told(site: Site, found: Roll, ids: Sequence[int], *, marked: bool = True) -> list[Dead]:
    """What is said of these persons, in a few queries whatever their number.

    ``marked`` is whether any marker stands at the site, where that is known.
    """
    members = _members(ids)
    persons = {member.person_id: member.person for member in members}
    if missing := [pk for pk in ids if pk not in persons]:
        persons |= Person.objects.in_bulk(missing)
    listed = {pk: Dead(persons[pk], found.groups[pk]) for pk in ids if pk in persons}
    records = {member.record_id: member.record for member in members}
    claims, names = _claims(listed, records), _names(list(listed))
    _attach_origins([*claims, *names], records)
    for member in members:
        _tell_record(listed[member.person_id], member.record)
    for claim in claims:
        aspect: Aspect = getattr(listed[claim.theirs or claim.person_id], DATES[claim.property])
        aspect.hear(_days(claim), Voice.of_claim(claim))
    for name in names:
        form = Form(name.written, name.language, name.kind, name.basis)
        _hear_form(listed[name.person_id], form, Voice.of_row(name))
    for one in listed.values():
        one.forms.sort(key=lambda form: (FORMS.index(form.kind), form.basis == "conjecture"))
    _tell_places(listed, site, marked)
    return list(listed.values())


def _claims(listed: Mapping[int, Dead], records: Mapping[int, Record]) -> list[Claim]:
    """The dates that are claimed of these persons, by their records or without any."""
    rows = _dates(list(records), list(listed))
    return [claim for claim in rows if (claim.theirs or claim.person_id) in listed]


def _attach_origins(rows: Iterable[Claim | PersonName], records: Mapping[int, Record]) -> None:
    """Give rows their record and source: known ones, the others in a query for each kind."""
    rows = list(rows)
    known = dict(records)
    if others := {row.record_id for row in rows} - known.keys() - {None}:
        known |= Record.objects.select_related("source").in_bulk(others)
    sources = {record.source_id: record.source for record in known.values()}
    if others := {row.source_id for row in rows} - sources.keys() - {None}:
        sources |= Source.objects.in_bulk(others)
    for row in rows:
        row.record = known.get(row.record_id)
        row.source = sources.get(row.source_id) if row.source_id else None


def _tell_record(one: Dead, record: Record) -> None:
    voice = Voice(record.source, record)
    one.voices.append(voice)
    if record.is_named:
        _hear_form(one, Form(record.name, record.fields.get("language", "")), voice)


def _days(claim: Claim) -> Said:
    return said_when(claim.value, claim.read, claim.first_day, claim.last_day, claim.language)


def _hear_form(one: Dead, form: Form, voice: Voice) -> None:
    """Count a spelling once, with all who write it; the more telling kind is kept."""
    same = next((known for known in one.forms if known.text == form.text), None)
    if same is None:
        one.forms.append(form)
        same = form
    elif same.kind == "in_source":
        same.kind, same.basis = form.kind, form.basis
    if all(voice.origin != heard.origin for heard in same.voices):
        same.voices.append(voice)


def _tell_places(listed: Mapping[int, Dead], site: Site, marked: bool) -> None:
    """The graves of the site in which they were laid or that their markers stand for."""
    graves: dict[int, dict[int | None, Place]] = defaultdict(dict)
    moves: dict[int, list[Participant]] = defaultdict(list)
    for part in _burials(list(listed)):
        event = part.event
        at = event.grave.site if event.grave else event.site
        if at == site:
            own = Voice.of_row(part)
            place = graves[part.person_id].setdefault(event.grave_id, Place(event.grave, []))
            place.voices.append(own if own.origin else Voice.of_row(event))
        elif at is not None:
            moves[part.person_id].append(part)
    for marking in _markings(list(listed), site.pk) if marked else ():
        place = graves[marking.person_id].setdefault(marking.grave_id, Place(marking.grave, []))
        place.voices.append(Voice.of_row(marking.marker))
    for pk, places in graves.items():
        listed[pk].places = list(places.values())
    _tell_moves(listed, moves)


def _tell_moves(listed: Mapping[int, Dead], moves: Mapping[int, Iterable[Participant]]) -> None:
    """Those who were reburied elsewhere: said beside where they lay, never left out."""
    for pk, parts in moves.items():
        for part in parts:
            if part.event.kind == "reburial":
                at = part.event.grave.site if part.event.grave else part.event.site
                listed[pk].places.append(Place(None, [Voice.of_row(part.event)], moved=at))
