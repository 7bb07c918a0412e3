"""Forms for signing in and for choosing a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sexton.web.accounts import throttle


class SignInForm(AuthenticationForm):
    """Name and password. What was wrong is not said: that would tell which accounts there are."""

    error_messages = {
        "invalid_login": _("No account that is open has this name and this password."),
        "inactive": _("No account that is open has this name and this password."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_wait = False
        self.fields["username"].label = _("Account name")
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username", "")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        try:
            ticket = throttle.begin(name, throttle.address_of(self.request))
        except throttle.TooMany as refused:
            self.must_wait = True
            raise forms.ValidationError(_waiting(refused.minutes), code="wait") from refused
        cleaned: dict[str, Any] = super().clean()
        ticket.succeeded()
        return cleaned


def _waiting(minutes: int) -> str:
    text = ngettext(
        "Too many attempts. Please wait %(minutes)d minute and try again.",
        "Too many attempts. Please wait %(minutes)d minutes and try again.",
        minutes,
    )
    return text % {"minutes": minutes}


class ChoosePasswordForm(SetPasswordForm):
    """A first or new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(self)


class ChangePasswordForm(PasswordChangeForm):
    """The password that was, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Your password until now")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        _name_fields(self)


def _name_fields(form: forms.Form) -> None:
    form.fields["new_password1"].label = _("New password")
    form.fields["new_password1"].help_text = _(
        "At least 12 characters, not one of the common ones, not only digits, not like your name."
    )
    form.fields["new_password2"].label = _("New password, once more")
    form.fields["new_password2"].help_text = ""
