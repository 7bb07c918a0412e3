"""The values of a facet as a list; made here, for a page has a hundred of them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

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
