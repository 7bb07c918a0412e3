"""Stated numbers beside the register's own count of the same thing, where it has one.

What a measure counts is a text in the list of statements. ``RULES`` says which count of the
register is of the same thing; ``OTHER`` why there is none. A measure in neither is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sexton.web.register.figures import facts, places
from sexton.web.register.lives.kept import kept
from sexton.web.register.lives.presence import members_of_all
from sexton.web.register.models import Memorial, Organisation, Site, Statement

# Counts that are of another thing, and why.
ALL_MEN, GRAVES, NO_NUMBER, NOT_CLEAR = "all_men", "graves", "no_number", "not_clear"
WITH_DEAD = ("grave", "cemetery_plot", "mass_grave")


@dataclass(frozen=True, slots=True)
class Own:
    """The register's own count, by which rule; or no number, and why."""

    rule: str
    number: int | None = None


def own_counts(
    statements: Iterable[Statement], there: Mapping[int, list[int]] | None = None
) -> dict[int, Own]:
    """Statement id to the register's own count of the same thing.

    ``there`` are the members of all organisations, where they are known already.
    """
    counts = _Counts()
    if there is not None:
        counts.there = there
    return {statement.pk: _own(statement, counts) for statement in statements}


def own(statement: Statement) -> Own:
    return _own(statement, _Counts())


def _own(statement: Statement, counts: _Counts) -> Own:
    measure = " ".join(statement.measure.lower().split())
    if measure in OTHER:
        return Own(OTHER[measure])
    rule = RULES.get(measure, "")
    number = counts.by_rule(rule, statement) if rule else None
    return Own(rule, number) if number is not None else Own(NOT_CLEAR)


class _Counts:
    """The register's counts, each asked for once whatever the number of statements."""

    @cached_property
    def at_sites(self) -> Mapping[int, set[int]]:
        return places.persons_of_sites()

    @cached_property
    def there(self) -> Mapping[int, list[int]]:
        return members_of_all()

    @cached_property
    def overall(self) -> Mapping[str, int]:
        return _overall()

    def by_rule(self, rule: str, statement: Statement) -> int | None:
        """The count by a rule; None where the statement is not about such a thing."""
        if rule == OF_SITE:
            return len(self.at_sites.get(site, ())) if (site := statement.site_id) else None
        if rule == OF_ORGANISATION:
            return len(self.there.get(pk, ())) if (pk := statement.organisation_id) else None
        about_one = statement.site_id is not None or statement.organisation_id is not None
        return None if about_one else self.overall[rule]


@kept
def _overall() -> dict[str, int]:
    """The counts of the whole register, of those at a site that holds the dead."""
    with_dead = set(Site.objects.filter(kind__in=WITH_DEAD).values_list("pk", flat=True))
    at_sites = places.persons_of_sites()
    buried = set().union(*(people for pk, people in at_sites.items() if pk in with_dead))
    named = facts.persons()
    taken = {"pow", "partisan"}
    facts.forget()
    roles = facts.stated("role")
    facts.forget()
    movements = Organisation.objects.filter(kind="resistance_movement", parent=None)
    memorials = Memorial.objects.exclude(place="").values_list("place", flat=True)
    return {
        "persons_buried": len(buried),
        "unnamed_buried": sum(1 for person in buried if not named.get(person, True)),
        "taken_buried": sum(
            1 for person in buried if any(one.value in taken for one in roles.get(person, ()))
        ),
        "sites_with_dead": len(with_dead),
        "movements": movements.count(),
        "memorial_places": len(set(memorials)),
    }


OF_SITE, OF_ORGANISATION = "persons_at_site", "persons_of_organisation"
OF_ALL = (
    "persons_buried", "unnamed_buried", "taken_buried", "sites_with_dead", "movements",
    "memorial_places",
)  # fmt: skip
RULES: Mapping[str, str] = {
    "persons buried": "persons_at_site",
    "prisoners of war and forced labourers who died at the mine": "persons_of_organisation",
    "persons in the embassy register": "persons_buried",
    "burials not identified": "unnamed_buried",
    "prisoners of war and partisans buried": "taken_buried",
    "cemeteries with soviet graves": "sites_with_dead",
    "burial sites on the embassy map": "sites_with_dead",
    "resistance movements": "movements",
    "places with memorials to soviet soldiers": "memorial_places",
}
OTHER: Mapping[str, str] = {
    "prisoners forced to labour in coal mines": ALL_MEN,
    "prisoners who fled and joined the belgian resistance": ALL_MEN,
    "russians who stayed in the province": ALL_MEN,
    "graves": GRAVES,
    "soviet graves by belgian data": GRAVES,
    "known burial sites of soviet partisans": GRAVES,
    "most prominent resistance bodies": NO_NUMBER,
}
