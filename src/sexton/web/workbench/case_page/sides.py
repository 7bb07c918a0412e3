"""The man of a case and his candidates as sides of a comparison: from the tables to ``facing``."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from sexton.records import Record
from sexton.records.simulated import is_simulated
from sexton.web.cases.models import Candidate, Case
from sexton.web.cases.naming import archive_of, archive_row, as_list_record, record_key
from sexton.web.register.contact import CONTACT
from sexton.web.register.models import Site
from sexton.web.workbench.case_page.facing import Side

OWN = "A"


def own_side(case: Case) -> Side:
    """The man of the case, with the clues that stand."""
    record = case.record
    clues = case.clues.filter(stands=True).values_list("field", "value", "citation")
    return Side(
        letter=OWN,
        title=gettext("The man of the case"),
        fields=record.fields,
        extra={name: text for name, text in record.extra.items() if name not in CONTACT},
        address=record.get_absolute_url(),
        key=record.key,
        simulated=is_simulated(as_list_record(record)),
        clues=list(clues),
    )


def candidate_side(candidate: Candidate, letter: str = "B") -> Side:
    """A candidate, as his row was when he was found."""
    return Side(
        letter=letter,
        title=called(candidate),
        fields=candidate.fields,
        address=address_of(candidate.name),
        key=key_of(candidate.name),
        candidate=candidate.name,
        simulated=is_marked(candidate),
    )


def is_marked(candidate: Candidate) -> bool:
    """Whether the candidate never lived: by the mark of the engine, or of his own row."""
    key = record_key(candidate.name) or ""
    return candidate.simulated or is_simulated(Record(key, candidate.fields, {}, "", 0))


def called(candidate: Candidate) -> str:
    """The candidate by his name; without one by what he is."""
    return str(candidate.fields.get("name") or gettext("Candidate without a name"))


def address_of(candidate: str) -> str:
    """Where the candidate's row is shown word for word."""
    if key := record_key(candidate):
        return reverse("record", args=[key])
    row = archive_row(candidate)
    if row is None:
        return ""
    told = {"name": row.archive, "digest": row.digest, "row": row.row}
    return reverse("archive-record", kwargs=told)


def key_of(candidate: str) -> str:
    """How a candidate's row is named beside his name: its key, or its place in the archive."""
    row = archive_row(candidate)
    if row is None:
        return record_key(candidate) or candidate
    return f"{row.archive} · {row.row}"


def list_words(pool: str) -> str:
    """A list in words: the register, or an archive by its name."""
    archive = archive_of(pool)
    if archive is None:
        return gettext("The register")
    return gettext("Archive %(name)s") % {"name": archive}


def site_names(sides: Iterable[Side]) -> dict[str, Site]:
    """The sites that the sides name by their keys as places of burial, by key."""
    keys = {side.fields.get("burial_place", "") for side in sides} - {""}
    return {site.key: site for site in Site.objects.filter(key__in=keys)} if keys else {}
