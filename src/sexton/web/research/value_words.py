"""The values of the filters in words: names of sites and organisations, labels of codes."""

from __future__ import annotations

from collections import Counter
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sexton.names import script
from sexton.numbers import camps
from sexton.places import all_units
from sexton.places.splitting import split_place
from sexton.web.register import labels
from sexton.web.register.models import Claim, Organisation, Site
from sexton.web.research.stated import NO_PROVINCE, NO_YEAR, NOT_STATED

PLAIN: dict[str, labels.Label] = {
    NOT_STATED: _("not stated"),
    NO_PROVINCE: _("a place, without a province or republic"),
    NO_YEAR: _("stated, but not to the year"),
}
RECORDS: dict[str, labels.Label] = {"one": _("one record"), "several": _("several records")}


class Words:
    """Names of sites (by language) and organisations by key; how sources write each province."""

    def __init__(self) -> None:
        rows = Site.objects.order_by().only("key", "names")
        self.sites = {site.key: site for site in rows}
        self.organisations = dict(Organisation.objects.order_by().values_list("key", "name"))
        self.units = _written_units()

    def of(self, facet: str, value: str) -> labels.Label:
        """What a value means; one that nobody knows is shown as it is."""
        if value in PLAIN:
            return PLAIN[value]
        if facet in CODED:
            return labels.label(value, CODED[facet]) if value else value
        if facet == "records":
            return RECORDS.get(value, value)
        if facet == "site":
            site = self.sites.get(value)
            return site.name_in(get_language() or "en") if site else value
        if facet == "origin":
            return self._unit(value)
        return self.organisations.get(value) or _camp_names().get(value, value)

    def _unit(self, unit_id: str) -> labels.Label:
        """A republic; a province as sources write it in Latin letters, and its name of 1941."""
        unit = all_units().get(unit_id)
        if unit is None or unit_id in labels.REPUBLICS:
            return labels.REPUBLICS.get(unit_id, unit_id)
        written = "" if get_language() == "ru" else self.units.get(unit_id, "")
        return f"{written} ({unit.name})" if written else unit.name


@cache
def _camp_names() -> dict[str, str]:
    """Camps that are read in records and that the register has no row of."""
    return {camp.camp_id: camp.name for camp in camps()}


CODED = {"state": "standing", "role": "role"}


def _written_units() -> dict[str, str]:
    """Unit id to its commonest writing in Latin letters among the birth places."""
    found: dict[str, Counter[str]] = {}
    places = Claim.objects.filter(property="birth_place").order_by()
    for written in places.values_list("value", flat=True):
        for part in split_place(written):
            if part.unit and script(part.text) == "latin":
                found.setdefault(part.unit, Counter())[part.text] += 1
    for unit_id, unit in all_units().items():
        if unit_id not in found:
            latin = [name for name in unit.names if script(name) == "latin"]
            found[unit_id] = Counter(latin[:1])
    return {
        unit: max(writings.items(), key=lambda item: (item[1], item[0]))[0]
        for unit, writings in found.items()
        if writings
    }
