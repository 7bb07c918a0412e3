"""Tags of the pages of persons and records: who writes a form, what sources say, how to cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext

from sexton.web.public import readings, telling
from sexton.web.public.person.differing import Difference
from sexton.web.public.person.forms import Form
from sexton.web.public.person.papers import Paper, SourceFacts, facts_of
from sexton.web.public.references import References
from sexton.web.public.templatetags.sexton import bits, day, sentence, shown_name, site_text
from sexton.web.public.versions import Cell, Row
from sexton.web.register import labels
from sexton.web.register.lives.accounts import Aspect, Voice
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import (
    Document,
    Event,
    PairLink,
    Person,
    Record,
    Relation,
    Site,
    Source,
)
from sexton.web.register.simulated import any_never_lived
from sexton.web.register.surroundings import Care, Companions

register = template.Library()
SHORT = 70
NAMED = 3


@register.filter
def is_simulated(person: Person) -> bool:
    """Whether one of the records of a person, which the page has read already, is simulated."""
    return any_never_lived(member.record for member in person.memberships.all())


@register.filter
def are_simulated(heard: Iterable[Voice]) -> bool:
    """Whether one of those who speak of a person is a simulated record."""
    return any_never_lived(voice.record for voice in heard)


@register.simple_tag
def form_uses(form: Form, refs: References) -> SafeString:
    """What a form is, and the numbers of those who write it so."""
    parts = [
        f"{_uses_words(use.kind, use.basis)} {_links(use.voices, refs)}".strip()
        for use in form.uses
    ]
    return mark_safe("; ".join(parts))


@register.simple_tag
def form_sources(form: Form, refs: References) -> SafeString:
    """What a form is, since when, and by name who writes it so."""
    lines = []
    for use in form.uses:
        when = f", {escape(', '.join(map(day, use.dates)))}" if use.dates else ""
        words = f"{_uses_words(use.kind, use.basis)}{when}"
        lines.append(_with_label(mark_safe(words), _named(use.voices, refs)))
    return mark_safe("<br>".join(lines))


def _uses_words(kind: str, basis: str) -> str:
    words = escape(str(labels.label(kind, "name_kind")))
    if not basis:
        return words
    look = "warning" if basis == "conjecture" else "note"
    return f"{words} {telling.badge(labels.label(basis, 'basis'), look)}"


def _links(voices: Iterable[Voice], refs: References) -> str:
    return " ".join(dict.fromkeys(refs.link(voice) for voice in voices))


def _named(voices: Iterable[Voice], refs: References) -> str:
    """Sources by their titles, each once; the numbers lead to the records."""
    by_source: dict[int | None, list[Voice]] = {}
    for voice in voices:
        by_source.setdefault(voice.origin, []).append(voice)
    listed = list(by_source.values())
    parts = [f"{source_link(each[0].source)} {_links(each, refs)}" for each in listed[:NAMED]]
    parts += [_links(each, refs) for each in listed[NAMED:]]
    return ", ".join(parts)


@register.simple_tag
def source_link(source: Source | None) -> SafeString:
    """A source by its title, cut if it is long; what is cut stands on its own page."""
    if source is None:
        return telling.missing(gettext("no source named"))
    title = Truncator(source.title or source.url).chars(SHORT)
    text = telling.written(title, source.language) if source.title else escape(title)
    return mark_safe(f'<a href="{source.get_absolute_url()}">{text}</a>')


@register.simple_tag
def voices(heard: Iterable[Voice], refs: References) -> SafeString:
    """The numbers of those who say so."""
    return mark_safe(_links(heard, refs))


@register.simple_tag
def row_ref(row: Relation | Document, refs: References) -> SafeString:
    """The number of the record or source behind a row."""
    return refs.link(Voice.of_row(row))


@register.simple_tag
def accounts(aspect: Aspect, step: Step, refs: References) -> SafeString:
    """All accounts that stand, in one line; where they exclude each other it says so."""
    told = [telling.account_html(one, aspect.name, step, refs) for one in aspect.standing]
    line = " · ".join(told)
    if aspect.agreement == "differ":
        badge = telling.agreement_html("differ")
        line += f' <a class="more" href="#differing">{badge}</a>'
    return mark_safe(line)


@register.simple_tag
def difference(one: Difference, refs: References) -> SafeString:
    """One thing on which sources differ, with every account of it and who gives it, by name."""
    step = one.step or Step("")
    table = "aspect" if one.aspect.name in labels.ASPECTS else "field"
    what = escape(str(labels.label(one.aspect.name, table)))
    if one.step:
        what = _with_label(str(labels.label(step.kind, "step")), what)
    badge = telling.agreement_html(one.agreement) if one.agreement != "one" else ""
    lines = []
    for account in one.accounts:
        value = telling.judged_html(account, one.aspect.name, step)
        says = f'<span class="says">{_named(account.voices, refs)}</span>'
        lines.append(f"<li><span>{value}</span> {says}{telling.reasons_html(account)}</li>")
    return mark_safe(f"<div><dt>{what} {badge}</dt><dd><ul>{''.join(lines)}</ul></dd></div>\n")


@register.simple_tag
def care_of(care: Care, refs: References) -> SafeString:
    """Who looks after a site, or owns it, and the words of the source that says so."""
    name = ""
    if care.organisation:
        address = care.organisation.get_absolute_url()
        name = f'<a href="{address}">{escape(care.organisation.name)}</a>'
    said = [
        f'<span class="hint">“{telling.written(claim.value, claim.language)}”</span> '
        f"{refs.link(Voice.of_claim(claim))}"
        for claim in care.claims
    ]
    said = said or [telling.missing(gettext("no source named"))]
    return mark_safe(" ".join([name, *said]).strip())


@register.simple_tag
def ceremony(event: Event, refs: References) -> SafeString:
    """A ceremony: its day, what it is, and who says so."""
    when: str = telling.missing(gettext("day not stated"))
    if event.first_day and event.last_day:
        when = escape(readings.edtf_days(event.when_edtf, event.first_day, event.last_day))
    if event.title:
        when = _with_label(mark_safe(when), f'<span lang="en">{escape(event.title)}</span>')
    return mark_safe(f"{when} {refs.link(Voice.of_row(event))}")


@register.simple_tag
def people(one: Companions) -> SafeString:
    """Others in one event or grave, as links."""
    links = [
        f'<a href="{person.get_absolute_url()}">{escape(shown_name(person))}</a>'
        for person in one.persons
    ]
    if one.more:
        links.append(escape(gettext("and others")))
    return mark_safe(", ".join(links))


@register.simple_tag
def version_cells(row: Row) -> SafeString:
    """A field in all versions, a cell for each source."""
    return mark_safe("".join(_cell(row, cell) for cell in row.cells))


def _cell(row: Row, cell: Cell) -> str:
    if not cell.text:
        return telling.missing(gettext("not stated"), "td")
    if row.code_table:
        return f"<td>{escape(str(labels.label(cell.text, row.code_table)))}</td>"
    return telling.written(cell.text, "en" if row.field == "remarks" else cell.language, "td")


@register.simple_tag
def evidence_rows(link: PairLink, site_names: Mapping[str, Site]) -> SafeString:
    """What each field of two records says for or against their being of one person."""
    sides = (("left", link.left), ("right", link.right))
    rows = []
    for item in link.evidence:
        places = site_names if item["field"] == "burial_place" else None
        cells = [f'<th scope="row">{escape(str(labels.label(item["field"], "field")))}</th>']
        for side, record in sides:
            text = str(site_text(item[side], places))
            language = "" if places else record.fields.get("language", "")
            cells.append(telling.written(text, language, "td"))
        cells.append(f'<td class="number">{bits(item["bits"])}</td>')
        cells.append(f"<td>{escape(sentence(item['message'], places))}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return mark_safe("".join(rows))


@register.simple_tag
def cited_voices(refs: References, papers: Mapping[int, Paper]) -> SafeString:
    """All who say something as one cites them; what is stated of a source is told once."""
    told: set[int | None] = {None}
    lines = []
    for voice in refs.voices:
        paper = papers.get(voice.record.pk) if voice.record else None
        parts = [_cited(voice)]
        if voice.origin not in told:
            told.add(voice.origin)
            parts.append(source_facts(paper.facts if paper else facts_of(voice.source, {})))
        parts.append(neighbours(paper) if paper else "")
        lines.append(f"<li>{'<br>'.join(part for part in parts if part)}</li>\n")
    return mark_safe("".join(lines))


def _cited(voice: Voice) -> str:
    parts = [source_link(voice.source)]
    if voice.record:
        words = escape(gettext("Record"))
        key = f'<span class="id">{escape(voice.record.key)}</span>'
        parts.append(f'<a href="{voice.record.get_absolute_url()}">{words} {key}</a>')
    if voice.citation:
        parts.append(escape(voice.citation))
    return " · ".join(parts)


@register.simple_tag
def source_facts(facts: SourceFacts) -> SafeString:
    """What is stated of a source by the fields that a citation wants; the others are named."""
    if facts.source is None:
        return mark_safe("")
    told = [_stated(name, value) for name, value in facts.stated]
    if facts.fonds:
        told.insert(0, escape(gettext("Part of")) + " " + source_link(facts.fonds))
    if facts.missing:
        names = ", ".join(str(labels.label(name, "not_cited")) for name in facts.missing)
        words = gettext("Not stated: %(names)s") % {"names": names}
        told.append(telling.missing(words))
    return mark_safe(f'<span class="hint">{" · ".join(told)}</span>')


def _stated(name: str, value: str) -> str:
    if name == "language":
        value = str(labels.label(value, "language"))
    if name == "read_on":
        value = day(value)
    return _with_label(str(labels.label(name, "cited")), escape(value))


def _with_label(label: str, value: str) -> str:
    """A value behind its label, with a colon as the language sets it; the value is HTML."""
    return gettext("%(label)s: %(value)s") % {"label": conditional_escape(label), "value": value}


@register.simple_tag
def neighbours(paper: Paper) -> SafeString:
    """The rows before and after a record in its list: such men often went together."""
    rows = ((gettext("before"), paper.beside.before), (gettext("after"), paper.beside.after))
    told = [_with_label(words, _neighbour(record)) for words, record in rows if record]
    if not told:
        return mark_safe("")
    label = escape(gettext("In the same list,"))
    return mark_safe(f'<span class="hint">{label} {" · ".join(told)}</span>')


def _neighbour(record: Record) -> str:
    member = getattr(record, "membership", None)
    shown = member.person if member else record
    return f'<a href="{shown.get_absolute_url()}">{escape(shown_name(record))}</a>'
