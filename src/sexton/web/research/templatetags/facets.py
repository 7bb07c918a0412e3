"""What a page of results has by the hundred: values of facets, numbers with their words.

Made here and not by tags of templates, which take ten times as long for each.
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from sexton.web.public.templatetags.sexton import day
from sexton.web.register import labels
from sexton.web.research.filters import Facet

register = template.Library()
_PLAIN = '<li><a href="?{}" rel="nofollow">{}</a> <span class="number">{}</span></li>\n'
_CHOSEN = (
    '<li><a href="?{}" rel="nofollow" class="on"><span aria-hidden="true">✓ </span>'
    '<span class="unseen">{} </span>{}</a> <span class="number">{}</span></li>\n'
)


@register.filter
def facet_values(facet: Facet) -> SafeString:
    """Each value as a link that chooses it or takes it away, with its count."""
    chosen = [value for value in facet.values if value.is_chosen]
    words = gettext("chosen:")
    return format_html(
        "{}{}",
        format_html_join("", _CHOSEN, ((v.query, words, v.words, v.count) for v in chosen)),
        format_html_join(
            "", _PLAIN, ((v.query, v.words, v.count) for v in facet.values if not v.is_chosen)
        ),
    )


@register.filter
def records_counted(n: int) -> str:
    return ngettext("%(n)s record", "%(n)s records", n) % {"n": n}


@register.filter
def sources_counted(n: int) -> str:
    return ngettext("%(n)s source", "%(n)s sources", n) % {"n": n}


@register.filter
def days_in_words(texts: list[str]) -> str:
    """Dates as sources write them, each in the way of the page's language."""
    return " / ".join(day(text) for text in texts)


@register.filter
def joined(words: list[labels.Label]) -> str:
    return " · ".join(map(str, words))
