"""What a written prisoner number or camp can mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sexton.messages import Message


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One number of a cell: its ``digits``, the ``part`` behind a hyphen or slash, its camp.

    ``written`` is the whole cell; ``camp`` the text of a camp written before the number, or "".
    """

    written: str
    digits: str
    part: str = ""
    camp: str = ""
    note: Message | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CampMatch:
    """A camp that a cell can mean, with the probability and the reason."""

    camp_id: str
    name: str
    probability: float
    why: Message = field(compare=False)


@dataclass(frozen=True, slots=True)
class CampReading:
    """A camp as ``written`` and the camps it can mean, best first; none when no camp is read."""

    written: str
    camps: tuple[CampMatch, ...]

    @property
    def best(self) -> CampMatch | None:
        """The likeliest camp."""
        return self.camps[0] if self.camps else None


class Agreement(StrEnum):
    """How two numbers agree, from the strongest down."""

    EXACT = "exact"
    TRANSPOSED = "transposed"
    ONE_DIGIT = "one_digit"
    MISSING_DIGIT = "missing_digit"
    PREFIX = "prefix"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class NumberAgreement:
    """How the numbers ``a`` and ``b`` agree; ``position`` is the first digit that differs."""

    a: str
    b: str
    kind: Agreement
    position: int | None = None
