"""What ``sexton link --engine spark`` links with: an archive that Apache Spark holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import fail, show_problems

if TYPE_CHECKING:
    from sexton.evidence import PersonReading
    from sexton.linkage import Progress
    from sexton.linkage.spark import SparkPool


@contextmanager
def spark_pool(
    people: Sequence[PersonReading], right: str, mapping: str | None, progress: Progress
) -> Iterator[SparkPool]:
    """The person list or folder ``right``, for ``people`` to be linked with.

    Leaves with exit code 2 when Spark is not there or gives up, or the list cannot be used.
    """
    from tempfile import TemporaryDirectory

    from sexton.linkage.archive import ArchiveError
    from sexton.linkage.spark import NoSpark, SparkFailed, SparkPool, open_session, open_source
    from sexton.records import UnreadableFile, load_mapping

    try:
        profile = load_mapping(mapping) if mapping else None
        with open_session() as session, TemporaryDirectory(prefix="sexton-") as folder:
            source = open_source(session, right, profile, Path(folder), progress)
            show_problems(source.problems)
            unnamed = sum(person.unnamed for person in people)
            if unnamed:
                click.echo(
                    f"{unnamed:,} persons without a name: Spark does not look for them.", err=True
                )
            yield SparkPool(session, source, people, progress)
    except (NoSpark, SparkFailed, UnreadableFile, ArchiveError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or right}: {error.strerror or error}")
