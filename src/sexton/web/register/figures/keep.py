"""All figures of the register as it is: computed once a version, whichever process asks first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from sexton import __version__
from sexton.web.register import state
from sexton.web.register.figures import facts, lives, origins, places, shelf, sources, testimony
from sexton.web.register.figures.model import Figure

Progress = Callable[[str, int, int | None], None]
NUMBERS, TESTIMONY = "figures", "testimony"
# What is asked for together is counted together.
COUNTED: Mapping[str, tuple[Callable[[], Figure], ...]] = {
    NUMBERS: (*lives.FIGURES, *places.FIGURES, *sources.FIGURES),
    TESTIMONY: testimony.FIGURES,
}
_held: dict[str, tuple[str, dict[str, Figure]]] = {}


def figures(name: str = NUMBERS) -> dict[str, Figure]:
    """Every figure that is kept under ``name``, by its slug."""
    held, change = _held.get(name), state.last_change()
    if held is None or held[0] != version(change):
        found = {figure.slug: figure for figure in _from_shelf(name, change)}
        # Counting may have read more places of birth.
        held = version(change), found
        _held[name] = held
    return held[1]


def of_sources() -> Figure:
    """What each source gives the register."""
    return figures(TESTIMONY)[testimony.SLUG]


def prepare(progress: Progress | None = None) -> int:
    """Read all places of birth that are not read yet, and count; how many were read."""
    read = origins.catch_up(progress)
    for name in COUNTED:
        figures(name)
    # Pages are kept by what the parts of the register were made from.
    digest = state.digest_of(version(state.last_change()))
    if not state.is_current(NUMBERS, digest):
        state.remember(NUMBERS, digest, {"read": read})
    return read


def version(change: object) -> str:
    """Another text whenever the register, the readings of places or the program changes.

    ``change`` was the newest when counting began: what came in meanwhile may not be counted.
    """
    return f"{_code()} {change} {shelf.stamp(origins.SHELF)}"


@cache
def _code() -> str:
    """A fingerprint of what counts: another version of it counts otherwise."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return state.digest_of([__version__, *(file.stat().st_mtime_ns for file in files)])


def _from_shelf(name: str, change: object) -> list[Figure]:
    held = shelf.load(name, version(change))
    if held is None:
        with shelf.alone(name):
            held = shelf.load(name, version(change))
            if held is None:
                facts.forget()
                held = [count().as_json() for count in COUNTED[name]]
                facts.forget()
                shelf.store(name, version(change), held)
    return [Figure.from_json(data) for data in held]
