"""Record linkage: blocking, scoring and posterior probabilities, on DuckDB."""

from sexton.linkage.dedupe import dedupe
from sexton.linkage.link import link
from sexton.linkage.model import (
    CERTAINTY_LIMIT,
    Candidate,
    ClusterMember,
    DedupeResult,
    LinkOptions,
    LinkResult,
    PairLink,
    Progress,
)
from sexton.linkage.searching import read_query, search_list
from sexton.linkage.shares import count_shares

__all__ = [
    "CERTAINTY_LIMIT",
    "Candidate",
    "ClusterMember",
    "DedupeResult",
    "LinkOptions",
    "LinkResult",
    "PairLink",
    "Progress",
    "count_shares",
    "dedupe",
    "link",
    "read_query",
    "search_list",
]
