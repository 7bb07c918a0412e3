"""Counts of the dead as texts state them: who says how many, not one number without its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLAIMS = re.compile(r";(?![^()]*\))")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,5}(?![0-9])")
_BY = re.compile(r"\(([^()]*)\)")
_OTHER_WAR = re.compile(r"\b(WWI|WW1|First World War|Première Guerre|1914)\b")
_MAYBE = re.compile(
    r"perhaps|maybe|possibly|peut-être|misschien|vielleicht|возможно|of which|dont|between|entre"
)
_PLUS = re.compile(r"\+\s?([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class CountClaim:
    """One statement of how many: ``low`` to ``high``, ``by`` whom ("" when not said)."""

    written: str
    low: int
    high: int
    by: str


def _claim(written: str) -> CountClaim | None:
    numbers = [int(number) for number in _NUMBER.findall(_BY.sub(" ", written))]
    if not numbers or _OTHER_WAR.search(written):
        return None
    low = high = numbers[0]
    by = "; ".join(_BY.findall(written))
    if plus := _PLUS.search(written):
        high = low + int(plus[1])
    elif _MAYBE.search(written):
        numbers += [
            int(number)
            for text in _BY.findall(written)
            if _MAYBE.search(text)
            for number in _NUMBER.findall(text)
        ]
        low, high = min(numbers), max(numbers)
    return CountClaim(written.strip(), low, high, by)


def read_counts(written: str) -> tuple[CountClaim, ...]:
    """The claims in a cell such as ``28 steles (embassy); 30 (worldwartours, tracesofwar)``.

    "2 (perhaps 3)" is 2 to 3; "5 (+2 register-only)" 5 to 7; "7 of which 3 Soviet" 3 to 7. Claims
    on the First World War are left out. Never raises; an unreadable text gives no claim.
    """
    claims = [_claim(part) for part in _CLAIMS.split(written)]
    return tuple(claim for claim in claims if claim is not None)
