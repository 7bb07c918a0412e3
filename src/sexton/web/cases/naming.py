"""How candidates and the lists they come from are named, and what a candidate's row says."""

from __future__ import annotations

from typing import NamedTuple

from sexton.records import Record
from sexton.web.register import models

REGISTER = "register"
RECORD, ARCHIVE = "record:", "archive:"


class ArchiveRow(NamedTuple):
    """A row of an archive: the archive, the digest of its list, the row there (from 1)."""

    archive: str
    digest: str
    row: int


def of_record(key: str) -> str:
    """The name of a record of the register as a candidate."""
    return f"{RECORD}{key}"


def of_archive(archive: str, digest: str, row: int) -> str:
    """The name of a row of an archive as a candidate."""
    return f"{ARCHIVE}{archive}:{digest}:{row}"


def record_key(candidate: str) -> str | None:
    """The key of the register's record that a candidate is; None for a row of an archive."""
    return candidate.removeprefix(RECORD) if candidate.startswith(RECORD) else None


def archive_row(candidate: str) -> ArchiveRow | None:
    """The row of an archive that a candidate is; None for a record of the register, or no name."""
    parts = candidate.removeprefix(ARCHIVE).rsplit(":", 2)
    if not candidate.startswith(ARCHIVE) or len(parts) != 3 or not parts[2].isdecimal():
        return None
    return ArchiveRow(parts[0], parts[1], int(parts[2]))


def archive_of(pool: str) -> str | None:
    """The name of the archive that a pool is; None for the register."""
    return pool.removeprefix(ARCHIVE) if pool.startswith(ARCHIVE) else None


def as_list_record(record: models.Record) -> Record:
    """A record of the register as the engine reads it."""
    return Record(record.key, record.fields, record.extra, record.file, record.row)
