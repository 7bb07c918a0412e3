"""A list of rows with facets: which rows fit, how many would, in which order.

Pure of the database. Counts are honest: a value's count is of the rows that it would be among,
those that fit the words and all *other* facets. Rows that ``within`` does not hold are for other
readers: neither shown nor counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sexton.names import fold
from sexton.web.research.facet_table import Column, Mask
from sexton.web.research.filters import Facet, Value
from sexton.web.research.stated import NOT_STATED
from sexton.web.workbench.lists.asked import Asked

SHOWN = 8
Labels = Callable[[str, str], Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows by their number: ``texts`` is what words are looked for in, ``columns`` are by facet,
    ``orders`` give what rows are sorted by."""

    texts: Sequence[str]
    columns: Mapping[str, Column]
    within: Mask
    orders: Mapping[str, Callable[[int], Any]]

    def fitting(self, asked: Asked) -> list[int]:
        """The numbers of the rows that fit, in the order that is asked for."""
        masks = self._masks(asked)
        mask = self._saying(asked.text)
        for one in masks.values():
            mask = mask & one
        rows: list[int] = np.flatnonzero(mask).tolist()
        return sorted(rows, key=self.orders[asked.order])

    def all(self) -> list[int]:
        """The numbers of all rows of this reader."""
        rows: list[int] = np.flatnonzero(self.within).tolist()
        return rows

    def counted(self, facet: str, value: str) -> int:
        """How many rows have a value, whatever else is asked for."""
        return int(np.count_nonzero(self.within & self.columns[facet].having([value])))

    def facets(
        self, asked: Asked, titles: Mapping[str, Any], label: Labels, rank: Labels, whole: str = ""
    ) -> list[Facet]:
        """The facets with what can be chosen; of the facet ``whole`` all values are shown."""
        masks, base = self._masks(asked), self._saying(asked.text)
        found = []
        for name in asked.kind.facets:
            mask = base
            for other, one in masks.items():
                mask = mask if other == name else mask & one
            column = self.columns[name]
            counts = column.counts(mask)
            there = {column.values[n]: int(counts[n]) for n in np.flatnonzero(counts).tolist()}
            there.pop(NOT_STATED, None)
            told = {**dict.fromkeys(asked.values(name), 0), **there}
            if told:
                ordered = sorted(told, key=lambda v: (rank(name, v), -told[v], v))
                found.append(_facet(name, ordered, told, asked, titles, label, name == whole))
        return found

    def _masks(self, asked: Asked) -> dict[str, Mask]:
        chosen = dict.fromkeys(facet for facet, _value in asked.pairs)
        return {facet: self.columns[facet].having(asked.values(facet)) for facet in chosen}

    def _saying(self, text: str) -> Mask:
        """The rows of this reader that say all words."""
        words = fold(text).split()
        if not words:
            return self.within
        said = (all(word in told for word in words) for told in self.texts)
        return self.within & np.fromiter(said, np.bool_, len(self.texts))


def column(values: Iterable[Iterable[str]], size: int) -> Column:
    """A facet from the values of each row, in the order of the rows."""
    rows, stated = [], []
    for number, own in enumerate(values):
        for value in own:
            rows.append(number)
            stated.append(value)
    return Column.of(rows, stated, {number: number for number in range(size)})


def _facet(
    name: str,
    ordered: Sequence[str],
    counts: Mapping[str, int],
    asked: Asked,
    titles: Mapping[str, Any],
    label: Labels,
    whole: bool,
) -> Facet:
    own = asked.values(name)
    few = whole or len(ordered) <= SHOWN + 2
    shown = [v for place, v in enumerate(ordered) if few or place < SHOWN or v in own]
    values = [
        Value(name, v, label(name, v), counts[v], v in own, asked.turned(name, v).query())
        for v in shown
    ]
    query = asked.query()
    return Facet(
        name=name,
        title=titles[name],
        values=values,
        hidden=len(ordered) - len(shown),
        all_query=f"{query}&all={name}" if query else f"all={name}",
        is_chosen=bool(own),
    )
