"""What is made from the whole register, kept until the register changes, shared by threads.

That of a small register is made anew at once when it has changed. That of a large one takes some
seconds: readers are served what there is while a thread makes the new one. Nobody waits for it.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.db import connection

from sexton.web.register.models import Person
from sexton.web.register.state import version

T = TypeVar("T")
# Whether what was served in this context was behind the register: such a page is not to be kept.
_behind: ContextVar[bool] = ContextVar("behind", default=False)
# Of so many persons it is made anew while the reader waits.
AT_ONCE = 10_000
log = logging.getLogger(__name__)


_counting = threading.Lock()
_makers = 0


def _without_collecting(make: Callable[[], T]) -> T:
    """Make something of very many small things, which the collector need not look through.

    Neither while they come to be, nor ever after: they hold no cycles, and looking through a
    million of them would let a reader wait. Makers do not wait for each other: one of them may
    need what another makes.
    """
    _count(1)
    try:
        return make()
    finally:
        _count(-1)


def _count(more: int) -> None:
    """The first maker stops the collector, the last one lets it go on."""
    global _makers
    with _counting:
        _makers += more
        if _makers:
            gc.disable()
        else:
            gc.freeze()
            gc.enable()


def begin_page() -> None:
    """From here on ``was_behind`` speaks of the page that is being made."""
    _behind.set(False)


def was_behind() -> bool:
    """Whether anything on the page was made from the register as it was before its last change."""
    return _behind.get()


class Latest(Generic[T]):
    """The newest of what ``make`` gives, which is asked anew when the register has changed."""

    def __init__(self, make: Callable[[], T], *, at_once: int = AT_ONCE) -> None:
        self._make, self._at_once = make, at_once
        self._made: tuple[str, T] | None = None
        self._working = threading.Lock()

    def __call__(self) -> T:
        """What was made of the register as it is now; of a large one, as it was a moment ago."""
        now = version()
        made = self._made
        if made is not None and made[0] == now:
            return made[1]
        if made is None or Person.objects.count() < self._at_once:
            with self._working:
                return self._made_of(now)
        if self._working.acquire(blocking=False):
            threading.Thread(target=self._behind_readers, args=(now,), daemon=True).start()
        _behind.set(True)
        return made[1]

    def up_to_date(self) -> T:
        """What is made of the register as it is now, however long that takes."""
        now = version()
        made = self._made
        if made is not None and made[0] == now:
            return made[1]
        with self._working:
            return self._made_of(now)

    def is_current(self) -> bool:
        """Whether readers are served what is made of the register as it is now."""
        return self._made is not None and self._made[0] == version()

    def _made_of(self, now: str) -> T:
        made = self._made
        if made is None or made[0] != now:
            made = (now, _without_collecting(self._make))
            self._made = made
        return made[1]

    def _behind_readers(self, now: str) -> None:
        """Make it in a thread of its own, which holds the lock that was taken for it."""
        try:
            self._made_of(now)
        except Exception:
            # The reader has what there was; the next one asks again.
            log.exception("what is made from the register could not be made anew")
        finally:
            self._working.release()
            connection.close()
