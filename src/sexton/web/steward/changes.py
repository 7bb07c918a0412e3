"""Changes on the desk: what each did, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sexton.messages import N_, Message
from sexton.web.accounts import policy, roles
from sexton.web.accounts.models import RoleAssignment
from sexton.web.accounts.rights import grants_of, may, may_write
from sexton.web.register import services
from sexton.web.register.history import History, kind_of
from sexton.web.register.models import Change, Record
from sexton.web.register.undo import CannotUndo, undo
from sexton.web.steward.base import DeskAdmin
from sexton.web.steward.columns import by, col
from sexton.web.steward.forms import reason_field
from sexton.web.steward.story import rows_touched, touched_by

OWN_MOST = 500
NOT_YOURS = N_("Only who made this change, or an editor, may take it back.")
BEYOND = N_("Your role does not reach to all that this change did: ask an editor.")
ROLES = N_("This change gave or took roles: an administrator takes it back.")


class UndoForm(forms.Form):
    why = reason_field()


def refusal(user: Any, made: Change) -> str | None:
    """Why ``user`` may not take a change back (a sentence to be translated); None where he may."""
    if _about_roles(made):
        return None if may(user, "give_roles") else ROLES
    if may(user, "undo") and _everywhere(user):
        return None
    if made.by != user.get_username() and not may(user, "undo"):
        return NOT_YOURS
    for number, row in enumerate(rows_touched(made)):
        if number >= OWN_MOST or not may_write(user, row):
            return BEYOND
    return None


def _about_roles(made: Change) -> bool:
    states = History.objects.filter(kind=kind_of(RoleAssignment))
    touched = states.filter(ended=made).exists() or states.filter(began=made).exists()
    return touched or RoleAssignment.objects.filter(change=made).exists()


def _everywhere(user: Any) -> bool:
    """Whether ``user`` may take changes back wherever they reach (no site has this id)."""
    return policy.sites_for(grants_of(user), "undo") is None


class ChangeAdmin(DeskAdmin):
    """The memory of the register: nobody changes it; it can be answered by a change back."""

    list_display = (col("at"), col("by"), col("reason"), col("undoes", sort=False))
    list_filter = (by("by"), by("batch"))
    list_select_related = ("undoes",)
    ordering = ("-pk",)
    texts: Sequence[str] = ("by", "reason")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        made = self.get_object(request, unquote(object_id))
        if made is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        refused = refusal(request.user, made)
        obstacles: list[Message] = []
        form = UndoForm(request.POST or None)
        if request.method == "POST" and refused is None and form.is_valid():
            try:
                return self._undo(request, made, form.cleaned_data["why"])
            except CannotUndo as error:
                obstacles = error.obstacles
            except roles.LastAdministrator as error:
                obstacles = [error.message]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change %(number)d") % {"number": made.pk},
            "opts": self.opts,
            "made": made,
            "touched": list(touched_by(request.user, made)),
            "undone_by": made.undone_by.all(),
            "refused": refused,
            "obstacles": obstacles,
            "form": form,
        }
        request.current_app = self.admin_site.name
        return render(request, "steward/change.html", context)

    def _undo(self, request: HttpRequest, made: Change, why: str) -> HttpResponse:
        records = Record.objects.filter(change=made).exists()
        with transaction.atomic():
            back = undo(made, request.user.get_username(), why)
            if _about_roles(made):
                roles.see_to_administrators()
        if back is None:
            messages.info(request, _("Nothing of this change is left to be taken back."))
            return redirect(request.path)
        if records or Record.objects.filter(change=back).exists():
            services.rebuild_search()
        messages.success(request, _("The change is taken back; what it had changed is as before."))
        return redirect("admin:register_change_change", back.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("admin:register_change_change", object_id)
