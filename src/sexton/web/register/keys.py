"""The forms by which a record can be found: names, numbers, years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sexton.names import fold, read_person_name
from sexton.web.register.models import NameKey, Record

NAME_PARTS = ("surname", "given", "patronymic")
_NUMBER = re.compile(r"\d{3,}")
_YEAR = re.compile(r"(?<!\d)1[89]\d\d(?!\d)")


def keys_of(record: Record) -> list[NameKey]:
    """Every form of the record's names, its numbers, the years of birth and death, once each."""
    found = dict.fromkeys([*_names(record), *_numbers(record), *_years(record)])
    return [
        NameKey(record=record, kind=kind, written=written[:300], folded=fold(written)[:300])
        for kind, written in found
        if fold(written)
    ]


def _names(record: Record) -> Iterator[tuple[str, str]]:
    if not record.is_named:
        return
    cells = (record.fields.get(column, "") for column in ("name", *NAME_PARTS, "other_names"))
    for form in read_person_name(*cells).forms:
        for part in NAME_PARTS:
            if written := getattr(form, part):
                yield part, written
        if form.nickname:
            yield "given", form.nickname


def _numbers(record: Record) -> Iterator[tuple[str, str]]:
    for digits in _NUMBER.findall(record.fields.get("prisoner_number", "")):
        yield "number", digits


def _years(record: Record) -> Iterator[tuple[str, str]]:
    for column in ("birth_date", "death_date"):
        for year in _YEAR.findall(record.fields.get(column, "")):
            yield "year", year
