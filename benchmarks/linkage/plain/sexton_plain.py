"""Sexton on lists without Cyrillic, with its default options."""

from __future__ import annotations

from benchmarks.linkage.plain.material import PlainList, Row
from benchmarks.linkage.plain.measures import Found, Scored
from sexton.evidence import PersonReading
from sexton.linkage import LinkOptions, dedupe, link
from sexton.records import Record
from sexton.records.model import COLUMNS
from sexton.records.reading import read_people


def _people(rows: list[Row]) -> list[PersonReading]:
    return read_people(
        [
            Record(row["id"], {k: v for k, v in row.items() if v and k in COLUMNS and k != "id"},
                   {}, "benchmark", number)
            for number, row in enumerate(rows, 1)
        ]
    )  # fmt: skip


def find(plain: PlainList) -> Found:
    """The pairs within clusters, or the best candidate of each left row."""
    if plain.right is None:
        result = dedupe(_people(plain.left))
        links = [Scored((p.a, p.b), p.probability, p.weight) for p in result.links]
        return Found(links, [p.pair for p in links])
    found = link(_people(plain.left), _people(plain.right), LinkOptions(top=1))
    links = [
        Scored((each.left_id, each.right_id), each.probability, each.probability)
        for each in found.candidates
        if each.right_id is not None
    ]
    return Found(links, None)
