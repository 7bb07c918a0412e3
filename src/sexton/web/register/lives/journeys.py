"""Where the persons of an organisation came from and where they went: from here to there.

The order of two stays is known where one ended before the other began. Else it is that of lives
as they usually go (a unit, a camp, a mine, a movement), and is said to be so. Of two undated stays
of one kind nobody can tell which came first; they are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sexton.web.register.lives.kept import kept
from sexton.web.register.lives.path import BESIDE, KIND_OF_ORGANISATION
from sexton.web.register.lives.presence import members_of_all
from sexton.web.register.lives.steps import RANK
from sexton.web.register.models import Affiliation, Organisation, Participant

OPEN = (date.min, date.max)


@dataclass(slots=True)
class Stay:
    """A person's time in an organisation: its kind of step, and the days that are stated."""

    organisation: int
    kind: str
    spans: list[tuple[date, date]] = field(default_factory=list)

    @property
    def window(self) -> tuple[date, date]:
        if not self.spans:
            return OPEN
        return min(first for first, _ in self.spans), max(last for _, last in self.spans)


@dataclass(slots=True)
class Move:
    """From one organisation to another: who, and of how many the days say so."""

    organisation: int
    persons: list[int] = field(default_factory=list)
    by_days: int = 0


@dataclass(slots=True)
class Moves:
    """Where the persons of an organisation were before, and after."""

    before: dict[int, Move] = field(default_factory=dict)
    after: dict[int, Move] = field(default_factory=dict)

    def add(self, side: dict[int, Move], organisation: int, person: int, by_days: bool) -> None:
        move = side.setdefault(organisation, Move(organisation))
        move.persons.append(person)
        move.by_days += by_days


@kept
def moves_of_all() -> dict[int, Moves]:
    """Organisation id to where its persons were before and after."""
    found: dict[int, Moves] = defaultdict(Moves)
    families = _families()
    for person, stays in _stays().items():
        for here, there, by_days in _next_ones(stays, families):
            found[here].add(found[here].after, there, person, by_days)
            found[there].add(found[there].before, here, person, by_days)
    return dict(found)


def in_order_of_size(side: dict[int, Move]) -> list[Move]:
    return sorted(side.values(), key=lambda move: (-len(move.persons), move.organisation))


def _next_ones(stays: Sequence[Stay], families: dict[int, int]) -> Iterable[tuple[int, int, bool]]:
    """Pairs of stays of which the second is the next after the first, as far as can be told."""
    pairs: list[tuple[Stay, Stay, bool]] = []
    for one in stays:
        for other in stays:
            known = _before(one, other)
            if known and families[one.organisation] != families[other.organisation]:
                pairs.append((one, other, known == "days"))
    for one, other, by_days in pairs:
        if not any(
            _before(one, between) and _before(between, other)
            for between in stays
            if families[between.organisation]
            not in (families[one.organisation], families[other.organisation])
        ):
            yield one.organisation, other.organisation, by_days


def _before(one: Stay, other: Stay) -> str:
    """``days`` or ``nature`` if the first stay came before the other, else ""."""
    (first, last), (other_first, other_last) = one.window, other.window
    if last < other_first:
        return "days"
    if other_last < first:
        return ""
    # Days that overlap tell nothing; what a life usually goes through tells a little.
    return "nature" if RANK[one.kind] < RANK[other.kind] else ""


def _stays() -> dict[int, list[Stay]]:
    """The stays of every person who was in two organisations at least."""
    organisations: dict[int, list[int]] = defaultdict(list)
    kinds = dict(Organisation.objects.values_list("pk", "kind"))
    for pk, people in members_of_all().items():
        if kinds[pk] in KIND_OF_ORGANISATION:
            for person in people:
                organisations[person].append(pk)
    several = {person: pks for person, pks in organisations.items() if len(pks) > 1}
    spans = _spans()
    return {
        person: [
            Stay(pk, KIND_OF_ORGANISATION[kinds[pk]], spans.get((person, pk), []))
            for pk in sorted(pks)
        ]
        for person, pks in several.items()
    }


def _spans() -> dict[tuple[int, int], list[tuple[date, date]]]:
    """The days of a person in an organisation, by person and organisation."""
    found: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
    own = Affiliation.objects.exclude(first_day=None, last_day=None).order_by()
    columns = ("person_id", "organisation_id", "first_day", "last_day")
    rows = list(own.values_list(*columns))
    parts = Participant.objects.filter(event__organisation__isnull=False).order_by()
    parts = parts.exclude(role__in=BESIDE).exclude(event__first_day=None, event__last_day=None)
    columns = ("person_id", "event__organisation_id", "event__first_day", "event__last_day")
    rows += list(parts.values_list(*columns))
    for person, organisation, first, last in rows:
        found[person, organisation].append((first or date.min, last or date.max))
    return found


def _families() -> dict[int, int]:
    """Organisation id to the widest one that it is a part of: within it nobody moves."""
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    families = {}
    for pk in parents:
        top, seen = pk, {pk}
        while (above := parents.get(top)) and above not in seen:
            seen.add(above)
            top = above
        families[pk] = top
    return families
