"""Which letters an account may see, and whether it sees who wrote them.

A letter about a site, or about a record of one, is of that site; any other belongs to none, so
that only who holds his role everywhere sees it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sexton.web.accounts import policy
from sexton.web.accounts.rights import grants_of
from sexton.web.contributions.models import Contribution
from sexton.web.register.models import Site


def visible(user: Any, rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Those of ``rows`` that ``user`` may read."""
    sites = policy.sites_for(grants_of(user), "read_letters")
    if sites is None:
        return rows
    keys = Site.objects.filter(pk__in=sites).values_list("key", flat=True)
    return rows.filter(site_key__in=[*keys])


def may(user: Any, action: str, letter: Contribution) -> bool:
    """Whether ``user`` may do ``action`` to a letter."""
    sites = Site.objects.filter(key=letter.site_key).values_list("pk", flat=True)
    return policy.allowed(grants_of(user), action, frozenset(sites))
