"""How a page is cited: a stable address, the state of the register, the day it was read.

In words for a footnote, in BibTeX and in RIS for programs that keep references.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sexton.web.public.elsewhere import whole_address
from sexton.web.register.models import Change, Person, Record
from sexton.web.register.prepared import Prepared

SENTENCES = {
    "person": _(
        "%(title)s. In: Sexton, register of war graves, person %(key)s, %(state)s. "
        "%(address)s (read on %(day)s)."
    ),
    "record": _(
        "%(title)s. In: Sexton, register of war graves, record %(key)s, %(state)s. "
        "%(address)s (read on %(day)s)."
    ),
}
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9._:-]+")
_SPACE = re.compile(r"\s+")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {sign: f"\\{sign}" for sign in "{}%&#$_"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the title as the page bears it, its key, its address, and the two days."""

    title: str
    kind: str
    key: str
    address: str
    language: str
    change: int
    stated_on: date | None
    read_on: date

    @property
    def bibtex_address(self) -> str:
        return reverse(f"{self.kind}-bibtex", args=[self.key])

    @property
    def ris_address(self) -> str:
        return reverse(f"{self.kind}-ris", args=[self.key])

    @property
    def text(self) -> str:
        """In one line, in the language of the page."""
        values = {
            "title": self.title,
            "key": self.key,
            "state": self._state(),
            "address": self.address,
            "day": date_format(self.read_on, "DATE_FORMAT"),
        }
        return (str(SENTENCES[self.kind]) % values).replace("  ", " ")  # without an address

    def _state(self) -> str:
        if self.stated_on is None:
            return gettext("state of the register not dated")
        values = {"day": date_format(self.stated_on, "DATE_FORMAT"), "number": self.change}
        return gettext("state of %(day)s (change %(number)s)") % values

    @property
    def bibtex(self) -> str:
        """An entry that both BibTeX and biblatex read."""
        fields = {
            "title": _tex(self.title),
            "howpublished": "Sexton, register of war graves",
            "note": _tex(f"{self.kind.capitalize()} {self.key}; {self._version()}"),
            "year": str((self.stated_on or self.read_on).year),
            "url": self.address.replace("{", "%7B").replace("}", "%7D"),
            "urldate": self.read_on.isoformat(),
            "language": self.language,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        key = _NOT_IN_KEYS.sub("-", f"sexton-{self.kind}-{self.key}")
        return "\n".join([f"@misc{{{key},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """A record of RIS: two letters, two spaces, a hyphen; lines end as in DOS."""
        stated = self.stated_on or self.read_on
        fields = [
            ("TY", "ELEC"),
            ("ID", f"sexton-{self.kind}-{self.key}"),
            ("TI", self.title),
            ("T2", "Sexton, register of war graves"),
            ("PY", str(stated.year)),
            ("DA", stated.strftime("%Y/%m/%d/")),
            ("UR", self.address),
            ("Y2", self.read_on.strftime("%Y/%m/%d/")),
            ("LA", self.language),
            ("N1", f"{self.kind.capitalize()} {self.key}; {self._version()}"),
            ("ER", ""),
        ]
        told = [(tag, _SPACE.sub(" ", value)) for tag, value in fields if value or tag == "ER"]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in told)

    def _version(self) -> str:
        return f"register of {self.stated_on}, change {self.change}" if self.stated_on else ""


def citation(request: HttpRequest, cited: Person | Record, title: str) -> Citation:
    """The citation of the page of a person or record, as it is now."""
    last = _last_change.first()
    return Citation(
        title=title,
        kind=cited._meta.model_name or "",
        key=cited.key,
        address=whole_address(request, cited.get_absolute_url()),
        language=get_language() or "en",
        change=last[0] if last else 0,
        stated_on=timezone.localdate(last[1]) if last else None,
        read_on=timezone.localdate(),
    )


@Prepared
def _last_change() -> QuerySet[Change, tuple[int, datetime]]:
    return Change.objects.order_by("-pk").values_list("pk", "at")[:1]


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _SPACE.sub(" ", text))
