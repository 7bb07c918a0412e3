"""What the states of a letter are called, for its writer and for stewards."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "new": _("Received, not read yet"),
    "read": _("Read"),
    "answered": _("Answered"),
    "taken_up": _("Taken up into the register"),
    "declined": _("Not taken up"),
    "withdrawn": _("Withdrawn by the writer and deleted"),
    "deleted": _("Deleted by the keepers of the register"),
    "added": _("Something was added"),
}


def state_word(state: str) -> Promise | str:
    return STATES.get(state, state)
