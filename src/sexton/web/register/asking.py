"""Which of several tables hold anything of a subject: asked at once, in plain SQL.

Of most men most tables hold nothing; to ask each of them through its model takes longer than all
the rest of a page.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection
from django.db.models import Model

N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Question:
    """Whether ``model`` has a row with one of ``ids`` in one of ``columns``.

    ``only`` are texts that other columns have to hold.
    """

    model: type[Model]
    columns: Sequence[str]
    ids: Sequence[int]
    only: Sequence[tuple[str, Sequence[str]]] = ()

    def sql(self) -> tuple[str, list[object]]:
        """The question and its values; a row for each column, so that each uses its index."""
        table, values, parts = _quoted(self.model._meta.db_table), [], []
        for column in self.columns:
            conditions = []
            for name, held in ((column, self.ids), *self.only):
                conditions.append(f"{_quoted(name)} IN ({', '.join(['%s'] * len(held))})")
                values += held
            where = " AND ".join(conditions)
            parts.append(f"EXISTS (SELECT 1 FROM {table} WHERE {where})")
        return f"({' OR '.join(parts)})", values


def that_hold(questions: Iterable[tuple[N, Question]]) -> set[N]:
    """The names of those questions to which the answer is yes; without ids it is no."""
    asked = [(name, question) for name, question in questions if question.ids]
    if not asked:
        return set()
    texts, values = zip(*(question.sql() for _, question in asked), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", [one for held in values for one in held])
        answers = cursor.fetchone()
    return {name for (name, _), answer in zip(asked, answers, strict=True) if answer}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
