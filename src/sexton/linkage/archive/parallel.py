"""Work on many distinct texts, shared by the processor's cores."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from sexton.linkage.archive.arrays import ArchiveError
from sexton.linkage.cores import core_count
from sexton.linkage.model import Progress

T = TypeVar("T")

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
