"""Counts that a site states against the rows that a list has for it.

Rows are counted for each source page by itself, because the same dead stand on several pages; the
page with most rows is the one that is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sexton.audit.material import Material, Person, Site, by_source
from sexton.audit.model import Finding
from sexton.audit.stated_counts import CountClaim, read_counts
from sexton.messages import N_, Message, Value

MORE = N_("%(site)s: %(rows)d rows of one source, but the site states “%(stated)s” buried.")
FEWER = N_(
    "%(site)s: the fullest source has %(rows)d rows, but the site states “%(stated)s” buried."
)
NONE = N_("Sites that state burials and of which the list has no row: %(sites)s.")
UNNAMED = N_("%(site)s: %(rows)d rows without a name, but the site states “%(stated)s” unknown.")
SOURCES_DISAGREE = N_("%(site)s: sources disagree on how many lie there: “%(stated)s”.")

_NOT_BURIALS = "memorial"


def _rows(material: Material) -> dict[str, list[Person]]:
    """The people of each site, in the order of the list."""
    found: dict[str, list[Person]] = {}
    for person in material.people:
        found.setdefault(person.site, []).append(person)
    return found


def _fullest(rows: list[Person]) -> tuple[str, list[Person]]:
    """The source page with most rows."""
    pages = by_source(rows)
    return max(pages.items(), key=lambda page: len(page[1]))


def _spoken_by(claim: CountClaim, source: str) -> bool:
    """Whether the name of who made the claim stands in the address of the page."""
    words = re.findall(r"[^\W\d_]{5,}", claim.by.casefold())
    plain = source.casefold().replace("é", "e")
    return any(word.replace("é", "e") in plain for word in words)


def _limits(claims: tuple[CountClaim, ...], source: str) -> tuple[int, int]:
    own = [claim for claim in claims if _spoken_by(claim, source)] or claims
    return min(claim.low for claim in own), max(claim.high for claim in own)


def _compare(site: Site, rows: list[Person]) -> Finding | None:
    claims = read_counts(site.buried)
    if not claims:
        return None
    page, people = _fullest(rows)
    low, high = _limits(claims, page)
    if low <= len(people) <= high:
        return None
    params: dict[str, Value] = {"site": site.id, "rows": len(people), "stated": site.buried}
    text = MORE if len(people) > high else FEWER
    return Finding("count_against_rows", "warning", (site.id,), Message(text, params))


def _without_rows(sites: list[Site]) -> Finding:
    """One note for all of them: a list that holds a part of the sites is no fault at each."""
    told = "; ".join(f"{site.id} ({site.buried})" for site in sites)
    ids = tuple(site.id for site in sites)
    return Finding("count_against_rows", "note", ids, Message(NONE, {"sites": told}))


def _states_burials(site: Site) -> bool:
    return any(claim.low > 0 for claim in read_counts(site.buried))


def count_against_rows(material: Material) -> Iterator[Finding]:
    """A site states another number of dead than any source page lists.

    Either rows are missing or doubled, a row is no burial, or the stated number is wrong.
    """
    rows = _rows(material)
    sites = [site for site in material.sites if site.kind != _NOT_BURIALS]
    for site in sites:
        finding = _compare(site, rows[site.id]) if site.id in rows else None
        if finding:
            yield finding
    missing = [site for site in sites if site.id not in rows and _states_burials(site)]
    if missing:
        yield _without_rows(missing)


def unnamed_against_rows(material: Material) -> Iterator[Finding]:
    """A site states another number of unknown dead than there are rows without a name."""
    rows = _rows(material)
    for site in material.sites:
        claims, people = read_counts(site.unknown), rows.get(site.id, [])
        if not claims or not people or site.kind == _NOT_BURIALS:
            continue
        counts = [
            sum(1 for person in page if not person.named and person.name)
            for page in by_source(people).values()
        ]
        if not any(claim.low <= max(counts) <= claim.high for claim in claims):
            params: dict[str, Value] = {"site": site.id, "rows": max(counts)}
            message = Message(UNNAMED, {**params, "stated": site.unknown})
            yield Finding("unnamed_against_rows", "note", (site.id,), message)


def sources_disagree_on_count(material: Material) -> Iterator[Finding]:
    """Two sources state different numbers of dead, or of unknown dead, for one site."""
    for site in material.sites:
        for stated in (site.buried, site.unknown):
            claims = read_counts(stated)
            lowest_high = min((claim.high for claim in claims), default=0)
            if claims and max(claim.low for claim in claims) > lowest_high:
                message = Message(SOURCES_DISAGREE, {"site": site.id, "stated": stated})
                yield Finding("sources_disagree_on_count", "warning", (site.id,), message)
