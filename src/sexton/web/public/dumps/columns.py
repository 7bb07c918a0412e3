"""What columns of the dump mean that stand in several tables, and how a cell is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The types of CSV on the Web.
TEXT, NUMBER, WHOLE, YES_NO, DATE, MOMENT, OBJECT = (
    "string", "number", "integer", "boolean", "date", "dateTime", "json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type and meaning, and where its value comes from.

    ``way`` is the value's path in the database; ``make`` makes the cell of it where it is not the
    value itself. ``refers_to`` names the table whose key the cell holds.
    """

    name: str
    type: str
    meaning: Promise
    way: str
    make: Callable[[Any], Any] | None = None
    refers_to: str = ""


def text(name: str, meaning: Promise, way: str = "") -> Column:
    return Column(name, TEXT, meaning, way or name)


def number(name: str, meaning: Promise, type_: str = NUMBER) -> Column:
    return Column(name, type_, meaning, name)


def yes_no(name: str, meaning: Promise) -> Column:
    return Column(name, YES_NO, meaning, name)


def refers(name: str, table: str, meaning: Promise, way: str = "") -> Column:
    return Column(name, TEXT, meaning, way or f"{name}__key", refers_to=table)


def by_language(name: str, meaning: Promise) -> Column:
    return Column(name, OBJECT, meaning, name)


KEY = _("Key: stands for this row for ever and is part of its address on the site")
SOURCE = refers("source", "sources", _("Key of the source that says so"))
RECORD = refers("record", "records", _("Key of the record from which it was taken"))
CITATION = text("citation", _("Page or place in the source"))
SOURCED = (SOURCE, RECORD, CITATION)
FIRST_DAY = Column("first_day", DATE, _("First day that it can mean"), "first_day")
LAST_DAY = Column("last_day", DATE, _("Last day that it can mean"), "last_day")
DATED = (
    text("when", _("Date or span of time as the source writes it")),
    text("edtf", _("The same as EDTF (ISO 8601-2), as far as it can be read"), "when_edtf"),
    FIRST_DAY,
    LAST_DAY,
)
LANGUAGE = text("language", _("Language of the text, as a code (ISO 639-1)"))
CONCLUDED = text("concluded", _("What was concluded beyond the words of the source, in English"))
REMARKS = text("remarks", _("Remarks of those who read the source, in English"))
SPOT = (
    number("latitude", _("Latitude in degrees (WGS 84)")),
    number("longitude", _("Longitude in degrees (WGS 84)")),
    text(
        "coord_source",
        _("Where they are from; “municipality”: the middle of the commune"),
    ),
)
PRECISION = text(
    "coord_precision", _("How exact they are: grave, plot, site, village, municipality")
)
CHANGED = Column("changed", MOMENT, _("When this row was last changed"), "change__at")
