"""Sexton's own linkage."""

from __future__ import annotations

from benchmarks.linkage.real.material import Material, Row
from benchmarks.linkage.real.measures import Answer
from sexton.linkage import LinkOptions, link
from sexton.records import Record
from sexton.records.reading import read_people

TOP = 10
Answers = dict[str, list[Answer]]


def sexton_link(material: Material) -> Answers:
    """Sexton as `sexton link` runs it, with its default options."""
    left, right = (read_people(_records(rows)) for rows in (material.graves, material.archive))
    answers: Answers = {row["id"]: [] for row in material.graves}
    for candidate in link(left, right, LinkOptions(top=TOP)).candidates:
        answers[candidate.left_id].append((candidate.right_id, candidate.probability))
    return answers


def _records(rows: list[Row]) -> list[Record]:
    return [
        Record(
            row["id"], {k: v for k, v in row.items() if v and k != "id"}, {}, "benchmark", number
        )
        for number, row in enumerate(rows, 1)
    ]
