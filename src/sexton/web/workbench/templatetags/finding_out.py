"""Words for what was found out: ``{% share_words search.share %}``."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from sexton.web.workbench.clues.words import in_a_hundred

register = template.Library()


@register.simple_tag
def share_words(share: float) -> str:
    """How many of such men a list would hold."""
    return gettext("Of such men the list would hold %(share)s.") % {"share": in_a_hundred(share)}
