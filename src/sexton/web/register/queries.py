"""Questions that several pages ask the register."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Model, Prefetch, Q, QuerySet

from sexton.web.register import findings
from sexton.web.register.models import (
    Change,
    Finding,
    Membership,
    PairLink,
    Person,
    Record,
    Site,
    Source,
    State,
    Statement,
)
from sexton.web.register.prepared import Prepared, give_related

SITE_KEY = re.compile(r"(?=.*[a-z])[a-z0-9_-]{3,80}")  # a day written with hyphens is none
M = TypeVar("M", bound=Model)


def figures() -> dict[str, int]:
    """The register's own counts, as of now."""
    persons = Person.objects.aggregate(all=Count("pk"), named=Count("pk", filter=Q(is_named=True)))
    return {
        "sites": Site.objects.count(),
        "sources": Source.objects.count(),
        "records": Record.objects.count(),
        "statements": Statement.objects.count(),
        "persons": persons["all"],
        "named": persons["named"],
        "unnamed": persons["all"] - persons["named"],
        "findings": findings.in_state("open").count(),
    }


def changed_at() -> datetime | None:
    """When anything in the register last changed; None while it is empty."""
    times = (
        State.objects.order_by("-changed_at").values_list("changed_at", flat=True).first(),
        Change.objects.order_by("-pk").values_list("at", flat=True).first(),
    )
    return max((time for time in times if time), default=None)


def either(model: type[M], *conditions: Q) -> QuerySet[M]:
    """Rows for which any of the conditions holds.

    Conditions that go through other tables, joined by "or" in one query, make the database read
    the whole table; each for itself finds its rows by an index.
    """
    first, *others = (model._default_manager.filter(c).order_by().values("pk") for c in conditions)
    return model._default_manager.filter(pk__in=first.union(*others))


def sites_by_key(keys: Iterable[str] | None = None) -> dict[str, Site]:
    """Sites by the key under which the engine and the audit know them: all, or those of ``keys``.

    A key that is none's is left out.
    """
    sites = Site.objects.all() if keys is None else Site.objects.filter(key__in=sorted(set(keys)))
    return {site.key: site for site in sites}


def site_names_in(messages: Iterable[Mapping[str, Any]], known: Iterable[Site]) -> dict[str, Site]:
    """The sites whose keys stand in sentences of the engine or the audit, those ``known`` first."""
    found = {site.key: site for site in known}
    texts = {str(text) for message in messages for text in message.get("params", {}).values()}
    keys = {key for text in texts for key in text.split(", ")}
    missing = {key for key in keys if SITE_KEY.fullmatch(key)} - found.keys()
    return found | (sites_by_key(missing) if missing else {})


def persons_by_site() -> dict[int, int]:
    """Site id to the number of persons that its records speak of."""
    pairs = Membership.objects.filter(record__site__isnull=False)
    distinct = pairs.values_list("record__site_id", "person_id").distinct()
    return dict(Counter(site for site, _ in distinct))


def with_records(persons: QuerySet[Person]) -> QuerySet[Person]:
    """Persons with their records, sites and sources, in three queries whatever their number."""
    memberships = Membership.objects.select_related("record__site", "record__source")
    return persons.prefetch_related(Prefetch("memberships", queryset=memberships))


def give_records(persons: Sequence[Person], members: Iterable[Membership]) -> Sequence[Person]:
    """The persons with these memberships as theirs: what a prefetch does, of rows already read."""
    of: dict[int, list[Membership]] = defaultdict(list)
    for member in members:
        of[member.person_id].append(member)
    for person in persons:
        give_related(person, "memberships", of[person.pk])
        for member in of[person.pk]:
            member.person = person
    return persons


def sites_of(person: Person) -> list[Site]:
    """The sites that a person's records name, each once (``with_records`` makes this cheap)."""
    found = {m.record.site_id: m.record.site for m in person.memberships.all() if m.record.site}
    return [found[key] for key in sorted(found)]


def links_among(records: Iterable[Record]) -> list[PairLink]:
    """The compared pairs whose two records are both in ``records``, with these (one query)."""
    own = {record.pk: record for record in records}
    pairs = _pairs(list(own), list(own))
    for pair in pairs:
        pair.left, pair.right = own[pair.left_id], own[pair.right_id]
    return pairs


@Prepared
def _pairs(left: Sequence[int], right: Sequence[int]) -> QuerySet[PairLink]:
    return PairLink.objects.filter(left_id__in=left, right_id__in=right)


def findings_about(records: Iterable[Record]) -> list[Finding]:
    """What the audit found in the records, without what somebody said is no fault."""
    return findings.with_subjects(_findings_about([record.pk for record in records]))


def findings_at(site: Site) -> list[Finding]:
    """What the audit found about a site, without what somebody said is no fault."""
    return findings.with_subjects(_findings_at(site.pk))


@Prepared
def _findings_about(records: Sequence[int]) -> QuerySet[Finding]:
    return findings.judged(findings.shown_beside().filter(records__in=records).distinct())


@Prepared
def _findings_at(site: int) -> QuerySet[Finding]:
    return findings.judged(findings.shown_beside().filter(sites=site))


def facets(values: Iterable[str]) -> Sequence[tuple[str, int]]:
    """Distinct values with how often each occurs, the most frequent first."""
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
