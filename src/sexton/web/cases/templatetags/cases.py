"""Words for the codes of cases: ``{{ case.state|case_state }}``."""

from __future__ import annotations

from django import template

from sexton.web.cases import words
from sexton.web.register.labels import Label

register = template.Library()


@register.filter
def case_state(state: str) -> Label:
    """A step of the ladder in words."""
    return words.STATES[state]


@register.filter
def verdict(code: str) -> Label:
    """What a reviewer says, in words."""
    return words.VERDICTS[code]
