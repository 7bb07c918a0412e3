"""Giving roles and taking them away, through the door: the history says who, when and why."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from sexton.messages import N_, Message
from sexton.web.accounts import policy
from sexton.web.accounts.models import RoleAssignment, User
from sexton.web.register.history import Door, change
from sexton.web.register.models import Site

LAST = N_("Nobody would be administrator any more: make somebody else one first.")


class LastAdministrator(Exception):
    """Nobody could give roles any more: nothing was changed."""

    def __init__(self) -> None:
        super().__init__(LAST)
        self.message = Message(LAST)


def give(
    user: User,
    role: str,
    *,
    by: str,
    reason: str,
    site: Site | None = None,
    until: date | None = None,
) -> RoleAssignment:
    """Give a role, or change until when it is held. Raises ValidationError where it cannot be."""
    with change(by, reason) as door:
        held = RoleAssignment.objects.filter(user=user, role=role, site=site).first()
        if held is None:
            new = RoleAssignment(user=user, role=role, site=site, until=until)
            return door.add(new)
        return door.edit(held, until=until)


def take(assignment: RoleAssignment, *, by: str, reason: str) -> None:
    """Take a role away. Raises LastAdministrator."""
    with change(by, reason) as door:
        take_within(door, assignment)


def take_within(door: Door, assignment: RoleAssignment) -> None:
    """Take a role away as a part of a change. Raises LastAdministrator."""
    door.drop(assignment)
    if assignment.role == policy.ADMINISTRATOR and assignment.holds:
        see_to_administrators()


def close(user: User, *, by: str, reason: str) -> None:
    """Close an account: its roles are taken away and nobody signs in with it any more."""
    with change(by, reason) as door:
        for assignment in user.roles.all():
            take_within(door, assignment)
        user.is_active = False
        user.save(update_fields=["is_active"])


def reopen(user: User) -> None:
    """Let an account sign in again; its roles must be given anew."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def see_to_administrators() -> None:
    """Raises LastAdministrator where nobody could give roles any more."""
    lasting = Q(until=None) | Q(until__gte=timezone.localdate())
    left = RoleAssignment.objects.filter(lasting, role=policy.ADMINISTRATOR, user__is_active=True)
    if not left.exists():
        raise LastAdministrator
