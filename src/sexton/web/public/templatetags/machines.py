"""Tags for the head of a page: its title as a text, and what it tells machines."""

from __future__ import annotations

import html
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context

from sexton.web.public.machines.page_head import PageHead
from sexton.web.public.machines.page_head import page_head as head_of

register = template.Library()
TITLE = "page_title"


class Titled(template.Node):
    """Draws what it holds, and remembers its text for the rest of the head."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        drawn = self.nodelist.render(context)
        # What was drawn is escaped; what is remembered is a text again.
        context.dicts[0][TITLE] = html.unescape(drawn).strip()
        return drawn


@register.tag
def titled(parser: Parser, token: Token) -> Titled:
    """``{% titled %}{% block title %}{% endblock %}{% endtitled %}``."""
    nodelist = parser.parse(("endtitled",))
    parser.delete_first_token()
    return Titled(nodelist)


@register.simple_tag(takes_context=True)
def page_head(context: dict[str, Any]) -> PageHead | None:
    """What the head of this page tells machines; None for a page that is not public."""
    return head_of(context, str(context.get(TITLE, "")))
