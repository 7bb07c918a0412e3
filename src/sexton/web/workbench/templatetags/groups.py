"""Words for the codes of groups: ``{{ group.kind|group_kind }}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.functional import Promise

from sexton.web.cases.models import Case
from sexton.web.workbench.groups import words
from sexton.web.workbench.groups.keeping import groups_for
from sexton.web.workbench.models import Group

register = template.Library()


@register.filter
def group_kind(kind: str) -> Promise:
    """What a group is, in words."""
    return words.KINDS[kind]


@register.filter
def group_basis(basis: str) -> Promise:
    """What the names of a group are, in words."""
    return words.BASES[basis]


@register.simple_tag
def groups_of(case: Case, user: Any) -> list[Group]:
    """The groups that a case is in, as far as somebody may work on them."""
    return list(groups_for(user).filter(bodies__case=case))
