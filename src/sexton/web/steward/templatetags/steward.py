"""A tag of the desk's lists: the pages of a list."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin.views.main import PAGE_VAR

from sexton.web.steward.shown import called

register = template.Library()
register.filter("called", called)


@register.inclusion_tag("steward/_pages.html")
def pages_of(cl: Any) -> dict[str, Any]:
    """The page before, the page after, and where one is."""
    page = cl.paginator.get_page(cl.page_num)
    before = page.previous_page_number() if page.has_previous() else None
    after = page.next_page_number() if page.has_next() else None
    return {
        "page": page,
        "before": cl.get_query_string({PAGE_VAR: before}) if before else "",
        "after": cl.get_query_string({PAGE_VAR: after}) if after else "",
    }
