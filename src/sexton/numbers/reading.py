"""``read_numbers``: the prisoner numbers of one cell."""

from __future__ import annotations

import re
from functools import lru_cache

from sexton.messages import N_, Message
from sexton.numbers.camps import camp_by_number
from sexton.numbers.values import NumberReading

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[OoОоIlІі|]+(?=[0-9])")
_TO_DIGITS = str.maketrans({**dict.fromkeys("OoОо", "0"), **dict.fromkeys("IlІі|", "1")})
_GROUPED = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[ .’'\u00a0\u202f][0-9]{3})+(?![0-9])")
_NUMBER = re.compile(r"(?P<digits>[0-9]+)(?:\s?[-–/]\s?(?P<part>[0-9]+|[^\W\d_](?![^\W_])))?")
_CAMP = re.compile(
    r"(?:(?:stalag|oflag|dulag|шталаг|офлаг|дулаг)\s*(?:[0-9]{2,3}\s*)?)?"
    r"(?<![^\W_])[IVXІХ]{1,5}\s?-?[A-HJKZАВСЕНКа-к]\b(?:\s*[-/]?\s*\(?\s*[0-9]{3}\s*\)?(?![0-9]))?"
    r"|(?:stalag|oflag|dulag|шталаг|офлаг|дулаг)\s*(?:№|n[°or]?\.?)?\s*[0-9]{2,3}(?![0-9])",
    re.IGNORECASE,
)
_LONGEST = 200

LETTERS_FOR_DIGITS = N_("Letters between digits were read as the digits they look like.")
PART_OR_NUMBER = N_("The second number is a part of the first or a number of its own.")


def _repaired(text: str) -> str:
    return _BETWEEN_DIGITS.sub(lambda match: match[0].translate(_TO_DIGITS), text)


def _joined(text: str) -> str:
    """Numbers written in groups of three joined: ``12 345`` is one number."""
    return _GROUPED.sub(lambda match: re.sub(r"[^0-9]", "", match[0]), text)


def _without_camps(text: str) -> tuple[str, str]:
    """The text without the camps written in it, and the first of these camps."""
    camps = [match[0].strip() for match in _CAMP.finditer(text)]
    return _CAMP.sub(" ", text), camps[0] if camps else ""


def _one(
    written: str, match: re.Match[str], camp: str, note: Message | None
) -> list[NumberReading]:
    """The readings of one number with what stands behind its hyphen or slash.

    One or two characters are a part; a number of a known camp before a slash is the camp; two
    longer numbers are read both ways.
    """
    digits, part = match["digits"], match["part"] or ""
    if len(part) <= 2:
        return [NumberReading(written, digits, part, camp, note)]
    if camp_by_number(digits) and "/" in match[0]:
        return [NumberReading(written, part, "", digits, note)]
    note = Message(PART_OR_NUMBER)
    return [
        NumberReading(written, digits, part, camp, note),
        NumberReading(written, part, "", camp, note),
    ]


@lru_cache(maxsize=1 << 14)
def read_numbers(written: str) -> tuple[NumberReading, ...]:
    """The prisoner numbers in a cell, in the order written; empty when there are none.

    A camp written with its number (``VI K 108258``) is set apart in ``camp``. Letters are read as
    the digits they look like only between digits. Never raises.
    """
    if len(written) > _LONGEST:
        return ()
    if written.isascii() and written.isdecimal():
        return (NumberReading(written, written),)
    text, camp = _without_camps(written)
    repaired = _repaired(text)
    note = Message(LETTERS_FOR_DIGITS) if repaired != text else None
    found: list[NumberReading] = []
    for match in _NUMBER.finditer(_joined(repaired)):
        found += _one(written, match, camp, note)
    return tuple(dict.fromkeys(found))
