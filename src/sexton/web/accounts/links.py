"""One-time links by which somebody chooses a password; they hold for a day and one use."""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from sexton.web.accounts.models import User


def password_link(user: User) -> str:
    """The path of the page on which ``user`` chooses a password."""
    token = default_token_generator.make_token(user)
    return reverse("choose-password", args=[urlsafe_base64_encode(force_bytes(user.pk)), token])
