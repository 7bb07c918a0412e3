"""How a value of the register is shown on the desk: codes in words, references by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Model
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sexton.web.register.history import Values, kind_of
from sexton.web.register.models import Document, Image, Relation, Site
from sexton.web.steward import codes, words

# What these are called may itself be private: they are shown by number.
BY_NUMBER = (Document, Image, Relation)
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Differing:
    """A field with two values: before and after, or theirs and yours."""

    label: words.Word
    old: str
    new: str


def called(row: Any) -> str:
    """What a row is called, in the language of the page where it has a name in it."""
    return row.name_in(get_language() or "en") if isinstance(row, Site) else str(row)


def shown(model: type[Model], name: str, value: Any) -> str:
    """A value of the field ``name`` (its ``attname`` will do too), in words."""
    field = _field(model, name)
    if value is None or value == "" or value == {}:
        return ""
    if field.related_model is not None:
        return _referred(field.related_model, value)
    if isinstance(value, str) and (kind_of(model), field.name) in codes.CODES:
        return str(codes.code_word(kind_of(model), field.name, value))
    return _plain(field, value)


def _plain(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, str) and field.get_internal_type() in {"DateField", "DateTimeField"}:
        value = field.to_python(value)
    if isinstance(value, datetime):
        return str(formats.date_format(value, "DATETIME_FORMAT"))
    if isinstance(value, date):
        return str(formats.date_format(value, "DATE_FORMAT"))
    if isinstance(value, float):
        return f"{value:g}" if abs(value) >= 1000 else str(value)
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def differences(model: type[Model], old: Values, new: Values) -> list[Differing]:
    """The fields in which two states differ, in the order of the model."""
    return [
        Differing(
            label(model, field.name),
            shown(model, name, old.get(name)),
            shown(model, name, new.get(name)),
        )
        for name in new
        if old.get(name) != new.get(name) and (field := _field(model, name))
    ]


def label(model: type[Model], name: str) -> words.Word:
    return words.field_name(kind_of(model), name)


def _referred(model: Any, value: Any) -> str:
    row = value if isinstance(value, Model) else model._default_manager.filter(pk=value).first()
    if row is None or issubclass(model, BY_NUMBER):
        return f"{words.model_name(kind_of(model))} {getattr(value, 'pk', value)}"
    return called(row)


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    found = {f.attname: f for f in model._meta.concrete_fields}.get(name)
    return found or model._meta.get_field(name)  # type: ignore[return-value]
