"""The forms of readers, and what keeps machines out of them without asking anybody else."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.web.contributions.models import (
    LONGEST_CONTACT,
    LONGEST_HOW,
    LONGEST_NAME,
    LONGEST_TEXT,
    RELATIONS,
)

RELATION_WORDS: dict[str, Promise] = {
    "relative": _("A relative"),
    "neighbour": _("Somebody who lives or lived near"),
    "witness": _("Somebody who was there, or knew him"),
    "caretaker": _("Somebody who looks after graves"),
    "historian": _("Somebody who does research"),
    "teacher": _("A teacher"),
    "pupil": _("A pupil or student"),
    "other": _("Somebody else"),
}
# Nobody reads the page and writes a letter faster; no page is left open longer.
QUICKEST, SLOWEST = 3, 24 * 3600
SALT = "sexton.letter"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Text(forms.CharField):
    """A text of several lines; signs that no keyboard writes are refused."""

    default_error_messages = {
        "control": _("This holds signs that cannot be shown. Please type it, or paste it as text."),
    }

    def __init__(self, longest: int, rows: int, **options: Any) -> None:
        super().__init__(max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return str(text).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if _CONTROL.search(value):
            raise forms.ValidationError(self.error_messages["control"], code="control")


class Human(forms.Form):
    """A field that people do not see and machines fill in, and when the page was opened, signed."""

    website = forms.CharField(label=_("Leave this field empty"), required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    website.widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    error_messages = {
        "machine": _("This looks as if a machine had sent it. Please leave the last field empty."),
        "quick": _("That was very quick. Please look through it once more and send it again."),
        "slow": _("The page was open for more than a day. Please send it once more."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = signing.TimestampSigner(salt=SALT).sign("")

    def fresh_stamp(self) -> str:
        """The stamp of the page that is shown now, also where an older one was sent."""
        return str(self.initial["opened"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get("website"):
            raise forms.ValidationError(self.error_messages["machine"], code="machine")
        signer = signing.TimestampSigner(salt=SALT)
        try:
            signer.unsign(self.data.get("opened", ""), max_age=SLOWEST)
        except signing.BadSignature as error:
            raise forms.ValidationError(self.error_messages["slow"], code="slow") from error
        if not self.errors and self._is_quick(signer):
            raise forms.ValidationError(self.error_messages["quick"], code="quick")
        return cleaned

    def _is_quick(self, signer: signing.TimestampSigner) -> bool:
        try:
            signer.unsign(self.data.get("opened", ""), max_age=QUICKEST)
        except signing.SignatureExpired:
            return False
        return True


class LetterForm(Human):
    """What somebody knows, how he knows it, and, if he likes, who he is."""

    text = Text(
        LONGEST_TEXT, 8, label=_("What do you know?"),
        help_text=_("In any language. Say what is wrong or missing, or tell what you remember."),
    )  # fmt: skip
    how_known = Text(
        LONGEST_HOW, 3, required=False, label=_("How do you know it?"),
        help_text=_("A letter, a photograph, a book with its page, what your grandmother told…"),
    )  # fmt: skip
    relation = forms.ChoiceField(
        required=False, label=_("Who are you to him, or to this place?"),
        choices=[("", _("not stated")), *((code, RELATION_WORDS[code]) for code in RELATIONS)],
    )  # fmt: skip
    name = forms.CharField(
        required=False, max_length=LONGEST_NAME, label=_("Your name"),
        help_text=_("Not needed. It is never shown on the site."),
    )  # fmt: skip
    contact = forms.CharField(
        required=False, max_length=LONGEST_CONTACT, label=_("Where we can answer you"),
        help_text=_(
            "An e-mail address, a telephone number or a postal address. Not needed, and never "
            "shown: only the editors of this register see it."
        ),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_(
            "I agree that the keepers of this register store and read what I write here, to check "
            "the register. I can take it back at any time by the link that I get."
        ),
        error_messages={"required": _("Without your consent nothing can be stored.")},
    )


class AddForm(Human):
    """Something more by the writer of a letter."""

    text = Text(LONGEST_HOW, 4, label=_("What would you like to add?"))


class WithdrawForm(forms.Form):
    """Taking a letter back."""

    sure = forms.BooleanField(
        label=_("Yes, delete what I wrote, with my name and address."),
        error_messages={"required": _("Please say that you are sure.")},
    )
