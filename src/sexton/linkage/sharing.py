"""Work that may be shared out: by whom, the caller says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class ShareOut(Protocol):
    """Does ``work`` on runs of ``items``, perhaps in several processes; the results in order.

    What ``work`` changes may be lost: only its results come back.
    """

    def __call__(
        self, work: Callable[[Sequence[T]], Iterable[R]], items: Sequence[T], size: int
    ) -> Iterator[R]:
        """``size`` is how many items a run has at the most."""


def alone(work: Callable[[Sequence[T]], Iterable[R]], items: Sequence[T], size: int) -> Iterator[R]:
    """All in this process, run by run."""
    for first in range(0, len(items), size):
        yield from work(items[first : first + size])
