"""How common values are in lists of persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sexton.evidence import PersonReading, Shares, burial_group, camp_key, place_key

Within = dict[tuple[str, str], Counter[str]]


def count_shares(*lists: Sequence[PersonReading]) -> Shares:
    """How common places of burial, camps and days of death are in ``lists``."""
    people = [person for people in lists for person in people]
    return Shares(shares_of(len(people), counts_of(people)).everywhere, counts_within(people))


def counts_within(people: Iterable[PersonReading]) -> Within:
    """How many of those of one source who are buried in one place died on each day, and where."""
    within: Within = defaultdict(Counter)
    for person in people:
        group = burial_group(person)
        if group and person.death and person.death.first:
            within["death", group][person.death.first.isoformat()] += 1
        if group and person.death_place:
            within["death_place", group][person.death_place.written] += 1
    return within


@dataclass(frozen=True)
class Counts:
    """How many records have each place of burial, camp, place of birth and day of death.

    "" counts what could not be read.
    """

    burials: Counter[str]
    camps: Counter[str]
    births: Counter[str]
    days: Counter[str]

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.burials + other.burials,
            self.camps + other.camps,
            self.births + other.births,
            self.days + other.days,
        )


def counts_of(people: Sequence[PersonReading]) -> Counts:
    """The counts of a list."""
    return Counts(
        Counter(p.burial_place for p in people if p.burial_place),
        Counter(camp_key(p.camp) for p in people if p.camp),
        Counter(place_key(p.birth_place) for p in people if p.birth_place),
        Counter(p.death.first.isoformat() for p in people if p.death and p.death.first),
    )


def shares_of(total: int, counts: Counts) -> Shares:
    """The shares that counts among ``total`` records make."""
    born, held = max(1, counts.births.total()), max(1, counts.camps.total())
    dead = max(1, counts.days.total())
    births, days = counts.births.items(), counts.days.items()
    return Shares(
        everywhere={
            "burial": {name: count / max(1, total) for name, count in counts.burials.items()},
            "camp": {name: count / held for name, count in counts.camps.items() if name},
            "birth_place": {name: (n - 1) / born for name, n in births if name and n > 1},
            "death": {day: (count - 1) / dead for day, count in days if count > 1},
        }
    )
