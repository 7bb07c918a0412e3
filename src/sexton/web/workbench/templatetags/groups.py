"""Words for the codes of groups: ``{{ group.kind|group_kind }}``."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from sexton.web.workbench.groups import words

register = template.Library()


@register.filter
def group_kind(kind: str) -> Promise:
    """What a group is, in words."""
    return words.KINDS[kind]


@register.filter
def group_basis(basis: str) -> Promise:
    """What the names of a group are, in words."""
    return words.BASES[basis]
