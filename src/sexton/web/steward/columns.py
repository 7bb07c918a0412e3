"""Columns and filters of the desk's lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sexton.web.register.history import kind_of
from sexton.web.steward import codes, words
from sexton.web.steward.shown import called, shown

MOST_CHOICES = 60
LONGEST = 90


def col(path: str, sort: bool = True) -> Callable[[Any], str]:
    """A column for a field, or for one of what a row refers to (``site__province``)."""
    *steps, name = path.split("__")

    def cell(row: Any) -> str:
        for step in steps:
            row = getattr(row, step)
            if row is None:
                return ""
        text = _text(row, name)
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"

    cell.__name__ = path
    cell.short_description = words.FIELDS.get(name, name)  # type: ignore[attr-defined]
    if sort:
        cell.admin_order_field = path  # type: ignore[attr-defined]
    return cell


def _text(row: Any, name: str) -> str:
    """A value in words; what is no field (the name of a record) as it is."""
    if any(field.name == name for field in row._meta.concrete_fields):
        return shown(type(row), name, getattr(row, name))
    return str(getattr(row, name))


def title(row: Any) -> str:
    """A column for what a row is called."""
    return called(row)


title.short_description = words.FIELDS["name"]  # type: ignore[attr-defined]


def yes_no(path: str) -> Callable[[Any], str]:
    """A column for what is so or not."""

    def cell(row: Any) -> str:
        return gettext("yes") if getattr(row, path) else ""

    cell.__name__ = path
    cell.short_description = words.FIELDS.get(path, path)  # type: ignore[attr-defined]
    cell.admin_order_field = path  # type: ignore[attr-defined]
    return cell


class _Filter(admin.SimpleListFilter):
    """Rows by the values that a field has; codes are shown in words."""

    template = "steward/filter.html"
    path = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, words.Word]]:
        rows = model_admin.get_queryset(request).order_by(self.path)
        found = list(rows.values_list(self.path, flat=True).distinct()[:MOST_CHOICES])
        *steps, name = self.path.split("__")
        model = model_admin.model
        for step in steps:
            model = model._meta.get_field(step).related_model
        target = model._meta.get_field(name).related_model
        rows = target._default_manager.in_bulk([v for v in found if v]) if target else {}
        return [
            (
                str(value),
                called(rows[value]) if value in rows else _word(kind_of(model), name, value),
            )
            for value in found
            if value != ""
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        if self.value() == "None":
            return queryset.filter(**{f"{self.path}__isnull": True})
        return queryset.filter(**{self.path: self.value()})


def _word(kind: str, name: str, value: Any) -> words.Word:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("none") if value is None else codes.code_word(kind, name, str(value))


def by(path: str) -> type[admin.SimpleListFilter]:
    """A filter by the values of a field."""
    name = path.rpartition("__")[2]
    values = {"path": path, "title": words.FIELDS.get(name, name), "parameter_name": f"by_{path}"}
    return type(f"By_{path}", (_Filter,), values)


class _Filled(admin.SimpleListFilter):
    template = "steward/filter.html"
    path = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, words.Word]]:
        yield "yes", _("stated")
        yield "no", _("not stated")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"yes", "no"}:
            return queryset
        field = queryset.model._meta.get_field(self.path)
        empty = {f"{self.path}__isnull": True} if field.null else {self.path: ""}
        return queryset.filter(**empty) if self.value() == "no" else queryset.exclude(**empty)


def filled(path: str) -> type[admin.SimpleListFilter]:
    """A filter by whether a field says anything: what is missing is what stewards look for."""
    values = {"path": path, "title": words.FIELDS.get(path, path), "parameter_name": f"has_{path}"}
    return type(f"Filled_{path}", (_Filled,), values)
