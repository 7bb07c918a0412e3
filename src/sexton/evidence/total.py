"""What all fields say together, scaled as judgements taught.

The bits of the fields are a sum of what was judged or counted one by one. Judged pairs tell whether
such sums are too sure of themselves: then every field counts by the same share, so that the bits
shown still add up. The rules that ship with Sexton leave them as they are.
"""

from __future__ import annotations

from math import log2

from sexton.evidence.model import FieldEvidence
from sexton.evidence.rules import Rules

SECTION = "total"


def scaled(items: list[FieldEvidence], rules: Rules) -> list[FieldEvidence]:
    """The evidence with the bits of every field times ``scale`` of the rules."""
    scale = rules.value(SECTION, "scale")
    if scale == 1.0:
        return items
    return [item.with_bits(item.bits * scale) for item in items]


def shift_of(rules: Rules) -> float:
    """Bits by which judgements moved what holds before any evidence: log2 of ``odds``."""
    return log2(rules.value(SECTION, "odds"))
