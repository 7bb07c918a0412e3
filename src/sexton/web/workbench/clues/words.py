"""How sure, how many, how complete: numbers of this part with the words that belong to them."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sexton.web.register.labels import Label

# How much of such men a list holds: the code of a choice, the share, its words.
SHARES: dict[str, tuple[float, Label]] = {
    "nearly_all": (0.9, _("nearly all of them: the list is nearly complete (90 in 100)")),
    "most": (0.7, _("most of them (70 in 100)")),
    "half": (0.5, _("about half of them (50 in 100)")),
    "some": (0.25, _("a smaller part of them (25 in 100)")),
    "few": (0.05, _("hardly any of them (5 in 100)")),
}
LETTER_STATES: dict[str, Label] = {
    "due": _("Reminder due"),
    "sent": _("Sent, no answer yet"),
    "draft": _("Not sent yet"),
    "answered": _("Answered"),
}


def in_a_hundred(chance: float) -> str:
    """A chance (0 to 1) as so many in a hundred; never none and never all of them."""
    if chance < 0.01:
        return gettext("fewer than 1 in 100")
    if chance > 0.99:
        return gettext("more than 99 in 100")
    count = round(chance * 100)
    return ngettext("about %(n)d in 100", "about %(n)d in 100", count) % {"n": count}


def pool_name(archive: str | None) -> str:
    """What a list is called in which candidates are looked for; None is the register."""
    if archive is None:
        return gettext("The register")
    return gettext("Archive %(name)s") % {"name": archive}
