"""The records and papers of a person, as they would be cited, with their neighbours in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sexton.web.register import surroundings
from sexton.web.register.models import Membership, Record, Source
from sexton.web.register.surroundings import Neighbours

# What a citation of a source wants, in its order; "language" is a code.
CITED = ("reference", "holder", "publisher", "licence", "language", "read_on")


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is stated of a source, and the names of what is not."""

    source: Source | None
    fonds: Source | None
    stated: Sequence[tuple[str, str]]
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A record of the person: its source as cited, how probably it is his, its neighbours."""

    record: Record
    probability: float
    facts: SourceFacts
    beside: Neighbours


def papers_of(members: Iterable[Membership]) -> list[Paper]:
    """Each record of a person with its source."""
    return _papers([(member.record, member.probability) for member in members])


def paper_of(record: Record, probability: float) -> Paper:
    """One record with its source."""
    return _papers([(record, probability)])[0]


def _papers(listed: Sequence[tuple[Record, float]]) -> list[Paper]:
    """Two queries at most, whatever their number."""
    records = [record for record, _ in listed]
    above = surroundings.sources_above(record.source for record in records if record.source)
    beside = surroundings.beside_in_list(records)
    return [
        Paper(record, probability, facts_of(record.source, above), beside[record.pk])
        for record, probability in listed
    ]


def facts_of(source: Source | None, above: dict[int, Source]) -> SourceFacts:
    """What is stated of a source by the fields that a citation wants."""
    if source is None:
        return SourceFacts(None, None, (), ())
    values = [(name, getattr(source, name)) for name in CITED]
    stated = [(name, value) for name, value in values if value]
    missing = [name for name, value in values if not value]
    return SourceFacts(source, above.get(source.parent_id or 0), stated, missing)
