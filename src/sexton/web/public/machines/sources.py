"""JSON of a source, of what everybody states, and of what the audit found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import (
    finding_json,
    is_simulated,
    person_ref,
    site_ref,
    source_json,
    stated,
    statements_json,
)
from sexton.web.public.views import sources as sources_view
from sexton.web.public.views import statements as statements_view
from sexton.web.register import findings as register
from sexton.web.register import labels
from sexton.web.register.models import Finding, Record, Source, Statement

PAGE = 100
LISTED = 500


@json_of("source")
def source(asked: Asked, key: str) -> Json:
    """What a source is and says: its records page by page, its sites and statements."""
    found = get_object_or_404(Source, key=key)
    rows = found.records.select_related("site", "membership__person").order_by("key")
    return {
        **source_json(asked, found),
        "source_kind": stated(found.kind),
        "numbers": dict(sources_view.numbers_by_key().get(key, {})),
        "part_of": [asked.of(above) for above in found.fonds()],
        "sites": [site_ref(asked, site) for site in found.sites.all()],
        "statements": statements_json(asked, found.statements.select_related("source")),
        "records": asked.paged(rows, PAGE, lambda page: [_line(asked, one) for one in page]),
    }


def _line(asked: Asked, record: Record) -> Json:
    """A record as a list shows it: the name as written, and whom it is held to speak of."""
    asked.simulated = asked.simulated or is_simulated(record)
    member = getattr(record, "membership", None)
    return {
        "id": asked.of(record),
        "key": record.key,
        "name": stated(record.name) if record.is_named else None,
        "is_named": record.is_named,
        "site": site_ref(asked, record.site),
        "person": person_ref(asked, member.person) if member else None,
    }


@json_of("statements")
def statements(asked: Asked) -> Json:
    """All statements, by what they are about; those that disagree stand side by side.

    ``?about=`` sites, organisations or the rest; ``?own=yes`` those that can be compared.
    """

    def tell(page: list[Statement]) -> list[Json]:
        return [
            {
                **told,
                "site": site_ref(asked, one.site),
                "organisation": asked.of(one.organisation) if one.organisation else None,
            }
            for one, told in zip(page, statements_json(asked, page), strict=True)
        ]

    return asked.paged(statements_view.listed(asked.request.GET), LISTED, tell)


@json_of("findings")
def findings(asked: Asked) -> Json:
    """The findings of ``?state=`` (the open ones by default), ``?kind=`` and ``?severity=``."""
    state = asked.value("state")
    state = state if state in labels.FINDING_STATES else "open"
    narrowed = {name: asked.value(name) for name in ("kind", "severity") if asked.value(name)}
    rows = register.with_verdicts(register.in_state(state).filter(**narrowed))
    return {
        "state": state,
        "counts": register.counts(),
        **asked.paged(rows, PAGE, lambda page: _findings(asked, page)),
    }


def _findings(asked: Asked, page: list[Finding]) -> list[Json]:
    return [finding_json(asked, finding) for finding in page]
