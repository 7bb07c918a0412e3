"""From the engine's clusters to persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sexton.messages import Message
from sexton.names import fold
from sexton.web.register.models import PairLink, Person, Record
from sexton.web.register.models.records import NAME_PARTS, written_name


class Field(Protocol):
    """Evidence of one field (``sexton.evidence.FieldEvidence``)."""

    field: str
    bits: float
    message: Message
    left: str
    right: str


class Link(Protocol):
    """Two records of one cluster (``sexton.linkage.PairLink``)."""

    a: str
    b: str
    probability: float
    weight: float
    evidence: Iterable[Field]


class Member(Protocol):
    """A record's place in a cluster (``sexton.linkage.ClusterMember``)."""

    id: str
    cluster_id: object
    probability: float


class Clusters(Protocol):
    """What the engine found in a list (``sexton.linkage.DedupeResult``)."""

    members: Sequence[Member]
    links: Sequence[Link]


def evidence_json(fields: Iterable[Field]) -> list[dict[str, object]]:
    return [
        {
            "field": item.field,
            "bits": round(float(item.bits), 3),
            "message": item.message.as_dict(),
            "left": item.left,
            "right": item.right,
        }
        for item in fields
    ]


def best_named(records: Sequence[Record]) -> Record:
    """The record that writes the name most fully; among equals the first by key."""

    def fullness(record: Record) -> tuple[bool, int, int]:
        written = [record.fields.get(part, "") for part in NAME_PARTS]
        initials = sum(1 for text in written if text.rstrip(".") and len(text.rstrip(".")) == 1)
        return record.is_named, sum(1 for text in written if text) - initials, -initials

    ordered = sorted(records, key=lambda record: record.key)
    return max(ordered, key=fullness)


def sort_name_of(fields: Mapping[str, str]) -> str:
    """By what a person stands in a list: the surname first, folded."""
    parts = (fields.get(part, "") for part in NAME_PARTS)
    return fold(" ".join(part for part in parts if part) or written_name(fields))


def person_of(records: Sequence[Record]) -> Person:
    """The person that ``records`` speak of, known by the first of their keys."""
    best = best_named(records)
    return Person(
        key=min(record.key for record in records),
        name=best.name,
        sort_name=sort_name_of(best.fields),
        is_named=best.is_named,
        record_count=len(records),
    )


def first_edition(record: Record, listed: Mapping[int, Record]) -> Record:
    """The record that this one replaces, or the one that that one does, and so on."""
    while record.replaces_id in listed:
        record = listed[record.replaces_id]
    return record


def grouped(
    records: Iterable[Record], members: Sequence[Member]
) -> tuple[list[list[Record]], dict[str, float]]:
    """Records by cluster, and probabilities.

    A record that the engine did not see goes with the one that it replaces, else stands alone.
    """
    cluster_of = {member.id: ("cluster", member.cluster_id) for member in members}
    groups: dict[tuple[str, object], list[Record]] = defaultdict(list)
    listed = {record.pk: record for record in records}
    for record in listed.values():
        first = first_edition(record, listed)
        own = cluster_of.get(record.key) or cluster_of.get(first.key) or ("alone", first.key)
        groups[own].append(record)
    return list(groups.values()), {member.id: float(member.probability) for member in members}


def make_links(links: Sequence[Link], records: Mapping[str, Record]) -> int:
    """Write the compared pairs whose two records are in the register."""
    known = [link for link in links if link.a in records and link.b in records]
    PairLink.objects.bulk_create(
        PairLink(
            left=records[link.a],
            right=records[link.b],
            probability=float(link.probability),
            weight=float(link.weight),
            evidence=evidence_json(link.evidence),
        )
        for link in known
    )
    return len(known)
