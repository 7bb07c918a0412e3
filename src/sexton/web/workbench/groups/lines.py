"""Graves and names that somebody enters by hand, a line each: keys, or addresses of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import get_language_from_path, gettext, gettext_lazy, override

from sexton.records.reading import MOST_BODIES, read_person
from sexton.web.accounts.rights import may
from sexton.web.cases.naming import (
    ArchiveRow,
    archive_row,
    as_list_record,
    of_archive,
    record_key,
)
from sexton.web.register.models import Record
from sexton.web.research.archives import TROUBLES, may_search
from sexton.web.research.shelf import Trouble, shelf, troubles
from sexton.web.workbench.access import WORK
from sexton.web.workbench.groups.keeping import Named

NO_RECORD = gettext_lazy("There is no such record in the register.")
NO_ROW = gettext_lazy("There is no such row in that archive.")
NOT_YOURS = gettext_lazy("You may not work on the cases of its site.")
NO_ARCHIVES = gettext_lazy("You may not search archives.")
NO_COUNT = gettext_lazy("Behind the semicolon stands how many it holds: a number from 1.")
BETWEEN = ";"
T = TypeVar("T")


class Wrong(Exception):
    """Some lines could not be used; ``errors`` says which, and why, a sentence each."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class _Line(Exception):
    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


class Line(NamedTuple):
    """A line that is not empty: its number, from 1, and what it says."""

    number: int
    text: str


def graves_of(text: str, user: Any) -> dict[Record, int]:
    """Records with how many dead each holds: ``KEY`` or ``KEY; 12``. Raises Wrong."""

    def read(line: str) -> tuple[Record, int]:
        key, _, count = line.partition(BETWEEN)
        record = _record(_named(key.strip()))
        if not may(user, WORK, record):
            raise _Line(NOT_YOURS)
        return record, _count(count.strip(), record)

    return dict(_each(text, read))


def names_of(text: str, user: Any) -> list[Named]:
    """Records of the register and rows of archives. Raises Wrong."""

    def read(line: str) -> Named:
        name = _named(line)
        row = archive_row(name)
        return Named.of_record(_record(name)) if row is None else _of_archive(row, user)

    return _each(text, read)


def _each(text: str, read: Callable[[str], T]) -> list[T]:
    """What the lines say. Raises Wrong with all that cannot be read, not with the first alone."""
    found: list[T] = []
    errors: list[str] = []
    for line in _lines(text):
        try:
            found.append(read(line.text))
        except _Line as wrong:
            errors.append(_told(line, wrong))
    if errors:
        raise Wrong(errors)
    return found


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Line(number, line.strip())


def _told(line: Line, wrong: _Line) -> str:
    text = gettext("Line %(number)d, “%(text)s”: %(why)s")
    return text % {"number": line.number, "text": line.text[:80], "why": wrong.why}


def _named(text: str) -> str:
    """The name of a candidate: of an address that of the record on its page."""
    path = urlsplit(text).path if "/" in text else ""
    if not path.startswith("/"):
        return text
    path = unquote(path)
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            found = resolve(path)
    except Resolver404:
        return text
    if found.url_name == "archive-record":
        told = found.kwargs
        return of_archive(told["name"], told["digest"], int(told["row"]))
    return str(found.kwargs.get("key", text)) if found.url_name == "record" else text


def _record(name: str) -> Record:
    key = record_key(name) or name
    record = Record.objects.select_related("site").filter(key=key).first()
    if record is None:
        raise _Line(NO_RECORD)
    return record


def _count(text: str, record: Record) -> int:
    if not text:
        return read_person(as_list_record(record)).bodies
    if not text.isdecimal() or not 1 <= int(text) <= MOST_BODIES:
        raise _Line(NO_COUNT)
    return int(text)


def _of_archive(asked: ArchiveRow, user: Any) -> Named:
    if not may_search(user):
        raise _Line(NO_ARCHIVES)
    try:
        opened = shelf().open(asked.archive)
        with troubles(asked.archive):
            found = opened.row(asked.digest, asked.row)
    except Trouble as trouble:
        raise _Line(TROUBLES[trouble.kind]) from trouble
    if found is None:
        raise _Line(NO_ROW)
    return Named.of_row(of_archive(*asked), f"archive:{asked.archive}", found[1])
