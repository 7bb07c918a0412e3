"""Accounts, roles that were given to them, and failed attempts to sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sexton.web.accounts import policy
from sexton.web.register.models import Site, Versioned

USERNAME = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]*\Z",
    _("Small letters a to z, digits, point, hyphen and underscore; the first a letter or digit."),
)


class Users(BaseUserManager["User"]):
    """Makes and finds accounts; however a name is typed, its letters are small."""

    def create_user(self, username: str, name: str = "", password: str | None = None) -> User:
        """A new account; without a password nobody can sign in until one is chosen.

        Raises ValidationError for a name that is taken or cannot be one.
        """
        user = self.model(username=username.strip().lower(), name=name.strip())
        user.set_password(password)
        user.full_clean()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who can sign in. No address is kept; the history of the register names ``username``.

    An account is closed, never deleted: what it did stays its doing.
    """

    username = models.CharField(max_length=60, unique=True, validators=[USERNAME])
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return f"{self.name} ({self.username})" if self.name else self.username

    @property
    def is_staff(self) -> bool:
        """Whether the desk is open to this account (Django's word for it)."""
        from sexton.web.accounts.rights import may

        return may(self, "enter_desk")

    @property
    def works_cases(self) -> bool:
        """Whether the workbench is open to this account."""
        from sexton.web.accounts.rights import may

        return may(self, "work_cases")


def _in(roles: Any) -> Q:
    return Q(role__in=sorted(roles))


class RoleAssignment(Versioned):
    """A role given to an account: everywhere or for one site, for good or ``until`` a day.

    Who gave it, when and why is in the history; one that was taken away is in it too.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role, role) for role in policy.GIVEN])
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="roles")
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["user", "role", "site"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(site=None),
                name="a_role_is_given_once",
                violation_error_message=_("This account has the role already."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "site"],
                name="a_role_is_given_once_a_site",
                violation_error_message=_("This account has the role for this site already."),
            ),
            models.CheckConstraint(
                condition=~_in(policy.SITE_NEEDED) | Q(site__isnull=False),
                name="a_caretaker_has_a_site",
                violation_error_message=_("A caretaker is caretaker of a site: name it."),
            ),
            models.CheckConstraint(
                condition=_in(policy.SITE_ALLOWED) | Q(site=None),
                name="a_role_everywhere_has_no_site",
                violation_error_message=_("This role is given everywhere or not at all: no site."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.user_id}"

    @property
    def holds(self) -> bool:
        """Whether it still holds today."""
        return self.until is None or self.until >= timezone.localdate()


class Attempt(models.Model):
    """A failed attempt to sign in, by a code of who and whence (see ``throttle``)."""

    code = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["code", "at"], name="attempt_code")]

    def __str__(self) -> str:
        return f"{self.code[:8]} {self.at}"
