"""What waits for somebody: a few numbers above the list, each with the list that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sexton.web.workbench.lists.cases import ME
from sexton.web.workbench.lists.listing import Listing
from sexton.web.workbench.lists.readers import Reader

# Facet, value, what is counted.
_TILES = (
    ("waiting", "me", _("to be judged by me")),
    ("assignee", ME, _("given to me")),
    ("waiting", "decide", _("to be decided")),
    ("waiting", "disagree", _("on which reviewers disagree")),
    ("waiting", "overdue", _("with a reminder due")),
    ("waiting", "family", _("under embargo")),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it counts, and the query that lists it."""

    count: int
    title: Any
    query: str


def tiles(found: Listing, reader: Reader) -> Sequence[Tile]:
    """What waits for a reader, whatever he is filtering for."""
    shown = [one for one in _TILES if one[1] != "decide" or reader.decides]
    return [
        Tile(found.counted(facet, value), title, urlencode({facet: value}))
        for facet, value, title in shown
    ]
