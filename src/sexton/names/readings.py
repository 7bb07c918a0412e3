"""What a reading of a written name is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["written", "alternative", "restored", "nickname"]


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to read a written name; parts that the text does not give are None.

    ``written`` is the verbatim text that was read. ``form`` says where the reading comes from: the
    name as ``written``; an ``alternative`` that the text gives beside it (brackets, "ou", other
    names); ``restored`` when letters or endings were put back (МАРКОВ for MAPKOB, a nominative
    for a genitive, a missing blank); a ``nickname``. ``probability`` is that of this reading among
    the readings of the same ``written``.
    """

    written: str
    surname: str | None = None
    given: str | None = None
    patronymic: str | None = None
    initials: str | None = None
    rank: str | None = None
    nickname: str | None = None
    form: Form = "written"
    probability: float = 1.0

    @property
    def parts(self) -> tuple[str | None, ...]:
        """What the name itself consists of, without rank, form and probability."""
        return self.surname, self.given, self.patronymic, self.initials, self.nickname

    def weighed(self, factor: float) -> NameReading:
        """The same reading with its probability times ``factor``."""
        return self._again(self.written, self.probability * factor)

    def of(self, written: str) -> NameReading:
        """The same reading as one of the text ``written``."""
        return self if written == self.written else self._again(written, self.probability)

    def _again(self, written: str, probability: float) -> NameReading:
        # dataclasses.replace takes five times as long, and archives have millions of names.
        return NameReading(
            written,
            self.surname,
            self.given,
            self.patronymic,
            self.initials,
            self.rank,
            self.nickname,
            self.form,
            probability,
        )


@dataclass(frozen=True, slots=True)
class PersonName:
    """Every form of a name that a record gives, and the verbatim text of its name cell.

    Order: the cells of parts, the readings of the whole name, alternatives of both. The
    probabilities of the readings of one ``written`` sum to 1 at most; forms of different
    texts do not compete, for a man may well have borne them all.
    """

    written: str
    forms: tuple[NameReading, ...] = ()

    def __hash__(self) -> int:
        # What is equal is written alike; hashing every part of every form takes far longer.
        return hash(self.written)
