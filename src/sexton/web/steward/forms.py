"""The form behind every saving on the desk: it asks why, and sees when two change one thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from sexton.web.accounts.rights import may_write
from sexton.web.register.history import Values, kind_of, state_of, told_changed
from sexton.web.register.models import History, Versioned
from sexton.web.register.models.base import dated
from sexton.web.register.readings import READER, READERS
from sexton.web.steward.shown import label, shown

LONGEST_REASON = 2000


def reason_field() -> forms.CharField:
    """Why something is changed: no change is made without."""
    return forms.CharField(
        label=_("Reason for this change"),
        help_text=_("It stays in the history: what you know, and from where."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Conflicting:
    """A field that two changed: what it was, what the other made it, what you would make it."""

    def __init__(self, model: Any, name: str, values: tuple[Any, Any, Any]) -> None:
        self.label = label(model, name)
        self.before, self.theirs, self.yours = (shown(model, name, v) for v in values)


class DoorForm(forms.ModelForm):
    """A row's values, the reason for the change, and the version on which it was decided."""

    why = reason_field()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: list[Conflicting] = []
        if self.instance.pk:
            self.initial["seen"] = self.instance.version

    @property
    def written(self) -> Values:
        """What is to be written: the fields that were changed, a date with its reading."""
        fields = {field.name for field in self._meta.model._meta.concrete_fields}
        values = {n: getattr(self.instance, n) for n in self.changed_data if n in fields}
        return values | self.derived()

    def derived(self) -> Values:
        """What follows from what was changed."""
        return dated(self.instance.when) if "when" in self.changed_data else {}

    def _post_clean(self) -> None:
        super()._post_clean()
        row = self.instance
        for name, value in self.derived().items():
            setattr(row, name, value)
        if self.user is not None and not self.errors and not may_write(self.user, row):
            self.add_error(None, _("Your role does not allow this row to become what you entered."))
        if row.pk:
            stored = type(row)._default_manager.select_related("change").get(pk=row.pk)
            if stored.version != self.cleaned_data.get("seen"):
                self._tell_conflict(stored)

    def _tell_conflict(self, stored: Versioned) -> None:
        """Show both values where both changed one field; elsewhere take theirs in."""
        seen = self.cleaned_data.get("seen") or 0
        model = type(stored)
        past = History.objects.filter(
            kind=kind_of(model), object_id=stored.pk, version=seen
        ).first()
        before = past.data if past else {}
        theirs, yours = state_of(stored), state_of(self.instance)
        self.data = self.data.copy()
        for field in model._meta.concrete_fields:
            name = field.attname
            if field.name not in self.fields or theirs[name] == yours[name]:
                continue
            if name in before and yours[name] == before[name]:
                self._take_theirs(field.name, stored)
            else:
                values = (before.get(name), theirs[name], yours[name])
                self.conflict.append(Conflicting(model, name, values))
        self.data[self.add_prefix("seen")] = str(stored.version)
        message = told_changed(stored)
        self.add_error(None, forms.ValidationError(_(message.text), params=message.params))

    def _take_theirs(self, name: str, stored: Versioned) -> None:
        field, key = self.fields[name], self.add_prefix(name)
        value = model_to_dict(stored, [name])[name]
        if isinstance(field, forms.BooleanField):
            self.data.pop(key, None)
            if value:
                self.data[key] = "on"
        else:
            text = field.widget.format_value(field.prepare_value(value))
            self.data[key] = (text[0] if isinstance(text, list) else text) or ""


class ClaimForm(DoorForm):
    """A claim that somebody enters is read as a record's are, unless he says how to read it."""

    def derived(self) -> Values:
        claim, changed = self.instance, set(self.changed_data)
        reader = READERS.get(claim.property)
        if not changed & {"property", "value"} or reader is None or not claim.value:
            return {}
        reading = reader(claim.value)[0]
        days = {"first_day": reading.first_day, "last_day": reading.last_day}
        return days | ({} if "read" in changed else {"read": reading.read, "read_by": READER})
