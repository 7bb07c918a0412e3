"""What a process makes once, before it answers readers, so that no reader waits for it."""

from __future__ import annotations

from sexton.web.research import leading_on
from sexton.web.research.search import find


def begin() -> None:
    """Make the index of the search and that of suggestions: of a large register in some seconds."""
    find("Иванов Iwanow")
    list(leading_on.near("Iwanow"))
    leading_on.coverage()
    leading_on.examples()
