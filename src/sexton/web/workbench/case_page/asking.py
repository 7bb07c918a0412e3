"""What one further document would change most: worked out when somebody asks, for one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from sexton.web.cases.models import Inquiry
from sexton.web.cases.pools import pool_of
from sexton.web.cases.refreshing import failed_of, row_of, rows_of
from sexton.web.cases.weighing import Question, most_telling
from sexton.web.research.archives import TROUBLES
from sexton.web.research.shelf import Trouble


@dataclass(frozen=True, slots=True)
class Answer:
    """For a list, what to ask for, the most telling first; ``trouble`` is why it cannot be said."""

    pool: str
    questions: Sequence[Question] = ()
    trouble: Promise | str = ""


def ask(inquiry: Inquiry) -> Answer:
    """Which document of the man of a case would narrow most who he is."""
    case = inquiry.case
    try:
        found = most_telling(row_of(case), rows_of(inquiry), pool_of(inquiry), failed_of(case))
    except Trouble as trouble:
        return Answer(inquiry.pool, trouble=TROUBLES[trouble.kind])
    return Answer(inquiry.pool, found)
