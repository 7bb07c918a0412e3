"""The steps of a life and their order: by their days where these tell, else as lives go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sexton.dates import edtf_span
from sexton.web.register.lives.accounts import Alternative, Aspect, Said, Voice, hull
from sexton.web.register.models import Event

# The natural order of a life, in which steps stand whose days do not tell.
NATURAL = (
    "birth", "draft", "service", "capture", "registration", "captivity", "transfer", "work",
    "hospital", "illness", "escape", "joining", "resistance", "combat", "wound", "execution",
    "death", "burial", "exhumation", "reburial", "marking", "commemoration", "membership",
)  # fmt: skip
RANK = {kind: position for position, kind in enumerate(NATURAL)}
# They last: what counts for the order is when they began.
LASTING = frozenset({
    "service", "captivity", "work", "hospital", "illness", "resistance", "membership", "marking",
})  # fmt: skip
ASPECTS = (
    "when", "title", "part", "site", "place", "organisation", "number", "unit", "rank", "role",
    "inscription", "concluded", "remarks",
)  # fmt: skip


@dataclass(slots=True)
class Step:
    """Something in a life: a kind, and for each aspect what is said of it, by whom.

    ``beside``: it happened to somebody else, and this person had a part in it.
    """

    kind: str
    beside: bool = False
    events: list[Event] = field(default_factory=list)
    aspects: dict[str, Aspect] = field(default_factory=dict)

    def hear(self, aspect: str, said: Said | None, *voices: Voice) -> None:
        """Take in what each voice says of an aspect; nothing where nothing is said."""
        if said is not None:
            heard = self.aspects.setdefault(aspect, Aspect(aspect))
            for voice in voices:
                heard.hear(said, voice)

    @property
    def shown(self) -> list[Aspect]:
        """The aspects of which something is said, in the order in which a step is told."""
        known = [self.aspects[name] for name in ASPECTS if name in self.aspects]
        return known + [self.aspects[name] for name in sorted(self.aspects.keys() - set(ASPECTS))]

    @property
    def voices(self) -> list[Voice]:
        accounts = [account for aspect in self.shown for account in aspect.alternatives]
        return [voice for account in accounts for voice in account.voices]

    @property
    def origins(self) -> set[int | None]:
        """The sources behind it."""
        return {voice.origin for voice in self.voices}

    @property
    def differs(self) -> bool:
        """Whether its sources cannot all be right."""
        return any(aspect.agreement == "differ" for aspect in self.aspects.values())

    @property
    def is_of_several(self) -> bool:
        """Whether more than one organisation is named: then a number says of which it is."""
        return len(self.says("organisation")) > 1

    def says(self, aspect: str) -> list[Alternative]:
        return self.aspects[aspect].alternatives if aspect in self.aspects else []

    @property
    def window(self) -> tuple[date, date]:
        """The days in which it can have begun, by all accounts that stand."""
        accounts = self.aspects["when"].standing if "when" in self.aspects else []
        if self.kind not in LASTING:
            return hull(accounts) or (date.min, date.max)
        began = [_beginning(account.said) for account in accounts if account.said.has_days]
        if not began:
            return date.min, date.max
        return min(first for first, _ in began), max(last for _, last in began)


def _beginning(said: Said) -> tuple[date, date]:
    """The days in which a time began: those of the left side of an interval."""
    left, slash, _ = said.edtf.partition("/")
    if not slash:
        return said.days
    span = edtf_span(left)
    return (span.first, span.last) if span else (date.min, said.days[1])


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps so that none stands before one that certainly came earlier; else as lives go.

    A step is certainly earlier if all its days are. Among those that nothing certain comes
    before, the one that is earliest in the natural order of a life is next; so undated steps find
    their place, and a death "in 1944" does not stand before an escape in May 1944.
    """
    waiting = [(step, step.window) for step in sorted(steps, key=_natural)]
    ordered: list[Step] = []
    while waiting:
        earliest_end = min(last for _, (_, last) in waiting)
        following = next(pair for pair in waiting if pair[1][0] <= earliest_end)
        waiting.remove(following)
        ordered.append(following[0])
    return ordered


def _natural(step: Step) -> tuple[int, date, date, list[str]]:
    """Kind, days, and what it says, so that the order never depends on that of the rows."""
    told = [account.said.key for aspect in step.shown for account in aspect.alternatives]
    return RANK.get(step.kind, RANK["membership"]), *step.window, told
