"""What takes long to compute and changes only with the register is kept until it changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from sexton.web.register.state import last_change

T = TypeVar("T")


def kept(compute: Callable[[], T]) -> Callable[[], T]:
    """Remember what ``compute`` gave, in this process, until the next change of the register.

    Not to be asked inside a change that is still open: what it writes later is not seen.
    """
    last: list[tuple[object, T]] = []

    @wraps(compute)
    def remembered() -> T:
        now = last_change()
        held = last[:1]
        if not held or held[0][0] != now:
            held = [(now, compute())]
            last[:] = held
        return held[0][1]

    return remembered
