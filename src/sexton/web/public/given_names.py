"""The forms of a man's name that lists give beside what his records write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sexton.web.register.models import PersonName, Source

ORDER = ("on_stone", "in_source", "restored")


@dataclass(slots=True)
class GivenName:
    """One form, of one kind, known in one way: with the sources that give it."""

    written: str
    language: str
    kind: str
    basis: str
    sources: list[Source] = field(default_factory=list)

    @property
    def is_conjecture(self) -> bool:
        return self.basis == "conjecture"


def given_names(names: Iterable[PersonName]) -> list[GivenName]:
    """Of one person: stone, source, restored; what is only conjectured stands last."""
    found: dict[tuple[str, ...], GivenName] = {}
    for name in names:
        what = (name.written, name.language, name.kind, name.basis)
        given = found.setdefault(what, GivenName(*what))
        source = name.source or (name.record.source if name.record else None)
        if source is not None and source not in given.sources:
            given.sources.append(source)
    return sorted(found.values(), key=_rank)


def _rank(name: GivenName) -> tuple[bool, int, str]:
    place = ORDER.index(name.kind) if name.kind in ORDER else len(ORDER)
    return name.is_conjecture, place, name.written
