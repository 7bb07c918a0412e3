"""Queries that are composed once and asked again and again with other values.

To compose a query takes Django longer than SQLite takes to answer it: on a page of a site, half of
the time. A prepared query is composed once for each database, for marks in place of its values; the
values then take the places of the marks. What comes back are models as from any other query.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

R = TypeVar("R")
One = int | str
Value = One | Sequence[int] | Sequence[str]
Place = tuple[int, int]  # which value, and which of its elements
MOST = 256
_NOBODY = -1  # the id of no row: an empty list holds it
_FIRST_MARK = -(10**15)


class Prepared(Generic[R]):
    """``graves = Prepared(lambda site: Grave.objects.filter(site=site))``; ``graves(site.pk)``.

    A value is an id, a text, or a sequence of either; it must stand in the query as it is, in a
    filter: the first asking raises ValueError where it does not. Sequences are compared with
    ``IN``; with one of more than ``MOST`` elements the query is composed anew. A query of
    ``values_list`` gives tuples.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, R]]) -> None:
        self._compose = compose
        self._composed: dict[tuple[object, ...], _Composed[R]] = {}
        self._lock = threading.Lock()

    def __call__(self, *values: Value) -> list[R]:
        """The rows for these values."""
        lengths = tuple(_room(value) for value in values)
        if any(length > MOST for length in lengths):
            return list(self._compose(*values))
        key = (connection.vendor, lengths)
        composed = self._composed.get(key)
        if composed is None:
            with self._lock:
                composed = self._composed[key] = _Composed(self._compose, values, lengths)
        return composed.ask(values)

    def first(self, *values: Value) -> R | None:
        """The first of the rows for these values; None where there is none."""
        return next(iter(self(*values)), None)


def give_related(row: Model, name: str, related: list[Any]) -> None:
    """Let ``row.name.all()`` be these rows: what a prefetch does, of rows that are read already."""
    found = getattr(row, name).all()
    found._result_cache = related
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


class _Composed(Generic[R]):
    """A query as SQL, and what its rows become."""

    def __init__(
        self,
        compose: Callable[..., QuerySet[Any, R]],
        values: Sequence[Value],
        lengths: Sequence[int],
    ) -> None:
        marks = [
            _marks(at, value, n) for at, (value, n) in enumerate(zip(values, lengths, strict=True))
        ]
        rows = compose(*marks)
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("what is to be prefetched is asked for apart")
        compiler = rows.query.get_compiler(connection.alias)
        self.sql, self.params = compiler.as_sql()
        places = _places(marks)
        self.places = [(at, places[p]) for at, p in enumerate(self.params) if _is_mark(p, places)]
        if {place for _, place in self.places} != set(places.values()):
            raise ValueError("a value does not stand in the query as it is")
        self._convert = _converter(compiler)
        of_models = rows._iterable_class is ModelIterable  # type: ignore[attr-defined]
        self._made = _maker(compiler) if of_models else tuple

    def ask(self, values: Sequence[Value]) -> list[R]:
        params = list(self.params)
        for at, (which, element) in self.places:
            params[at] = _element(values[which], element)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self._made(row) for row in self._convert(rows)]


def _room(value: Value) -> int:
    """For how many elements a query is composed: a power of two, so that there are few of them."""
    if isinstance(value, int | str):
        return 1
    return 1 << max(0, len(value) - 1).bit_length()


def _marks(at: int, value: Value, length: int) -> Value:
    """What stands for a value while the query is composed."""
    marks = [_FIRST_MARK - at * 2 * MOST - element for element in range(length)]
    if isinstance(value, int):
        return marks[0]
    if isinstance(value, str):
        return str(marks[0])
    return [str(mark) for mark in marks] if value and isinstance(value[0], str) else marks


def _places(marks: Sequence[Value]) -> dict[One, Place]:
    found: dict[One, Place] = {}
    for at, mark in enumerate(marks):
        each = [mark] if isinstance(mark, int | str) else mark
        found |= {one: (at, element) for element, one in enumerate(each)}
    return found


def _is_mark(param: object, places: Mapping[One, Place]) -> bool:
    return isinstance(param, int | str) and param in places


def _element(value: Value, element: int) -> One:
    """An element of a value; one after the last is the last once more."""
    if isinstance(value, int | str):
        return value
    return value[min(element, len(value) - 1)] if value else _NOBODY


def _converter(compiler: Any) -> Callable[[Any], Any]:
    """From rows of the database to rows of Python's values, as the compiler would do it."""
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(fields)
    if not converters:
        return lambda rows: rows
    return partial(compiler.apply_converters, converters=converters)


def _maker(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """From a row to a model with what it refers to: what Django's ModelIterable does of a row."""
    select, info, annotations = compiler.select, compiler.klass_info, compiler.annotation_col_map
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [selected[0].target.attname for selected in select[first:last]]
    populators = get_related_populators(info, select, connection.alias)
    model, alias = info["model"], connection.alias

    def make(row: Sequence[Any]) -> Any:
        made = model.from_db(alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, made)
        for name, column in (annotations or {}).items():
            setattr(made, name, row[column])
        return made

    return make
