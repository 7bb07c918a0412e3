"""The steps of lives as HTML: what is said, by whom, and how the accounts go together.

Written in Python, not as a template: a full page holds hundreds of these cells, and a template that
asks what each of them is takes longer than all the rest of the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from sexton.web.public import readings
from sexton.web.public.references import References
from sexton.web.register import labels
from sexton.web.register.lives.accounts import Alternative, Aspect, Said
from sexton.web.register.lives.localities import named_in
from sexton.web.register.lives.periods import read_period
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import Grave, Organisation, Site

# A single grave is what one expects; these kinds say something.
TELLING_GRAVES = frozenset({"common", "cenotaph"})


def step_html(step: Step, refs: References, here: Organisation | None = None) -> SafeString:
    """All that is said of a step, a line for each aspect.

    ``here`` is the organisation whose page this is: it is not linked to itself.
    """
    lines = "\n".join(_line(aspect, step, refs, here) for aspect in step.shown)
    return mark_safe(f'<dl class="told">{lines}\n</dl>')


def _line(aspect: Aspect, step: Step, refs: References, here: Organisation | None) -> str:
    accounts, agreement = aspect.alternatives, aspect.agreement
    told = [account_html(account, aspect.name, step, refs, here) for account in accounts]
    badge = "" if agreement == "one" else f" {agreement_html(agreement)}"
    values = f"<dd>{told[0]}</dd>"
    if len(told) > 1:
        items = "".join(f"<li>{one}</li>" for one in told)
        values = f'<dd><ul class="accounts">{items}</ul></dd>'
    return f"<div><dt>{_label(aspect.name, 'aspect')}{badge}</dt>{values}</div>"


def agreement_html(agreement: str) -> SafeString:
    """How accounts go together, as a badge."""
    look = "warning" if agreement == "differ" else "note"
    return badge(labels.label(agreement, "agreement"), look)


def badge(words: labels.Label, look: str = "") -> SafeString:
    """A word or two in a frame, of the look of an error, a warning, a note, or of none."""
    kind = f"badge {look}".strip()
    return mark_safe(f'<span class="{kind}">{escape(str(words))}</span>')


def missing(words: str, tag: str = "span") -> SafeString:
    """Words that say that something is not known."""
    return mark_safe(f'<{tag} class="missing">{escape(words)}</{tag}>')


def account_html(
    account: Alternative,
    aspect: str,
    step: Step,
    refs: References,
    here: Organisation | None = None,
) -> SafeString:
    """One account, the verdict on it, and the numbers of those who give it."""
    parts = [judged_html(account, aspect, step, here)]
    parts += [refs.link(voice) for voice in account.voices]
    return mark_safe(" ".join(parts) + reasons_html(account))


def judged_html(
    account: Alternative, aspect: str, step: Step, here: Organisation | None = None
) -> SafeString:
    """What is said, struck through if it is disproven, with the verdict on it."""
    value = _value(account, aspect, step, here)
    if account.disproven:
        value = f"<s>{value}</s> " + badge(gettext("disproven"), "error")
    elif account.disputed:
        value += " " + badge(gettext("disputed"), "warning")
    if account.preferred:
        value += " " + badge(gettext("preferred"))
    return mark_safe(value)


def reasons_html(account: Alternative) -> SafeString:
    """Why somebody preferred, disputed or disproved it."""
    label = escape(gettext("Reason:")) if account.reasons else ""
    lines = [f'<br><span class="hint">{label} {escape(why)}</span>' for why in account.reasons]
    return mark_safe("".join(lines))


def _value(account: Alternative, aspect: str, step: Step, here: Organisation | None) -> str:
    said = account.said
    if said.has_days:
        return _days(said, linked=not account.disproven)
    if said.site:
        return _site(said.site, said.grave)
    if said.organisation:
        return _organisation(said.organisation, account.written_otherwise, here)
    if said.table:
        return _label(said.text, said.table)
    text = written(said.text, said.language)
    if aspect == "place" and step.kind != "birth" and not account.disproven:
        return _place(said.text, text)
    if aspect == "inscription":
        return f'<span class="cut">{text}</span>'
    within = said.within if step.is_of_several else ""
    return f"{text} ({escape(within)})" if within else text


def _label(code: str, table: str) -> str:
    return escape(str(labels.label(code, table)))


def _days(said: Said, linked: bool) -> str:
    page = day_page(said) if linked else ""
    words = escape(days_in_words(said))
    return f'<a href="{page}">{words}</a>' if page else words


def day_page(said: Said) -> str:
    """The address of the page of the day, month or year that is meant; "" for other times."""
    period = read_period(said.edtf)
    return reverse("day", args=[period.edtf]) if period else ""


def days_in_words(said: Said) -> str:
    """The days that an account means, in the way of the page's language; else as written."""
    return readings.edtf_days(said.edtf, *said.days) if said.has_days else said.text


def _site(site: Site, grave: Grave | None) -> str:
    name = escape(site.name_in(get_language() or "en"))
    where = grave_in_words(grave) if grave else ""
    text = f'<a href="{site.get_absolute_url()}">{name}</a>{", " if where else ""}{escape(where)}'
    if grave is not None and grave.kind in TELLING_GRAVES:
        text += f" ({_label(grave.kind, 'grave')})"
    return text


def grave_in_words(grave: Grave) -> str:
    """Where in its site a grave is: ``plot B, row 2, grave 17``, as far as it is known."""
    parts = (
        (grave.plot, gettext("plot %(text)s")),
        (grave.row, gettext("row %(text)s")),
        (grave.number, gettext("grave %(text)s")),
    )
    return ", ".join(words % {"text": text} for text, words in parts if text)


def _organisation(found: Organisation, otherwise: Iterable[str], here: Organisation | None) -> str:
    name = escape(found.name)
    text = name if found == here else f'<a href="{found.get_absolute_url()}">{name}</a>'
    for writing in otherwise:
        text += f' <span class="hint">“{written(writing)}”</span>'
    return text


def _place(text: str, shown: str) -> str:
    slug = next((slug for slug, _ in named_in(text)), "")
    return f'<a href="{reverse("place", args=[slug])}">{shown}</a>' if slug else shown


def written(text: str, language: str = "", tag: str = "span") -> SafeString:
    """A text as its source writes it, marked with the source's language for speech and hyphens."""
    if not text and tag == "span":
        return mark_safe("")
    lang = f' lang="{language}"' if language in labels.LANGUAGES else ""
    return mark_safe(f'<{tag} class="written"{lang}>{escape(text)}</{tag}>')
