"""The comparison of two records: the evidence of every field, and what their sources change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import lru_cache
from math import log2
from operator import attrgetter

from sexton.evidence.circumstances import (
    compare_camps,
    compare_numbers,
    compare_places,
    place_key,
)
from sexton.evidence.dates import (
    compare_births,
    compare_deaths,
    compare_with_deaths_of_list,
    death_share_bases,
)
from sexton.evidence.dependence import dampen, dampen_copies
from sexton.evidence.model import Evidence, FieldEvidence, PersonReading, Shares
from sexton.evidence.names import compare_names, with_path
from sexton.evidence.resting import (
    ALIKE,
    chances_there,
    chances_uncounted,
    compare_burials,
    compare_resting,
    likeness,
)
from sexton.evidence.rules import Rules, default_rules
from sexton.evidence.spellings import MODEL, Spellings
from sexton.evidence.standing import (
    compare_captivity,
    compare_nationalities,
    compare_ranks,
    compare_relatives,
    compare_units,
    has_papers,
    is_captive,
)
from sexton.evidence.total import scaled
from sexton.evidence.written import as_lists_write, strangers
from sexton.messages import N_, Message
from sexton.names import fold

NO_SHARES = Shares()
# How common a place of burial is held to be where nothing was counted.
UNCOUNTED_BURIAL = 0.05


def burial_group(person: PersonReading) -> str:
    """The rows of one source on one place of burial, among whom values are counted."""
    return f"{person.source}\n{person.burial_place}" if person.burial_place else ""


def _groups(left: PersonReading, right: PersonReading) -> Collection[str]:
    """The groups among whom values are counted: none unless both lie in one place."""
    if not left.burial_place or left.burial_place != right.burial_place:
        return ()
    return {burial_group(left), burial_group(right)}


def _death_shares(
    day: date | None, groups: Collection[str], shares: Shares, rules: Rules
) -> tuple[float, float]:
    """The chances that two men died on ``day``, and within three days of it."""
    base, near = death_share_bases(rules)
    if day is None:
        return base, near
    value = _as_written(day)
    if not groups:
        return max(base, shares.share("death", value, base)), near
    days = _days_round(day)
    return (
        max(base, *(shares.share_beside("death", g, [value], base) for g in groups)),
        max(near, *(shares.share_beside("death", g, days, near) for g in groups)),
    )


_as_written = lru_cache(maxsize=1 << 14)(date.isoformat)


@lru_cache(maxsize=1 << 12)
def _days_round(day: date) -> tuple[str, ...]:
    """The days up to three before and after."""
    return tuple((day + timedelta(days=n)).isoformat() for n in range(-3, 4))


def _dates(
    left: PersonReading, right: PersonReading, groups: Collection[str], shares: Shares, rules: Rules
) -> list[FieldEvidence | None]:
    found: list[FieldEvidence | None] = []
    if left.birth and right.birth:
        found.append(compare_births(left.birth, right.birth, shares, rules))
    if left.death and right.death:
        chances = _death_shares(left.death.first, groups, shares, rules)
        found.append(compare_deaths(left.death, right.death, chances, rules))
    elif right.death:
        found.append(compare_with_deaths_of_list(right.death, shares, rules))
    return found


def _places(
    left: PersonReading, right: PersonReading, groups: Collection[str], shares: Shares, rules: Rules
) -> list[FieldEvidence | None]:
    found: list[FieldEvidence | None] = []
    if left.birth_place and right.birth_place:
        places = left.birth_place, right.birth_place
        share = max([shares.share("birth_place", place_key(place), 0.0) for place in places])
        found.append(compare_places("birth_place", *places, share, rules))
    found.append(_death_places(left, right, groups, shares, rules))
    if left.burial_place and right.burial_place:
        places_of_burial = left.burial_place, right.burial_place
        share = max([shares.share("burial", place, 0.0) for place in places_of_burial])
        found.append(compare_burials(*places_of_burial, share or UNCOUNTED_BURIAL, rules))
    return found


def _death_places(
    left: PersonReading, right: PersonReading, groups: Collection[str], shares: Shares, rules: Rules
) -> FieldEvidence | None:
    """What the places of death say: beside each other if they agree, else beside the burials.

    That a man did not die where he lies says less than that two places of death differ, and says
    it for both.
    """
    if not left.death_place and not right.death_place:
        return None
    straight = None
    if left.death_place and right.death_place:
        places, written = (left.death_place, right.death_place), left.death_place.written
        beside = [shares.share_beside("death_place", g, [written], 0.0) for g in groups]
        share = max([*beside, rules.value("places", "died_share")])
        straight = compare_places("death_place", *places, share, rules)
        if straight and straight.bits > 0:
            return straight
    crossed = _died_and_lies(left, right, shares, rules)
    if straight and crossed:
        return max((straight, crossed), key=lambda item: item.bits)
    return straight or crossed


def _died_and_lies(
    left: PersonReading, right: PersonReading, shares: Shares, rules: Rules
) -> FieldEvidence | None:
    """The place where one lies beside that where the other died, unless both state a burial."""
    if left.burial_place and right.burial_place:
        return None
    grave, other = (left, right) if left.burial_place else (right, left)
    if not grave.burial_place or not other.death_place:
        return None
    written = other.death_place.written
    chances = chances_there(grave.burial_place, shares, rules)
    found = compare_resting(grave.burial_place, written, chances, rules)
    died = grave.death_place.written if grave.death_place else ""
    if found and found.bits < 0 and died and (likeness(died, written) or 0.0) >= ALIKE:
        return compare_resting(died, written, chances_uncounted(rules), rules)
    return found


def _circumstances(
    left: PersonReading, right: PersonReading, shares: Shares, rules: Rules
) -> list[FieldEvidence | None]:
    found: list[FieldEvidence | None] = []
    if left.numbers and right.numbers:
        found.append(compare_numbers(left.numbers, right.numbers, rules))
    if left.camp and right.camp:
        found.append(compare_camps(left.camp, right.camp, shares, rules))
    if left.rank and right.rank:
        found.append(compare_ranks(left.rank, right.rank, rules))
    if left.unit and right.unit:
        found.append(compare_units(left.unit, right.unit, rules))
    if left.nationality and right.nationality:
        found.append(compare_nationalities(left.nationality, right.nationality, rules))
    if (share := shares.share_or_none("captive", "yes")) is not None and is_captive(left):
        found.append(compare_captivity(has_papers(right), share, rules))
    if left.relatives and right.relatives:
        surnames = _surnames(left) | _surnames(right)
        found.append(compare_relatives(left.relatives, right.relatives, surnames, rules))
    if left.sex and right.sex and left.sex != right.sex:
        found.append(_other_sex(left.sex, right.sex, rules))
    return found


def _surnames(person: PersonReading) -> frozenset[str]:
    return frozenset(fold(form.surname) for form in person.name.forms if form.surname)


def _other_sex(left: str, right: str, rules: Rules) -> FieldEvidence:
    params = {"left": left, "right": right}
    message = Message(N_("The sex differs: %(left)s and %(right)s."), params)
    return FieldEvidence("sex", rules.weight("sex", "differs"), message, left, right)


def _one_source(rules: Rules) -> FieldEvidence:
    text = N_("Both rows stand in one source, which names a man once as a rule.")
    return FieldEvidence(
        "source", log2(rules.value("source", "twice_in_one_source")), Message(text)
    )


def compare_people(
    left: PersonReading,
    right: PersonReading,
    shares: Shares = NO_SHARES,
    rules: Rules | None = None,
    *,
    spellings: Spellings = MODEL,
    with_paths: bool = False,
) -> Evidence:
    """What speaks for and against two records being one man, field by field, in bits.

    A field that one record lacks says nothing and is left out. ``shares`` tells how common values
    are in the lists compared; ``with_paths`` puts the alignment of the spellings into the names'
    sentences (slower, same bits). Fellegi & Sunter 1969, with value-specific weights.
    """
    rules = rules or default_rules()
    groups = _groups(left, right)
    found = [
        *strangers(compare_names(left.name, right.name, rules, spellings), shares),
        *_dates(left, right, groups, shares, rules),
        *_places(left, right, groups, shares, rules),
        *_circumstances(left, right, shares, rules),
    ]
    stated = [item for item in found if item is not None]
    items = as_lists_write(dampen(stated, rules, shares.records), rules)
    if left.source and left.source == right.source:
        items = [*dampen_copies(items, rules), _one_source(rules)]
    items = scaled(items, rules)
    if with_paths:
        items = [with_path(item) for item in items]
    return Evidence(tuple(items))


# What is compared with other fields than its own; and what only with itself, if both state it.
_COMPARED_ALWAYS = ("death", "death_place", "burial_place", "source")
_COMPARED_IF_BOTH = (
    "sex", "birth", "birth_place", "numbers", "camp", "rank", "unit", "nationality", "relatives",
)  # fmt: skip


def key_beside(left: PersonReading) -> Callable[[PersonReading], tuple[object, ...]]:
    """What the evidence beside ``left`` hangs on: of records with one key :func:`compare_people`
    says the same. Beside a grave that states little most records have one of few.

    Readings count by their identity, which is soon told: keep the records while keys are compared.
    """
    stated = [name for name in _COMPARED_IF_BOTH if getattr(left, name)]
    # Relatives are told from the man by his name.
    names = ["name"] if left.name.forms or left.relatives else []
    values_of = attrgetter(*_COMPARED_ALWAYS, *stated, *names)

    def key(right: PersonReading) -> tuple[object, ...]:
        values = values_of(right)
        told = [value if isinstance(value, str) else id(value) for value in values]
        return (has_papers(right), *told)

    return key
