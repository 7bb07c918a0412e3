"""The forms of decisions: the next step, a contest, an embargo, who works on the case."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sexton.web.cases.words import STATES
from sexton.web.workbench.decisions.seen import Man

LONGEST_REASON = 4000


def _reason(label: object, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(forms.Form):
    """The next step, as somebody wants to take it."""

    to = forms.ChoiceField(label=_("Step"))
    candidate = forms.ChoiceField(
        label=_("Who he is held to be"),
        required=False,
        help_text=_("Not needed for a step that says of nobody who he is."),
    )
    reason = _reason(
        _("Reason for the decision"),
        _("It is shown to colleagues, and it stays: what decides it, and by which document."),
    )
    body = forms.CharField(
        label=_("Competent body that decides"),
        max_length=300,
        required=False,
        help_text=_("For “established” and “confirmed”: a commune, a ministry, an embassy."),
    )
    forensic = forms.CharField(
        label=_("Forensic finding"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For “confirmed”: what was found, by whom, and where the report is."),
    )

    def __init__(self, data: object, steps: Sequence[str], men: Sequence[Man], **kwargs: object):
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.fields["to"].choices = [(step, STATES[step]) for step in steps]  # type: ignore[attr-defined]
        choices = [("", _("nobody"))] + [(one.name, _called(one)) for one in men]
        self.fields["candidate"].choices = choices  # type: ignore[attr-defined]


class ContestForm(forms.Form):
    """Why a decision is contested."""

    reason = _reason(
        _("Why do you contest it?"),
        _("What speaks against it, and where that is written."),
    )


class EmbargoForm(forms.Form):
    """Why a decision is kept from the public, or may be told now."""

    deed = forms.ChoiceField(
        choices=[("hold", ""), ("tell", "")], widget=forms.HiddenInput, label=_("What to do")
    )
    reason = _reason(_("Reason"))


class AssignForm(forms.Form):
    """Who works on the case."""

    to = forms.ChoiceField(label=_("Who works on it"), required=False)

    def __init__(self, data: object, people: Sequence[tuple[str, str]], **kwargs: object):
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.fields["to"].choices = [("", _("nobody")), *people]  # type: ignore[attr-defined]


def _called(one: Man) -> str:
    where = one.archive or one.key
    called = f"{one.written or '?'} · {where}"
    simulated = _("simulated")
    return f"{called} ({simulated})" if one.simulated else called
