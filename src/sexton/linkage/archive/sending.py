"""How readings go from process to process: as the arguments that make them.

A frozen dataclass with slots is else sent field by field through Python, in twice the time.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import Any

from sexton.dates import DateReading, Span
from sexton.evidence import PersonReading
from sexton.messages import Message
from sexton.names import NameReading, PersonName
from sexton.numbers import CampMatch, CampReading, NumberReading
from sexton.places import PlaceMatch, PlacePart, PlaceReading

_READINGS: tuple[type, ...] = (
    PersonReading,
    PersonName,
    NameReading,
    DateReading,
    Span,
    PlaceReading,
    PlacePart,
    PlaceMatch,
    NumberReading,
    CampReading,
    CampMatch,
    Message,
)


def send_as_arguments() -> None:
    """Let pickle send every reading so, in this process and those forked from it."""
    for kind in _READINGS:
        arguments = attrgetter(*(field.name for field in fields(kind)))
        copyreg.pickle(kind, partial(_made_of, kind, arguments))


def _made_of(
    kind: type, arguments: Callable[[Any], tuple[Any, ...]], reading: Any
) -> tuple[type, tuple[Any, ...]]:
    return kind, arguments(reading)
