"""What the register's own count beside a statement counts, or why there is none, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sexton.web.register.figures import beside
from sexton.web.register.labels import Label

RULES: Mapping[str, Label] = {
    "persons_at_site": _("Persons whom a record puts at this site."),
    "persons_of_organisation": _(
        "Persons whom a source puts there. Of most of the dead no source read so far names the "
        "mine."
    ),
    "persons_buried": _(
        "Persons with a record at a grave, plot or common grave, from all sources."
    ),
    "unnamed_buried": _("Those of them whom no source names; a row may stand for several dead."),
    "taken_buried": _("Those with a record at a grave whom a source calls prisoner or partisan."),
    "sites_with_dead": _("Graves, plots and common graves as sites of this register."),
    "movements": _("Movements of this register that are not part of another."),
    "memorial_places": _("Places at which this register has a memorial."),
}
REASONS: Mapping[str, Label] = {
    beside.ALL_MEN: _(
        "Not the same measure: this counts all who were there; the register holds those of whom a "
        "source writes, most of them dead."
    ),
    beside.GRAVES: _(
        "Not the same measure: this counts graves; the register counts persons, and several may "
        "lie in one grave."
    ),
    beside.NO_NUMBER: _("This is no number."),
    beside.NOT_CLEAR: _("The register has no count that is known to be of the same thing."),
}


def own_words(own: beside.Own) -> str:
    return str(RULES[own.rule] if own.number is not None else REASONS[own.rule])
