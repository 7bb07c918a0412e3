"""What is said of one thing, and by whom: accounts that agree together, others side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from sexton.names import fold
from sexton.web.register.models import Claim, Grave, Organisation, Record, Site, Source

_SIGNS = re.compile(r"[\W_]+")


class _HasSource(Protocol):
    source: Source | None
    record: Record | None
    citation: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A source, or the record taken from it, that says something; and a verdict on its claim."""

    source: Source | None = None
    record: Record | None = None
    citation: str = ""
    state: str = "asserted"
    preferred: bool = False
    reason: str = ""

    @classmethod
    def of_claim(cls, claim: Claim) -> Voice:
        source = claim.source or (claim.record.source if claim.record else None)
        verdict = claim.state, claim.preferred, claim.reason
        return cls(source, claim.record, claim.citation, *verdict)

    @classmethod
    def of_row(cls, row: _HasSource) -> Voice:
        """The source of a sourced row; that of its record where it names none itself."""
        source = row.source or (row.record.source if row.record else None)
        return cls(source, row.record, row.citation)

    @property
    def key(self) -> tuple[str, int, str]:
        """Who speaks: two claims of one record are one voice."""
        if self.record is not None:
            return "record", self.record.pk, ""
        return ("source", self.source.pk, self.citation) if self.source else ("", 0, "")

    @property
    def origin(self) -> int | None:
        """The source behind it; None where none is named."""
        return self.source.pk if self.source else None

    def get_absolute_url(self) -> str:
        """Where one step leads: the record word for word, else the source ("" without either)."""
        shown = self.record or self.source
        return shown.get_absolute_url() if shown else ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said: a text, with the days, the site, grave or organisation that it means, if any.

    Two accounts with the same ``key`` say the same. ``text`` is as written, ``table`` the table of
    labels if it is a code; ``within`` says where a number was given.
    """

    key: str
    text: str = ""
    language: str = ""
    table: str = ""
    edtf: str = ""
    first_day: date | None = None
    last_day: date | None = None
    site: Site | None = None
    grave: Grave | None = None
    organisation: Organisation | None = None
    within: str = ""

    @property
    def has_days(self) -> bool:
        return self.first_day is not None or self.last_day is not None

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day it can mean; an open side reaches to the end of the calendar."""
        first, last = self.first_day or date.min, self.last_day or date.max
        return (first, last) if first <= last else (last, first)


@lru_cache(1 << 14)
def normal(text: str) -> str:
    """A text without the differences that say nothing: case, accents, signs."""
    return _SIGNS.sub(" ", fold(text)).strip()


def said_text(text: str, language: str = "", **values: str) -> Said:
    return Said(f"text {normal(text)} {values.get('within', '')}", text, language, **values)


def said_code(code: str, table: str) -> Said:
    return Said(f"code {code}", code, table=table)


def said_when(
    written: str, edtf: str, first: date | None, last: date | None, language: str = ""
) -> Said:
    key = f"edtf {edtf}" if edtf else f"text {normal(written)}"
    return Said(key, written, language, edtf=edtf, first_day=first, last_day=last)


def said_site(site: Site, grave: Grave | None = None) -> Said:
    key = f"grave {grave.pk}" if grave else f"site {site.pk}"
    return Said(key, site=site, grave=grave)


def said_organisation(organisation: Organisation, written: str = "") -> Said:
    key = f"organisation {organisation.pk}"
    return Said(key, written or organisation.name, organisation=organisation)


@dataclass(slots=True)
class Alternative:
    """One account of something, with all who give it and the ways in which they write it."""

    said: Said
    voices: list[Voice] = field(default_factory=list)
    writings: list[str] = field(default_factory=list)

    def hear(self, voice: Voice, written: str) -> None:
        """Count a voice once, unless it now comes with a verdict."""
        if written and written not in self.writings:
            self.writings.append(written)
        same = [heard for heard in self.voices if heard.key == voice.key]
        if not same:
            self.voices.append(voice)
        elif voice.preferred or voice.state != "asserted":
            self.voices[self.voices.index(same[0])] = voice

    @property
    def preferred(self) -> bool:
        return any(voice.preferred for voice in self.voices)

    @property
    def disproven(self) -> bool:
        return all(voice.state == "disproven" for voice in self.voices)

    @property
    def disputed(self) -> bool:
        return not self.disproven and any(voice.state != "asserted" for voice in self.voices)

    @property
    def written_otherwise(self) -> list[str]:
        """How sources write an organisation that has another name: camps are printed garbled."""
        own = self.said.organisation
        return [text for text in self.writings if own and normal(text) != normal(own.name)]

    @property
    def reasons(self) -> list[str]:
        """Why it was preferred, disputed or disproven."""
        return list(dict.fromkeys(voice.reason for voice in self.voices if voice.reason))


@dataclass(slots=True)
class Aspect:
    """One side of a step (when, place, number …) with what is said of it, each account once."""

    name: str
    accounts: dict[str, Alternative] = field(default_factory=dict)

    def hear(self, said: Said, voice: Voice) -> None:
        self.accounts.setdefault(said.key, Alternative(said)).hear(voice, said.text)

    @property
    def alternatives(self) -> list[Alternative]:
        """The preferred first, the disproven last, else those that most give."""
        return sorted(self.accounts.values(), key=_rank)

    @property
    def standing(self) -> list[Alternative]:
        """Those that nobody has disproven."""
        return [account for account in self.alternatives if not account.disproven]

    @property
    def agreement(self) -> str:
        """How the standing accounts go together.

        ``one``, ``less_exact`` (all can mean one day, or one grave), ``differ`` (they cannot),
        ``several`` (organisations: he may have been in each) or ``written`` (texts that differ).
        """
        standing = self.standing
        if len(standing) < 2:
            return "one"
        said = [account.said for account in standing]
        if all(each.has_days for each in said):
            return "less_exact" if _share_a_day(said) else "differ"
        if all(each.site for each in said):
            return "less_exact" if _share_a_grave(said) else "differ"
        return "several" if any(each.organisation for each in said) else "written"


def _rank(account: Alternative) -> tuple[bool, bool, int, str]:
    return not account.preferred, account.disproven, -len(account.voices), account.said.key


def _share_a_day(said: Iterable[Said]) -> bool:
    spans = [each.days for each in said]
    return max(first for first, _ in spans) <= min(last for _, last in spans)


def _share_a_grave(said: Iterable[Said]) -> bool:
    """Whether all can mean one grave: of one site, and no two of different graves."""
    places = [(each.site, each.grave) for each in said]
    graves = {grave for _, grave in places if grave}
    return len({site for site, _ in places}) == 1 and len(graves) < 2


def hull(accounts: Iterable[Alternative]) -> tuple[date, date] | None:
    """The widest span that the accounts leave open; None where none of them has days."""
    spans = [account.said.days for account in accounts if account.said.has_days]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)
