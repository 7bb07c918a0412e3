"""From the rows of a data pack to the register's models."""

from __future__ import annotations

from collections.abc import Mapping

from sexton.names import is_unnamed
from sexton.records import Record as ListRecord
from sexton.web.register import models
from sexton.web.register.state import short_key

Row = Mapping[str, str]
NAME_LANGUAGES = ("en", "fr", "nl", "de", "ru")
YES = frozenset({"1", "yes", "true"})


def source_key(url: str, title: str = "", publisher: str = "") -> str:
    """A source is known by its address; one without address by its title and publisher."""
    return short_key(url) if url else short_key("", title, publisher)


def source_values(row: Row) -> dict[str, str]:
    return {
        "url": row.get("url", ""),
        "title": row.get("title", ""),
        "language": row.get("language", ""),
        "publisher": row.get("publisher", ""),
        "holds": row.get("what_it_holds", ""),
        "read": row.get("read", ""),
    }


def site_values(row: Row) -> dict[str, object]:
    names = {code: row[f"name_{code}"] for code in NAME_LANGUAGES if row.get(f"name_{code}")}
    same = ("kind", "municipality", "province", "coord_source", "persons_buried")
    also = ("persons_unknown", "inscription_language", "erected_year", "facts")
    return {
        "names": names,
        "latitude": number(row.get("latitude", "")),
        "longitude": number(row.get("longitude", "")),
        **{column: row.get(column, "") for column in (*same, *also)},
    }


def statement_values(row: Row) -> dict[str, object]:
    return {
        "subject": row.get("subject", ""),
        "measure": row.get("measure", ""),
        "value": row.get("value_as_written", ""),
        "low": number(row.get("low", "")),
        "high": number(row.get("high", "")),
        "refers_to": row.get("refers_to", ""),
        "stated_on": row.get("stated_on", ""),
        "stated_by": row.get("stated_by", ""),
        "source_text": row.get("source", ""),
    }


def number(written: str) -> float | None:
    """The number in a cell that should hold nothing else; None where it does."""
    try:
        value = float(written)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def is_named(record: ListRecord) -> bool:
    """Whether the source gives any name. “Unknown soldier” on a stone is a text, not a name."""
    if record.extra.get("unknown_person", "").strip().lower() in YES:
        return False
    columns = ("name", "surname", "given", "patronymic", "other_names")
    cells = (record.fields.get(column, "") for column in columns)
    return any(cell and not is_unnamed(cell) for cell in cells)


def as_record(
    record: ListRecord, sources: Mapping[str, models.Source], sites: Mapping[str, models.Site]
) -> models.Record:
    return models.Record(
        key=record.id,
        fields=dict(record.fields),
        extra=dict(record.extra),
        file=record.file,
        row=record.row,
        source=sources.get(record.fields.get("source", "")),
        site=sites.get(record.fields.get("burial_place", "")),
        is_named=is_named(record),
    )


def differs(stored: models.Record, read: ListRecord) -> bool:
    """Whether a list says something else now than when the record was taken in."""
    return stored.fields != dict(read.fields) or stored.extra != dict(read.extra)
