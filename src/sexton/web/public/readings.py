"""How the register reads a record: each verbatim field beside what is understood by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext

from sexton.dates import edtf_span, read_date
from sexton.messages import Message, translate
from sexton.names import read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.places import load_gazetteer, read_place
from sexton.records import COLUMNS
from sexton.web.public.versions import CODED
from sexton.web.register.models import Record

NAME_PARTS = ("surname", "given", "patronymic")
SHOWN_MATCHES = 2
PLACED_BY_SITE = frozenset({"id", "source", "burial_place"})


@dataclass(frozen=True, slots=True)
class FieldReading:
    """A field as written, and what is understood by it, a line for each meaning."""

    field: str
    written: str
    language: str
    code_table: str
    understood: tuple[str, ...]


def of_record(record: Record) -> list[FieldReading]:
    """The record's fields in the order of the person list, those that say something."""
    language = record.fields.get("language", "")
    return [
        FieldReading(
            column, written, language, CODED.get(column, ""), understood(record, column, written)
        )
        for column in COLUMNS
        if column not in PLACED_BY_SITE and (written := record.fields.get(column, ""))
    ]


def understood(record: Record, column: str, written: str) -> tuple[str, ...]:
    """What the pure libraries read in a cell; nothing where there is nothing to read."""
    if column == "name":
        return tuple(_names(record)) if record.is_named else ()
    reader = _READERS.get(column)
    return tuple(dict.fromkeys(reader(written))) if reader else ()


def days(first: date, last: date) -> str:
    """A span of days in words: a day, a month, a year, years, or from-to."""
    if first == last:
        return date_format(first, "DATE_FORMAT")
    closed = first != date.min and last != date.max
    whole_years = closed and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years and first.year == last.year:
        return str(first.year)
    if whole_years:
        return gettext("%(first)s to %(last)s") % {"first": first.year, "last": last.year}
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:
        return date_format(first, "YEAR_MONTH_FORMAT")
    return gettext("%(first)s to %(last)s") % {"first": _side(first), "last": _side(last)}


def edtf_days(edtf: str, first: date, last: date) -> str:
    """An EDTF text in words, as exact as it is written and no more.

    "About 1944" reaches further than 1944, its words do not; a time from-to is as exact on each
    side as that side is.
    """
    left, slash, right = edtf.partition("/")
    if slash:
        sides = {"first": _end(left, date.min), "last": _end(right, date.max)}
        return gettext("%(first)s to %(last)s") % sides
    plain = edtf.rstrip("~?%")
    span = edtf_span(plain) if plain != edtf else None
    if span is None:
        return days(first, last)
    text = {"date": days(span.first, span.last)}
    if edtf[-1] in "~%":
        return pgettext("an approximate date", "about %(date)s") % text
    return pgettext("an uncertain date", "%(date)s, uncertain") % text


def _end(edtf: str, unknown: date) -> str:
    span = edtf_span(edtf)
    return edtf_days(edtf, span.first, span.last) if span else _side(unknown)


def _side(day: date) -> str:
    """One side of a span; an open one says so."""
    if day == date.min:
        return pgettext("start of a span of days", "unknown")
    if day == date.max:
        return pgettext("end of a span of days", "unknown")
    return date_format(day, "DATE_FORMAT")


def _said(message: Message) -> str:
    return translate(message, get_language() or "en")


def _date(written: str) -> Iterator[str]:
    reading = read_date(written)
    if reading is None:
        return
    if not reading.spans:
        yield gettext("not readable as a date")
    for position, span in enumerate(reading.spans):
        text = days(span.first, span.last)
        yield text if position == 0 else gettext("or %(date)s") % {"date": text}
    if reading.note:
        yield _said(reading.note)


def _numbers(written: str) -> Iterator[str]:
    for number in read_numbers(written):
        yield number.digits
        if number.note:
            yield _said(number.note)


def _camp(written: str) -> Iterator[str]:
    reading = read_camp(written)
    for camp in reading.camps[:SHOWN_MATCHES] if reading else ():
        yield f"{camp.name}: {_said(camp.why)}"


def _place(written: str) -> Iterator[str]:
    reading = read_place(written, load_gazetteer("ussr"))
    for match in reading.matches[:SHOWN_MATCHES] if reading else ():
        params = {"place": match.name, "km": round(match.radius_km)}
        yield gettext("perhaps %(place)s (within %(km)d km)") % params


def _names(record: Record) -> Iterator[str]:
    cells = (record.fields.get(column, "") for column in ("name", *NAME_PARTS, "other_names"))
    for form in read_person_name(*cells).forms:
        parts = [getattr(form, part) for part in NAME_PARTS]
        yield ", ".join(part for part in (parts[0], " ".join(p for p in parts[1:] if p)) if part)


_READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "birth_date": _date,
    "death_date": _date,
    "prisoner_number": _numbers,
    "camp": _camp,
    "birth_place": _place,
}
