"""Form fields of the desk that work without scripts: references by key, texts by language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

MOST_OFFERED = 300


class OfferInput(forms.TextInput):
    """A text field that offers what is usual, with its meaning; anything can be written."""

    def __init__(self, offered: Iterable[tuple[Any, Any]] = (), attrs: Any = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})})
        self.usual = list(offered)

    def offered(self) -> list[tuple[Any, Any]]:
        """Values and what they mean; empty where there are too many to offer."""
        return self.usual

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        pairs = self.offered()
        if not pairs:
            return super().render(name, value, attrs, renderer)
        box = super().render(name, value, {**(attrs or {}), "list": f"keys_{name}"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', pairs)
        return format_html('{}<datalist id="keys_{}">{}</datalist>', box, name, options)


class KeyInput(OfferInput):
    """A text field that offers the keys there are, where they are not too many."""

    def __init__(self, rows: QuerySet[Any], key: str) -> None:
        super().__init__()
        self.rows, self.key = rows, key

    def offered(self) -> list[tuple[Any, Any]]:
        rows = list(self.rows[: MOST_OFFERED + 1])
        return [(getattr(r, self.key), str(r)) for r in rows] if len(rows) <= MOST_OFFERED else []


class KeyField(forms.ModelChoiceField):
    """A reference to another row, by its key (its number, where it has no key)."""

    default_error_messages = {"invalid_choice": _("There is nothing with the key “%(value)s”.")}

    def __init__(self, rows: QuerySet[Any], **kwargs: Any) -> None:
        self.key = key_of(rows.model)
        kwargs.setdefault("widget", KeyInput(rows, self.key))
        super().__init__(rows, to_field_name=self.key, empty_label=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) and self.key != "pk":
            row = self.queryset.filter(pk=value).first()
            return getattr(row, self.key) if row is not None else value
        return getattr(value, self.key) if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip() if isinstance(value, str) else value)


def key_of(model: type[Model]) -> str:
    """The name of the field by which people know a row of a model."""
    for name in ("key", "username"):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return name
    return "pk"


class LinesField(forms.CharField):
    """Texts by a code, a line for each: ``fr: Cimetière``."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{code}: {text}" for code, text in value.items())
        return value

    def to_python(self, value: Any) -> dict[str, str]:  # type: ignore[override]
        found: dict[str, str] = {}
        for line in str(super().to_python(value) or "").splitlines():
            code, colon, text = line.partition(":")
            if not line.strip():
                continue
            if not colon or not code.strip() or not text.strip():
                raise forms.ValidationError(
                    _("“%(line)s”: write a code, a colon and the text, as in “fr: Cimetière”."),
                    params={"line": line.strip()[:60]},
                )
            found[code.strip()] = text.strip()
        return found

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """There is nothing to measure."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or {}) != self.to_python(data))
        except forms.ValidationError:
            return True
