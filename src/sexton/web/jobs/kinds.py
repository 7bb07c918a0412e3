"""The kinds of long work. Each app registers its own in its module ``work``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from sexton.web.jobs.task import Task

Work = Callable[["Task"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work. ``lane``: of the kinds that share one, only one job runs at a time.

    ``due`` says whether it should be done though nobody asked for it.
    """

    name: str
    title: Promise
    lane: str
    work: Work
    due: Callable[[], bool] | None = None


KINDS: dict[str, Kind] = {}


def kind(
    name: str, title: Promise, lane: str = "", due: Callable[[], bool] | None = None
) -> Callable[[Work], Work]:
    """Register a function as the work of a kind. A worker without work asks whether it is ``due``.

    It gets a ``Task`` and returns what came of it, as JSON. It is called again, with the checkpoint
    that it kept last, when the worker died: what it did after that must do no harm when done twice.
    """

    def register(work: Work) -> Work:
        if name in KINDS:
            raise ValueError(f"two kinds of work are called {name}")
        KINDS[name] = Kind(name, title, lane or name, work, due)
        return work

    return register
