"""Forms of this part: why rules are used, put aside, or gone back from."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the history of the rules."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
