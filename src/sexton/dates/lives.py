"""The years of a life beside a name: ``1915-1944``, ``(1923-1943)``, ``(1918-...)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sexton.dates.reading import read_date
from sexton.dates.values import DateReading

_FIGURES = r"\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d"
_YEARS = re.compile(
    rf"(?<!\d)(?P<birth>{_FIGURES}|\?{{1,4}})\s*[-–—]\s*(?P<death>{_FIGURES}|\?{{1,4}}|\.{{2,3}}|…)(?!\d)"
)
_WAR = re.compile(r"guerre|war\b|oorlog|krieg|войн|війн|wojn", re.IGNORECASE)
_SIGNS = re.compile(r"[*★°]\s*(?P<birth>[^†+*]{4,40}?)[\s,;]*[†+✝]\s*(?P<death>[^†+*()]{4,40})")


@dataclass(frozen=True, slots=True)
class LifeRange:
    """Birth and death as read from one text; a side that is not written is None."""

    written: str
    birth: DateReading | None
    death: DateReading | None


def _side(text: str) -> DateReading | None:
    reading = read_date(text.strip())
    return None if reading is None or reading.quality == "unreadable" else reading


def read_life_range(written: str) -> LifeRange | None:
    """The birth and death in a text that gives the two together; None when it does not.

    The death may not lie wholly before the birth, nor the life span more than 120 years. Years
    behind a word for war ("Guerre 1941-1945") are no life.
    """
    match = _SIGNS.search(written) or _YEARS.search(written)
    if not match or _WAR.search(written[: match.start()]):
        return None
    birth, death = _side(match["birth"]), _side(match["death"])
    if birth is None and death is None:
        return None
    if birth and death and birth.years and death.years:
        length = death.years[1] - birth.years[0]
        if not 0 <= length <= 120:
            return None
    return LifeRange(written, birth, death)
