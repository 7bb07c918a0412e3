"""What a letter is about: a page of the register, named in an address as ``person:KEY``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from sexton.web.contributions.models import SUBJECTS, Contribution
from sexton.web.register.models import Organisation, Person, Record, Site, Source

MODELS: dict[str, Any] = {
    "person": Person,
    "site": Site,
    "organisation": Organisation,
    "record": Record,
    "source": Source,
}
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that has a page."""

    kind: str
    row: Any

    @property
    def about(self) -> str:
        """As an address names it."""
        return f"{self.kind}:{self.row.key}"

    @property
    def name(self) -> str:
        if isinstance(self.row, Site):
            return self.row.name_in(get_language() or "en")
        return str(getattr(self.row, "title", "") or getattr(self.row, "name", "") or self.row.key)

    @property
    def address(self) -> str:
        return str(self.row.get_absolute_url())

    @property
    def stored(self) -> dict[str, str]:
        """The columns of a letter that say what it is about, and to whose site it belongs."""
        site = self.row if isinstance(self.row, Site) else getattr(self.row, "site", None)
        return {
            "subject_kind": self.kind,
            "subject_key": self.row.key,
            "subject_name": self.name[:LONGEST_NAME],
            "site_key": site.key if site is not None else "",
        }


def read(about: str) -> Subject | None:
    """The subject that an address names; None for none, or one that is not there."""
    kind, _, key = about.replace("\x00", "").partition(":")
    if kind not in SUBJECTS or not key or len(key) > LONGEST_NAME:
        return None
    row = MODELS[kind].objects.filter(key=key).first()
    return Subject(kind, row) if row is not None else None


def of(row: Any) -> str:
    """How an address names a row; "" for what no letter can be about."""
    kind = next((kind for kind, model in MODELS.items() if isinstance(row, model)), "")
    return f"{kind}:{row.key}" if kind else ""


def of_letter(letter: Contribution) -> Subject | None:
    """What a letter is about, if it is still in the register."""
    return read(f"{letter.subject_kind}:{letter.subject_key}") if letter.subject_kind else None
