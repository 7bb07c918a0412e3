"""The forms for clues and searches without result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.web.cases.finding_out import Sought, Told
from sexton.web.cases.models import LONGEST_NAME
from sexton.web.contributions.forms import Text
from sexton.web.register import labels
from sexton.web.register.models import Source
from sexton.web.steward.forms import reason_field
from sexton.web.workbench.clues.understood import (
    FIELDS,
    Understood,
    not_understood,
    understand,
)
from sexton.web.workbench.clues.words import SHARES

LONGEST_VALUE, LONGEST_WHERE, LONGEST_ASKED = 500, 300, 8000
OWN = "own"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Line(forms.CharField):
    """A text of one line; signs that no keyboard writes are refused."""

    default_error_messages = {
        "control": _("This holds signs that cannot be shown. Please type it, or paste it as text."),
    }

    def __init__(self, longest: int, **options: Any) -> None:
        super().__init__(max_length=longest, **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if _CONTROL.search(value):
            raise forms.ValidationError(self.error_messages["control"], code="control")


class Day(forms.DateField):
    """A day that has been."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **options)

    default_error_messages = {"ahead": _("This day is still to come.")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(self.error_messages["ahead"], code="ahead")


class SourceField(Line):
    """A source of the register by its key or its title; becomes the source, or None."""

    default_error_messages = {
        "unknown": _("The register has no such source. Choose one of the list, or cite it below."),
        "several": _("Several sources of the register are called so. Take the key of the one."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(300, required=False, **options)
        self.widget.attrs["list"] = "known-sources"

    def clean(self, value: Any) -> Source | None:
        text = super().clean(value)
        if not text:
            return None
        by_key = Source.objects.filter(key=text).first()
        found = [by_key] if by_key else list(Source.objects.filter(title=text)[:2])
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return found[0]


class Cited(forms.Form):
    """Where something is from: a source of the register, or a citation, or both."""

    source = SourceField(
        label=_("Source of the register"),
        help_text=_("Begin to write its title, or its key; leave it empty if it is not there."),
    )
    citation = Line(
        300,
        required=False,
        label=_("Citation"),
        help_text=_("Where exactly: archive, reference, page, letter of which day."),
    )


class ClueForm(Cited):
    """Something that was found out of the man: a value of a field, and where it comes from."""

    field_order = ("field", "value", "as_written", "source", "citation", "why")
    field = forms.ChoiceField(label=_("Field"))
    value = Line(
        LONGEST_VALUE,
        label=_("What it says"),
        help_text=_("As it is written there, letter by letter."),
    )
    as_written = forms.BooleanField(
        required=False, label=_("Keep it as it is written, though it cannot be read")
    )
    why = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, labels.label(name, "field")) for name in FIELDS]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]
        self.fields["why"].label = _("Why you hold it to be of him")
        self.understood: Understood | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("source") and not cleaned.get("citation"):
            self.add_error("citation", _("A clue has a source: choose one above, or cite it here."))
        if cleaned.get("field") and cleaned.get("value"):
            self._read(cleaned["field"], cleaned["value"], cleaned["as_written"])
        return cleaned

    def _read(self, field: str, value: str, keep: bool) -> None:
        self.understood = understand(field, value)
        if not self.understood.read and not keep:
            self.add_error("value", not_understood(field))

    @property
    def told(self) -> Told:
        said = self.cleaned_data
        return Told(said["field"], said["value"], said["source"], said["citation"])


class SearchForm(Cited):
    """That somebody looked somewhere, and he was not there."""

    field_order = (
        "where", "asked", "searched_on", "candidate", "share", "own_share", "source", "citation",
    )  # fmt: skip
    where = Line(
        LONGEST_WHERE, label=_("Where he was looked for"),
        help_text=_("The list, card index or holdings, and of which years."),
    )  # fmt: skip
    asked = Text(
        LONGEST_ASKED, 5, label=_("What was tried"),
        help_text=_("Every form of the name and number; strike out what was not tried."),
    )  # fmt: skip
    searched_on = Day(required=False, label=_("When"))
    candidate = forms.ChoiceField(
        required=False, label=_("Who was looked for"),
        help_text=_("The man himself; or one candidate, who would have been there if he were it."),
    )  # fmt: skip
    share = forms.ChoiceField(label=_("Of such men, the list would hold"))
    own_share = forms.IntegerField(
        required=False, min_value=1, max_value=99, label=_("Of 100 such men, it would hold"),
        help_text=_("A number of your own, where none of the choices fits."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, candidates: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        shares: list[tuple[str, str | Promise]] = [(c, words) for c, (_s, words) in SHARES.items()]
        known = [("", _("the man of this case")), *candidates]
        self.fields["share"].choices = [  # type: ignore[attr-defined]
            ("", _("Please choose")), *shares, (OWN, _("a number of my own")),
        ]  # fmt: skip
        self.fields["candidate"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        own = cleaned.get("own_share")
        if cleaned.get("share") == OWN and own is None and "own_share" not in self.errors:
            self.add_error(
                "own_share", _("Say a number from 1 to 99, or choose one of the others.")
            )
        return cleaned

    @property
    def sought(self) -> Sought:
        said = self.cleaned_data
        own = said["share"] == OWN
        return Sought(
            where=said["where"],
            asked=said["asked"],
            share=said["own_share"] / 100 if own else SHARES[said["share"]][0],
            candidate=said["candidate"][:LONGEST_NAME],
            searched_on=said["searched_on"],
            source=said["source"],
            citation=said["citation"],
        )


class RowForm(forms.Form):
    """Which row is meant, and the version of it that was on the page."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DropForm(RowForm):
    """Why a clue or a search stands no more."""

    why = reason_field()
