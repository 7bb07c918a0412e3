"""Archives: person lists of any size, indexed once, then searched and linked from disk."""

from sexton.linkage.archive.arrays import ArchiveError, DamagedArchive, OutdatedArchive
from sexton.linkage.archive.aside import archive_aside
from sexton.linkage.archive.changes import Change, Origin, Ranked, compare_links
from sexton.linkage.archive.linking import ArchiveLinks, link_archive
from sexton.linkage.archive.parallel import read_by_all_cores
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.archive.rows import Row, Rows
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
    "Change",
    "DamagedArchive",
    "Hit",
    "ListEntry",
    "Origin",
    "OutdatedArchive",
    "Ranked",
    "Row",
    "Rows",
    "Unfinished",
    "archive_aside",
    "archives_folder",
    "compare_links",
    "link_archive",
    "list_archives",
    "read_by_all_cores",
]
