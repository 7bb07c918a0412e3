"""The audit: every check on one list."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from sexton.audit.checks import (
    camps,
    counts,
    dates,
    leaks,
    people,
    places,
    provinces,
    spellings,
)
from sexton.audit.material import Material, read_record, read_site
from sexton.audit.model import SEVERITIES, Finding
from sexton.audit.same_man import Link, groups_of, same_man_pairs
from sexton.places import Gazetteer, load_gazetteer
from sexton.records import Record

Progress = Callable[[str, int, int | None], None]
Check = Callable[[Material], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    people.one_man_twice,
    people.same_dates_two_names,
    people.one_man_at_two_sites,
    leaks.leaked_birth_place,
    places.birth_place_contradicts_itself,
    dates.born_after_death,
    dates.misprinted_date,
    dates.unlikely_age,
    dates.death_outside_war,
    dates.births_disagree,
    dates.deaths_disagree,
    spellings.cut_name,
    spellings.garbled_name,
    spellings.glued_name,
    spellings.moved_letters,
    spellings.plate_date,
    spellings.lookalike_letters,
    spellings.cyrillic_in_latin_capitals,
    camps.camp_against_number,
    camps.camp_not_known,
    provinces.wrong_province,
    provinces.text_says_other_province,
    provinces.coordinates_in_other_province,
    provinces.coordinates_far_from_commune,
    counts.count_against_rows,
    counts.unnamed_against_rows,
    counts.sources_disagree_on_count,
)
"""Each check finds the kind of fault that it is named after."""


def kinds() -> dict[str, str]:
    """Every kind of fault with its explanation."""
    return {check.__name__: inspect.getdoc(check) or "" for check in CHECKS}


def audit(
    records: Iterable[Record],
    sites: Iterable[Mapping[str, str]] = (),
    links: Iterable[Link] | None = None,
    gazetteer: Gazetteer | None = None,
    birth_places: Gazetteer | None = None,
    progress: Progress | None = None,
    apart: Collection[frozenset[str]] = frozenset(),
) -> list[Finding]:
    """The findings on a list of records, the worst first, then by kind.

    ``sites`` are rows of a list of sites (``site_id, kind, municipality, province, latitude,
    longitude, persons_buried, persons_unknown, facts``); ``links`` the pairs that `dedupe` found
    (without them a plain rule finds the records of one man); ``gazetteer`` knows the places of
    sites that are no communes, ``birth_places`` those of births (the packaged gazetteer of the
    former Soviet Union by default). Never raises on what the cells hold.
    """
    people_read = tuple(read_record(record, position) for position, record in enumerate(records))
    pairs = same_man_pairs(people_read, links, apart)
    site_rows = tuple(read_site(row) for row in sites)
    births = birth_places or load_gazetteer("ussr")
    material = Material(people_read, site_rows, pairs, groups_of(pairs), gazetteer, births)
    found: list[Finding] = []
    for done, check in enumerate(CHECKS, start=1):
        found += check(material)
        if progress:
            progress("checking", done, len(CHECKS))
    order = [check.__name__ for check in CHECKS]
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), order.index(f.kind)))
