"""How common values are in lists of persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sexton.evidence import PersonReading, Shares, burial_group, camp_key, place_key


def count_shares(*lists: Sequence[PersonReading]) -> Shares:
    """How common places of burial, camps and days of death are in ``lists``."""
    people = [person for people in lists for person in people]
    within: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for person in people:
        group = burial_group(person)
        if group and person.death and person.death.first:
            within["death", group][person.death.first.isoformat()] += 1
        if group and person.death_place:
            within["death_place", group][person.death_place.written] += 1
    counted = shares_of(
        len(people),
        Counter(p.burial_place for p in people if p.burial_place),
        Counter(camp_key(p.camp) for p in people if p.camp),
        Counter(place_key(p.birth_place) for p in people if p.birth_place),
        Counter(p.death.first.isoformat() for p in people if p.death and p.death.first),
    )
    return Shares(counted.everywhere, within)


def shares_of(
    total: int,
    burials: Counter[str],
    camps: Counter[str],
    births: Counter[str],
    days: Counter[str],
) -> Shares:
    """The shares that counts of ``total`` records make; "" is what could not be read."""
    born, dead = max(1, births.total()), max(1, days.total())
    held = max(1, camps.total())
    return Shares(
        everywhere={
            "burial": {name: count / max(1, total) for name, count in burials.items()},
            "camp": {name: count / held for name, count in camps.items() if name},
            "birth_place": {name: (n - 1) / born for name, n in births.items() if name and n > 1},
            "death": {day: (count - 1) / dead for day, count in days.items() if count > 1},
        }
    )
