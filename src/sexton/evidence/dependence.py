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
FAMILY = ("surname", "patronymic", "birth_place")
COPIED_FIELDS = ("birth_date", "death_date", "birth_place")
LIMITED = ("surname", "given")
SHARED_FATE = ("camp", "death_date", "death_place", "burial_place")


def _beyond(item: FieldEvidence, records: int, rules: Rules) -> FieldEvidence:
    """Bits of a name beyond what its field tells in full count in part.

    The more ``records`` were counted, the rarer are the surnames of which they can tell how rare
    they are, and the more others there were for a ruined one to be like.
    """
    full = rules.value("dependence", f"{item.field}_full")
    if item.field == "surname" and records > COUNTED:
        full += log2(records / COUNTED)
    if item.bits <= full:
        return item
    kept = full + (item.bits - full) * rules.value("dependence", f"{item.field}_beyond")
    return item.with_bits(kept)


def _fate(items: list[FieldEvidence], rules: Rules) -> list[FieldEvidence]:
    """Of what men who died together share the strongest counts in full, the others in part."""
    shared = [item for item in items if item.bits > 0 and item.field in SHARED_FATE]
    if len(shared) < 2:
        return items
    strongest, share = max(shared, key=lambda item: item.bits), rules.value("dependence", "fate")
    return [
        item.with_bits(item.bits * share)
        if item.field in SHARED_FATE and item.bits > 0 and item is not strongest
        else item
        for item in items
    ]


def _kin(items: list[FieldEvidence], records: int, rules: Rules) -> list[FieldEvidence]:
    """What brothers share says no more than that no brother stands in the lists.

    By chance two men agree on a surname, a father and a birthplace as rarely as the bits say; but a
    man's brother does, and is among the ``records`` with the chance of the rules. Where none were
    counted, or one of the three alone agrees, all stays as it is.
    """
    shared = [item for item in items if item.bits > 0 and item.field in FAMILY]
    if not records or len(shared) < 2:
        return items
    total = sum([item.bits for item in shared])
    told = -log2(2.0**-total + rules.value("dependence", "kin") / records)
    if told <= 0:
        return items
    return [
        item.with_bits(item.bits * told / total) if item.field in FAMILY and item.bits > 0 else item
        for item in items
    ]


def dampen(items: Sequence[FieldEvidence], rules: Rules, records: int = 0) -> list[FieldEvidence]:
    """The evidence of all fields with the bits that they have in common taken once; ``records``:
    how many the lists hold, 0 where that is not known."""
    told = [
        _beyond(item, records, rules) if item.field in LIMITED and item.bits > 0 else item
        for item in items
    ]
    return _kin(_fate(told, rules), records, rules)


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
