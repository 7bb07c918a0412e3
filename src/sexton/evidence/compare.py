"""The comparison of two records: the evidence of every field, and what their sources change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import log2

from sexton.evidence.circumstances import (
    compare_burials,
    compare_camps,
    compare_numbers,
    compare_places,
    compare_words,
    place_key,
)
from sexton.evidence.dates import compare_births, compare_deaths, death_share_bases
from sexton.evidence.model import Evidence, FieldEvidence, PersonReading, Shares
from sexton.evidence.names import compare_names, with_path
from sexton.evidence.rules import Rules, default_rules
from sexton.evidence.spellings import MODEL, Spellings
from sexton.messages import N_, Message

NO_SHARES = Shares()


def burial_group(person: PersonReading) -> str:
    """The rows of one source on one place of burial, among whom values are counted."""
    return f"{person.source}\n{person.burial_place}" if person.burial_place else ""


def _groups(left: PersonReading, right: PersonReading) -> set[str]:
    """The groups among whom values are counted: none unless both lie in one place."""
    if not left.burial_place or left.burial_place != right.burial_place:
        return set()
    return {burial_group(left), burial_group(right)}


def _death_shares(
    day: date | None, groups: set[str], shares: Shares, rules: Rules
) -> tuple[float, float]:
    """The chances that two men died on ``day``, and within three days of it."""
    base, near = death_share_bases(rules)
    if day is None:
        return base, near
    value = day.isoformat()
    if not groups:
        return max(base, shares.share("death", value, base)), near
    days = [(day + timedelta(days=n)).isoformat() for n in range(-3, 4)]
    return (
        max(base, *(shares.share_beside("death", g, [value], base) for g in groups)),
        max(near, *(shares.share_beside("death", g, days, near) for g in groups)),
    )


def _dates(
    left: PersonReading, right: PersonReading, groups: set[str], shares: Shares, rules: Rules
) -> list[FieldEvidence | None]:
    found: list[FieldEvidence | None] = []
    if left.birth and right.birth:
        found.append(compare_births(left.birth, right.birth, rules))
    if left.death and right.death:
        chances = _death_shares(left.death.first, groups, shares, rules)
        found.append(compare_deaths(left.death, right.death, chances, rules))
    return found


def _places(
    left: PersonReading, right: PersonReading, groups: set[str], shares: Shares, rules: Rules
) -> list[FieldEvidence | None]:
    found: list[FieldEvidence | None] = []
    if left.birth_place and right.birth_place:
        places = left.birth_place, right.birth_place
        share = max([shares.share("birth_place", place_key(place), 0.0) for place in places])
        found.append(compare_places("birth_place", *places, share, rules))
    if left.death_place and right.death_place:
        places, written = (left.death_place, right.death_place), left.death_place.written
        beside = [shares.share_beside("death_place", g, [written], 0.0) for g in groups]
        found.append(compare_places("death_place", *places, max(beside, default=0.0), rules))
    if left.burial_place and right.burial_place:
        share = shares.share("burial", left.burial_place, 0.05)
        found.append(compare_burials(left.burial_place, right.burial_place, share, rules))
    return found


def _circumstances(
    left: PersonReading, right: PersonReading, shares: Shares, rules: Rules
) -> list[FieldEvidence | None]:
    found: list[FieldEvidence | None] = [compare_numbers(left, right, rules)]
    if left.camp and right.camp:
        found.append(compare_camps(left.camp, right.camp, shares, rules))
    found.append(compare_words("rank", left.rank, right.rank, rules))
    found.append(compare_words("unit", left.unit, right.unit, rules))
    found.append(_sex(left, right, rules))
    return found


def _sex(left: PersonReading, right: PersonReading, rules: Rules) -> FieldEvidence | None:
    if not left.sex or not right.sex or left.sex == right.sex:
        return None
    params = {"left": left.sex, "right": right.sex}
    message = Message(N_("The sex differs: %(left)s and %(right)s."), params)
    return FieldEvidence("sex", rules.weight("sex", "differs"), message, left.sex, right.sex)


def _one_source(left: PersonReading, right: PersonReading, rules: Rules) -> FieldEvidence | None:
    if not left.source or left.source != right.source:
        return None
    text = N_("Both rows stand in one source, which names a man once as a rule.")
    return FieldEvidence(
        "source", log2(rules.value("source", "twice_in_one_source")), Message(text)
    )


COPIED_FIELDS = ("birth_date", "death_date", "birth_place")


def _dampen_copies(items: list[FieldEvidence], rules: Rules) -> list[FieldEvidence]:
    """Cells of one source that agree to the letter may be one slip of the copyist's eye.

    Together they weigh no more than a slip is rare; each is scaled by the same factor.
    """
    copied = [item.bits for item in items if item.copied and _may_be_copied(item)]
    total, limit = sum(copied), -log2(rules.value("copying", "slip"))
    if len(copied) < 2 or total <= limit:
        return items
    factor = limit / total
    return [replace(i, bits=i.bits * factor) if _may_be_copied(i) else i for i in items]


def _may_be_copied(item: FieldEvidence) -> bool:
    return item.copied and item.field in COPIED_FIELDS and item.bits > 0


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
        *compare_names(left.name, right.name, rules, spellings),
        *_dates(left, right, groups, shares, rules),
        *_places(left, right, groups, shares, rules),
        *_circumstances(left, right, shares, rules),
    ]
    items = [item for item in found if item is not None]
    same_source = _one_source(left, right, rules)
    if same_source:
        items = [*_dampen_copies(items, rules), same_source]
    if with_paths:
        items = [with_path(item) for item in items]
    return Evidence(tuple(items))
