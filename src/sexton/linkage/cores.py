"""How many cores the work may take: all, unless who calls shares them out himself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_most: ContextVar[int | None] = ContextVar("most", default=None)


def core_count() -> int:
    """The cores to use, at least one."""
    return _most.get() or os.cpu_count() or 1


@contextmanager
def one_core() -> Iterator[None]:
    """Within, one core is used: others of the machine have work of their own."""
    token = _most.set(1)
    try:
        yield
    finally:
        _most.reset(token)
