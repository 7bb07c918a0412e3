"""Sexton's own method: the channel model behind ``sexton.names.NameIndex``."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from benchmarks.names.measures import CUTS, NOT_FOUND, Run
from sexton.names import NameIndex

METHOD = "Sexton channel"


def channel_run(names: list[str], counts: list[int], queries: list[str], truths: np.ndarray) -> Run:
    """Search all queries at once; the index is built, and compiled code loaded, beforehand."""
    began = perf_counter()
    index = NameIndex(names, counts, "surname")
    index.search_many(queries[:1], CUTS[-1])
    built = perf_counter() - began
    began = perf_counter()
    query_positions, name_positions, bits = index.search_many(queries, CUTS[-1])
    ms = 1000 * (perf_counter() - began) / len(queries)
    ranks = np.full(len(queries), NOT_FOUND)
    for position, truth in enumerate(truths):
        mine = query_positions == position
        order = np.argsort(-bits[mine], kind="stable")
        where = np.flatnonzero(name_positions[mine][order] == truth)
        if len(where):
            ranks[position] = where[0]
    return Run(METHOD, "Cyrillic as it is", ranks, ms, f"index ready in {built:.1f} s")
