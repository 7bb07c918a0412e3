"""The forms by which a record can be found: names, numbers, years.

A record is verbatim, so its keys are made once: ``catch_up`` makes those of the records that came
in since the last time. Those of a record that is taken out go with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet

from sexton import __version__
from sexton.names import fold, read_person_name
from sexton.web.register import bulk, state
from sexton.web.register.history import one_at_a_time
from sexton.web.register.models import Change, NameKey, Record, State

NAME_PARTS = ("surname", "given", "patronymic")
PART = "search"
MAKING = "making the search keys"
AT_ONCE = 2000
Progress = Callable[[str, int, int | None], None]
_COLUMNS = ("record_id", "kind", "written", "folded")
_NUMBER = re.compile(r"\d{3,}")
_YEAR = re.compile(r"(?<!\d)1[89]\d\d(?!\d)")


def catch_up(progress: Progress | None = None, *, whole: bool = False) -> int:
    """Make the keys of the records that have none yet. Returns of how many records.

    All keys are made anew if ``whole``, or where another version of Sexton made those there are.
    """
    with transaction.atomic():
        one_at_a_time()
        last = State.objects.filter(part=PART).first()
        since = last.counts.get("change") if last else None
        if whole or last is None or since is None or last.digest != _digest(since):
            return _make_all(progress)
        coming = Record.objects.filter(change__gt=since)
        made = _write(coming, progress)
        if made:
            _remember()
        return made


def is_current() -> bool:
    """Whether every record can be found by its keys."""
    last = State.objects.filter(part=PART).first()
    since = last.counts.get("change") if last else None
    if last is None or since is None or last.digest != _digest(since):
        return not Record.objects.exists()
    return not Record.objects.filter(change__gt=since).exists()


def _make_all(progress: Progress | None) -> int:
    NameKey.objects.all()._raw_delete(NameKey.objects.db)
    made = _write(Record.objects.all(), progress)
    _remember()
    return made


def _write(records: QuerySet[Record], progress: Progress | None) -> int:
    total, done = records.count(), 0
    rows = records.order_by("pk").only("pk", "fields", "is_named")

    def keys() -> Iterable[tuple[object, ...]]:
        nonlocal done
        for record in rows.iterator(AT_ONCE):
            done += 1
            if progress and (done % AT_ONCE == 0 or done == total):
                progress(MAKING, done, total)
            for key in keys_of(record):
                yield record.pk, key.kind, key.written, key.folded

    bulk.insert(NameKey, _COLUMNS, keys())
    return total


def _digest(change: int) -> str:
    """A fingerprint of what made the keys, and of the last change whose records have them."""
    return state.digest_of([__version__, change])


def _remember() -> None:
    latest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    counts = {"keys": NameKey.objects.count(), "change": latest}
    state.remember(PART, _digest(latest), counts)


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
