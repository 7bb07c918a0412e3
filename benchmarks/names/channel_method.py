"""Sexton's own method: the channel model behind ``sexton.names.NameIndex``."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from benchmarks.names.measures import CUTS, NOT_FOUND, Run
from benchmarks.names.tasks import Task
from sexton.names import NameIndex, read_name

METHOD = "Sexton channel"
VARIANT = "as it is"


def as_read(written: str) -> str:
    """What a query is taken for: capitals that may be Cyrillic ones are read as such.

    Parsing is otherwise done beforehand, for all methods alike.
    """
    if not written.isupper():
        return written
    return max(read_name(written), key=lambda reading: reading.probability).surname or written


def ranks_in(found: tuple[np.ndarray, ...], truths: np.ndarray) -> np.ndarray:
    """Ranks of the truths in the arrays that ``NameIndex.search_many`` gives."""
    query_positions, name_positions, bits = found
    ranks = np.full(len(truths), NOT_FOUND)
    for position, truth in enumerate(truths):
        mine = query_positions == position
        order = np.argsort(-bits[mine], kind="stable")
        where = np.flatnonzero(name_positions[mine][order] == truth)
        if len(where):
            ranks[position] = where[0]
    return ranks


def channel_run(task: Task) -> Run:
    """Search all queries at once; the index is built, and compiled code loaded, beforehand."""
    texts = [as_read(query.text) for query in task.queries]
    began = perf_counter()
    index = NameIndex(task.names, task.counts, task.kind)
    index.search_many(texts[:20], CUTS[-1], workers=1)
    built = perf_counter() - began
    began = perf_counter()
    found = index.search_many(texts, CUTS[-1], workers=1)
    ms = 1000 * (perf_counter() - began) / len(texts)
    ranks, note = ranks_in(found, task.truths), f"index ready in {built:.1f} s"
    return Run(METHOD, VARIANT, ranks, ms, note, _firsts(found, task))


def _firsts(found: tuple[np.ndarray, ...], task: Task) -> tuple[str, ...]:
    """The name that each query got first; "" where it got none."""
    firsts = [""] * len(task.queries)
    queries, names, bits = (column.tolist() for column in found)
    best = [-np.inf] * len(firsts)
    for query, name, worth in zip(queries, names, bits, strict=True):
        if worth > best[query]:
            best[query], firsts[query] = worth, task.names[name]
    return tuple(firsts)
