"""The camps this project knows, from the reviewed table beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Camp:
    """A prisoner-of-war camp.

    ``number`` is its army number ("326"), ``numeral`` its military district and letter ("VI K");
    either can be "". ``source`` says where all this was read.
    """

    camp_id: str
    name: str
    number: str
    numeral: str
    other_names: tuple[str, ...]
    place: str
    source: str


@cache
def camps() -> tuple[Camp, ...]:
    """Every camp of the table."""
    text = (files(__package__) / "tables" / "camps.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(_camp(line.split("\t")) for line in lines[1:])


def _camp(cells: list[str]) -> Camp:
    camp_id, name, number, numeral, others, place, source = cells
    names = tuple(other.strip() for other in others.split(";") if other.strip())
    return Camp(camp_id, name, number, numeral, names, place, source)


@cache
def _by_number() -> dict[str, Camp]:
    return {camp.number: camp for camp in camps() if camp.number}


@cache
def _by_numeral() -> dict[str, Camp]:
    return {camp.numeral: camp for camp in camps() if camp.numeral}


def camp_by_number(number: str) -> Camp | None:
    """The camp with this army number."""
    return _by_number().get(number)


def camp_by_numeral(numeral: str) -> Camp | None:
    """The camp of this district and letter, written as ``VI K``."""
    return _by_numeral().get(numeral)
