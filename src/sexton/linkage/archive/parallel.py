"""Work on many distinct texts, shared by the processor's cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from sexton.linkage.model import Progress

T = TypeVar("T")

# Below this a second process costs more than it spares.
_FEW = 20_000
_SHARE = 5_000


def for_all(
    work: Callable[[Sequence[str]], list[T]],
    texts: Sequence[str],
    what: str,
    progress: Progress | None,
) -> list[T]:
    """``work`` on runs of ``texts``, in order; it is a function of a module."""
    shares = [texts[at : at + _SHARE] for at in range(0, len(texts), _SHARE)]
    cores = os.cpu_count() or 1
    if len(texts) <= _FEW or cores == 1:
        return _gathered(map(work, shares), len(texts), what, progress)
    # Forked while no other thread runs, so that tables already read need not be read again.
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        return _gathered(pool.map(work, shares), len(texts), what, progress)


def _gathered(
    found: Iterable[list[T]], total: int, what: str, progress: Progress | None
) -> list[T]:
    values: list[T] = []
    for part in found:
        values += part
        if progress:
            progress(what, len(values), total)
    return values
