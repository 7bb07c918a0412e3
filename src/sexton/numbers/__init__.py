"""Prisoner numbers and the camps that issued them, read from what clerks wrote."""

from __future__ import annotations

from sexton.numbers.agreement import number_agreement
from sexton.numbers.camp_reading import read_camp
from sexton.numbers.camps import Camp, camps
from sexton.numbers.reading import read_numbers
from sexton.numbers.values import (
    Agreement,
    CampMatch,
    CampReading,
    NumberAgreement,
    NumberReading,
)

__all__ = [
    "Agreement",
    "Camp",
    "CampMatch",
    "CampReading",
    "NumberAgreement",
    "NumberReading",
    "camps",
    "number_agreement",
    "read_camp",
    "read_numbers",
]
