"""Filters of the templates: codes into words, sentences into the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from sexton.dates import read_date
from sexton.messages import Message, translate
from sexton.web.contributions import subjects
from sexton.web.public import readings, telling
from sexton.web.public.figures.own import own_words as own_count_words
from sexton.web.public.footnotes import Footnotes
from sexton.web.public.references import References
from sexton.web.public.spots import Spot
from sexton.web.register import labels
from sexton.web.register.figures.beside import Own
from sexton.web.register.lives.accounts import Said, Voice
from sexton.web.register.lives.localities import named_in
from sexton.web.register.lives.periods import Period
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import Grave, Memorial, Person, Record, Site, Sourced
from sexton.web.research import words

register = template.Library()
_ADDRESS = re.compile(r"https?://[^\s()<>\"“”]+[^\s()<>\"“”.,;:]")
SITE_PARAMS = frozenset({"site", "sites", "left", "right"})


@register.filter
def label(code: str, table: str) -> labels.Label:
    """The words for a code: ``{{ site.kind|label:"kind" }}``."""
    return labels.label(code, table) if code else ""


@register.filter
def sentence(
    message: Message | Mapping[str, object], sites: Mapping[str, Site] | None = None
) -> str:
    """A sentence of the engine or the audit, in the language of the page.

    The engine knows a site by its key; with ``sites`` (by key) the reader is told its name.
    """
    if not isinstance(message, Message):
        message = Message(**message)
    if sites:
        params = {
            name: site_text(value, sites) if name in SITE_PARAMS else value
            for name, value in message.params.items()
        }
        message = Message(message.text, params)
    return translate(message, get_language() or "en")


@register.filter
def site_text(text: str | int | float, sites: Mapping[str, Site] | None) -> str | int | float:
    """Names for keys of sites; a text that holds anything else stays as it is."""
    keys = str(text).split(", ")
    if not sites or not all(key in sites for key in keys):
        return text
    return ", ".join(site_name(sites[key]) for key in keys)


@register.filter
def in_words(probability: float) -> Promise:
    return words.probability_in_words(probability)


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands apart, in the way of the page's language: ``1,204,113``."""
    return formats.number_format(number, force_grouping=True, use_l10n=True)


@register.filter
def own_words(own: Own) -> str:
    """What the register's own count beside a statement counts, or why there is none."""
    return own_count_words(own)


@register.filter
def bits(value: float) -> str:
    """Bits of evidence with their sign, one decimal: ``+4.2``, ``−3.0``."""
    number = formats.number_format(abs(value), decimal_pos=1)
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{number}"


@register.filter
def written(text: str, language: str = "") -> SafeString:
    """A text as its source writes it, marked with the source's language for speech and hyphens."""
    return telling.written(text, language)


@register.filter
def cited(text: str) -> SafeString | str:
    """A citation as it is written; an address of the web in it is a link."""
    found = _ADDRESS.search(text)
    if found is None:
        return text
    link = format_html('<a href="{}" rel="noreferrer external">{}</a>', found[0], found[0])
    return format_html("{}{}{}", text[: found.start()], link, text[found.end() :])


@register.filter
def day(text: str) -> str:
    """A date in the way of the page's language; what cannot be read stays as it is written."""
    reading = read_date(text)
    if reading is None or reading.first is None or reading.last is None:
        return text
    return readings.days(reading.first, reading.last)


@register.filter
def site_name(site: Site | Memorial) -> str:
    """The name of a site or memorial in the language of the page, else as a source writes it."""
    return site.name_in(get_language() or "en")


@register.filter
def spot_name(spot: Spot) -> str:
    """A place of the map in the language of the page, else as a source writes it."""
    return spot.name_in(get_language() or "en")


@register.filter
def shown_name(named: Person | Record) -> str:
    """The name of a person or record; for an unnamed one the word that says so."""
    return named.name if named.is_named and named.name else gettext("Unnamed")


@register.filter
def when(said: Said | Period) -> str:
    """The days that an account means, in the way of the page's language; else as written."""
    if isinstance(said, Period):
        return readings.days(said.first, said.last)
    return telling.days_in_words(said)


@register.filter
def place_page(text: str) -> str:
    """The address of the page of the first place that a text names; "" where it names none."""
    slug = next((slug for slug, _ in named_in(text)), "")
    return reverse("place", args=[slug]) if slug else ""


@register.filter
def day_page(said: Said) -> str:
    """The address of the page of the day, month or year that is meant; "" for other times."""
    return telling.day_page(said)


@register.filter
def grave_words(grave: Grave) -> str:
    """Where in its site a grave is: ``plot B, row 2, grave 17``, as far as it is known."""
    return telling.grave_in_words(grave)


@register.filter
def about(row: object) -> str:
    """How the form for readers names what somebody writes about: ``person:KEY``."""
    return subjects.of(row)


@register.filter
def notes(voices: Voice | Iterable[Voice], footnotes: Footnotes) -> SafeString:
    """Who says so, as numbers that lead to the list of sources at the end of the page."""
    numbers = footnotes.numbers([voices] if isinstance(voices, Voice) else voices)
    if numbers not in footnotes.links:
        footnotes.links[numbers] = _note_links(numbers)
    return footnotes.links[numbers]


def _note_links(numbers: Sequence[int]) -> SafeString:
    if not numbers:
        return format_html('<span class="missing">{}</span>', gettext("no source named"))
    words = gettext("Source")
    link = '<a class="ref" href="#source-{}"><span class="unseen">{} </span>{}</a>'
    return format_html_join(" ", link, ((number, words, number) for number in numbers))


@register.filter
def voice(row: Sourced) -> Voice:
    """Who says what a row holds: ``{{ marker|voice|notes:foot }}``."""
    return Voice.of_row(row)


@register.filter
def less(difference: int) -> int:
    """How many fewer a negative difference is."""
    return -difference


@register.filter
def ref(voice: Voice, refs: References | Footnotes) -> SafeString:
    """A voice's number as a link to its record or source: the one step to where it is said."""
    return refs.link(voice)


@register.simple_tag(takes_context=True)
def told(context: template.Context, step: Step) -> SafeString:
    """What is said of a step; ``refs`` and, on its own page, ``organisation`` are the context's."""
    return telling.step_html(step, context["refs"], context.get("organisation"))
