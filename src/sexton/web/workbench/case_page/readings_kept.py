"""Writing down how somebody reads the name on the stone: a clue, by which candidates rank anew."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from sexton.web.cases.models import Case, Clue, Inquiry
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register.history import change

FIELD = "other_names"
READ = "a reading of the name on the stone"


def is_kept(case: Case, spellings: Sequence[str]) -> bool:
    """Whether the same reading stands already."""
    value = "; ".join(spellings)
    return case.clues.filter(field=FIELD, value=value, stands=True).exists()


def keep_reading(case: Case, reading: str, spellings: Sequence[str], by: str) -> list[Inquiry]:
    """Write a reading as a clue, and weigh the candidates again.

    Its spellings stand beside the name of the row. Returns the lists as they were weighed; one
    that could not be asked says so (``trouble``).
    """
    citation = gettext("Reading of the stone by %(who)s: %(reading)s")
    with change(by, READ) as door:
        told = citation % {"who": by, "reading": reading}
        door.add(Clue(case=case, field=FIELD, value="; ".join(spellings), citation=told))
    return weigh_again(case)
