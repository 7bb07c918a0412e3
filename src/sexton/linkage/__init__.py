"""Record linkage: blocking, scoring and posterior probabilities, on DuckDB."""

from sexton.linkage.dedupe import dedupe
from sexton.linkage.link import link
from sexton.linkage.lists import count_shares
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
