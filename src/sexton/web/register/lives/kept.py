"""What takes long to compute and changes only with the register is kept until it changes."""

from __future__ import annotations

from collections import OrderedDict
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


def kept_each(most: int) -> Callable[[Callable[[int], T]], Callable[[int], T]]:
    """The same for what is computed of one row, by its id; of the ``most`` rows asked for last."""

    def keep(compute: Callable[[int], T]) -> Callable[[int], T]:
        last: OrderedDict[int, tuple[object, T]] = OrderedDict()

        @wraps(compute)
        def remembered(pk: int) -> T:
            now = last_change()
            held = last.get(pk)
            if held is None or held[0] != now:
                held = last[pk] = (now, compute(pk))
                while len(last) > most:
                    last.popitem(last=False)
            return held[1]

        return remembered

    return keep
