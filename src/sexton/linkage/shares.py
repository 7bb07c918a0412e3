"""How common values are in lists of persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sexton.evidence import PersonReading, Shares, burial_group, camp_key, place_key
from sexton.evidence.dates import quarter
from sexton.evidence.standing import has_papers
from sexton.evidence.written import keys_of_given
from sexton.linkage.coding import numbers_of
from sexton.linkage.whereabouts import shares_of_deaths

Within = dict[tuple[str, str], Counter[str]]

# Fewer dated deaths than this tell nothing of when those of a list died.
_ENOUGH_DEATHS = 50
# Deaths imagined in each quarter of a year, so that none is impossible.
_IMAGINED_DEATHS = 0.5

YES, NO, ALL = "yes", "no", "all"
WITH_NUMBER, WITH_BIRTH_DAY = "number", "birth_day"
"""What leads to a man without his surname, as far as records state it."""


def count_shares(*lists: Sequence[PersonReading]) -> Shares:
    """How common places of burial, camps and days of death are in ``lists``."""
    people = [person for people in lists for person in people]
    shares = shares_of(len(people), counts_of(people))
    return replace(shares, within=counts_within(people))


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
    """How many records have each place of burial, camp, place of birth, day and place of death and
    year of birth, how many are prisoners' (``captives``: yes and no), and how many state a prisoner
    number or the day of birth (``stated``).

    "" counts what could not be read.
    """

    burials: Counter[str]
    camps: Counter[str]
    births: Counter[str]
    days: Counter[str]
    died: Counter[str] = field(default_factory=Counter)
    captives: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.burials + other.burials,
            self.camps + other.camps,
            self.births + other.births,
            self.days + other.days,
            self.died + other.died,
            self.captives + other.captives,
            self.years + other.years,
            self.stated + other.stated,
        )


def counts_of(people: Sequence[PersonReading]) -> Counts:
    """The counts of a list."""
    return Counts(
        Counter(p.burial_place for p in people if p.burial_place),
        Counter(camp_key(p.camp) for p in people if p.camp),
        Counter(place_key(p.birth_place) for p in people if p.birth_place),
        Counter(p.death.first.isoformat() for p in people if p.death and p.death.first),
        Counter(p.death_place.written.strip() for p in people if p.death_place),
        Counter(YES if has_papers(p) else NO for p in people),
        Counter(str(p.birth.first.year) for p in people if p.birth and p.birth.first),
        Counter(what for p in people for what in _stated(p)),
    )


def _stated(person: PersonReading) -> Iterator[str]:
    if numbers_of(person):
        yield WITH_NUMBER
    if person.birth and person.birth.is_full:
        yield WITH_BIRTH_DAY


def with_parts(births: Counter[str]) -> Counter[str]:
    """The counts of places, those of other lands (keys that begin with "~") also counted by each
    part of their text: who was born in Chicago, USA, was born in the USA."""
    found = Counter(births)
    for key, count in births.items():
        if key.startswith("~"):
            parts = set(key[1:].split("/")) - {key[1:]}
            found.update({f"~{part}": count for part in parts})
    return found


def shares_of(total: int, counts: Counts) -> Shares:
    """The shares that counts among ``total`` records make."""
    born, held = max(1, counts.births.total()), max(1, counts.camps.total())
    dead = max(1, counts.days.total())
    births, days = with_parts(counts.births).items(), counts.days.items()
    everywhere = {
        "burial": {name: count / max(1, total) for name, count in counts.burials.items()},
        "camp": {name: count / held for name, count in counts.camps.items() if name},
        "birth_place": {name: (n - 1) / born for name, n in births if name and n > 1},
        "death": {day: (count - 1) / dead for day, count in days if count > 1},
    }
    if counts.years:
        everywhere["birth_year"] = {**counts.years, ALL: counts.years.total()}
    if counts.captives:
        everywhere["captive"] = {YES: counts.captives[YES] / counts.captives.total()}
    return Shares(everywhere=everywhere, records=total)


def beside(shares: Shares, left: Sequence[PersonReading], right: Counts) -> Shares:
    """The shares with what is counted in one list for the other: when those of ``left`` died and
    when those of the right list did, how many of these died where those of ``left`` lie, and what
    share of the right list states what leads to a man without his surname."""
    lies = sorted({person.burial_place for person in left if person.burial_place})
    where = shares_of_deaths(lies, right.died)
    more: dict[str, dict[str, float]] = {
        "died_where": where.close,
        "died_near": where.alike,
        "died_counted": {"all": float(where.counted)},
        "stated": {what: n / right.captives.total() for what, n in right.stated.items()},
    }
    died = Counter(
        quarter(p.death.first) for p in left if p.death and p.death.first and p.death.is_full
    )
    others: Counter[str] = Counter()
    for day, count in right.days.items():
        # A year alone begins on New Year's Day.
        if day and not day.endswith("-01-01"):
            others[quarter(date.fromisoformat(day))] += count
    if min(died.total(), others.total()) >= _ENOUGH_DEATHS:
        more["died_left"] = _smoothed(died, others)
        more["died_right"] = _smoothed(others, others)
    return replace(shares, everywhere={**shares.everywhere, **more})


def with_given_names(shares: Shares, right: Iterable[str]) -> Shares:
    """The shares with the given names of the right list, in all forms that the tables join."""
    known = Counter(key for name in right for key in keys_of_given(name))
    total = max(1, known.total())
    names = {name: count / total for name, count in known.items()}
    return replace(shares, everywhere={**shares.everywhere, "given_right": names})


def given_names_of(person: PersonReading) -> frozenset[str]:
    """What the given names of a person are known by, in every form of his name."""
    return frozenset(
        key for form in person.name.forms if form.given for key in keys_of_given(form.given)
    )


def share_of_strangers(left: Iterable[PersonReading], shares: Shares) -> float:
    """The share of those of ``left`` whose given names nobody of the right list bears; of
    imagined records two in three are known."""
    known = shares.everywhere.get("given_right", {}).keys()
    named = [names for person in left if (names := given_names_of(person))]
    return (sum(known.isdisjoint(names) for names in named) + 1) / (len(named) + 3)


def _smoothed(counts: Counter[str], keys: Iterable[str]) -> dict[str, float]:
    """The shares of the ``keys``, a little imagined for each."""
    found = {key: counts[key] + _IMAGINED_DEATHS for key in keys}
    total = sum(found.values())
    return {key: value / total for key, value in found.items()}
