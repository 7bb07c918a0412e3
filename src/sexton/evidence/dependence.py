"""Fields that hang together say less together than one by one: their bits are dampened.

The bits of fields are added as if each were a witness of his own. They are not. A rare given name
is no longer rare among the bearers of such a surname, for names go with peoples and faiths. Men of
one convoy share the camp, the place where they died, and often the day. And the letters of a ruined
name are not ruined one by one, so that a rare name that is like it owes its bits in part to chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from sexton.evidence.model import FieldEvidence
from sexton.evidence.rules import Rules

COUNTED = 1_000_000
"""So many records tell how rare a surname is up to ``surname_full``; ten times as many, 3.3 bits
more."""
FAMILY = frozenset(("surname", "patronymic", "birth_place"))
COPIED_FIELDS = frozenset(("birth_date", "death_date", "birth_place"))
LIMITED = frozenset(("surname", "given"))
SHARED_FATE = frozenset(("camp", "death_date", "death_place", "burial_place"))


def _limits(rules: Rules) -> dict[str, tuple[float, float]]:
    """For each limited field the bits that count in full, and the share of those beyond."""
    numbers = rules.tables["dependence"]
    return {name: (numbers[f"{name}_full"], numbers[f"{name}_beyond"]) for name in LIMITED}


def _beyond(item: FieldEvidence, records: int, limits: tuple[float, float]) -> FieldEvidence:
    """Bits of a name beyond what its field tells in full count in part.

    The more ``records`` were counted, the rarer are the surnames of which they can tell how rare
    they are, and the more others there were for a ruined one to be like.
    """
    full, beyond = limits
    if records > COUNTED and item.field == "surname":
        full += log2(records / COUNTED)
    if item.bits <= full:
        return item
    return item.with_bits(full + (item.bits - full) * beyond)


def _dampen_fate(told: list[FieldEvidence], places: list[int], rules: Rules) -> None:
    """Of what men who died together share the strongest counts in full, the others in part."""
    strongest, share = max(places, key=lambda at: told[at].bits), rules.value("dependence", "fate")
    for at in places:
        if at != strongest:
            told[at] = told[at].with_bits(told[at].bits * share)


def _dampen_kin(told: list[FieldEvidence], places: list[int], records: int, rules: Rules) -> None:
    """What brothers share says no more than that no brother stands in the lists.

    By chance two men agree on a surname, a father and a birthplace as rarely as the bits say; but a
    man's brother does, and is among the ``records`` with the chance of the rules.
    """
    total = sum([told[at].bits for at in places])
    kept = -log2(2.0**-total + rules.value("dependence", "kin") / records)
    if kept > 0:
        for at in places:
            told[at] = told[at].with_bits(told[at].bits * kept / total)


def dampen(items: Sequence[FieldEvidence], rules: Rules, records: int = 0) -> list[FieldEvidence]:
    """The evidence of all fields with the bits that they have in common taken once; ``records``:
    how many the lists hold, 0 where that is not known (then nothing is said of brothers)."""
    limits = rules.derived(_limits)
    told: list[FieldEvidence] = []
    # Where evidence stands that speaks for one man, and that others say in part.
    fate: list[int] = []
    family: list[int] = []
    for at, item in enumerate(items):
        told.append(_beyond(item, records, limits[item.field]) if item.field in limits else item)
        if item.bits > 0:
            if item.field in FAMILY:
                family.append(at)
            elif item.field in SHARED_FATE:
                fate.append(at)
    if len(fate) > 1:
        _dampen_fate(told, fate, rules)
    if records and len(family) > 1:
        _dampen_kin(told, family, records, rules)
    return told


def dampen_copies(items: list[FieldEvidence], rules: Rules) -> list[FieldEvidence]:
    """Cells of one source that agree to the letter may be one slip of the copyist's eye.

    Together they weigh no more than a slip is rare; each is scaled by the same factor.
    """
    copied = [item.bits for item in items if _may_be_copied(item)]
    total, limit = sum(copied), -log2(rules.value("copying", "slip"))
    if len(copied) < 2 or total <= limit:
        return items
    factor = limit / total
    return [i.with_bits(i.bits * factor) if _may_be_copied(i) else i for i in items]


def _may_be_copied(item: FieldEvidence) -> bool:
    return item.copied and item.field in COPIED_FIELDS and item.bits > 0
