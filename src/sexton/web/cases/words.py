"""What the codes of cases mean, in words that can be translated."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sexton.web.register.labels import Label

STATES: dict[str, Label] = {
    "unnamed": _("Unnamed"),
    "name_recorded": _("Name recorded"),
    "name_restored": _("Name restored"),
    "candidates": _("Candidates found"),
    "probable": _("Probably identified"),
    "established": _("Identity established"),
    "confirmed": _("Identity confirmed forensically"),
    "disputed": _("Contested"),
    "rejected": _("Rejected"),
    "withdrawn": _("Withdrawn"),
    "closed": _("Closed: no record found"),
}
VERDICTS: dict[str, Label] = {
    "same": _("one man"),
    "different": _("two men"),
    "unsure": _("not sure"),
}
ASKS: dict[str, Label] = {
    "unnamed": _("No source gives a name."),
    "name_recorded": _("A source writes a name. A name on the stone is not an identification."),
    "name_restored": _("A source prints the real name, or it was made from the spelling."),
    "candidates": _("Somebody was found who may be the man."),
    "probable": _(
        "Two reviewers judged, without seeing the evidence or each other, that the two are one "
        "man; no contradiction is open."
    ),
    "established": _("Documents, and a competent body that is named and decides it."),
    "confirmed": _("A forensic finding, and the competent body that decides upon it."),
    "disputed": _(
        "Somebody contests the decision and says why. Until that is settled no page for the "
        "public tells of it."
    ),
    "rejected": _("The candidate is not the man."),
    "withdrawn": _("A decision is taken back."),
    "closed": _("He was looked for, and no record was found; the searches are written down."),
}
"""What each step asks for."""
