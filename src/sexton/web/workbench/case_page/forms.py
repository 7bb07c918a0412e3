"""What people write on the page of a case: a reading of the stone, and a judgement given again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sexton.messages import translate
from sexton.names.doubtful import UnclearReading, spelled_out
from sexton.web.cases.words import VERDICTS

LONGEST_READING, LONGEST_REASON = 120, 2_000
# In a cell these part one name from the next.
PARTING = ";/"


class ReadingForm(forms.Form):
    """A name as somebody reads it, with letters left open; ``spellings`` once it is valid."""

    reading = forms.CharField(
        label=_("How you read the name"),
        max_length=LONGEST_READING,
        help_text=_(
            "Letters that may be one or another stand in square brackets with a stroke between "
            "them: Scha[t|l]unov. A letter that may not have been there: Scha[t|]unov."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the name as you read it.")},
    )
    spellings: tuple[str, ...] = ()

    def clean_reading(self) -> str:
        text: str = self.cleaned_data["reading"].strip()
        if any(sign in text for sign in PARTING):
            raise forms.ValidationError(
                _("One reading at a time: leave out semicolons and slashes."), code="several"
            )
        try:
            self.spellings = spelled_out(text)
        except UnclearReading as unclear:
            told = translate(unclear.message, get_language() or "en")
            raise forms.ValidationError(told, code="unclear") from unclear
        return text


class AgainForm(forms.Form):
    """A judgement with the evidence in view, or once more: it says why."""

    verdict = forms.ChoiceField(
        label=_("Your judgement now"),
        choices=list(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Who judges with the evidence in view, or once more, says why.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Your colleagues read it beside your judgement.")
