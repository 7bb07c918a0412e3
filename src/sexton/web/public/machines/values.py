"""The pieces of which JSON is made: days, accounts with their voices, sources, steps, findings.

``null`` means that no source states it. Texts stand as written, with their language where it is
known; what was read in them stands beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sexton.messages import Message, translate
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json
from sexton.web.register.contact import CONTACT
from sexton.web.register.figures.beside import own_counts
from sexton.web.register.lives.accounts import Alternative, Aspect, Said, Voice
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import (
    Claim,
    Finding,
    Grave,
    Organisation,
    Person,
    Record,
    Site,
    Source,
    Statement,
)
from sexton.web.register.simulated import never_lived


def stated(text: str | None) -> str | None:
    """A text, or None where nothing is stated."""
    return text or None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def is_simulated(record: Record) -> bool:
    """Whether a list of simulated persons says of this row that no such man lived."""
    return never_lived(record)


def source_json(asked: Asked, source: Source) -> Json:
    """A source as a page cites it."""
    return {
        "id": asked.of(source),
        "key": source.key,
        "kind": stated(source.kind),
        "title": stated(source.title),
        "url": stated(source.web_address),
        "language": stated(source.language),
        "publisher": stated(source.publisher),
        "holder": stated(source.holder),
        "reference": stated(source.reference),
        "licence": stated(source.licence),
        "holds": stated(source.holds),
        "read": stated(source.read),
        "read_on": stated(source.read_on),
    }


def person_ref(asked: Asked, person: Person) -> Json:
    return {
        "id": asked.of(person),
        "key": person.key,
        "name": stated(person.name) if person.is_named else None,
        "is_named": person.is_named,
    }


def site_ref(asked: Asked, site: Site | None) -> Json | None:
    if site is None:
        return None
    return {"id": asked.of(site), "key": site.key, "names": dict(site.names)}


def organisation_ref(asked: Asked, organisation: Organisation | None) -> Json | None:
    if organisation is None:
        return None
    return {
        "id": asked.of(organisation),
        "key": organisation.key,
        "name": organisation.name,
        "kind": organisation.kind,
    }


def grave_ref(asked: Asked, grave: Grave) -> Json:
    own = getattr(grave, "get_absolute_url", None)
    return {
        **({"id": asked.of(own())} if own else {}),
        "key": grave.key,
        "kind": grave.kind,
        "plot": stated(grave.plot),
        "row": stated(grave.row),
        "number": stated(grave.number),
    }


def voice_json(asked: Asked, voice: Voice) -> Json:
    """Who says something, and what was decided on it."""
    return {
        "source": asked.cite(voice.source),
        "record": asked.of(voice.record) if voice.record else None,
        "citation": stated(voice.citation),
        "state": voice.state,
        "preferred": voice.preferred,
        "reason": stated(voice.reason),
    }


def said_json(asked: Asked, said: Said) -> Json:
    """What is said: as written, with the days, site, grave or organisation that it means."""
    told: dict[str, Any] = {"written": stated(said.text), "language": stated(said.language)}
    if said.table:
        told["code"] = said.text
    if said.edtf or said.has_days:
        told["edtf"] = stated(said.edtf)
        told["first_day"], told["last_day"] = day(said.first_day), day(said.last_day)
    if said.site:
        told["site"] = site_ref(asked, said.site)
    if said.grave:
        told["grave"] = grave_ref(asked, said.grave)
    if said.organisation:
        told["organisation"] = organisation_ref(asked, said.organisation)
    if said.within:
        told["within"] = said.within
    return told


def aspect_json(asked: Asked, aspect: Aspect) -> Json:
    """All accounts of one thing, and how they go together."""
    return {
        "agreement": aspect.agreement,
        "accounts": [account_json(asked, one) for one in aspect.alternatives],
    }


def account_json(asked: Asked, account: Alternative) -> Json:
    state = "disproven" if account.disproven else "disputed" if account.disputed else "asserted"
    return {
        **said_json(asked, account.said),
        "writings": account.writings,
        "state": state,
        "preferred": account.preferred,
        "said_by": [voice_json(asked, voice) for voice in account.voices],
    }


def step_json(asked: Asked, step: Step) -> Json:
    """A step of a life: for each aspect all accounts, and how they go together."""
    return {
        "kind": step.kind,
        "beside": step.beside,
        "aspects": {aspect.name: aspect_json(asked, aspect) for aspect in step.shown},
    }


def told_by(asked: Asked, row: Any) -> Json:
    """The source of a row with its place in it; no verdict stands on such a row."""
    voice = voice_json(asked, Voice.of_row(row))
    return {name: voice[name] for name in ("source", "record", "citation")}


def days_of(row: Any) -> Json:
    """The days of a dated row, as written and as read."""
    return {
        "written": stated(row.when),
        "edtf": stated(row.when_edtf),
        "first_day": day(row.first_day),
        "last_day": day(row.last_day),
    }


def claim_json(asked: Asked, claim: Claim) -> Json:
    """A claim: as written, as read, with who says so and what was decided on it."""
    return {
        "property": claim.property,
        "written": claim.value,
        "language": stated(claim.language),
        "read": stated(claim.read),
        "first_day": day(claim.first_day),
        "last_day": day(claim.last_day),
        "read_by": stated(claim.read_by),
        **voice_json(asked, Voice.of_claim(claim)),
    }


def row_json(asked: Asked, record: Record) -> Json:
    """A record: the row as its source has it."""
    asked.simulated = asked.simulated or is_simulated(record)
    return {
        "id": asked.of(record),
        "key": record.key,
        "source": asked.cite(record.source),
        "site": site_ref(asked, record.site),
        "is_named": record.is_named,
        "name": stated(record.name),
        "language": stated(record.fields.get("language")),
        "fields": _public(record.fields),
        "further_columns": _public(dict(sorted(record.extra.items()))),
        "file": stated(record.file),
        "row": record.row,
        **({"simulated": True} if is_simulated(record) else {}),
    }


def _public(cells: dict[str, Any]) -> dict[str, Any]:
    """The cells that say something, without those that say how to reach somebody."""
    return {name: text for name, text in cells.items() if text and name not in CONTACT}


def claims_json(asked: Asked, claims: Iterable[Claim]) -> list[Json]:
    """Claims, without those that say how to reach somebody."""
    return [claim_json(asked, claim) for claim in claims if claim.property not in CONTACT]


def sentence(asked: Asked, message: Any) -> str:
    """A sentence of the engine or the audit in the language of the answer."""
    made = message if isinstance(message, Message) else Message(**message)
    return translate(made, asked.language)


def finding_json(asked: Asked, finding: Finding) -> Json:
    """A finding with its verdict: why, not who gave it."""
    verdict = finding.verdict
    return {
        "key": finding.key,
        "kind": finding.kind,
        "severity": finding.severity,
        "state": finding.state,
        "sentence": sentence(asked, finding.message),
        "reason": stated(verdict.reason) if verdict else None,
        "records": [asked.of(record) for record in finding.records.all()],
        "sites": [asked.of(site) for site in finding.sites.all()],
        "first_found": moment(finding.first_found),
        "gone": moment(finding.gone),
    }


def findings_json(asked: Asked, findings: Iterable[Finding]) -> list[Json]:
    return [finding_json(asked, finding) for finding in findings]


def statement_json(asked: Asked, statement: Statement) -> Json:
    """A number that somebody stated: what, of when, by whom, on which day, where."""
    return {
        "key": statement.key,
        "subject": statement.subject,
        "measure": statement.measure,
        "written": statement.value,
        "low": statement.low,
        "high": statement.high,
        "refers_to": stated(statement.refers_to),
        "stated_by": stated(statement.stated_by),
        "stated_on": stated(statement.stated_on),
        "source": asked.cite(statement.source),
        "citation": stated(statement.source_text),
    }


def statements_json(
    asked: Asked,
    statements: Iterable[Statement],
    there: Mapping[int, list[int]] | None = None,
) -> list[Json]:
    """Statements with the register's own count of the same thing, or why it has none.

    ``there`` are the members of all organisations, where they are known already.
    """
    rows = list(statements)
    counts = own_counts(rows, there)
    return [
        {
            **statement_json(asked, one),
            "own_count": counts[one.pk].number,
            "own_rule": counts[one.pk].rule,
        }
        for one in rows
    ]
