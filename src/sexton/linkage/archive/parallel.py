"""Work on many distinct texts, or many records, shared by the processor's cores."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from sexton.evidence import PersonReading
from sexton.linkage.archive.arrays import ArchiveError
from sexton.linkage.archive.sending import send_as_arguments
from sexton.linkage.cores import core_count
from sexton.linkage.model import Progress
from sexton.linkage.sharing import alone
from sexton.places import load_gazetteer
from sexton.records import Record
from sexton.records.collection import without_collection
from sexton.records.reading import read_people

T = TypeVar("T")
R = TypeVar("R")

# Below this a second process costs more than it spares.
_FEW = 20_000
_SHARE = 5_000
# Seconds after which a process looks whether it is still wanted.
_LOOK_EVERY = 0.5


def for_all(
    work: Callable[[Sequence[str]], list[T]],
    texts: Sequence[str],
    what: str,
    progress: Progress | None,
) -> list[T]:
    """``work`` on runs of ``texts``, in order; it is a function of a module."""
    shares = [texts[at : at + _SHARE] for at in range(0, len(texts), _SHARE)]
    if len(texts) <= _FEW or core_count() == 1:
        return _gathered(map(work, shares), len(texts), what, progress)
    # Forked while no other thread runs, so that tables already read need not be read again.
    with worker_processes() as pool:
        return _gathered(pool.map(work, shares), len(texts), what, progress)


# What forked processes work on, so that nothing need be sent to them.
_work: list[tuple[Callable[[Sequence[Any]], Iterable[Any]], Sequence[Any], int]] = []


def among_processes(
    work: Callable[[Sequence[T]], Iterable[R]], items: Sequence[T], size: int
) -> Iterator[R]:
    """``work`` on runs of ``size`` items by all cores; the results, which are sent, in order.

    A :class:`sexton.linkage.sharing.ShareOut`. The processes are forked for this one call: ``work``
    sees what is held in memory, and what it changes is lost. Raises ArchiveError.
    """
    runs = range(0, len(items), size)
    if len(runs) < 2 * core_count() or core_count() == 1:
        yield from alone(work, items, size)
        return
    _work.append((work, items, size))
    # What is there already need not be visited again and again for cycles.
    gc.freeze()
    try:
        with worker_processes(gc.disable) as processes:
            for found in processes.map(_do_run, runs):
                yield from found
    finally:
        gc.unfreeze()
        _work.pop()


def _do_run(first: int) -> list[Any]:
    work, items, size = _work[-1]
    return list(work(items[first : first + size]))


@contextmanager
def worker_processes(begin: Callable[[], object] | None = None) -> Iterator[ProcessPoolExecutor]:
    """One process for each core, forked, so that what is held in memory need not be sent.

    Each calls ``begin`` first. They end with this process, however it ends. Raises ArchiveError
    when one of them is ended.
    """
    fork = get_context("fork")
    parent = os.getpid()
    try:
        with ProcessPoolExecutor(
            core_count(), mp_context=fork, initializer=_begin, initargs=(parent, begin)
        ) as pool:
            yield pool
    except BrokenProcessPool as error:
        raise ArchiveError(
            "A process that worked for this one was ended, for want of memory perhaps. "
            "Give the command again: what is built is kept."
        ) from error


def _begin(parent: int, begin: Callable[[], object] | None) -> None:
    if begin is not None:
        begin()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Else who waits for work of a process that was killed waits for ever, and keeps its locks."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)


def _gathered(
    found: Iterable[list[T]], total: int, what: str, progress: Progress | None
) -> list[T]:
    values: list[T] = []
    for part in found:
        values += part
        if progress:
            progress(what, len(values), total)
    return values


# Records that a process reads at a time.
_RECORDS = 250


def read_by_all_cores(
    records: Sequence[Record], progress: Progress | None = None
) -> list[PersonReading]:
    """:func:`sexton.records.reading.read_people`, in several processes where there are many."""
    if len(records) > _RECORDS:
        # Once, before the processes part.
        load_gazetteer("ussr").prepare()
        send_as_arguments()
    with without_collection():
        # The first ones before the processes part: what tables they ask for is loaded once.
        people = [*read_people(records[:_RECORDS])]
        for person in among_processes(read_people, records[_RECORDS:], _RECORDS):
            if progress and len(people) % 1000 == 0:
                progress("reading what is written", len(people), len(records))
            people.append(person)
    if progress:
        progress("reading what is written", len(records), len(records))
    return people
