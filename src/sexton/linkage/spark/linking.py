"""Linking a list with an archive that Spark holds, by the steps of one machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import cast

from sexton.evidence import PersonReading
from sexton.linkage.archive import ArchiveLinks, ArchivePool, Row, Rows, link_archive
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.spark.pool import SparkPool


def link_by_spark(
    left: Sequence[PersonReading],
    pool: SparkPool,
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> ArchiveLinks:
    """As :func:`sexton.linkage.archive.link_archive`; but those of ``left`` who have no name are
    not looked for: their answer is "none of these".

    Raises SparkFailed.
    """
    named = [person for person in left if person.name.forms]
    if not named:
        return ArchiveLinks(Rows.of(_with_unnamed(left, ())), len(left), len(pool), 0, 0)
    # What it asks of an archive, this pool answers as well.
    archive = cast(ArchivePool, pool)
    links = link_archive(named, archive, options, progress)
    return replace(links, rows=Rows.of(_with_unnamed(left, links.rows)), left=len(left))


def _with_unnamed(left: Sequence[PersonReading], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows in the order of the list, one for each that has no name."""
    named = groupby(rows, key=lambda row: row.left_id)
    for person in left:
        if person.name.forms:
            yield from next(named)[1]
        else:
            yield Row(person.id, "", 1, 1.0, 0.0, "[]")
