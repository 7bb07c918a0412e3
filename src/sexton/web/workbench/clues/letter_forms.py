"""The forms for letters: what one is made from, its text, its sending, the answer to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sexton.web.cases.letter_text import LANGUAGES, PAPERS, USUAL, Brief
from sexton.web.cases.letters import REMIND_AFTER, Draft
from sexton.web.contributions.forms import Text
from sexton.web.register import labels
from sexton.web.steward.forms import reason_field
from sexton.web.workbench.clues.forms import Day, Line

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_ADDRESS, LONGEST_REMARK = 20_000, 20_000, 500, 2_000
NEITHER, CLUE, SEARCH = "", "clue", "search"
LATEST = timedelta(days=3 * 365)


class Addressed(forms.Form):
    """To whom a letter goes."""

    addressee = Line(300, label=_("To whom"), help_text=_("The archive, as the letter names it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressee"].widget.attrs["list"] = "known-addressees"


class ComposeForm(Addressed):
    """What a letter is made from, beside what is known of the man."""

    language = forms.ChoiceField(label=_("Language of the letter"))
    asker = Line(
        200, label=_("Who asks"), help_text=_("The name, and on whose behalf."),
    )  # fmt: skip
    address = Text(
        LONGEST_ADDRESS, 3, required=False, label=_("Where the answer goes"),
        help_text=_("Postal address or e-mail. It is kept with the letter."),
    )  # fmt: skip
    papers = forms.MultipleChoiceField(
        required=False, label=_("What is asked for"), widget=forms.CheckboxSelectMultiple
    )
    basis = Line(
        300, required=False, label=_("Legal basis"),
        help_text=_("Only if you know it: the law or rule that gives a right to the answer."),
    )  # fmt: skip
    remark = Text(
        LONGEST_REMARK, 3, required=False, label=_("What else the letter says"),
        help_text=_("In the language of the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, labels.LANGUAGES[code]) for code in LANGUAGES]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["papers"].choices = list(PAPERS.items())  # type: ignore[attr-defined]
        self.initial.setdefault("papers", list(USUAL))

    @property
    def brief(self) -> Brief:
        said = self.cleaned_data
        papers = tuple(said["papers"])
        return Brief(said["asker"], said["address"], papers, said["basis"], said["remark"])


class QuestionForm(forms.Form):
    """The text of a letter, which can be changed before it is kept."""

    question = Text(LONGEST_QUESTION, 30, label=_("The letter"))

    def draft(self, composed: ComposeForm) -> Draft:
        """The letter of this text and of what it was made from."""
        said = composed.cleaned_data
        text = self.cleaned_data["question"]
        return Draft(said["addressee"], said["language"], text, composed.brief.as_dict())


class Seen(forms.Form):
    """The version of a letter that was on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class EditForm(Seen, Addressed, QuestionForm):
    """A letter that is not sent yet."""

    field_order = ("addressee", "question", "seen")


class SendForm(Seen):
    """When a letter was sent, and when to ask again."""

    field_order = ("sent_on", "remind_on", "seen")
    sent_on = Day(label=_("Sent on"))
    remind_on = forms.DateField(
        required=False, label=_("Remind me on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("If no answer has come by then, the letter stands first among the letters."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("sent_on", today)
        self.initial.setdefault("remind_on", today + REMIND_AFTER)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        sent, remind = cleaned.get("sent_on"), cleaned.get("remind_on")
        if sent and remind and not sent < remind < sent + LATEST:
            text = _("The reminder comes after the letter, and within three years.")
            self.add_error("remind_on", text)
        return cleaned


class AnswerForm(Seen):
    """What an archive answered, and what that leads to."""

    field_order = ("answered_on", "answer", "leads", "seen")
    answered_on = Day(label=_("Answered on"))
    answer = Text(
        LONGEST_ANSWER, 8, label=_("The answer"), help_text=_("As it came, or what it says.")
    )
    leads = forms.ChoiceField(
        required=False, label=_("What it leads to"), widget=forms.RadioSelect,
        choices=[
            (CLUE, _("something was found: a clue, which is filled in below")),
            (SEARCH, _("he was not found: a search without result, which is filled in below")),
            (NEITHER, _("neither: it is only kept")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answered_on", timezone.localdate())


class DiscardForm(Seen):
    """Why a letter that was not sent is taken out."""

    why = reason_field()
