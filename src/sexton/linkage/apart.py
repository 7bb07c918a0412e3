"""Which likely pairs of records are kept apart in clusters, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sexton.linkage.clusters import (
    MERGE_BITS,
    MOST_IN_PART,
    UNIDENTIFIED_BITS,
    FieldBits,
    contradicting,
    contradicts,
    group_weight,
)
from sexton.linkage.posterior import Edge

CONTRADICTION, SOURCE, WEAK, NOBODY, OTHERS, SIZE = (
    "contradiction",
    "one source",
    "weak",
    "nobody named",
    "other records",
    "too many",
)
"""What keeps records apart; ``docs/how-to/dedupe.md`` says what each means."""

_WHY = {
    SOURCE: "Both stand in one source, which names a man once as a rule.",
    WEAK: "The odds that they are one man are below 2 to 1.",
    NOBODY: "Neither name nor birth nor number agrees: men who died together share the rest.",
    OTHERS: "Together with the other records of their clusters they are likelier two men.",
    SIZE: f"Likely pairs connect more than {MOST_IN_PART} records: cut where they are weakest.",
}


class Apart(NamedTuple):
    """Two records (positions) in two clusters though, but for a rule, they are likely one man's:
    ``bits`` are their odds. ``between`` are the two records that keep the clusters apart: these
    two, or others of their clusters."""

    edge: Edge
    bits: float
    reason: str
    between: Edge
    why: str


def kept_apart(
    pairs: Iterable[Edge],
    clusters: Iterable[Sequence[int]],
    fields_of: Callable[[Edge], FieldBits],
    prior: float,
) -> Iterator[Apart]:
    """Of the ``pairs`` (smaller position first) those that are likely, or would be if they did not
    stand in one source, and are in no cluster together. ``clusters`` are those of several."""
    members = {record: cluster for cluster in clusters for record in cluster}
    for edge in sorted(pairs):
        fields = fields_of(edge)
        bits = sum(fields.values()) + prior
        one, other = (members.get(record, (record,)) for record in edge)
        if one is other or max(bits, bits - fields.get("source", 0.0)) <= 0:
            continue
        between = [(min(x, y), max(x, y)) for x in one for y in other]
        yield _told(edge, bits, between, fields_of, prior)


def _told(
    edge: Edge,
    bits: float,
    between: Sequence[Edge],
    fields_of: Callable[[Edge], FieldBits],
    prior: float,
) -> Apart:
    told = [fields_of(pair) for pair in between]
    for pair, fields in zip(between, told, strict=True):
        if contradicts(fields):
            facts = ", ".join(name.replace("_", " ") for name in contradicting(fields))
            return Apart(edge, bits, CONTRADICTION, pair, f"Contradict each other: {facts}.")
    reason = _reason(told, prior)
    return Apart(edge, bits, reason, edge, _WHY[reason])


def _reason(told: Sequence[FieldBits], prior: float) -> str:
    weight = group_weight(told)
    if weight + prior >= MERGE_BITS:
        return SIZE
    if weight == UNIDENTIFIED_BITS:
        return NOBODY
    without = [{k: v for k, v in fields.items() if k != "source"} for fields in told]
    if group_weight(without) + prior >= MERGE_BITS:
        return SOURCE
    return WEAK if len(told) == 1 else OTHERS
