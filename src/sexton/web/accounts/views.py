"""Signing in and out, one's own account, choosing a password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sexton.web.accounts import forms
from sexton.web.accounts.rights import may
from sexton.web.register import labels

TOO_MANY_REQUESTS = 429


class SignIn(views.LoginView):
    """Where ``next`` leads is followed only within this site (Django sees to it)."""

    template_name = "account/sign_in.html"
    authentication_form = forms.SignInForm

    def form_invalid(self, form: Any) -> HttpResponse:
        status = TOO_MANY_REQUESTS if form.must_wait else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)


class SignOut(views.LogoutView):
    next_page = reverse_lazy("home")


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: the roles, and until when."""
    roles = [
        (labels.label(given.role, "account_role"), given.site, given.until)
        for given in request.user.roles.select_related("site")  # type: ignore[union-attr]
        if given.holds
    ]
    context = {"roles": roles, "desk": may(request.user, "enter_desk")}
    return render(request, "account/account.html", context)


class ChangePassword(views.PasswordChangeView):
    template_name = "account/password.html"
    form_class = forms.ChangePasswordForm
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your password is changed; other devices are signed out."))
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class ChoosePassword(views.PasswordResetConfirmView):
    """Behind a one-time link; the token leaves the address before the page is shown."""

    template_name = "account/choose.html"
    form_class = forms.ChoosePasswordForm
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your password is set. You can sign in now."))
        return super().form_valid(form)
