"""What the head of each kind of page tells: a description in the reader's words, linked data.

The descriptions are made of what the page shows; they never choose between sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sexton.web.public import readings
from sexton.web.public.figures.shown import Shown
from sexton.web.public.machines import linked
from sexton.web.public.machines.addresses import Uris
from sexton.web.public.machines.kinds import HEADS, Head, head_of
from sexton.web.public.person.forms import Form
from sexton.web.register import labels
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import Grave, Memorial, Organisation, Person, Record, Site, Source

Context = Mapping[str, Any]
UNKNOWN = Head()
LISTS: dict[str, Promise] = {
    "map": _("Graves, memorials, camps, mines and places of death on a map, with a list."),
    "numbers": _("Figures on the dead of this register: of how many, how counted, with the data."),
    "sites": _("All sites where the dead lie or are remembered, with the numbers that are stated."),
    "persons": _("All persons of the register: records that are held to speak of one human being."),
    "organisations": _("Camps, mines, hospitals, resistance movements and units that are named."),
    "days": _("Day by day: who was born, who died, and what happened, by which source."),
    "places": _("Places as sources write them: who died there, what happened, which graves."),
    "sources": _("All sources: what each holds, how much was read, what was taken from it."),
    "statements": _("Numbers that were stated, side by side: who said them, when, of when, where."),
    "findings": _("Possible faults that the audit found in the lists, open and settled."),
    "memorials": _("Monuments, plaques and crosses that remember the dead, by kind and place."),
    "parts": _(
        "The parts that the pages of this site are made of, for who makes or translates them."
    ),
    "about": _("How this register is made, what it cannot do, and whose data it uses."),
    "data": _(
        "The whole register as files, CSV and JSON Lines, with a description of each column."
    ),
}


def head_for(kind: str, context: Context, uris: Uris) -> Head:
    """What the head of a page tells; nothing of its own for a kind that nobody described."""
    describe = HEADS.get(kind)
    return describe(context, uris) if describe else UNKNOWN


def _list_head(kind: str) -> None:
    @head_of(kind)
    def describe(context: Context, uris: Uris) -> Head:
        return Head(str(LISTS[kind]))


for _kind in LISTS:
    _list_head(_kind)


@head_of("data")
def data(context: Context, uris: Uris) -> Head:
    manifest = context.get("manifest")
    files = manifest["files"] if manifest else []
    return Head(str(LISTS["data"]), linked=linked.dataset_nodes(uris, str(LISTS["data"]), files))


@head_of("home")
def home(context: Context, uris: Uris) -> Head:
    name = gettext("A register of war graves")
    return Head(linked=linked.website_nodes(uris, f"Sexton · {name}", reverse("search")))


@head_of("person")
def person(context: Context, uris: Uris) -> Head:
    found = context.get("person")
    if not isinstance(found, Person):
        return UNKNOWN
    path = context.get("path") or []
    records = context.get("records") or []
    return Head(
        description=life_in_words(path, records),
        type="profile",
        linked=linked.person_nodes(uris, found, path, _given(context), records),
        crumbs=[(gettext("Persons"), reverse("persons"))],
        feed="person-changes",
    )


def _given(context: Context) -> list[tuple[str, str]]:
    """The forms of the name that the page shows, without conjectures."""
    return given_of(context.get("forms") or [])


def given_of(forms: Iterable[Form]) -> list[tuple[str, str]]:
    """Forms of a name with their languages; a conjecture is no name."""
    return [(form.text, form.language) for form in forms if not form.is_conjecture]


def life_in_words(path: list[Step], records: list[Record]) -> str:
    """Birth, death, grave and how many sources: what a reader sees before the page."""
    known = (
        (gettext("Birth: %(date)s"), _days_in_words(path, "birth")),
        (gettext("Death: %(date)s"), _days_in_words(path, "death")),
    )
    parts = [words % {"date": days} for words, days in known if days]
    sites = {record.site_id: record.site for record in records if record.site}
    parts += [site.name_in(get_language() or "en") for site in sites.values()]
    sources = len({record.source_id for record in records})
    if records:
        rows = ngettext("%(n)d record", "%(n)d records", len(records)) % {"n": len(records)}
        of = ngettext("%(n)d source", "%(n)d sources", sources) % {"n": sources}
        parts.append(gettext("%(records)s of %(sources)s") % {"records": rows, "sources": of})
    return "; ".join(parts)


def _days_in_words(path: list[Step], kind: str) -> str:
    """The days of a birth or death where the sources can all be right; else that they differ."""
    step = next((step for step in path if step.kind == kind and not step.beside), None)
    standing = step.aspects["when"].standing if step and "when" in step.aspects else []
    if not standing:
        return ""
    if step and step.aspects["when"].agreement == "differ" and not standing[0].preferred:
        return gettext("the sources disagree")
    said = standing[0].said
    return readings.edtf_days(said.edtf, *said.days) if said.has_days else said.text


@head_of("site")
def site(context: Context, uris: Uris) -> Head:
    found = context.get("site")
    if not isinstance(found, Site):
        return UNKNOWN
    where = [found.municipality, str(labels.label(found.province, "province"))]
    parts = [str(labels.label(found.kind, "kind")), ", ".join(text for text in where if text)]
    if found.persons_buried:
        parts.append(gettext("Buried, as stated: %(text)s") % {"text": found.persons_buried})
    return Head(
        description=_joined(parts),
        type="place",
        linked=linked.site_nodes(uris, found),
        crumbs=[(gettext("Sites"), reverse("sites"))],
        feed="site-changes",
    )


@head_of("graves")
def graves(context: Context, uris: Uris) -> Head:
    words = gettext("All graves of this site, by plot, row and number: %(site)s")
    return _in_site(context, words)


@head_of("register")
def register(context: Context, uris: Uris) -> Head:
    words = gettext("All dead of this site as a table to print, each with the sources: %(site)s")
    return _in_site(context, words)


def _in_site(context: Context, words: str) -> Head:
    """The head of a page that is a part of a site."""
    found = context.get("site")
    if not isinstance(found, Site):
        return UNKNOWN
    name = found.name_in(get_language() or "en")
    crumbs = [(gettext("Sites"), reverse("sites")), (name, found.get_absolute_url())]
    return Head(words % {"site": name}, type="place", crumbs=crumbs)


@head_of("number")
def number(context: Context, uris: Uris) -> Head:
    shown = context.get("shown")
    if not isinstance(shown, Shown):
        return UNKNOWN
    return Head(str(shown.words.what), crumbs=[(gettext("Numbers"), reverse("numbers"))])


@head_of("grave")
def grave(context: Context, uris: Uris) -> Head:
    found = context.get("grave")
    if not isinstance(found, Grave):
        return UNKNOWN
    where = found.site.name_in(get_language() or "en")
    crumbs = [(gettext("Sites"), reverse("sites")), (where, found.site.get_absolute_url())]
    words = gettext("A grave of this site, who lies there and by which source: %(site)s")
    return Head(words % {"site": where}, type="place", crumbs=crumbs)


@head_of("memorial")
def memorial(context: Context, uris: Uris) -> Head:
    found = context.get("memorial")
    if not isinstance(found, Memorial):
        return UNKNOWN
    told = gettext("What it is, whom it remembers, and what is written on it.")
    return Head(_joined([found.place, told]), type="place")


@head_of("record")
def record(context: Context, uris: Uris) -> Head:
    found, who = context.get("record"), context.get("person")
    if not isinstance(found, Record):
        return UNKNOWN
    source = gettext("no source named") if found.source is None else str(found.source)
    words = gettext("What one source writes of one person, word for word: %(source)s")
    crumbs = [(gettext("Persons"), reverse("persons"))]
    if who is not None:
        name = who.name if who.is_named and who.name else gettext("Unnamed")
        crumbs.append((name, who.get_absolute_url()))
    return Head(
        description=words % {"source": source},
        type="article",
        linked=linked.record_nodes(uris, found, who),
        crumbs=crumbs,
    )


@head_of("source")
def source(context: Context, uris: Uris) -> Head:
    found = context.get("source")
    if not isinstance(found, Source):
        return UNKNOWN
    parts = [str(found), found.publisher, gettext("What it says of the dead of this register.")]
    return Head(
        description=_joined(parts),
        type="article",
        linked=linked.source_nodes(uris, found),
        crumbs=[(gettext("Sources"), reverse("sources"))],
        feed="source-changes",
    )


@head_of("organisation")
def organisation(context: Context, uris: Uris) -> Head:
    found = context.get("organisation")
    if not isinstance(found, Organisation):
        return UNKNOWN
    kind = str(labels.label(found.kind, "organisation"))
    told = gettext("Who was there, when, and by which source.")
    names = [name for name, _voice in context.get("names") or []]
    return Head(
        description=_joined([kind, found.place, told]),
        linked=linked.organisation_nodes(uris, found, names, context.get("events") or []),
        crumbs=[(gettext("Organisations"), reverse("organisations"))],
    )


@head_of("place")
def place(context: Context, uris: Uris) -> Head:
    found = context.get("place")
    if found is None:
        return UNKNOWN
    words = gettext("%(place)s: who died there, what happened, which graves and camps are there.")
    return Head(
        description=words % {"place": found.name},
        type="place",
        linked=linked.place_nodes(uris, uris.named("place", found.slug), found.name),
        crumbs=[(gettext("Places"), reverse("places"))],
    )


@head_of("day")
def day(context: Context, uris: Uris) -> Head:
    period = context.get("period")
    if period is None:
        return UNKNOWN
    words = gettext("%(date)s: births, deaths and events, what is stated and what is possible.")
    when = readings.days(period.first, period.last)
    return Head(words % {"date": when}, crumbs=[(gettext("Days"), reverse("days"))])


def _joined(parts: list[str]) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
