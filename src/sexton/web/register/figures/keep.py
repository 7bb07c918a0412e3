"""All figures of the register as it is: computed once a version, whichever process asks first."""

from __future__ import annotations

from collections.abc import Callable

from sexton import __version__
from sexton.web.register.figures import facts, lives, origins, places, shelf, sources, testimony
from sexton.web.register.figures.model import Figure
from sexton.web.register.models import Change

Progress = Callable[[str, int, int | None], None]
COUNTED: tuple[Callable[[], Figure], ...] = (
    *lives.FIGURES,
    *places.FIGURES,
    *sources.FIGURES,
    *testimony.FIGURES,
)
SHELF = "figures"
_held: list[tuple[str, dict[str, Figure]]] = []


def figures() -> dict[str, Figure]:
    """Every figure by its slug."""
    held = _held[:1]
    if not held or held[0][0] != version():
        found = {figure.slug: figure for figure in _from_shelf()}
        # Counting may have read more places of birth.
        held = [(version(), found)]
        _held[:] = held
    return held[0][1]


def prepare(progress: Progress | None = None) -> int:
    """Read all places of birth that are not read yet, and count; how many were read."""
    read = origins.catch_up(progress)
    figures()
    return read


def version() -> str:
    """Another text whenever the register, the readings of places or the program changes."""
    # The time too: a number that was rolled back is given again.
    now = Change.objects.order_by("-pk").values_list("pk", "at").first() or ("", "")
    return f"{__version__} {now[0]} {now[1]} {shelf.stamp(origins.SHELF)}"


def _from_shelf() -> list[Figure]:
    held = shelf.load(SHELF, version())
    if held is None:
        with shelf.alone(SHELF):
            held = shelf.load(SHELF, version())
            if held is None:
                facts.forget()
                held = [count().as_json() for count in COUNTED]
                facts.forget()
                shelf.store(SHELF, version(), held)
    return [Figure.from_json(data) for data in held]
