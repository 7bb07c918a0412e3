"""A row of an archive in the register: taken in while the public may be told of it, and let go.

A decision joins the record of its case with the man whom it names. Where he stands in an archive,
his row comes into the register for as long as the decision is public: word for word, with its list
as its source, like the row of a list that is imported. What is withdrawn, contested or kept back
takes it out again, with all that was noted from it; the history keeps it.

Its key says nothing of the archive or the man: the address of what was taken out is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence

from sexton import records as lists
from sexton.linkage.archive import ListEntry
from sexton.messages import N_, Message
from sexton.records.simulated import ID_BEGINS, is_simulated
from sexton.web.cases.ladder import DECIDED, Refused
from sexton.web.cases.models import Case, Clue, NegativeSearch
from sexton.web.cases.naming import archive_row, record_key
from sexton.web.register import conclusions, merging, rows
from sexton.web.register.history import Door, versioned
from sexton.web.register.imports.people import CLAIM, claims_of
from sexton.web.register.models import (
    Claim,
    Membership,
    Person,
    Record,
    Source,
    Verdict,
    Versioned,
)
from sexton.web.register.state import short_key
from sexton.web.research.shelf import Trouble, shelf, troubles

TAKEN = "taken-"
NOWHERE = N_("The record that he is held to be is not in the register.")
NO_ARCHIVE = N_(
    "His record cannot be taken into the register: the archive “%(archive)s” cannot be asked now. "
    "When it can, or as long as the decision is under embargo, the step can be taken."
)
NO_ROW = N_(
    "His record cannot be taken into the register: the archive “%(archive)s” has no such list or "
    "row any more. Let the engine look for candidates again."
)
HAS_A_CASE = N_(
    "His record, which was taken in for this decision, has a case of its own (%(case)s), so it "
    "cannot leave the register. An administrator has to take that case back first."
)


def there(candidate: str) -> Record | None:
    """The record of the register that a candidate is now; None for one who is in none."""
    key = record_key(candidate)
    keys = [key] if key is not None else _keys(candidate)
    return Record.objects.filter(key__in=keys).first()


def join(door: Door, case: Case, reason: str) -> None:
    """Join the record of a case with its candidate, whose row comes in where it is not there yet.

    Raises Refused where it cannot be had, AgainstDecision.
    """
    found = there(case.candidate)
    if found is None:
        found = _take_in(door, case, reason)
    merging.accept_within(door, case.record, found, reason)


def part(door: Door, case: Case, candidate: str) -> None:
    """Part what was joined; a record that was taken in for this case alone leaves the register.

    Raises Refused where it cannot leave.
    """
    found = there(candidate)
    if found is None:
        return
    if record_key(candidate) is None and not _held_besides(case, candidate):
        _let_go(door, found)
        return
    for link in merging.decided_between(case.record, found).filter(verdict="same"):
        merging.withdraw_within(door, link)


def _keys(candidate: str) -> list[str]:
    """The keys under which a row of an archive can be here: a simulated one says so by its key."""
    key = f"{TAKEN}{short_key(candidate)}"
    return [key, f"{ID_BEGINS}{key}"]


def _held_besides(case: Case, candidate: str) -> bool:
    """Whether another decision that is public names the same man."""
    others = Case.objects.filter(candidate=candidate, state__in=DECIDED, embargo=False)
    return others.exclude(pk=case.pk).exists()


def _take_in(door: Door, case: Case, reason: str) -> Record:
    """His row as a record of the man of the case: no person of his own comes to be."""
    entry, read = _row(case.candidate)
    record = door.add(
        Record(
            key=_keys(case.candidate)[is_simulated(read)],
            fields=dict(read.fields),
            extra=dict(read.extra),
            file=entry.file[:300],
            row=read.row,
            source=_source(door, case.candidate, entry),
            is_named=rows.is_named(read),
        )
    )
    door.add_rows(Claim, CLAIM, claims_of(record.pk, read, record.is_named))
    person = Membership.objects.get(record=case.record).person_id
    door.add(Membership(record=record, person_id=person, probability=1.0))
    conclusions.refresh(door, {person})
    return record


def _row(candidate: str) -> tuple[ListEntry, lists.Record]:
    asked = archive_row(candidate)
    if asked is None:
        raise Refused([Message(NOWHERE)])
    archive = {"archive": asked.archive}
    try:
        opened = shelf().open(asked.archive)
        with troubles(asked.archive):
            found = opened.row(asked.digest, asked.row)
    except Trouble as trouble:
        raise Refused([Message(NO_ARCHIVE, archive)]) from trouble
    if found is None:
        raise Refused([Message(NO_ROW, archive)])
    return found


def _source(door: Door, candidate: str, entry: ListEntry) -> Source:
    """The list in which he stands, as a source; what his row names as its source stays a cell."""
    asked = archive_row(candidate)
    archive = asked.archive if asked else ""
    key = short_key("archive", archive, entry.digest)
    known = Source.objects.filter(key=key).first()
    return known or door.add(Source(key=key, kind="list", title=entry.file, holder=archive))


def _let_go(door: Door, record: Record) -> None:
    """Take a record out that was taken in, with all that was noted from it."""
    if own := Case.objects.filter(record=record).first():
        raise Refused([Message(HAS_A_CASE, {"case": own.key})])
    person, source = Membership.objects.get(record=record).person, record.source
    _keep_citations(door, record)
    for verdict in Verdict.objects.all():
        if record.key in verdict.subjects:
            door.drop(verdict)
    _drop(door, Record, [record.pk])
    _name_by_what_is_left(door, person, record)
    merging.part_within(door, person)
    if source is not None and not any(_referring(Source, [source.pk])):
        door.drop_ids(Source, [source.pk])


def _keep_citations(door: Door, record: Record) -> None:
    """What the work on cases took from the record names it in words from now on."""
    for model in (Clue, NegativeSearch):
        for row in model._default_manager.filter(record=record):
            cited = row.citation or f"{record.file}, {record.row}"
            door.edit(row, record=None, citation=cited[:300])


def _drop(door: Door, model: type[Versioned], ids: Sequence[int]) -> None:
    """Drop rows after all that stands on them."""
    for other, referring in _referring(model, ids):
        _drop(door, other, referring)
    door.drop_ids(model, ids)


def _referring(
    model: type[Versioned], ids: Sequence[int]
) -> list[tuple[type[Versioned], list[int]]]:
    """The rows that refer to rows of ``model``, by their model; also by columns without a way
    back, which Django's relations do not name."""
    found: list[tuple[type[Versioned], list[int]]] = []
    for other in reversed(versioned()):
        for column in other._meta.concrete_fields:
            if column.related_model is model and column.name != "change":
                theirs = other._default_manager.filter(**{f"{column.name}__in": ids}).order_by("pk")
                if pks := list(theirs.values_list("pk", flat=True)):
                    found.append((other, pks))
    return found


def _name_by_what_is_left(door: Door, person: Person, record: Record) -> None:
    """A person who came to be known by the key of the record is known by another of his now."""
    if person.key != record.key:
        return
    left = Record.objects.filter(membership__person=person).order_by("key")
    key = left.values_list("key", flat=True).first()
    if key is not None and not Person.objects.filter(key=key).exists():
        door.edit(person, key=key)
