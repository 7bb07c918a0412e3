"""The text of a letter to an archive, in the archive's language.

It says who asks, about whom, every form of his name and number, what is known of him and what is
asked for. What it rests on by law is told only where somebody states it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sexton.dates import read_date
from sexton.names import script
from sexton.names.channel import Kind
from sexton.web.cases.asking import NAMES, Asked, asked_of
from sexton.web.cases.models import Case
from sexton.web.cases.refreshing import row_of
from sexton.web.public import readings
from sexton.web.register import labels
from sexton.web.register.models import Site

LANGUAGES = ("de", "fr", "nl", "ru", "en")
# What an archive may hold of a prisoner, in the order in which it is asked for.
PAPERS: dict[str, labels.Label] = {
    "cards": gettext_lazy("his personal card and any other card that bears his name or number"),
    "transfers": gettext_lazy("transfers between camps, and his work detachments with their dates"),
    "hospital": gettext_lazy("papers of hospitals and sick-bays"),
    "death": gettext_lazy("the notice of his death, and what it says of the place of burial"),
    "kin": gettext_lazy("his home address and his next of kin as they were entered then"),
    "losses": gettext_lazy("reports of losses and lists of the missing that name him"),
}
USUAL = ("cards", "transfers", "death", "kin")


@dataclass(frozen=True, slots=True)
class Brief:
    """What a letter is made from, beside what is known of the man; kept with the letter."""

    asker: str
    address: str = ""
    papers: tuple[str, ...] = USUAL
    basis: str = ""
    remark: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"papers": list(self.papers)}

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Brief | None:
        """The brief of a letter; None for a letter that was made from none."""
        if "asker" not in stored:
            return None
        return cls(**{**stored, "papers": tuple(stored.get("papers", ()))})


@dataclass(frozen=True, slots=True)
class About:
    """Whom a letter is about: how he is asked for, where he lies, the number of the case."""

    asked: Asked
    case: str
    site: Site | None = None


def about(case: Case) -> About:
    """The man of a case, with the clues that stand."""
    return About(asked_of(row_of(case)), case.key, case.record.site)


def compose(man: About, brief: Brief, language: str) -> str:
    """The letter in ``language``, a blank line between its paragraphs."""
    with translation.override(language):
        paragraphs = (_lines(part) for part in _parts(man, brief, language))
        return "\n\n".join(text for text in paragraphs if text) + "\n"


def _parts(man: About, brief: Brief, language: str) -> Iterator[Iterable[str]]:
    yield [_subject(man)]
    yield [_("Dear Sir or Madam,")]
    yield [_("We are trying to find out who lies in a war grave, and we ask for your help.")]
    yield _grave(man, language)
    yield _facts(man.asked)
    yield from _forms(man.asked)
    yield _wanted(brief)
    yield [brief.remark]
    yield [
        _(
            "If you find him, please send us copies, or tell us how they can be ordered and what "
            "they cost. If you do not find him, please tell us that too, and which holdings were "
            "searched: it keeps others from searching there again, and it helps to identify him."
        )
    ]
    if brief.basis:
        yield [_("Our request rests on: %(basis)s") % {"basis": brief.basis}]
    yield [_("Our reference: %(case)s") % {"case": man.case}]
    yield [_("Yours faithfully,")]
    yield [brief.asker, *brief.address.splitlines()]


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _subject(man: About) -> str:
    if not man.asked.written:
        return _("Inquiry about a war grave without a name")
    return _("Inquiry about a war grave: %(name)s") % {"name": man.asked.written}


def _grave(man: About, language: str) -> Iterator[str]:
    if man.site is not None:
        params = {"site": man.site.name_in(language), "place": man.site.municipality}
        same = not params["place"] or params["place"] in params["site"]
        text = _("The grave lies at %(site)s.") if same else _("The grave: %(site)s, %(place)s.")
        yield text % params
    if man.asked.written:
        yield _("The name as we read it: %(name)s.") % {"name": man.asked.written}
    else:
        yield _("No name is known to us.")


def _facts(asked: Asked) -> Iterator[str]:
    if asked.facts:
        yield _("What we know of him besides:")
    for name, written in asked.facts:
        told = {"field": labels.label(name, "field"), "value": _told(name, written)}
        yield "– " + _("%(field)s: %(value)s") % told


def _told(name: str, written: str) -> str:
    """A fact as written; a date in words, too, where it can be read."""
    if name == "sex":
        return str(labels.SEX.get(written, written))
    reading = read_date(written) if name.endswith("_date") else None
    if reading is None or reading.first is None or reading.last is None:
        return written
    days = readings.days(reading.first, reading.last)
    if days == written:
        return written
    return _("%(days)s (written: %(written)s)") % {"days": days, "written": written}


def _forms(asked: Asked) -> Iterator[Iterable[str]]:
    told = [(kind, asked.forms(kind)) for kind in NAMES]
    if any(forms for _kind, forms in told):
        yield [
            _(
                "His name may have been written in many ways. Please look also under these forms; "
                "those in the letters of the other alphabet are what may have been meant:"
            ),
            *(_of_kind(kind, forms) for kind, forms in told if forms),
        ]
    if asked.numbers:
        yield [
            _("His prisoner number may stand in one of these ways:"),
            "– " + "; ".join(asked.numbers),
        ]
    if asked.camps:
        yield [_("His camp may stand as:"), "– " + "; ".join(asked.camps)]


def _of_kind(kind: Kind, forms: tuple[str, ...]) -> str:
    """The forms of one part of the name, those of one alphabet after those of the other."""
    cyrillic = [form for form in forms if script(form) == "cyrillic"]
    others = [form for form in forms if form not in cyrillic]
    text = " / ".join("; ".join(some) for some in (others, cyrillic) if some)
    return "– " + _("%(field)s: %(value)s") % {"field": labels.label(kind, "field"), "value": text}


def _wanted(brief: Brief) -> Iterator[str]:
    wanted = [code for code in PAPERS if code in brief.papers]
    if wanted:
        yield _("We ask you to look for:")
        yield from (f"– {PAPERS[code]}" for code in wanted)
