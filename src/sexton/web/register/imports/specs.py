"""What the rows of each table of facts are in the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sexton.web.register import rows
from sexton.web.register.imports.facts import Cells, Spec, Values, row_key
from sexton.web.register.imports.forms import CARE, LANGUAGES
from sexton.web.register.models import (
    Affiliation,
    Claim,
    Event,
    Memorial,
    Organisation,
    OrganisationName,
    Participant,
    Record,
    Site,
    Versioned,
    dated,
)

Present = Callable[[Sequence[Cells]], dict[str, Any]]
OF: Mapping[str, tuple[type[Versioned], str]] = {"organisation": (Organisation, "organisation_id")}
AT: Mapping[str, tuple[type[Versioned], str]] = {"site": (Site, "site_id")}
BY: Mapping[str, tuple[type[Versioned], str]] = {"record": (Record, "entry_id")}


def citation(row: Cells) -> str:
    """Which cell a row rests on, and its words."""
    where, quote = row.get("rests_on", ""), row.get("quote", "")
    return f"{where}: “{quote}”" if where and quote else where or quote


def same(row: Cells, *columns: str) -> Values:
    return {column: row.get(column, "") for column in columns}


def _dated(row: Cells) -> Values:
    return dict(dated(row.get("when", "")))


def _organisation(row: Cells) -> Values:
    return {
        "key": row.get("organisation_id", ""),
        **same(row, "kind", "name", "place", "coord_source"),
        "latitude": rows.number(row.get("latitude", "")),
        "longitude": rows.number(row.get("longitude", "")),
        **_dated(row),
        "citation": citation(row),
        "remarks": row.get("concluded", ""),
    }


def _organisation_name(row: Cells) -> Values:
    return {
        **same(row, "name", "column", "kind", "language", "concluded"),
        **_dated(row),
        "citation": citation(row),
    }


def _memorial(row: Cells) -> Values:
    names = {code: row[f"name_{code}"] for code in LANGUAGES if row.get(f"name_{code}")}
    return {
        "key": row.get("memorial_id", ""),
        "names": names,
        **same(row, "kind", "place", "remembers"),
        **_dated(row),
        "citation": citation(row),
        "remarks": row.get("concluded", ""),
    }


def _affiliation(row: Cells) -> Values:
    """An empty cell says nothing: it takes nothing away of what a record's own cells state."""
    said = {name: row[name] for name in ("role", "number", "concluded") if row.get(name)}
    when = _dated(row) if row.get("when") else {}
    return {**said, **when, "citation": citation(row)}


def _event(row: Cells) -> Values:
    return {
        "key": row.get("event_id", ""),
        **same(row, "kind", "title", "place"),
        **_dated(row),
        "citation": citation(row),
        "remarks": row.get("concluded", ""),
    }


def _participant(row: Cells) -> Values:
    return {**same(row, "role", "concluded"), "citation": citation(row)}


def _care(row: Cells) -> Values:
    when = _dated(row)
    told = {name: row[name] for name in ("when", "concluded") if row.get(name)}
    return {
        "property": row.get("relation", ""),
        "value": row.get("quote", "") or row.get("organisation_id", ""),
        "read": row.get("organisation_id", ""),
        "language": row.get("language", ""),
        "first_day": when["first_day"],
        "last_day": when["last_day"],
        "qualifiers": told,
        "citation": row.get("rests_on", ""),
    }


def _by_key(model: type[Versioned], column: str, *with_: str) -> Present:
    def present(cells: Sequence[Cells]) -> dict[str, Any]:
        keys = [row.get(column, "") for row in cells]
        found = model._default_manager.filter(key__in=keys).select_related("source", *with_)
        return {row.key: row for row in found}

    return present


def _names(cells: Sequence[Cells]) -> dict[str, Any]:
    found = OrganisationName.objects.select_related("organisation", "source").order_by("-pk")
    return {" | ".join((row.organisation.key, row.name, row.column)): row for row in found}


def _affiliations(cells: Sequence[Cells]) -> dict[str, Any]:
    keys = {row.get("entry_id", "") for row in cells}
    found = Affiliation.objects.filter(record__key__in=keys).order_by("-pk")
    rows_ = found.select_related("record", "organisation")
    return {" | ".join((row.record.key, row.organisation.key)): row for row in rows_}


def _cared_for(cells: Sequence[Cells]) -> dict[str, Any]:
    found = Claim.objects.filter(site__isnull=False, property__in=CARE).order_by("-pk")
    rows_ = found.exclude(organisation=None).select_related("site", "organisation", "source")
    return {" | ".join((row.site.key, row.organisation.key, row.property)): row for row in rows_}


def _participants(cells: Sequence[Cells]) -> dict[str, Any]:
    keys = {row.get("event_id", "") for row in cells}
    found = Participant.objects.filter(event__key__in=keys, record__isnull=False).order_by("-pk")
    rows_ = found.select_related("record", "event")
    return {" | ".join((row.event.key, row.record.key, row.role)): row for row in rows_}


SPECS: dict[str, Spec] = {
    spec.table: spec
    for spec in (
        Spec(
            "organisations",
            Organisation,
            row_key("organisation_id"),
            _organisation,
            {"parent": (Organisation, "parent_id")},
            _by_key(Organisation, "organisation_id", "parent"),
        ),
        Spec(
            "organisation_names",
            OrganisationName,
            row_key("organisation_id", "name", "column"),
            _organisation_name,
            OF,
            _names,
        ),
        Spec(
            "site_care",
            Claim,
            row_key("site_id", "organisation_id", "relation"),
            _care,
            {**AT, **OF},
            _cared_for,
        ),
        Spec(
            "memorials",
            Memorial,
            row_key("memorial_id"),
            _memorial,
            AT,
            _by_key(Memorial, "memorial_id", "site"),
        ),
        Spec(
            "affiliations",
            Affiliation,
            row_key("entry_id", "organisation_id"),
            _affiliation,
            {**BY, **OF},
            _affiliations,
            sourced=False,
            of_person=True,
        ),
        Spec(
            "events",
            Event,
            row_key("event_id"),
            _event,
            {**AT, **OF, "follows": (Event, "follows_id")},
            _by_key(Event, "event_id", "site", "organisation", "follows"),
        ),
        Spec(
            "participants",
            Participant,
            row_key("event_id", "entry_id", "role"),
            _participant,
            {"event": (Event, "event_id"), **BY},
            _participants,
            sourced=False,
            of_person=True,
        ),
    )
}
