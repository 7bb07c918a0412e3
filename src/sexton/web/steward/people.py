"""Accounts and roles on the desk: for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sexton.web.accounts import roles
from sexton.web.accounts.links import password_link
from sexton.web.accounts.models import USERNAME, User
from sexton.web.accounts.rights import may
from sexton.web.register import labels
from sexton.web.steward.base import DeskAdmin, RegisterAdmin
from sexton.web.steward.columns import by, col, yes_no
from sexton.web.steward.forms import reason_field


class RoleAdmin(RegisterAdmin):
    """Roles given: added, ended on a day, taken out; each with its reason, in the history."""

    list_display = (col("user"), col("role"), col("site"), col("until"))
    list_filter = (by("role"), by("site"))
    list_select_related = ("user", "site")
    texts: Sequence[str] = ("user__username", "user__name", "role")
    set_together = ("until",)
    sites = "site"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        """Of a role that is given only the last day changes; another role is another row."""
        return () if obj is None else ("user", "role", "site")

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except roles.LastAdministrator as refused:
            messages.error(request, _(refused.message.text))
            return redirect(request.path)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "give_roles")


class AccountForm(forms.ModelForm):
    """A new account, or another name for one; whom it is for, and why."""

    username = forms.CharField(
        label=gettext_lazy("Account name"), max_length=60, validators=[USERNAME],
        help_text=gettext_lazy("The history of the register names it; it cannot be changed later."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)

    class Meta:
        model = User
        fields = ("username", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["username"].disabled = True

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class CloseForm(forms.Form):
    why = reason_field()


class AccountAdmin(DeskAdmin):
    """Accounts: made with a one-time link for the first password, closed, opened again."""

    form = AccountForm
    list_display = (col("username"), col("name"), "held", yes_no("is_active"))
    list_filter = (by("is_active"),)
    texts: Sequence[str] = ("username", "name")
    change_form_template = "steward/account.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("roles__site")

    def held(self, user: User) -> str:
        told = []
        for given in user.roles.all():
            if given.holds:
                site = f" ({given.site})" if given.site else ""
                told.append(f"{labels.label(given.role, 'account_role')}{site}")
        return ", ".join(told)

    held.short_description = gettext_lazy("Roles")  # type: ignore[attr-defined]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return ("username", "name")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "give_roles")

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "give_roles")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        obj.save()

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        self._tell_link(request, obj)
        return redirect("admin:accounts_user_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("“%(row)s” is saved.") % {"row": obj})
        return redirect("admin:accounts_user_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The account; besides saving, a new link, closing and opening again."""
        deed = request.POST.get("deed", "")
        user = self.get_object(request, object_id) if deed in _DEEDS else None
        allowed = user is not None and self.has_change_permission(request, user)
        if allowed and (done := _DEEDS[deed](self, request, user)):
            return done
        context = {"close_form": CloseForm(request.POST if deed == "close" else None)}
        if deed in _DEEDS:
            request.method = "GET"
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def _tell_link(self, request: HttpRequest, user: User) -> None:
        address = request.build_absolute_uri(password_link(user))
        text = _("Give this link to %(user)s: it holds for one day and sets the password once.")
        messages.success(
            request,
            format_html('{} <span class="id">{}</span>', text % {"user": user}, address),
        )

    def _new_link(self, request: HttpRequest, user: User) -> HttpResponse | None:
        if user.is_active:
            self._tell_link(request, user)
        return redirect(request.path)

    def _close(self, request: HttpRequest, user: User) -> HttpResponse | None:
        form = CloseForm(request.POST)
        if not form.is_valid():
            return None
        try:
            roles.close(user, by=request.user.get_username(), reason=form.cleaned_data["why"])
        except roles.LastAdministrator as refused:
            messages.error(request, _(refused.message.text))
            return redirect(request.path)
        messages.success(request, _("The account is closed and its roles are taken away."))
        return redirect(request.path)

    def _open(self, request: HttpRequest, user: User) -> HttpResponse | None:
        roles.reopen(user)
        messages.success(request, _("The account is open again; its roles must be given anew."))
        return redirect(request.path)


_DEEDS = {
    "link": AccountAdmin._new_link,
    "close": AccountAdmin._close,
    "open": AccountAdmin._open,
}

__all__ = ["AccountAdmin", "RoleAdmin"]
