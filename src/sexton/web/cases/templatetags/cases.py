"""Words for the codes of cases: ``{{ case.state|case_state }}``."""

from __future__ import annotations

from django import template

from sexton.web.cases import words
from sexton.web.register import model_names
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


@register.filter
def kind_in_words(kind: str) -> model_names.Word:
    """What rows of a kind are called, several of them."""
    known = model_names.MODELS.get(kind)
    return known[1] if known else kind
