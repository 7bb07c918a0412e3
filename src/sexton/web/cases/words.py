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
