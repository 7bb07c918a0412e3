"""Archives: person lists of any size, indexed once, then searched and linked from disk."""

from sexton.linkage.archive.arrays import ArchiveError, DamagedArchive, OutdatedArchive
from sexton.linkage.archive.linking import ArchiveLinks, Row, link_archive
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.archive.searching import ArchiveSearch, Hit
from sexton.linkage.archive.store import (
    Added,
    Archive,
    ListEntry,
    Unfinished,
    archives_folder,
    list_archives,
)

__all__ = [
    "Added",
    "Archive",
    "ArchiveError",
    "ArchiveLinks",
    "ArchivePool",
    "ArchiveSearch",
    "DamagedArchive",
    "Hit",
    "ListEntry",
    "OutdatedArchive",
    "Row",
    "Unfinished",
    "archives_folder",
    "link_archive",
    "list_archives",
]
