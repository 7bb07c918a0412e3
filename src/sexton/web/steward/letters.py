"""Letters of readers on the desk: what was written, what became of it, who answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sexton.web.accounts.rights import may
from sexton.web.contributions import letters, readers, subjects
from sexton.web.contributions.forms import RELATION_WORDS
from sexton.web.contributions.models import DECIDED, Contribution
from sexton.web.contributions.words import STATES, state_word
from sexton.web.steward.base import DeskAdmin
from sexton.web.steward.columns import by, col
from sexton.web.steward.forms import LONGEST_REASON


class DecideForm(forms.Form):
    """What becomes of a letter, why, and what its writer is told."""

    state = forms.ChoiceField(
        label=gettext_lazy("It is now"), choices=[(code, STATES[code]) for code in DECIDED]
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, for other stewards"), max_length=LONGEST_REASON,
        help_text=gettext_lazy("What was checked, and which change took it up. Name nobody here."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("Answer to the writer"), max_length=LONGEST_REASON, required=False,
        help_text=gettext_lazy("Shown behind the link of the writer; nobody is sent anything."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DeleteForm(forms.Form):
    """Deleting what was written."""

    why = forms.CharField(
        label=gettext_lazy("Why it is deleted"), max_length=LONGEST_REASON,
        help_text=gettext_lazy("Only this stays, with your name and the day."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class LetterAdmin(DeskAdmin):
    """Nobody changes what a reader wrote; stewards say what becomes of it.

    Who wrote it is shown to whom the policy lets see it, and never searched.
    """

    list_display = (
        col("at"),
        col("subject_name"),
        col("text", sort=False),
        col("language"),
        col("state"),
    )
    list_filter = (by("state"), by("subject_kind"), by("language"))
    ordering = ("-pk",)
    texts: Sequence[str] = ("text", "how_known", "subject_name", "subject_key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return readers.visible(request.user, Contribution.objects.order_by("-pk"))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By no field of the model: names and addresses could be guessed letter by letter."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "read_letters")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = self.get_object(request, unquote(object_id))
        if letter is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        deed = request.POST.get("deed", "") if request.method == "POST" else ""
        deciding = DecideForm(request.POST if deed == "decide" else None)
        deleting = DeleteForm(request.POST if deed == "delete" else None)
        if deed == "decide" and deciding.is_valid() and _decided(request, letter, deciding):
            return redirect(request.path)
        if deed == "delete" and _deleted(request, letter, deleting):
            return redirect(request.path)
        letter.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            **_told(request, letter),
            "opts": self.opts,
            "deciding": deciding,
            "deleting": deleting,
        }
        request.current_app = self.admin_site.name
        return render(request, "steward/letter.html", context, status=400 if deed else 200)


def _told(request: HttpRequest, letter: Contribution) -> dict[str, Any]:
    """What the page shows of a letter."""
    return {
        "letter": letter,
        "state": state_word(letter.state),
        "relation": RELATION_WORDS.get(letter.relation, ""),
        "subject": subjects.of_letter(letter),
        "steps": [(step, state_word(step.state)) for step in letter.steps.all()],
        "last": letters.last_step(letter),
        "open_contact": readers.may(request.user, "read_contacts", letter),
    }


def _decided(request: HttpRequest, letter: Contribution, form: DecideForm) -> bool:
    """Whether the decision could be written; else the form says why not."""
    said = form.cleaned_data
    by_whom = request.user.get_username()
    try:
        letters.decide(
            letter, said["state"], by_whom, said["reason"], said["answer"], seen=said["seen"]
        )
    except letters.Refused as refused:
        form.add_error(None, _REFUSED[refused.kind])
        return False
    messages.success(request, _("It is noted."))
    return True


def _deleted(request: HttpRequest, letter: Contribution, form: DeleteForm) -> bool:
    """Whether it is deleted; else the form says what is wanting."""
    if not readers.may(request.user, "read_contacts", letter):
        raise PermissionDenied
    if not form.is_valid():
        return False
    letters.delete(letter, request.user.get_username(), form.cleaned_data["why"])
    messages.success(request, _("What was written is deleted."))
    return True


_REFUSED = {
    "changed": gettext_lazy(
        "Something happened to this letter meanwhile: see below, and decide anew."
    ),
    "gone": gettext_lazy("Meanwhile the letter was deleted."),
}
