"""How common values are in lists of persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sexton.evidence import PersonReading, Shares, burial_group, camp_key, place_key


def count_shares(*lists: Sequence[PersonReading]) -> Shares:
    """How common places of burial, camps and days of death are in ``lists``."""
    people = [person for people in lists for person in people]
    total = max(1, len(people))
    burials = Counter(p.burial_place for p in people if p.burial_place)
    camps = Counter(camp_key(p.camp) for p in people if p.camp)
    births = Counter(place_key(p.birth_place) for p in people if p.birth_place)
    born = max(1, sum(births.values()))
    days = Counter(p.death.first.isoformat() for p in people if p.death and p.death.first)
    within: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for person in people:
        group = burial_group(person)
        if group and person.death and person.death.first:
            within["death", group][person.death.first.isoformat()] += 1
        if group and person.death_place:
            within["death_place", group][person.death_place.written] += 1
    dead = max(1, sum(days.values()))
    held = max(1, sum(camps.values()))
    return Shares(
        everywhere={
            "burial": {name: count / total for name, count in burials.items()},
            "camp": {name: count / held for name, count in camps.items() if name},
            "birth_place": {name: (n - 1) / born for name, n in births.items() if name and n > 1},
            "death": {day: (count - 1) / dead for day, count in days.items() if count > 1},
        },
        within=within,
    )
