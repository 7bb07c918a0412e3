"""The forms of groups: what a group is, which graves and names it holds, why it is dropped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sexton.web.register.models import Record, Site
from sexton.web.workbench.groups import lines
from sexton.web.workbench.groups.keeping import Named
from sexton.web.workbench.groups.words import BASES, KINDS

LONGEST_LIST = 60_000
FACTS = ("title", "kind", "basis", "coverage", "remarks")


class FactsForm(forms.Form):
    """What a group is. ``seen`` is the version that the form was opened with."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    kind = forms.ChoiceField(label=_("What is it?"), choices=[*KINDS.items()])
    basis = forms.ChoiceField(
        label=_("Its names are"), choices=[*BASES.items()],
        help_text=_(
            "Of candidates each list's own size and coverage count. In a list by itself, as the "
            "men killed on one day, what all of them share says nothing of who lies where."
        ),
    )  # fmt: skip
    coverage = forms.IntegerField(
        label=_("Of 100 such dead, how many would stand on this list?"), min_value=1,
        max_value=99, initial=80,
        help_text=_("Counts for a list by itself alone. The others are “none of these”."),
    )  # fmt: skip
    remarks = forms.CharField(
        label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """The values of the group's row."""
        told = {name: self.cleaned_data[name] for name in FACTS}
        return {**told, "coverage": told["coverage"] / 100}


class _Lines(forms.CharField):
    def __init__(self, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
        super().__init__(max_length=LONGEST_LIST, widget=area, **options)


class GravesForm(forms.Form):
    """Graves by hand."""

    graves = _Lines(
        label=_("Graves: records of the register, one a line"),
        help_text=_(
            "The key of a record, or the address of its page. Behind a semicolon how many dead a "
            "common grave holds: “grave-17; 12”."
        ),
    )

    def __init__(self, data: Any, user: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self._user = user

    def clean_graves(self) -> dict[Record, int]:
        try:
            return lines.graves_of(self.cleaned_data["graves"], self._user)
        except lines.Wrong as wrong:
            raise forms.ValidationError(list(wrong.errors)) from wrong


class NamesForm(forms.Form):
    """Names by hand."""

    names = _Lines(
        label=_("Names: who may lie there, one a line"),
        help_text=_(
            "The key of a record of the register, or the address of its page or of the page of a "
            "record of an archive."
        ),
    )

    def __init__(self, data: Any, user: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self._user = user

    def clean_names(self) -> list[Named]:
        try:
            return lines.names_of(self.cleaned_data["names"], self._user)
        except lines.Wrong as wrong:
            raise forms.ValidationError(list(wrong.errors)) from wrong


class NewForm(FactsForm, GravesForm):
    """A group made by hand: what it is, and its graves."""

    site = forms.CharField(
        label=_("Site"), required=False, max_length=80,
        help_text=_("Its key, where the group is of one site."),
    )  # fmt: skip
    field_order = ("title", "kind", "site", "graves", "basis", "coverage", "remarks")

    def clean_site(self) -> Site | None:
        key = self.cleaned_data["site"].strip()
        site = Site.objects.filter(key=key).first() if key else None
        if key and site is None:
            raise forms.ValidationError(_("There is no site with this key."))
        return site


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Why?"), max_length=300)
